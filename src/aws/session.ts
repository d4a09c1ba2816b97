import { CloudFormationClient } from "@aws-sdk/client-cloudformation";
import { ECRClient } from "@aws-sdk/client-ecr";
import { S3Client } from "@aws-sdk/client-s3";
import { STSClient } from "@aws-sdk/client-sts";

export type Access = {
  /** One address for every service, an emulator's or the rehearsal's; AWS's own without it. */
  readonly endpoint?: string;
  /** Given for the rehearsal; otherwise the SDK's usual chain finds (and refreshes) them. */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
};

/** Clients of one account, made once a region. */
export type Session = {
  readonly cloudformation: (region: string) => CloudFormationClient;
  readonly s3: (region: string) => S3Client;
  readonly ecr: (region: string) => ECRClient;
  readonly sts: (region: string) => STSClient;
  readonly endpoint: string | undefined;
};

/** Tries of one call before it fails: the SDK backs off between them, on throttling longer. */
const ATTEMPTS = 8;

export function openSession({ endpoint, credentials }: Access): Session {
  const settings = (region: string) => ({
    region,
    maxAttempts: ATTEMPTS,
    ...(endpoint !== undefined && { endpoint }),
    ...(credentials && { credentials }),
  });
  return {
    cloudformation: perRegion((region) => new CloudFormationClient(settings(region))),
    // An emulator has no DNS names for buckets.
    s3: perRegion((region) => new S3Client({ ...settings(region), forcePathStyle: endpoint !== undefined })),
    ecr: perRegion((region) => new ECRClient(settings(region))),
    sts: perRegion((region) => new STSClient(settings(region))),
    endpoint,
  };
}

function perRegion<T>(make: (region: string) => T): (region: string) => T {
  const made = new Map<string, T>();
  return (region) => {
    const client = made.get(region) ?? make(region);
    made.set(region, client);
    return client;
  };
}
