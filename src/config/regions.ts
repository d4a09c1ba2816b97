/** Regions an environment can be in: those with a price list and every service of the design. */
export const REGION_NAMES = {
  "us-east-1": "N. Virginia",
  "us-east-2": "Ohio",
  "us-west-1": "N. California",
  "us-west-2": "Oregon",
  "ca-central-1": "Canada Central",
  "ca-west-1": "Calgary",
  "mx-central-1": "Mexico Central",
  "sa-east-1": "São Paulo",
  "eu-west-1": "Ireland",
  "eu-west-2": "London",
  "eu-west-3": "Paris",
  "eu-central-1": "Frankfurt",
  "eu-central-2": "Zurich",
  "eu-north-1": "Stockholm",
  "eu-south-1": "Milan",
  "eu-south-2": "Spain",
  "il-central-1": "Tel Aviv",
  "me-central-1": "UAE",
  "me-south-1": "Bahrain",
  "af-south-1": "Cape Town",
  "ap-east-1": "Hong Kong",
  "ap-east-2": "Taipei",
  "ap-south-1": "Mumbai",
  "ap-south-2": "Hyderabad",
  "ap-northeast-1": "Tokyo",
  "ap-northeast-2": "Seoul",
  "ap-northeast-3": "Osaka",
  "ap-southeast-1": "Singapore",
  "ap-southeast-2": "Sydney",
  "ap-southeast-3": "Jakarta",
  "ap-southeast-4": "Melbourne",
  "ap-southeast-5": "Malaysia",
  "ap-southeast-6": "New Zealand",
  "ap-southeast-7": "Thailand",
} as const;

export type Region = keyof typeof REGION_NAMES;

/** Every region's code. */
export const REGION_CODES = Object.keys(REGION_NAMES) as readonly Region[];

/** Whether astro knows a region of this code. */
export function isRegion(code: string): code is Region {
  return Object.hasOwn(REGION_NAMES, code);
}
