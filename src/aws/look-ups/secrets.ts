import type { LookUps } from "../../preflight/look-ups.ts";
import { secretPairs } from "../app-secret.ts";
import { type Asking, isOneOf } from "./asking.ts";

/** What a secret holds, its values left out. */
export function secretKeys({ at, ask }: Asking): Pick<LookUps, "secretKeys"> {
  return {
    secretKeys: async (region, SecretId) => {
      const { GetSecretValueCommand, SecretsManagerClient } = await import("@aws-sdk/client-secrets-manager");
      const client = at(region, "secretsmanager", (settings) => new SecretsManagerClient(settings));
      const send = () => client.send(new GetSecretValueCommand({ SecretId }));
      const found = await ask("secretsmanager:GetSecretValue", send, isOneOf("ResourceNotFound"));
      return found && Object.keys(secretPairs(found.SecretString) ?? {});
    },
  };
}
