import type { Stack } from "../synth/assembly.ts";
import type { Template } from "../template/types.ts";

export const BOOTSTRAP_STACK = "astro-bootstrap";

/** Name of the table that holds one item for each environment somebody works on. */
export const LOCK_TABLE = "astro-locks";

/** Name of the bucket that holds templates, file assets and the records of runs; the generated app knows it too. */
export function bootstrapBucket(account: string, region: string): string {
  return `astro-bootstrap-${account}-${region}`;
}

/**
 * The folder of that bucket under which lies whatever is kept of one environment: records of its runs, templates, file
 * assets. It ends with a slash, so that no other environment's begins with it; the generated app knows it too.
 */
export function stateFolder({
  project,
  environment,
}: {
  readonly project: string;
  readonly environment: string;
}): string {
  return `environments/${project}/${environment}/`;
}

const BUCKET_ARN = { "Fn::GetAtt": ["Bucket", "Arn"] };

const TEMPLATE: Template = {
  Description: "astro: bucket for templates and records of runs, table for locks. One per account and region.",
  Metadata: { "astro:phase": "bootstrap" },
  Resources: {
    Bucket: {
      Type: "AWS::S3::Bucket",
      Properties: {
        BucketName: { "Fn::Sub": "astro-bootstrap-${AWS::AccountId}-${AWS::Region}" },
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } }],
        },
        VersioningConfiguration: { Status: "Enabled" },
        OwnershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" }] },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        LifecycleConfiguration: {
          Rules: [
            {
              Id: "old-versions",
              Status: "Enabled",
              NoncurrentVersionExpiration: { NoncurrentDays: 90 },
              AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
            },
          ],
        },
        Tags: [{ Key: "ManagedBy", Value: "astro" }],
      },
      UpdateReplacePolicy: "Retain",
      DeletionPolicy: "Delete",
    },
    BucketPolicy: {
      Type: "AWS::S3::BucketPolicy",
      Properties: {
        Bucket: { Ref: "Bucket" },
        PolicyDocument: {
          Version: "2012-10-17",
          Statement: [
            {
              Sid: "TlsOnly",
              Effect: "Deny",
              Principal: "*",
              Action: "s3:*",
              Resource: [BUCKET_ARN, { "Fn::Join": ["", [BUCKET_ARN, "/*"]] }],
              Condition: { Bool: { "aws:SecureTransport": "false" } },
            },
          ],
        },
      },
    },
    Locks: {
      Type: "AWS::DynamoDB::Table",
      Properties: {
        TableName: LOCK_TABLE,
        BillingMode: "PAY_PER_REQUEST",
        AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
        KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
        SSESpecification: { SSEEnabled: true },
        Tags: [{ Key: "ManagedBy", Value: "astro" }],
      },
      UpdateReplacePolicy: "Retain",
      DeletionPolicy: "Delete",
    },
  },
  Outputs: {
    BucketName: { Value: { Ref: "Bucket" } },
    LockTable: { Value: { Ref: "Locks" } },
  },
};

/** An environment's stacks with the bootstrap of every region it uses before them: all that its plan deploys. */
export function withBootstraps(home: string, stacks: readonly Stack[]): readonly Stack[] {
  const regions = new Set([home, ...stacks.map(({ region }) => region)]);
  return [...[...regions].map(bootstrapStack), ...stacks];
}

/** The stack that comes first in every account and region: shared by all environments there, free while idle. */
export function bootstrapStack(region: string): Stack {
  return {
    name: BOOTSTRAP_STACK,
    region,
    phase: "bootstrap",
    template: TEMPLATE,
    body: JSON.stringify(TEMPLATE),
    needs: [],
    tags: { ManagedBy: "astro" },
    terminationProtection: true,
    assetManifests: [],
  };
}
