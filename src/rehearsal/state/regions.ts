/**
 * Zone letters of the regions with others than a, b and c (AWS Global Infrastructure, "Regions and Availability
 * Zones").
 */
const LETTERS: { readonly [region: string]: string } = {
  "us-east-1": "abcdef",
  "us-west-1": "ac",
  "us-west-2": "abcd",
  "ap-northeast-1": "acd",
  "ap-northeast-2": "abcd",
  "ca-central-1": "abd",
};

/** Names of a region's Availability Zones, in order. */
export function zonesOf(region: string): readonly string[] {
  return [...(LETTERS[region] ?? "abc")].map((letter) => `${region}${letter}`);
}

/** `use1` of `us-east-1`, as in zone ids and ElastiCache's endpoints. */
export function shortNameOf(region: string): string {
  const [area = "", direction = "", number = ""] = region.split("-");
  return `${area}${direction.replace(/(north|south|east|west|central)/g, (word) => word.slice(0, 1))}${number}`;
}

/** Regions of the commercial partition (AWS General Reference, "AWS Regions"). */
export const REGIONS: readonly string[] = [
  "us-east-1",
  "us-east-2",
  "us-west-1",
  "us-west-2",
  "af-south-1",
  "ap-east-1",
  "ap-east-2",
  "ap-northeast-1",
  "ap-northeast-2",
  "ap-northeast-3",
  "ap-south-1",
  "ap-south-2",
  "ap-southeast-1",
  "ap-southeast-2",
  "ap-southeast-3",
  "ap-southeast-4",
  "ap-southeast-5",
  "ap-southeast-6",
  "ap-southeast-7",
  "ca-central-1",
  "ca-west-1",
  "eu-central-1",
  "eu-central-2",
  "eu-north-1",
  "eu-south-1",
  "eu-south-2",
  "eu-west-1",
  "eu-west-2",
  "eu-west-3",
  "il-central-1",
  "me-central-1",
  "me-south-1",
  "mx-central-1",
  "sa-east-1",
];
