import { CloudFormationClient } from "@aws-sdk/client-cloudformation";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { S3Client } from "@aws-sdk/client-s3";
import { STSClient } from "@aws-sdk/client-sts";
import { codeOf } from "./errors.ts";
import { careful, EACH_TRY } from "./unreadable.ts";

export type Access = {
  /** One address for every service, an emulator's or the rehearsal's; AWS's own without it. */
  readonly endpoint?: string;
  /** Given for the rehearsal; otherwise the SDK's usual chain finds (and refreshes) them. */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
};

/** What every client is made with. */
type Settings = Pick<Access, "endpoint"> & {
  readonly region: string;
  readonly maxAttempts: number;
  readonly credentials: NonNullable<Access["credentials"]> | STSClient["config"]["credentials"];
};

/** Clients of one account, made once a region. */
export type Session = {
  readonly cloudformation: (region: string) => CloudFormationClient;
  readonly dynamodb: (region: string) => DynamoDBClient;
  readonly s3: (region: string) => S3Client;
  readonly sts: (region: string) => STSClient;
  readonly endpoint: string | undefined;
  /** What a client of a service that is seldom asked is made with. */
  readonly settings: (region: string) => Settings;
  /** How many answers of CloudFormation so far were that it is asked too much. */
  readonly throttled: () => number;
};

/** Tries of one call before it fails: the SDK backs off between them, on throttling longer. */
const ATTEMPTS = 8;

/** CloudFormation's words for a caller that asks too much (API Reference, "Common errors"). */
const THROTTLING = new Set(["Throttling", "ThrottlingException", "RequestLimitExceeded", "TooManyRequestsException"]);

export function openSession({ endpoint, credentials }: Access): Session {
  const bare = (region: string) => ({
    region,
    maxAttempts: ATTEMPTS,
    ...(endpoint !== undefined && { endpoint }),
  });
  let found: Settings["credentials"] | undefined = credentials;
  const settings = (region: string): Settings => {
    // Once for all: each client by itself would sign in anew, to an SSO session or a role, or by a profile's program.
    found ??= new STSClient(bare(region)).config.credentials;
    return { ...bare(region), credentials: found };
  };
  let throttled = 0;
  const counted =
    <Call, Answer>(next: (call: Call) => Promise<Answer>) =>
    async (call: Call): Promise<Answer> => {
      try {
        return await next(call);
      } catch (error) {
        if (THROTTLING.has(codeOf(error))) throttled += 1;
        throw error;
      }
    };
  const cloudformation = (region: string) => {
    const client = careful(new CloudFormationClient(settings(region)));
    client.middlewareStack.addRelativeTo(counted, EACH_TRY("countThrottling"));
    return client;
  };
  return {
    cloudformation: perRegion(cloudformation),
    dynamodb: perRegion((region) => careful(new DynamoDBClient(settings(region)))),
    // An emulator has no DNS names for buckets.
    s3: perRegion((region) => careful(new S3Client({ ...settings(region), forcePathStyle: endpoint !== undefined }))),
    sts: perRegion((region) => careful(new STSClient(settings(region)))),
    endpoint,
    settings,
    throttled: () => throttled,
  };
}

/** Makes one a region, when it is first needed. */
export function perRegion<T>(make: (region: string) => T): (region: string) => T {
  const made = new Map<string, T>();
  return (region) => {
    const client = made.get(region) ?? make(region);
    made.set(region, client);
    return client;
  };
}
