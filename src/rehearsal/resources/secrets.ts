import { createCipheriv, createDecipheriv } from "node:crypto";
import type { JsonObject } from "../../template/types.ts";
import { hex, mixed } from "../state/hash.ts";
import { resourcesAt } from "../state/resource-store.ts";
import type { Simulator } from "../state/simulator.ts";
import type { Scope, ServiceResource } from "../state/state.ts";

export const SECRET = "AWS::SecretsManager::Secret";

/** How a value begins that was put, as the state keeps it. */
const ENCIPHERED = "enciphered:";

/** What makes of a secret's value something that nobody reads by looking at the state, or finds in it. */
const keyOf = (simulator: Simulator, { id }: ServiceResource) =>
  Buffer.from(hex(64, simulator.state.seed, id, "key"), "hex");

/** A value as the state keeps it. Whoever has all of the state can make the key, as the generated values: see the README. */
export function enciphered(simulator: Simulator, secret: ServiceResource, value: string): string {
  if (value === "") return "";
  const iv = Buffer.from(hex(32, simulator.state.seed, secret.id, value), "hex");
  const cipher = createCipheriv("aes-256-ctr", keyOf(simulator, secret), iv);
  return ENCIPHERED + Buffer.concat([iv, cipher.update(value, "utf8"), cipher.final()]).toString("base64");
}

/** A value as it was put; states of an earlier version keep it as it is. */
export function deciphered(simulator: Simulator, secret: ServiceResource, kept: string): string {
  if (!kept.startsWith(ENCIPHERED)) return kept;
  const bytes = Buffer.from(kept.slice(ENCIPHERED.length), "base64");
  const cipher = createDecipheriv("aes-256-ctr", keyOf(simulator, secret), bytes.subarray(0, 16));
  return Buffer.concat([cipher.update(bytes.subarray(16)), cipher.final()]).toString("utf8");
}

/** The secret's value: the one that was put, or a generated one that is always the same and not in the state. */
export function secretText(simulator: Simulator, secret: ServiceResource): string {
  const { SecretString, GenerateSecretString } = secret.properties;
  if (secret.state.value !== undefined) return deciphered(simulator, secret, String(secret.state.value));
  if (SecretString !== undefined) return String(SecretString);
  const {
    SecretStringTemplate,
    GenerateStringKey,
    PasswordLength = 32,
  } = (GenerateSecretString ?? {}) as { readonly [name: string]: string | number };
  const password = mixed(Math.min(32, Number(PasswordLength)), simulator.state.seed, secret.id, "value");
  if (SecretStringTemplate === undefined || GenerateStringKey === undefined) return password;
  return JSON.stringify({ ...(JSON.parse(String(SecretStringTemplate)) as object), [GenerateStringKey]: password });
}

/** Text with its references to secrets resolved: only for answers, the values are not in the state. */
export function withSecrets(simulator: Simulator, scope: Scope, value: string): string {
  return value.replace(/\{\{resolve:secretsmanager:([^{}]+)\}\}/g, (reference, body: string) => {
    const [id = "", rest = ""] = body.split(/:SecretString:?/);
    const secret = secretCalled(simulator, scope, id);
    const key = rest.split(":")[0] ?? "";
    const whole = secret && secretText(simulator, secret);
    if (whole === undefined || key === "") return whole ?? reference;
    return String((JSON.parse(whole) as JsonObject)[key] ?? reference);
  });
}

/** The secret of this name or ARN, with or without its six last characters, unless it is pending deletion. */
export function secretCalled(simulator: Simulator, scope: Scope, id: string): ServiceResource | undefined {
  return resourcesAt(simulator.state, SECRET, scope).find(
    (one) => one.state.deleted === undefined && isCalled(one, id),
  );
}

export const isCalled = (secret: ServiceResource, id: string) =>
  secret.id === id || secret.state.name === id || secret.id.slice(0, -7) === id;
