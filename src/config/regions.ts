/** Regions an environment can live in: those that have a price list and every service of the design. */
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

/** Zones an environment can have: the architecture's most. */
const MOST_ZONES = 3;

/**
 * Regions in which Fargate runs in two zones only (Amazon ECS Developer Guide, "Supported Regions for Amazon ECS on AWS
 * Fargate": usw1-az1 and usw1-az3, cac1-az1 and cac1-az2). us-west-1 has no third for new accounts at all (Amazon EC2
 * User Guide, "Regions and Zones").
 */
const TWO_ZONES: readonly string[] = ["us-west-1", "ca-central-1"];

/** How many availability zones the workloads can run in. */
export function zoneCountOf(region: unknown): number {
  return TWO_ZONES.includes(String(region)) ? 2 : MOST_ZONES;
}

/**
 * Whether CloudFront reaches private load balancers there (Amazon CloudFront Developer Guide, "Supported AWS Regions for VPC
 * origins"; read with Thailand, Malaysia, Taipei and Mexico in it).
 */
export function hasVpcOrigins(region: Region): boolean {
  return region !== "ap-southeast-6";
}
