/** Zones of the regions that have other than a, b and c (AWS Global Infrastructure, "Regions and Availability Zones"). */
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

/** `aws`, `aws-cn` or `aws-us-gov`. */
export function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

/** `amazonaws.com`, or China's. */
export function suffixOf(region: string): string {
  return region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
}
