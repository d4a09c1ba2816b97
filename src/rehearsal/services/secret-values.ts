import { partOf } from "../resources/properties.ts";
import { deciphered, enciphered, secretText } from "../resources/secrets.ts";
import { uuid } from "../state/hash.ts";
import type { Simulator } from "../state/simulator.ts";
import type { ServiceResource } from "../state/state.ts";
import { type Call, type Handler, text } from "../wire/call.ts";
import { AwsError } from "../wire/error.ts";
import { seconds } from "./common/resources.ts";
import { DAY, headOf, theSecret, usable, writtenAt } from "./find-secret.ts";

export const getSecretValue: Handler = (simulator, call) => {
  const secret = usable(theSecret(simulator, call));
  const [label, id] = [text(call.input, "VersionStage"), text(call.input, "VersionId")];
  const found = versionsOf(secret).find(
    ({ VersionId, VersionStages }) =>
      (label === undefined
        ? id !== undefined || VersionStages.includes("AWSCURRENT")
        : VersionStages.includes(label)) &&
      (id === undefined || VersionId === id),
  );
  if (!found) {
    const what = id === undefined ? `staging label: ${label ?? "AWSCURRENT"}` : `VersionId: ${id}`;
    throw new AwsError(
      "ResourceNotFoundException",
      `Secrets Manager can't find the specified secret value for ${what}`,
    );
  }
  const { previous, binary } = secret.state;
  const isCurrent = found.VersionStages.includes("AWSCURRENT");
  const { ARN, Name } = headOf(secret);
  secret.state.read = simulator.state.now - (simulator.state.now % DAY);
  return {
    ARN,
    Name,
    ...found,
    ...(isCurrent && binary !== undefined
      ? { SecretBinary: deciphered(simulator, secret, String(binary)) }
      : {
          SecretString: isCurrent
            ? secretText(simulator, secret)
            : deciphered(simulator, secret, String(partOf(previous).value ?? "")),
        }),
  };
};

/** The versions with a staging label: the current one, and the one before it ("Secrets Manager secret versions"). */
export function versionsOf(secret: ServiceResource) {
  const { version, previous } = secret.state;
  // A secret created without a value has none (localstack's test_secret_version_not_found, recorded 2024-06-13).
  if (secret.state.value === "" && secret.state.binary === undefined) return [];
  const CreatedDate = seconds(writtenAt(secret));
  const current = { VersionId: String(version ?? ""), VersionStages: ["AWSCURRENT"], CreatedDate };
  if (previous === undefined) return [current];
  const before = partOf(previous);
  return [
    current,
    {
      VersionId: String(before.version),
      VersionStages: ["AWSPREVIOUS"],
      CreatedDate: seconds(Number(before.written ?? secret.created)),
    },
  ];
}

/** Puts a call's value into a secret, as text or bytes. */
export function fill(simulator: Simulator, secret: ServiceResource, { input }: Call): void {
  const binary = text(input, "SecretBinary");
  delete secret.state.binary;
  if (binary !== undefined) secret.state.binary = enciphered(simulator, secret, binary);
  secret.state.value = enciphered(simulator, secret, text(input, "SecretString") ?? "");
}

export const putSecretValue: Handler = (simulator, call) => {
  const secret = usable(theSecret(simulator, call));
  const token = text(call.input, "ClientRequestToken");
  if (token !== undefined && token === secret.state.version) {
    // The same request once more is ignored (API Reference, PutSecretValue: ClientRequestToken).
    if (text(call.input, "SecretString") === secretText(simulator, secret))
      return { ...headOf(secret), VersionStages: ["AWSCURRENT"] };
    throw new AwsError(
      "ResourceExistsException",
      `You can't use ClientRequestToken ${token} because that value is already in use for a version of secret ${secret.id}.`,
    );
  }
  simulator.state.serial += 1;
  secret.state.previous = {
    value: enciphered(simulator, secret, secretText(simulator, secret)),
    version: String(secret.state.version ?? ""),
    written: writtenAt(secret),
  };
  fill(simulator, secret, call);
  secret.state.version = token ?? uuid(simulator.state.seed, secret.id, simulator.state.serial);
  secret.state.written = simulator.state.now;
  return { ...headOf(secret), VersionStages: ["AWSCURRENT"] };
};

export const listSecretVersionIds: Handler = (simulator, call) => {
  const secret = theSecret(simulator, call);
  const { VersionId: _, ...head } = headOf(secret);
  const KmsKeyIds = [String(secret.properties.KmsKeyId ?? "DefaultEncryptionKey")];
  return { ...head, Versions: versionsOf(secret).map((one) => ({ ...one, KmsKeyIds })) };
};
