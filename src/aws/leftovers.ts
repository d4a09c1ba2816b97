import { CloudWatchLogsClient, DeleteLogGroupCommand } from "@aws-sdk/client-cloudwatch-logs";
import { DeleteSecretCommand, DescribeSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { AstroError } from "../errors.ts";
import { ownerWords } from "../plan/ownership.ts";
import type { Clearable } from "../provision/cloud.ts";
import { ask, codeOf, isMissing } from "./errors.ts";
import { stackThatHas } from "./holder.ts";
import type { Session } from "./session.ts";

type Clearing = {
  readonly call: string;
  readonly send: (session: Session, region: string, name: string) => Promise<object>;
};

/** How what outlived its stack is deleted, so that its name is free at once. */
const CLEARINGS: { readonly [type in Clearable]: Clearing } = {
  "AWS::Logs::LogGroup": {
    call: "logs:DeleteLogGroup",
    send: ({ client }, region, logGroupName) =>
      client((settings) => new CloudWatchLogsClient(settings))(region).send(
        new DeleteLogGroupCommand({ logGroupName }),
      ),
  },
  "AWS::SecretsManager::Secret": {
    call: "secretsmanager:DeleteSecret",
    send: ({ client }, region, SecretId) =>
      client((settings) => new SecretsManagerClient(settings))(region).send(
        new DeleteSecretCommand({ SecretId, ForceDeleteWithoutRecovery: true }),
      ),
  },
};

/**
 * Deletes a leftover; false if there is none. Throws AstroError("not-ours") for what a stack has: that is none, whatever
 * its name.
 */
export async function clearLeftover(session: Session, region: string, type: Clearable, name: string): Promise<boolean> {
  const { call, send } = CLEARINGS[type];
  const isGone = (error: unknown) => codeOf(error) === "ResourceNotFoundException";
  const id = await physicalId(session, region, type, name);
  if (id === undefined) return false;
  const look = () => stackThatHas(session.cloudformation(region), type, id);
  const holder = await ask("cloudformation:DescribeStackResources", look, isMissing);
  if (holder) {
    throw new AstroError(
      "not-ours",
      `${name} is not left from earlier: stack ${holder.stack} has it, which ${ownerWords(holder)}`,
      "give what is to be made another name in the app",
    );
  }
  return (await ask(call, () => send(session, region, name), isGone)) !== undefined;
}

/** A log group's is its name, a secret's its ARN (Template Reference, "Return values"); `undefined` if it is not there. */
async function physicalId(
  session: Session,
  region: string,
  type: Clearable,
  SecretId: string,
): Promise<string | undefined> {
  if (type === "AWS::Logs::LogGroup") return SecretId;
  const client = session.client((settings) => new SecretsManagerClient(settings))(region);
  const isGone = (error: unknown) => codeOf(error) === "ResourceNotFoundException";
  const send = () => client.send(new DescribeSecretCommand({ SecretId }));
  return (await ask("secretsmanager:DescribeSecret", send, isGone))?.ARN;
}
