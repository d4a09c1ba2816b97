import { CloudFormationClient } from "@aws-sdk/client-cloudformation";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { S3Client } from "@aws-sdk/client-s3";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { call, codeOf } from "./errors.ts";
import { type Fence, openFence } from "./fence.ts";
import { type Guarded, guardClient, type SigningKeys } from "./guard.ts";
import type { Agents } from "./proxy.ts";
import { EACH_TRY, retryTruncated } from "./retry-truncated.ts";
import type { AwsEnvironment } from "./surroundings.ts";

export type ConnectionOptions = {
  /** One address for every service, an emulator's or the rehearsal's; AWS's own without it. */
  readonly endpoint?: string;
  /** Given for the rehearsal; otherwise `around` says whose. */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** What the environment and `~/.aws` say; without it the SDK's usual chain finds (and refreshes) credentials. */
  readonly around?: AwsEnvironment;
  /** Shared by all that write to one environment; by default one of the session's own. */
  readonly fence?: Fence;
};

/** What every client is made with. */
export type Settings = Pick<ConnectionOptions, "endpoint"> & {
  readonly region: string;
  readonly maxAttempts: number;
  readonly profile?: string;
  readonly requestHandler?: Agents;
  /** For S3 alone: an emulator has no DNS names for buckets. */
  readonly forcePathStyle?: boolean;
  readonly credentials: NonNullable<ConnectionOptions["credentials"]> | STSClient["config"]["credentials"];
};

/** Clients of one account, made once a region. */
export type AwsSession = {
  readonly cloudformation: (region: string) => CloudFormationClient;
  /** For the lock table alone: the fence asks it, and does not guard it. */
  readonly locks: (region: string) => DynamoDBClient;
  readonly s3: (region: string) => S3Client;
  readonly sts: (region: string) => STSClient;
  readonly endpoint: string | undefined;
  /** Every other client: made once a region, behind the fence. */
  readonly client: <C extends Guarded>(make: (settings: Settings) => C) => (region: string) => C;
  readonly settings: (region: string) => Settings;
  readonly fence: Fence;
  /** Puts a client that is made in another way behind the fence. */
  readonly guarded: <C extends Guarded>(client: C) => C;
  /** Milliseconds that AWS's clock is ahead of this machine's by its last answer; 0 before there was one. */
  readonly ahead: () => number;
  /** How many answers of CloudFormation so far were that it is asked too much. */
  readonly throttled: () => number;
};

/** The region whose endpoint is asked about credentials that a call elsewhere is signed with. */
const GLOBAL = "us-east-1";

/** Tries of one call before it fails: the SDK backs off between them, on throttling longer. */
const ATTEMPTS = 8;

/** CloudFormation's words for a caller that asks too much (API Reference, "Common errors"). */
const THROTTLING = new Set(["Throttling", "ThrottlingException", "RequestLimitExceeded", "TooManyRequestsException"]);

export function openSession({ endpoint, credentials, around, fence = openFence() }: ConnectionOptions): AwsSession {
  const bare = (region: string) => ({
    region,
    maxAttempts: around?.maxAttempts ?? ATTEMPTS,
    ...(endpoint !== undefined && !around?.endpointsApart && { endpoint }),
    ...((endpoint !== undefined || around?.pathStyle) && { forcePathStyle: true }),
    ...(around?.agents && { requestHandler: around.agents }),
    ...(around?.profile !== undefined && { profile: around.profile }),
  });
  let found: Settings["credentials"] | undefined = credentials;
  const settings = (region: string): Settings => {
    // Once for all: each client by itself would sign in anew, to an SSO session or a role, or by a profile's program.
    found ??= around?.credentials ?? new STSClient(bare(region)).config.credentials;
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
  let ahead = 0;
  const account = {
    fence,
    whoIs: (signer: SigningKeys) => accountOf(new STSClient({ ...bare(GLOBAL), credentials: signer })),
    told: (milliseconds: number) => {
      ahead = milliseconds;
    },
  };
  const guarded = <C extends Guarded>(client: C) => guardClient(retryTruncated(client), account, "fence");
  const client: AwsSession["client"] = (make) => perRegion((region) => guarded(make(settings(region))));
  return {
    cloudformation: client((settings) => {
      const made = new CloudFormationClient(settings);
      made.middlewareStack.addRelativeTo(counted, EACH_TRY("countThrottling"));
      return made;
    }),
    locks: perRegion((region) => guardClient(retryTruncated(new DynamoDBClient(settings(region))), account, "account")),
    s3: client((settings) => new S3Client(settings)),
    sts: client((settings) => new STSClient(settings)),
    endpoint,
    client,
    guarded,
    settings,
    fence,
    throttled: () => throttled,
    ahead: () => ahead,
  };
}

async function accountOf(client: STSClient): Promise<string> {
  const { Account = "" } = await call("sts:GetCallerIdentity", () => client.send(new GetCallerIdentityCommand({})));
  return Account;
}

/** Makes one a region, when it is first needed. */
function perRegion<T>(make: (region: string) => T): (region: string) => T {
  const made = new Map<string, T>();
  return (region) => {
    const client = made.get(region) ?? make(region);
    made.set(region, client);
    return client;
  };
}
