import type { Json, JsonObject } from "../../../template/types.ts";
import { isOn, rowsOf } from "../../resources/properties.ts";
import type { ServiceResource } from "../../state/state.ts";
import type { ResultValue } from "../../wire/call.ts";
import type { HttpAnswer } from "../../wire/protocol.ts";
import { flat, named } from "../../wire/xml.ts";
import { tagList } from "../common/resources.ts";
import { MORE_SETTINGS, type Setting } from "./more-settings.ts";
import { bare, parseXml, S3Error, type S3Handler, theBucket, xml } from "./s3-call.ts";

const asIs = {
  write: (value: JsonObject): ResultValue => value as ResultValue,
  read: (value: JsonObject): Json => value,
};

/** Bucket settings by the query parameter of their API. */
const SETTINGS: { readonly [word: string]: Setting } = {
  ...MORE_SETTINGS,
  versioning: { property: "VersioningConfiguration", root: "VersioningConfiguration", ...asIs },
  accelerate: { property: "AccelerateConfiguration", root: "AccelerateConfiguration", ...asIs },
  publicAccessBlock: {
    property: "PublicAccessBlockConfiguration",
    root: "PublicAccessBlockConfiguration",
    none: ["NoSuchPublicAccessBlockConfiguration", "The public access block configuration was not found"],
    ...asIs,
  },
  encryption: {
    property: "BucketEncryption",
    root: "ServerSideEncryptionConfiguration",
    write: (value) => ({
      Rule: flat(
        rowsOf(value.ServerSideEncryptionConfiguration).map(({ ServerSideEncryptionByDefault, BucketKeyEnabled }) => {
          const { SSEAlgorithm, KMSMasterKeyID } = (ServerSideEncryptionByDefault ?? {}) as JsonObject;
          return {
            ApplyServerSideEncryptionByDefault: { SSEAlgorithm, KMSMasterKeyID },
            BucketKeyEnabled: BucketKeyEnabled ?? false,
          };
        }),
      ),
    }),
    read: ({ Rule }) => ({
      ServerSideEncryptionConfiguration: rowsOf(Rule).map(
        ({ ApplyServerSideEncryptionByDefault, BucketKeyEnabled }) => ({
          ServerSideEncryptionByDefault: ApplyServerSideEncryptionByDefault ?? {},
          ...(BucketKeyEnabled !== undefined && { BucketKeyEnabled: isOn(BucketKeyEnabled) }),
        }),
      ),
    }),
  },
  ownershipControls: {
    property: "OwnershipControls",
    root: "OwnershipControls",
    none: ["OwnershipControlsNotFoundError", "The bucket ownership controls were not found"],
    write: ({ Rules }) => ({ Rule: flat(rowsOf(Rules) as readonly ResultValue[]) }),
    read: ({ Rule }) => ({ Rules: rowsOf(Rule) }),
  },
  cors: {
    property: "CorsConfiguration",
    root: "CORSConfiguration",
    none: ["NoSuchCORSConfiguration", "The CORS configuration does not exist"],
    write: ({ CorsRules }) => ({
      CORSRule: flat(
        rowsOf(CorsRules).map((rule) => ({
          AllowedHeader: flat((rule.AllowedHeaders ?? []) as readonly string[]),
          AllowedMethod: flat((rule.AllowedMethods ?? []) as readonly string[]),
          AllowedOrigin: flat((rule.AllowedOrigins ?? []) as readonly string[]),
          ExposeHeader: flat((rule.ExposedHeaders ?? []) as readonly string[]),
          ID: rule.Id,
          MaxAgeSeconds: rule.MaxAge,
        })),
      ),
    }),
    read: ({ CORSRule }) => ({
      CorsRules: rowsOf(CORSRule).map((rule) => ({
        AllowedHeaders: rule.AllowedHeader ?? [],
        AllowedMethods: rule.AllowedMethod ?? [],
        AllowedOrigins: rule.AllowedOrigin ?? [],
        ExposedHeaders: rule.ExposeHeader ?? [],
        ...(rule.ID !== undefined && { Id: rule.ID }),
        ...(rule.MaxAgeSeconds !== undefined && { MaxAge: Number(rule.MaxAgeSeconds) }),
      })),
    }),
  },
  lifecycle: {
    property: "LifecycleConfiguration",
    root: "LifecycleConfiguration",
    none: ["NoSuchLifecycleConfiguration", "The lifecycle configuration does not exist"],
    write: ({ Rules }) => ({ Rule: flat(rowsOf(Rules).map(lifecycleRule)) }),
    read: ({ Rule }) => ({ Rules: rowsOf(Rule) }),
  },
};

function lifecycleRule(rule: JsonObject): ResultValue {
  const {
    Id,
    ID,
    Prefix,
    Filter,
    Status,
    ExpirationInDays,
    NoncurrentVersionExpiration,
    Transitions,
    AbortIncompleteMultipartUpload,
  } = rule;
  return {
    ID: ID ?? Id,
    Filter: (Filter as ResultValue) ?? { Prefix: Prefix ?? "" },
    Status,
    Expiration:
      (rule.Expiration as ResultValue) ?? (ExpirationInDays === undefined ? undefined : { Days: ExpirationInDays }),
    Transition: flat(
      rowsOf(Transitions ?? rule.Transition).map((one) => ({
        Days: one.TransitionInDays ?? one.Days,
        StorageClass: one.StorageClass,
      })),
    ),
    NoncurrentVersionExpiration:
      NoncurrentVersionExpiration === undefined
        ? undefined
        : { NoncurrentDays: (NoncurrentVersionExpiration as JsonObject).NoncurrentDays },
    AbortIncompleteMultipartUpload: AbortIncompleteMultipartUpload as ResultValue,
  };
}

/** The bucket setting of a query, if there is one. */
export function settingIn(query: URLSearchParams): string | undefined {
  return Object.keys(SETTINGS).find((word) => query.has(word));
}

/** Handlers that get, put and delete one setting. */
export function settingHandler(word: string, method: string): S3Handler | undefined {
  const setting = SETTINGS[word];
  if (!setting) return undefined;
  if (method === "GET") return (simulator, call) => readSetting(setting, theBucket(simulator, call));
  return (simulator, call) => {
    const bucket = theBucket(simulator, call);
    const { [setting.property]: _, ...others } = bucket.properties;
    bucket.properties =
      method === "DELETE"
        ? others
        : { ...others, [setting.property]: setting.read(parseXml(call.http.body) as JsonObject) };
    return bare(method === "DELETE" ? 204 : 200);
  };
}

function readSetting(setting: Setting, bucket: ServiceResource) {
  const value = bucket.properties[setting.property] ?? lockOf(setting, bucket) ?? DEFAULTS[setting.property];
  if (value === undefined && setting.none)
    throw new S3Error(setting.none[0], setting.none[1], 404, { BucketName: bucket.id });
  return xml(setting.root, value === undefined ? {} : setting.write(value as JsonObject));
}

/** A bucket made with Object Lock has it before it has any rule (localstack's test_object_lock_configuration, recorded 2024-01-15). */
const lockOf = ({ property }: Setting, { properties }: ServiceResource): JsonObject | undefined =>
  property === "ObjectLockConfiguration" && isOn(properties.ObjectLockEnabled)
    ? { ObjectLockEnabled: "Enabled" }
    : undefined;

/** Default settings of a new bucket (S3 User Guide, "Default settings for new S3 buckets"). */
const DEFAULTS: { readonly [property: string]: JsonObject } = {
  RequestPaymentConfiguration: { Payer: "BucketOwner" },
  BucketEncryption: {
    ServerSideEncryptionConfiguration: [
      { ServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" }, BucketKeyEnabled: false },
    ],
  },
  OwnershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" }] },
  PublicAccessBlockConfiguration: {
    BlockPublicAcls: true,
    IgnorePublicAcls: true,
    BlockPublicPolicy: true,
    RestrictPublicBuckets: true,
  },
};

/** Tags of a bucket, the stack's and CloudFormation's own included. */
export const getBucketTagging: S3Handler = (simulator, call) => {
  const { tags } = theBucket(simulator, call);
  if (Object.keys(tags).length === 0)
    throw new S3Error("NoSuchTagSet", "The TagSet does not exist", 404, { BucketName: call.bucket });
  return tagging(tags);
};

export const putBucketTagging: S3Handler = (simulator, call) => {
  theBucket(simulator, call).tags = tagSet(call.http.body);
  return bare(204);
};

export const deleteBucketTagging: S3Handler = (simulator, call) => {
  theBucket(simulator, call).tags = {};
  return bare(204);
};

/** A Tagging document. */
export function tagging(tags: ServiceResource["tags"]): HttpAnswer {
  return xml("Tagging", { TagSet: named("Tag", tagList({ tags })) });
}

/** The tags of one. */
export function tagSet(body: Buffer): { [key: string]: string } {
  const { TagSet } = parseXml(body) as {
    readonly TagSet?: { readonly Tag?: readonly { readonly Key: string; readonly Value: string }[] };
  };
  return Object.fromEntries((TagSet?.Tag ?? []).map(({ Key, Value }) => [Key, Value]));
}
