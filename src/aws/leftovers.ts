import { CloudWatchLogsClient, DeleteLogGroupCommand } from "@aws-sdk/client-cloudwatch-logs";
import { DeleteBucketCommand } from "@aws-sdk/client-s3";
import { DeleteSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { AstroError } from "../errors.ts";
import { isOf, ownerWords } from "../plan/ownership.ts";
import { NotChecked } from "../preflight/finding.ts";
import type { TakenName } from "../preflight/look-ups.ts";
import type { Clearable, Cloud } from "../provision/cloud.ts";
import { emptyBucket } from "./bucket.ts";
import { callOptional, codeOf, isMissing } from "./errors.ts";
import { stackThatHas } from "./holder.ts";
import { asking } from "./look-ups/asking.ts";
import { STORES } from "./look-ups/stores.ts";
import type { AwsSession } from "./session.ts";

type Clearing = {
  readonly call: string;
  readonly send: (session: AwsSession, region: string, name: string) => Promise<object>;
};

/** How what has a name is deleted with all that is in it, so that the name is free at once. */
const CLEARINGS: { readonly [type in Clearable]: Clearing } = {
  "AWS::Logs::LogGroup": {
    call: "logs:DeleteLogGroup",
    send: ({ client }, region, logGroupName) =>
      client((settings) => new CloudWatchLogsClient(settings))(region).send(
        new DeleteLogGroupCommand({ logGroupName }),
      ),
  },
  "AWS::S3::Bucket": {
    call: "s3:DeleteBucket",
    send: async ({ s3 }, region, Bucket) => {
      await emptyBucket(s3(region), Bucket);
      return s3(region).send(new DeleteBucketCommand({ Bucket }));
    },
  },
  "AWS::SecretsManager::Secret": {
    call: "secretsmanager:DeleteSecret",
    send: ({ client }, region, SecretId) =>
      client((settings) => new SecretsManagerClient(settings))(region).send(
        new DeleteSecretCommand({ SecretId, ForceDeleteWithoutRecovery: true }),
      ),
  },
};

/** The services' words for what is not there (any more). */
const GONE = ["ResourceNotFoundException", "NoSuchBucket"];

/**
 * Deletes what has a name; false if nothing has it. Throws AstroError("not-ours") for what a stack has, or what tags say
 * is another environment's: that is nothing left over, whatever its name.
 */
export async function clearLeftover(session: AwsSession, ...of: Parameters<Cloud["clearLeftover"]>): Promise<boolean> {
  const [owned, region, type, name] = of;
  const { call, send } = CLEARINGS[type];
  const found = await taken(session, region, type, name);
  if (found === undefined) return false;
  const { id = name, tags = {}, elsewhere } = found;
  if (elsewhere) throw notLeft(name, "it lies in another region");
  const look = () => stackThatHas(session.cloudformation(region), type, id);
  const holder = await callOptional("cloudformation:DescribeStackResources", look, isMissing);
  if (holder) throw notLeft(name, `stack ${holder.stack} has it, which ${ownerWords(holder)}`);
  if (tags.ManagedBy === "astro" && !isOf(tags, owned))
    throw notLeft(name, `its tags say that it is of project ${tags.Project}, environment ${tags.Environment}`);
  return (
    (await callOptional(
      call,
      () => send(session, region, name),
      (error) => GONE.includes(codeOf(error)),
    )) !== undefined
  );
}

function notLeft(name: string, whose: string): AstroError {
  const words = `${name} is not left from earlier: ${whose}`;
  return new AstroError("not-ours", words, "give what is to be made another name in the app");
}

async function taken(
  session: AwsSession,
  region: string,
  type: Clearable,
  name: string,
): Promise<TakenName | undefined> {
  try {
    return await STORES[type]?.(asking(session), region, name);
  } catch (error) {
    if (!(error instanceof NotChecked)) throw error;
    const hint = "have that allowed, or delete it otherwise";
    throw new AstroError("failed", `whether ${name} may be deleted cannot be seen: ${error.message}`, hint, error);
  }
}
