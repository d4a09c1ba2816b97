import type { Values } from "../../template/evaluate.ts";
import { fits } from "../checks.ts";
import type { Rule } from "../rule.ts";
import { asBoolean, asObject, asText, isOff, items, objects } from "../values.ts";

const BUCKET = "AWS::S3::Bucket";

const NAMES = "Amazon S3 User Guide, General purpose bucket naming rules";
const LOCK = "Amazon S3 User Guide, Locking objects with Object Lock";

/** Reserved prefixes and suffixes (the same page). */
const KEPT = /^(xn--|sthree-|amzn-s3-demo-)|(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/;

const METHODS = ["GET", "PUT", "HEAD", "POST", "DELETE"];

/** Canned ACLs that a bucket with disabled ACLs may still have. */
const HARMLESS = ["Private", "BucketOwnerFullControl", "BucketOwnerRead"];

/** Buckets. */
export const S3_RULES: readonly Rule[] = [
  {
    id: "bucket-name",
    types: [BUCKET],
    document: NAMES,
    check: (subject) => {
      const name = asText(subject.properties.BucketName);
      const message = name === undefined ? undefined : wordsOnName(name);
      return message === undefined ? undefined : { property: "BucketName", value: name, message };
    },
  },
  {
    id: "bucket-acl",
    types: [BUCKET],
    document: "CloudFormation Template Reference, AWS::S3::Bucket (AccessControl)",
    check: ({ properties: { AccessControl, OwnershipControls } }) => {
      const acl = asText(AccessControl);
      if (acl === undefined || HARMLESS.includes(acl)) return undefined;
      const enforced = objects(asObject(OwnershipControls).Rules).some(
        ({ ObjectOwnership }) => asText(ObjectOwnership) === "BucketOwnerEnforced",
      );
      const message = "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting";
      return enforced || OwnershipControls === undefined
        ? { property: "AccessControl", value: acl, message }
        : undefined;
    },
  },
  {
    id: "bucket-public-acl",
    types: [BUCKET],
    document: "Amazon S3 User Guide, Blocking public access to your Amazon S3 storage",
    code: "InvalidRequest",
    check: ({ properties: { AccessControl, PublicAccessBlockConfiguration } }) => {
      const open = ["PublicRead", "PublicReadWrite", "AuthenticatedRead"].includes(asText(AccessControl) ?? "");
      const message = "Bucket cannot have public ACLs set with BlockPublicAccess enabled";
      return open && isBlocked(PublicAccessBlockConfiguration, "BlockPublicAcls")
        ? { property: "AccessControl", value: AccessControl, message }
        : undefined;
    },
  },
  {
    id: "bucket-cors-method",
    types: [BUCKET],
    document: "Amazon S3 User Guide, Elements of a CORS configuration",
    check: fits(
      "CorsConfiguration.CorsRules.*.AllowedMethods.*",
      METHODS,
      (method) => `Found unsupported HTTP method in CORS config. Unsupported method is ${method}`,
    ),
  },
  {
    id: "bucket-cors-origin",
    types: [BUCKET],
    document: "Amazon S3 User Guide, Elements of a CORS configuration",
    check: fits(
      "CorsConfiguration.CorsRules.*.AllowedOrigins.*",
      (origin) => origin.split("*").length <= 2,
      (origin) => `AllowedOrigin "${origin}" can not have more than one wildcard.`,
    ),
  },
  {
    id: "bucket-replication",
    types: [BUCKET],
    document: "Amazon S3 User Guide, Requirements and considerations for replication",
    check: ({ properties: { ReplicationConfiguration, VersioningConfiguration } }) => {
      const status = asObject(VersioningConfiguration).Status;
      const off = VersioningConfiguration === undefined || asText(status) === "Suspended";
      const message = "Versioning must be 'Enabled' on the bucket to apply a replication configuration";
      return ReplicationConfiguration !== undefined && off
        ? { property: "ReplicationConfiguration", message }
        : undefined;
    },
  },
  {
    id: "bucket-lock",
    types: [BUCKET],
    document: LOCK,
    // A bucket with Object Lock is versioned.
    check: ({ properties: { ObjectLockConfiguration, ObjectLockEnabled, VersioningConfiguration } }) => {
      const off =
        VersioningConfiguration === undefined || asText(asObject(VersioningConfiguration).Status) === "Suspended";
      const message = "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration";
      return ObjectLockConfiguration !== undefined && isOff(ObjectLockEnabled) && off
        ? { property: "ObjectLockConfiguration", message }
        : undefined;
    },
  },
  {
    id: "bucket-lock-versioning",
    types: [BUCKET],
    document: LOCK,
    check: ({ properties: { ObjectLockEnabled, VersioningConfiguration } }) => {
      const off = asText(asObject(VersioningConfiguration).Status) === "Suspended";
      const message =
        "An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.";
      return asBoolean(ObjectLockEnabled) && off
        ? { property: "VersioningConfiguration/Status", value: "Suspended", message }
        : undefined;
    },
  },
  {
    id: "bucket-encryption-key",
    types: [BUCKET],
    document: "Amazon S3 API Reference, ServerSideEncryptionByDefault (KMSMasterKeyID)",
    check: ({ properties: { BucketEncryption } }) => {
      const rules = asObject(BucketEncryption).ServerSideEncryptionConfiguration;
      for (const [index, { ServerSideEncryptionByDefault }] of items(rules)) {
        const { SSEAlgorithm, KMSMasterKeyID } = asObject(ServerSideEncryptionByDefault);
        if (asText(SSEAlgorithm) !== "AES256" || KMSMasterKeyID === undefined) continue;
        const property = `BucketEncryption/ServerSideEncryptionConfiguration/${index}/ServerSideEncryptionByDefault/KMSMasterKeyID`;
        const message =
          "a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse";
        return { property, value: KMSMasterKeyID, message };
      }
      return undefined;
    },
  },
  {
    id: "bucket-website",
    types: [BUCKET],
    document: "Amazon S3 API Reference, WebsiteConfiguration",
    check: ({ properties: { WebsiteConfiguration } }) => {
      const { IndexDocument, RedirectAllRequestsTo } = asObject(WebsiteConfiguration);
      const given = Object.keys(asObject(WebsiteConfiguration)).length > 0;
      const message = "A value for IndexDocument Suffix must be provided if RedirectAllRequestsTo is empty";
      return given && IndexDocument === undefined && RedirectAllRequestsTo === undefined
        ? { property: "WebsiteConfiguration/IndexDocument", message }
        : undefined;
    },
  },
  {
    id: "bucket-acceleration",
    types: [BUCKET],
    document: "Amazon S3 User Guide, Configuring fast, secure file transfers using Amazon S3 Transfer Acceleration",
    check: ({ properties: { AccelerateConfiguration, BucketName } }) => {
      const dotted = asText(BucketName)?.includes(".");
      const message = "S3 Transfer Acceleration is not supported for buckets with periods (.) in their names";
      return dotted && AccelerateConfiguration !== undefined
        ? { property: "AccelerateConfiguration", value: BucketName, message }
        : undefined;
    },
  },
];

/** Whether a setting of Block Public Access is on, as it is by default. */
export function isBlocked(block: Values[string] | undefined, name: string): boolean {
  return block === undefined || asBoolean(asObject(block)[name]) === true;
}

function wordsOnName(name: string): string | undefined {
  if (name.length < 3 || name.length > 63) return "Bucket name should be between 3 and 63 characters long";
  if (/^(\d{1,3}\.){3}\d{1,3}$/.test(name)) return "Bucket name must not be formatted as an IP Address";
  if (/[A-Z]/.test(name)) return "Bucket name should not contain uppercase characters";
  if (/\s/.test(name)) return "Bucket name should not contain white space";
  const [other] = /[^a-z0-9.-]/.exec(name) ?? [];
  if (other !== undefined) return `Bucket name should not contain '${other}'`;
  if (name.includes("..")) return "Bucket name should not contain two adjacent periods";
  if (/-\.|\.-/.test(name)) return "Bucket name should not contain dashes next to periods";
  if (name.startsWith("-") || name.startsWith(".")) return `Bucket name should not begin with a '${name[0]}'`;
  if (/[-.]$/.test(name)) return "Bucket name should not end with '-' or '.'";
  return KEPT.test(name) ? "The specified bucket is not valid." : undefined;
}
