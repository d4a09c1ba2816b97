import { CloudWatchLogsClient, DeleteLogGroupCommand } from "@aws-sdk/client-cloudwatch-logs";
import { DeleteSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { Clearable } from "../provision/cloud.ts";
import { ask, codeOf } from "./errors.ts";
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

/** Deletes a leftover; false if there is none. */
export async function clearLeftover(session: Session, region: string, type: Clearable, name: string): Promise<boolean> {
  const { call, send } = CLEARINGS[type];
  const isGone = (error: unknown) => codeOf(error) === "ResourceNotFoundException";
  return (await ask(call, () => send(session, region, name), isGone)) !== undefined;
}
