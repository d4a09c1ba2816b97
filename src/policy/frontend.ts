import { stateFolder } from "../plan/bootstrap.ts";
import { isObject } from "../template/json.ts";
import type { PolicyResource, Templated } from "./resources.ts";
import { allow, type Statement } from "./statement.ts";
import { arnsIn, type PolicyScope, tagsOf } from "./where.ts";

/** The output by which a stack names the bucket that a frontend is served from. */
const OUTPUT = "FrontendBucketName";

/**
 * Publishing a frontend: writing to its one bucket, under the environment's key and through S3 alone (AWS KMS Developer
 * Guide, "kms:ViaService"; Amazon S3 User Guide, "Using server-side encryption with AWS KMS keys": permissions), having the
 * environment's distributions forget what they keep, and deleting what is kept of old releases.
 */
export function frontendPublishing(
  stacks: readonly Templated[],
  resources: readonly PolicyResource[],
  place: PolicyScope,
): readonly Statement[] {
  const buckets = stacks.flatMap((stack) => {
    const value = stack.template.Outputs?.[OUTPUT]?.Value;
    const id = isObject(value) ? value.Ref : undefined;
    return resources.filter((one) => one.stack === stack.name && one.region === stack.region && one.id === id);
  });
  if (buckets.length === 0) return [];
  const regions = [...new Set(buckets.map(({ region }) => region))];
  const distributions = resources.filter(({ type }) => type === "AWS::CloudFront::Distribution");
  const own = tagsOf(place, "Resource");
  return [
    ...allow(
      "Frontend",
      ["s3:PutObject"],
      buckets.flatMap(({ arns }) => arns).filter((arn) => arn.endsWith("/*")),
    ),
    ...allow("FrontendKey", ["kms:Decrypt", "kms:GenerateDataKey"], arnsIn(regions, "kms:HERE:key/*", place), {
      StringEquals: { ...own, "kms:ViaService": regions.map((region) => `s3.${region}.amazonaws.com`) },
    }),
    ...allow(
      "FrontendOld",
      ["s3:DeleteObject"],
      arnsIn(regions, `s3:::BOOTSTRAP/${stateFolder(place)}frontend/*`, place),
    ),
    ...allow(
      "Invalidate",
      ["cloudfront:CreateInvalidation", "cloudfront:GetInvalidation"],
      distributions.flatMap(({ lies }) => lies),
      { StringEquals: own },
    ),
  ];
}
