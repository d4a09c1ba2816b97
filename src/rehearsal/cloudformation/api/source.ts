import type { Template } from "../../../template/types.ts";
import type { Stage } from "../../stage.ts";
import { validateTemplate } from "../../template/validate.ts";
import { type Call, flag, text } from "../../wire/call.ts";
import { invalid } from "../../wire/error.ts";
import type { Stack } from "../stack.ts";
import { templateIn } from "../templates.ts";

/** Bytes of a template (CloudFormation User Guide, "Understand CloudFormation quotas"). */
const INLINE = 51_200;
const BY_URL = 1_000_000;

/** The template a call sends, points at or keeps: the blob's name, and the template parsed and found sound. */
export function templateOf(
  stage: Stage,
  call: Call,
  stack: Stack | undefined,
): { readonly blob: string; readonly template: Template } {
  const { input } = call;
  const [body, url] = [text(input, "TemplateBody"), text(input, "TemplateURL")];
  if (flag(input, "UsePreviousTemplate")) {
    if (!stack?.deployed) throw invalid("No previous template to use");
    return { blob: stack.deployed.template, template: templateIn(stage.blobs, stack.deployed.template) };
  }
  if (body !== undefined && url !== undefined)
    throw invalid("Exactly one of TemplateBody or TemplateUrl must be specified.");
  const blob = body !== undefined ? inline(stage, body) : fetched(stage, call, url);
  const template = templateIn(stage.blobs, blob);
  validateTemplate(template, stage.model);
  return { blob, template };
}

function inline(stage: Stage, body: string): string {
  if (Buffer.byteLength(body) > INLINE) {
    throw invalid(
      `1 validation error detected: Value '${body.slice(0, 100)}...' at 'templateBody' failed to satisfy constraint: Member must have length less than or equal to ${INLINE}`,
    );
  }
  if (body === "")
    throw invalid(
      "1 validation error detected: Value '' at 'templateBody' failed to satisfy constraint: Member must have length greater than or equal to 1",
    );
  return stage.blobs.put(body);
}

function fetched(stage: Stage, call: Call, url: string | undefined): string {
  if (url === undefined || url === "") throw invalid("Either Template URL or Template Body must be specified.");
  const address = bucketAndKey(url, call.http.headers.host ?? "");
  if (!address) throw invalid("TemplateURL must be a supported URL.");
  const more = "\nFor more information check http://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html";
  const versions = stage.world.objects[address.bucket];
  if (!versions) throw invalid(`S3 error: The specified bucket does not exist${more}`);
  const found = versions.findLast(({ key }) => key === address.key);
  if (!found?.blob) throw invalid(`S3 error: The specified key does not exist.${more}`);
  if (found.size > BY_URL) throw invalid(`Template may not exceed ${BY_URL} bytes in size.`);
  return found.blob;
}

/** Bucket and key of an S3 address in path or virtual-host style, at AWS or at this server. */
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
