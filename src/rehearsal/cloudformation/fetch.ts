import type { Simulator } from "../state/simulator.ts";
import { invalid } from "../wire/error.ts";

/** Bytes of a template at a URL (CloudFormation User Guide, "Understand CloudFormation quotas"). */
const MOST = 1_000_000;

/** The blob of a template in S3, by its URL; throws CloudFormation's errors. */
export function fetchTemplate(simulator: Simulator, url: string, ownHost = ""): string {
  const { blob, size } = fetchObject(simulator, "TemplateURL", url, ownHost);
  if (size > MOST) throw invalid(`Template may not exceed ${MOST} bytes in size.`);
  return blob;
}

/** The same for any object that a parameter names. */
export function fetchObject(
  simulator: Simulator,
  parameter: string,
  url: string,
  ownHost: string,
): { readonly blob: string; readonly size: number } {
  if (url.startsWith("s3://")) {
    const bucket = url.slice("s3://".length).split("/")[0];
    throw invalid(`S3 error: Domain name specified in ${bucket} is not a valid S3 domain`);
  }
  const address = bucketAndKey(url, ownHost);
  if (!address) throw invalid(`${parameter} must be a supported URL.`);
  const more = "\nFor more information check http://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html";
  const versions = simulator.state.objects[address.bucket];
  if (!versions) throw invalid(`S3 error: The specified bucket does not exist${more}`);
  const found = versions.findLast(({ key }) => key === address.key);
  if (!found?.blob) throw invalid(`S3 error: The specified key does not exist.${more}`);
  return { blob: found.blob, size: found.size };
}

/** Bucket and key of an S3 URL in path or virtual-host style, at AWS or at this server. */
function bucketAndKey(url: string, ownHost: string): { readonly bucket: string; readonly key: string } | undefined {
  if (!URL.canParse(url)) return undefined;
  const { host, hostname, pathname } = new URL(url);
  const path = decodeURIComponent(pathname.slice(1));
  const slash = path.indexOf("/");
  const isPathStyle =
    host === ownHost ||
    /^s3[.-]([a-z0-9-]+\.)?amazonaws\.com(\.cn)?$/.test(hostname) ||
    /^(127\.|localhost$)/.test(hostname);
  if (isPathStyle) return slash < 0 ? undefined : { bucket: path.slice(0, slash), key: path.slice(slash + 1) };
  const bucket = /^(.+)\.s3[.-](?:[a-z0-9-]+\.)?amazonaws\.com(?:\.cn)?$/.exec(hostname)?.[1];
  return bucket === undefined ? undefined : { bucket, key: path };
}
