import { isUnresolved, type Value } from "../../template/evaluate.ts";
import type { Rule, RuleSubject } from "../rule.ts";
import { asList, asText, asTexts } from "../values.ts";
import { eachStatement, isPublic } from "./policies.ts";
import { isBlocked } from "./s3.ts";

const POLICY = "AWS::S3::BucketPolicy";
const DOCUMENT = "PolicyDocument";

const ELEMENTS = "Amazon S3 User Guide, Policies and permissions in Amazon S3";
const ACTIONS = "Service Authorization Reference, Actions, resources, and condition keys for Amazon S3";

/** Actions on objects, and on the bucket itself (ACTIONS); one of a kind needs a resource of that kind. */
const ON_OBJECTS =
  /^s3:(GetObject(Version|Acl|Tagging)?|PutObject(Acl|Tagging)?|DeleteObject(Version)?|AbortMultipartUpload|RestoreObject)$/i;
const ON_BUCKETS = /^s3:(ListBucket(Versions|MultipartUploads)?|GetBucket\w+|PutBucket\w+|GetLifecycleConfiguration)$/i;

type Kind = "bucket" | "objects" | "both" | undefined;

/** Bucket policies. */
export const BUCKET_POLICY_RULES: readonly Rule[] = [
  {
    id: "bucket-policy-principal",
    types: [POLICY],
    document: ELEMENTS,
    check: ({ properties: { PolicyDocument } }) =>
      eachStatement(PolicyDocument, DOCUMENT, ({ Principal, NotPrincipal }, path) =>
        Principal === undefined && NotPrincipal === undefined
          ? { property: `${path}/Principal`, message: "Missing required field Principal" }
          : undefined,
      ),
  },
  {
    id: "bucket-policy-vendor",
    types: [POLICY],
    document: ACTIONS,
    check: ({ properties: { PolicyDocument } }) =>
      eachStatement(PolicyDocument, DOCUMENT, ({ Action }, path) => {
        const wrong = asTexts(Action).find((action) => action !== "*" && !/^s3:/i.test(action));
        const message = "Policy has invalid action";
        return wrong === undefined ? undefined : { property: `${path}/Action`, value: wrong, message };
      }),
  },
  {
    id: "bucket-policy-resource",
    types: [POLICY],
    document: ELEMENTS,
    check: (subject) => {
      const name = nameOf(subject);
      return eachStatement(subject.properties.PolicyDocument, DOCUMENT, ({ Resource }, path) => {
        const wrong = asTexts(Resource).find((resource) => {
          const other = /^arn:[^:]+:s3:::([^/*?]+)(\/.*)?$/.exec(resource)?.[1];
          return !resource.startsWith("arn:") || (other !== undefined && name !== undefined && other !== name);
        });
        const message = "Policy has invalid resource";
        return wrong === undefined ? undefined : { property: `${path}/Resource`, value: wrong, message };
      });
    },
  },
  {
    id: "bucket-policy-applies",
    types: [POLICY],
    document: ACTIONS,
    check: ({ properties: { PolicyDocument } }) =>
      eachStatement(PolicyDocument, DOCUMENT, ({ Action, Resource }, path) => {
        const kinds = asList(Resource).map(kindOf);
        if (kinds.length === 0 || kinds.some((kind) => kind === undefined || kind === "both")) return undefined;
        const wrong = asTexts(Action).find(
          (action) =>
            (ON_OBJECTS.test(action) && !kinds.includes("objects")) ||
            (ON_BUCKETS.test(action) && !kinds.includes("bucket")),
        );
        const message = "Action does not apply to any resource(s) in statement";
        return wrong === undefined ? undefined : { property: `${path}/Action`, value: wrong, message };
      }),
  },
  {
    id: "bucket-policy-public",
    types: [POLICY],
    document: "Amazon S3 User Guide, Blocking public access to your Amazon S3 storage",
    code: "AccessDenied",
    // AWS names the caller as well.
    approximate: true,
    check: (subject) => {
      const bucket = subject.find(subject.properties.Bucket, "AWS::S3::Bucket");
      const blocked =
        bucket !== undefined && isBlocked(bucket.properties.PublicAccessBlockConfiguration, "BlockPublicPolicy");
      if (!blocked) return undefined;
      const message = `User is not authorized to perform: s3:PutBucketPolicy on resource: "arn:aws:s3:::${nameOf(subject) ?? bucket.id}" because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.`;
      return eachStatement(subject.properties.PolicyDocument, DOCUMENT, (statement, path) =>
        isPublic(statement) ? { property: `${path}/Principal`, value: statement.Principal, message } : undefined,
      );
    },
  },
];

function nameOf({ properties: { Bucket }, find }: RuleSubject): string | undefined {
  return asText(Bucket) ?? asText(find(Bucket, "AWS::S3::Bucket")?.properties.BucketName);
}

function kindOf(resource: Value): Kind {
  if (isUnresolved(resource)) return resource.target?.attribute === "Arn" ? "bucket" : undefined;
  const found = /^arn:[^:]+:s3:::([^/]*)(\/.*)?$/.exec(asText(resource) ?? "");
  if (!found) return undefined;
  if (found[2] !== undefined) return "objects";
  return /[*?]/.test(found[1] ?? "") ? "both" : "bucket";
}
