import type { JsonObject } from "../../../src/template/types.ts";
import { a, att, on, ref } from "./case.ts";

const BUCKET = "AWS::S3::Bucket";

const life = (...rules: readonly JsonObject[]) => ({
  LifecycleConfiguration: { Rules: rules.map((rule) => ({ Status: "Enabled", ...rule })) },
});
const transition = (StorageClass: string, TransitionInDays: number) => ({ StorageClass, TransitionInDays });
const cors = (over: JsonObject) => ({
  CorsConfiguration: {
    CorsRules: [{ AllowedMethods: ["GET", "PUT"], AllowedOrigins: ["https://*.example.com"], ...over }],
  },
});
const encrypted = (SSEAlgorithm: string) => ({
  BucketEncryption: {
    ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm, KMSMasterKeyID: "key" } }],
  },
});
const owned = (ObjectOwnership: string) => ({ OwnershipControls: { Rules: [{ ObjectOwnership }] } });

const allow = {
  Effect: "Allow",
  Principal: { Service: "cloudfront.amazonaws.com" },
  Action: "s3:GetObject",
  Resource: "arn:aws:s3:::shop-files/*",
};
const policy = (over: JsonObject) => ({
  PolicyDocument: { Version: "2012-10-17", Statement: [{ ...allow, ...over }] },
});
const bare = (name: string) => {
  const { [name as keyof typeof allow]: _, ...rest } = allow;
  return { PolicyDocument: { Version: "2012-10-17", Statement: [rest] } };
};

const ecr = (selection: JsonObject, over: JsonObject = {}) => ({
  rulePriority: 1,
  selection: { tagStatus: "untagged", countType: "sinceImagePushed", countUnit: "days", countNumber: 7, ...selection },
  action: { type: "expire" },
  ...over,
});
const newest = ecr({ tagStatus: "any", countType: "imageCountMoreThan", countNumber: 20 }, { rulePriority: 2 });
const { countUnit: _, ...selection } = newest.selection;
const keeps = (...rules: readonly JsonObject[]) => ({
  LifecyclePolicy: { LifecyclePolicyText: JSON.stringify({ rules }) },
});
const any = { ...newest, selection };

export const STORAGE_CASES = [
  ...on(
    BUCKET,
    { BucketName: "shop-files" },
    {
      "bucket-name": [
        ...[
          "ab",
          "Shop-files",
          "shop_files",
          "192.168.0.1",
          "shop..files",
          "shop-.files",
          "-shop",
          "shop-",
          "sthree-shop",
        ].map((BucketName) => ({ bad: { BucketName } })),
        { bad: { BucketName: "a".repeat(64) } },
        { bad: { BucketName: "shop files" } },
      ],
      "bucket-acl": [
        { bad: { AccessControl: "LogDeliveryWrite" } },
        { good: { AccessControl: "LogDeliveryWrite", ...owned("ObjectWriter") }, bad: owned("BucketOwnerEnforced") },
      ],
      "bucket-public-acl": {
        good: {
          AccessControl: "PublicRead",
          PublicAccessBlockConfiguration: { BlockPublicAcls: false },
          ...owned("ObjectWriter"),
        },
        bad: { PublicAccessBlockConfiguration: undefined },
      },
      "bucket-cors-method": { good: cors({}), bad: cors({ AllowedMethods: ["GET", "OPTIONS"] }) },
      "bucket-cors-origin": { good: cors({}), bad: cors({ AllowedOrigins: ["https://*.*.example.com"] }) },
      "bucket-replication": {
        good: { ReplicationConfiguration: { Role: "arn", Rules: [] }, VersioningConfiguration: { Status: "Enabled" } },
        bad: { VersioningConfiguration: undefined },
      },
      "bucket-lock": {
        good: { ObjectLockConfiguration: { ObjectLockEnabled: "Enabled" }, ObjectLockEnabled: true },
        bad: { ObjectLockEnabled: undefined },
      },
      "bucket-lock-versioning": {
        good: { ObjectLockEnabled: true },
        bad: { VersioningConfiguration: { Status: "Suspended" } },
      },
      "bucket-encryption-key": { good: encrypted("aws:kms"), bad: encrypted("AES256") },
      "bucket-website": {
        good: { WebsiteConfiguration: { IndexDocument: "index.html" } },
        bad: { WebsiteConfiguration: { ErrorDocument: "error.html" } },
      },
      "bucket-acceleration": {
        good: { AccelerateConfiguration: { AccelerationStatus: "Enabled" } },
        bad: { BucketName: "shop.files" },
      },
      "lifecycle-action": { good: life({ ExpirationInDays: 1 }), bad: life({ Prefix: "a" }) },
      "lifecycle-transition-days": [
        {
          good: life({ Transitions: [transition("STANDARD_IA", 30)] }),
          bad: life({ Transitions: [transition("STANDARD_IA", 29)] }),
        },
        {
          good: life({ NoncurrentVersionTransitions: [transition("GLACIER", 1)] }),
          bad: life({ NoncurrentVersionTransitions: [transition("ONEZONE_IA", 1)] }),
        },
      ],
      "lifecycle-expiration-later": {
        good: life({ ExpirationInDays: 91, Transitions: [transition("GLACIER_IR", 90)] }),
        bad: life({ ExpirationInDays: 90, Transitions: [transition("GLACIER_IR", 90)] }),
      },
      "lifecycle-days": { bad: life({ ExpirationInDays: 0 }) },
      "lifecycle-one-unit": {
        bad: life({ ExpirationDate: "2030-01-01T00:00:00Z", Transitions: [transition("GLACIER", 30)] }),
      },
      "lifecycle-marker": {
        good: life({ ExpiredObjectDeleteMarker: true }),
        bad: life({ ExpiredObjectDeleteMarker: true, ExpirationInDays: 30 }),
      },
      "lifecycle-abort-tags": {
        good: life({ AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } }),
        bad: life({
          AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
          TagFilters: [{ Key: "a", Value: "b" }],
        }),
      },
      "lifecycle-id-once": {
        good: life({ Id: "a", ExpirationInDays: 1 }, { Id: "b", ExpirationInDays: 1 }),
        bad: life({ Id: "a", ExpirationInDays: 1 }, { Id: "a", ExpirationInDays: 2 }),
      },
      "lifecycle-id": { bad: life({ Id: "a".repeat(256), ExpirationInDays: 1 }) },
      "name-once": { badBeside: { Other: a(BUCKET, { BucketName: "shop-files" }) } },
    },
  ),
  ...on(
    "AWS::S3::BucketPolicy",
    { Bucket: ref("Files"), ...policy({}) },
    {
      "bucket-policy-principal": { bad: bare("Principal") },
      "bucket-policy-vendor": { bad: policy({ Action: ["s3:GetObject", "sqs:SendMessage"] }) },
      "bucket-policy-resource": [
        { bad: policy({ Resource: "arn:aws:s3:::other-files/*" }) },
        { bad: policy({ Resource: "*" }) },
      ],
      "bucket-policy-applies": [
        { bad: policy({ Resource: "arn:aws:s3:::shop-files" }) },
        { bad: policy({ Action: "s3:ListBucket" }) },
      ],
      "bucket-policy-public": [
        { bad: policy({ Principal: "*" }) },
        { bad: policy({ Principal: { AWS: ["*"] } }) },
        {
          good: policy({ Principal: "*", Condition: { StringEquals: { "aws:SourceAccount": "1" } } }),
          bad: policy({ Principal: "*" }),
        },
        {
          good: policy({ Principal: "*" }),
          beside: {
            Files: a(BUCKET, {
              BucketName: "shop-files",
              PublicAccessBlockConfiguration: { BlockPublicPolicy: false },
            }),
          },
          badBeside: { Files: a(BUCKET, { BucketName: "shop-files" }) },
        },
      ],
    },
    { Files: a(BUCKET, { BucketName: "shop-files" }) },
  ),
  ...on(
    "AWS::ECR::Repository",
    { RepositoryName: "shop/api", ...keeps(ecr({}), any) },
    {
      "repository-name": [{ bad: { RepositoryName: "Shop" } }, { bad: { RepositoryName: "shop//api" } }],
      "repository-lifecycle": [
        { bad: { LifecyclePolicy: { LifecyclePolicyText: "{" } } },
        { bad: { LifecyclePolicy: { LifecyclePolicyText: "{}" } } },
        { bad: keeps({ rulePriority: 1 }), also: ["repository-lifecycle-count"] },
      ],
      "repository-lifecycle-priority": { bad: keeps(ecr({}, { rulePriority: 2 }), any) },
      "repository-lifecycle-any": { bad: keeps(ecr({}, { rulePriority: 3 }), any) },
      "repository-lifecycle-untagged": { bad: keeps(ecr({}), ecr({ countNumber: 9 }, { rulePriority: 2 })) },
      "repository-lifecycle-tagged": {
        good: keeps(ecr({ tagStatus: "tagged", tagPrefixList: ["v"] })),
        bad: keeps(ecr({ tagStatus: "tagged" })),
      },
      "repository-lifecycle-count": [
        { bad: keeps(ecr({ countNumber: 0 })) },
        { bad: keeps(ecr({ countType: "imageCountMoreThan" })) },
      ],
    },
  ),
  ...on(
    "AWS::KMS::Alias",
    { AliasName: "alias/shop", TargetKeyId: att("Key") },
    {
      "alias-name": { bad: { AliasName: "shop" } },
      "alias-name-form": { bad: { AliasName: "alias/my shop" } },
      "alias-name-kept": { bad: { AliasName: "alias/aws/shop" } },
      "name-once": { badBeside: { Other: a("AWS::KMS::Alias", { AliasName: "alias/shop" }) } },
    },
  ),
];
