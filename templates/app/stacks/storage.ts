import * as s3 from "aws-cdk-lib/aws-s3";
import type { Construct } from "constructs";
import { AstroStack, keep, type Settings } from "../lib/astro-stack";
import { type HostNames, hostNames } from "../lib/astro-yaml/host-names";
import { bucketName } from "../lib/names";
import { privateBucket, tlsOnly } from "../lib/private-bucket";
import type { SecretsStack } from "./secrets";

type Needs = { secrets: SecretsStack };

/** What other stacks read of a bucket; the host is its name in its region. */
type SharedBucket = { name: string; arn: string; host: string };

/** Unfinished uploads cost money and show nowhere (Amazon S3 User Guide, "Aborting a multipart upload"). */
const ABORT_UPLOADS: s3.CfnBucket.RuleProperty = {
  id: "abort-unfinished-uploads",
  status: "Enabled",
  abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
};

const EXPIRE_OLD_VERSIONS: s3.CfnBucket.RuleProperty = {
  id: "expire-old-versions",
  status: "Enabled",
  noncurrentVersionExpiration: { noncurrentDays: 90 },
};

/** The three buckets: the frontend's files, the users' PDFs, and backups. */
export class StorageStack extends AstroStack {
  readonly frontend: SharedBucket;
  readonly pdfs: SharedBucket;

  constructor(scope: Construct, settings: Settings, { secrets }: Needs) {
    super(scope, settings, { name: "storage", phase: "data", description: "Buckets of frontend, PDFs and backups" });
    const { protect, domain } = settings.config;
    const bucket = (id: string, purpose: string, props: s3.CfnBucketProps) =>
      privateBucket(this, id, { bucketName: bucketName(settings, purpose), keyArn: secrets.keyArn, ...props });

    // Its policy is the CDN's: a bucket has one policy, and that one names the distribution.
    const frontendBucket = bucket("FrontendBucket", "frontend", { lifecycleConfiguration: { rules: [ABORT_UPLOADS] } });
    keep(frontendBucket, false);
    this.frontend = this.shareBucket("FrontendBucket", frontendBucket);

    const pdfsBucket = bucket("PdfsBucket", "pdfs", {
      versioningConfiguration: { status: "Enabled" },
      lifecycleConfiguration: {
        rules: [
          ABORT_UPLOADS,
          EXPIRE_OLD_VERSIONS,
          { id: "cheaper-with-age", status: "Enabled", transitions: [to("STANDARD_IA", 90)] },
        ],
      },
      corsConfiguration: domain === undefined ? undefined : { corsRules: [fromBrowser(hostNames(domain))] },
    });
    const backupsBucket = bucket("BackupsBucket", "backups", {
      versioningConfiguration: { status: "Enabled" },
      lifecycleConfiguration: {
        rules: [
          ABORT_UPLOADS,
          EXPIRE_OLD_VERSIONS,
          { id: "cheaper-with-age", status: "Enabled", transitions: [to("STANDARD_IA", 30), to("GLACIER_IR", 90)] },
        ],
      },
    });
    for (const [name, bucket] of Object.entries({ Pdfs: pdfsBucket, Backups: backupsBucket })) {
      keep(bucket, protect);
      new s3.CfnBucketPolicy(this, `${name}BucketPolicy`, {
        bucket: bucket.ref,
        policyDocument: tlsOnly(bucket.attrArn),
      });
    }

    this.pdfs = this.shareBucket("PdfsBucket", pdfsBucket);

    this.output("FrontendBucketName", frontendBucket.ref, "Files of the frontend");
    this.output("PdfsBucketName", pdfsBucket.ref, "PDFs");
    this.output("BackupsBucketName", backupsBucket.ref, "Backups");
  }

  private shareBucket(id: string, bucket: s3.CfnBucket): SharedBucket {
    return {
      name: this.share(`${id}Name`, bucket.ref),
      arn: this.share(`${id}Arn`, bucket.attrArn),
      host: this.share(`${id}Host`, bucket.attrRegionalDomainName),
    };
  }
}

/** Objects move no sooner than after 30 days (Amazon S3 User Guide, "Transitioning objects using Amazon S3 Lifecycle"). */
function to(storageClass: string, transitionInDays: number): s3.CfnBucket.TransitionProperty {
  return { storageClass, transitionInDays };
}

/** The frontend's pages may read and upload PDFs by presigned URL. */
function fromBrowser({ app }: HostNames): s3.CfnBucket.CorsRuleProperty {
  return {
    allowedOrigins: [`https://${app}`],
    allowedMethods: ["GET", "HEAD", "PUT", "POST"],
    allowedHeaders: ["*"],
    exposedHeaders: ["ETag"],
    maxAge: 3600,
  };
}
