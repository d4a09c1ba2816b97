import * as iam from "aws-cdk-lib/aws-iam";
import * as s3 from "aws-cdk-lib/aws-s3";
import type { Construct } from "constructs";

/** A private bucket of its account, encrypted with the given KMS key, or with S3's own key without one. */
export function privateBucket(
  scope: Construct,
  id: string,
  { keyArn, ...props }: s3.CfnBucketProps & { keyArn?: string },
): s3.CfnBucket {
  return new s3.CfnBucket(scope, id, {
    bucketEncryption: {
      serverSideEncryptionConfiguration: [
        keyArn === undefined
          ? { serverSideEncryptionByDefault: { sseAlgorithm: "AES256" } }
          : // One call to KMS serves many objects (Amazon S3 User Guide, "Reducing the cost of SSE-KMS with S3 Bucket Keys").
            {
              serverSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: keyArn },
              bucketKeyEnabled: true,
            },
      ],
    },
    // No access lists, only policies (Amazon S3 User Guide, "Controlling ownership of objects and disabling ACLs").
    ownershipControls: { rules: [{ objectOwnership: "BucketOwnerEnforced" }] },
    publicAccessBlockConfiguration: {
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    },
    ...props,
  });
}

/** A bucket policy that refuses requests without TLS, and allows the statements given. */
export function tlsOnly(bucketArn: string, ...statements: iam.PolicyStatement[]): iam.PolicyDocument {
  return new iam.PolicyDocument({
    statements: [
      new iam.PolicyStatement({
        sid: "TlsOnly",
        effect: iam.Effect.DENY,
        principals: [new iam.AnyPrincipal()],
        actions: ["s3:*"],
        resources: [bucketArn, `${bucketArn}/*`],
        conditions: { Bool: { "aws:SecureTransport": "false" } },
      }),
      ...statements,
    ],
  });
}
