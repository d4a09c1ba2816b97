import { GetSecretValueCommand, PutSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { AstroError } from "../errors.ts";
import { readJson } from "../reading/json.ts";
import type { AppSecret, SecretPairs } from "../release/port-secret.ts";
import { call, callOptional, codeOf } from "./errors.ts";
import type { AwsSession } from "./session.ts";

/** What a secret's text has under its keys; `undefined` for one that is no JSON object of texts. */
export function secretPairs(text: string | undefined): SecretPairs | undefined {
  try {
    const read = readJson(text ?? "");
    if (typeof read !== "object" || read === null || Array.isArray(read)) return undefined;
    return Object.values(read).every((value) => typeof value === "string") ? (read as SecretPairs) : undefined;
  } catch {
    // What cannot be read is not shown either: its fault's words may hold a part of it.
    return undefined;
  }
}

/** The environment's own secret (AWS Secrets Manager API Reference, GetSecretValue and PutSecretValue). */
export function appSecretOn(session: AwsSession): AppSecret {
  const secrets = session.client((settings) => new SecretsManagerClient(settings));
  return {
    appSecret: async (region, SecretId) => {
      const command = new GetSecretValueCommand({ SecretId });
      const isMissing = (error: unknown) => codeOf(error) === "ResourceNotFoundException";
      const found = await callOptional("secretsmanager:GetSecretValue", () => secrets(region).send(command), isMissing);
      if (found === undefined) return undefined;
      const pairs = secretPairs(found.SecretString);
      if (pairs !== undefined) return pairs;
      throw new AstroError("failed", `the secret ${SecretId} is no JSON object of texts: something else wrote it`, {
        text: "see when, and which versions of it there are",
        command: ["aws", "secretsmanager", "describe-secret", "--secret-id", SecretId, "--region", region],
      });
    },
    putAppSecret: async (region, SecretId, pairs, ClientRequestToken) => {
      const command = new PutSecretValueCommand({ SecretId, ClientRequestToken, SecretString: JSON.stringify(pairs) });
      await call("secretsmanager:PutSecretValue", () => secrets(region).send(command));
    },
  };
}
