import type { GEOGRAPHIES } from "./usage-names.ts";

type Geography = (typeof GEOGRAPHIES)[number];

/** Region prefix → the edge geography its users are taken to be near, the most particular first. */
const NEAR: readonly (readonly [prefix: string, geography: Geography])[] = [
  ["us-", "United States"],
  ["mx-", "United States"],
  ["ca-", "Canada"],
  ["eu-", "EU"],
  ["il-", "EU"],
  ["sa-", "South America"],
  ["af-", "South Africa"],
  ["me-", "Middle East"],
  ["ap-northeast-2", "Asia Pacific"],
  ["ap-northeast-", "Japan"],
  ["ap-south-", "India"],
  ["ap-southeast-2", "Australia"],
  ["ap-southeast-4", "Australia"],
  ["ap-southeast-6", "Australia"],
];

/** The edge geography that users of a region's environment are taken to be in (Amazon CloudFront pricing's groups). */
export function geographyOf(region: string): Geography {
  return NEAR.find(([prefix]) => region.startsWith(prefix))?.[1] ?? "Asia Pacific";
}
