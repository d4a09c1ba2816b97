import type { JsonObject } from "../../template/types.ts";
import { mixed, uuid } from "../hash.ts";
import { partOf } from "../rules/rule.ts";
import type { Stage } from "../stage.ts";
import { thingsAt } from "../things.ts";
import { type Call, flag, type Handler, type Result, structures, text, texts } from "../wire/call.ts";
import { AwsError } from "../wire/error.ts";
import { jsonProtocol, type Service } from "../wire/protocol.ts";
import type { Place, Thing } from "../world.ts";
import { allOf, make, seconds, tag, tagList, tagsIn, unmake, untag } from "./shelf.ts";

const TYPE = "AWS::SecretsManager::Secret";
const DAY = 86_400_000;

function theSecret(stage: Stage, call: Call): Thing {
  const id = text(call.input, "SecretId") ?? "";
  const found = allOf(stage, call, TYPE).find((one) => isCalled(one, id));
  if (!found) throw new AwsError("ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
  return found;
}

function usable(secret: Thing): Thing {
  if (secret.state.deleted === undefined) return secret;
  throw new AwsError(
    "InvalidRequestException",
    "You can't perform this operation on the secret because it was marked for deletion.",
  );
}

/** The secret's value: what was put there, or the same made-up text every time, never kept in the state. */
export function secretText(stage: Stage, secret: Thing): string {
  const { SecretString, GenerateSecretString } = secret.properties;
  if (secret.state.value !== undefined) return String(secret.state.value);
  if (SecretString !== undefined) return String(SecretString);
  const {
    SecretStringTemplate,
    GenerateStringKey,
    PasswordLength = 32,
  } = (GenerateSecretString ?? {}) as { readonly [name: string]: string | number };
  const password = mixed(Math.min(32, Number(PasswordLength)), stage.world.seed, secret.id, "value");
  if (SecretStringTemplate === undefined || GenerateStringKey === undefined) return password;
  return JSON.stringify({ ...(JSON.parse(String(SecretStringTemplate)) as object), [GenerateStringKey]: password });
}

/** Text with its references to secrets resolved: only for who reads it, the values are in no state. */
export function withSecrets(stage: Stage, place: Place, value: string): string {
  return value.replace(/\{\{resolve:secretsmanager:([^{}]+)\}\}/g, (reference, body: string) => {
    const [id = "", rest = ""] = body.split(/:SecretString:?/);
    const secret = secretCalled(stage, place, id);
    const key = rest.split(":")[0] ?? "";
    const whole = secret && secretText(stage, secret);
    if (whole === undefined || key === "") return whole ?? reference;
    return String((JSON.parse(whole) as JsonObject)[key] ?? reference);
  });
}

/** The secret of this name or ARN, with or without its six last characters, unless it waits to be deleted. */
export function secretCalled(stage: Stage, place: Place, id: string): Thing | undefined {
  return thingsAt(stage.world, TYPE, place).find((one) => one.state.deleted === undefined && isCalled(one, id));
}

const isCalled = (secret: Thing, id: string) =>
  secret.id === id || secret.state.name === id || secret.id.slice(0, -7) === id;

function headOf(secret: Thing): Result {
  return { ARN: secret.id, Name: String(secret.state.name ?? ""), VersionId: String(secret.state.version ?? "") };
}

const describeSecret: Handler = (stage, call) => shown(theSecret(stage, call));

function shown(secret: Thing): Result {
  const { Description, KmsKeyId } = secret.properties;
  const { deleted, name } = secret.state;
  return {
    ARN: secret.id,
    Name: String(name ?? ""),
    ...(Description !== undefined && { Description }),
    ...(KmsKeyId !== undefined && { KmsKeyId }),
    CreatedDate: seconds(secret.created),
    LastChangedDate: seconds(writtenAt(secret)),
    // The day alone (API Reference, DescribeSecret).
    ...(secret.state.read !== undefined && { LastAccessedDate: seconds(Number(secret.state.read)) }),
    ...(Object.keys(secret.tags).length > 0 && { Tags: tagList(secret) }),
    VersionIdsToStages: Object.fromEntries(
      versionsOf(secret).map(({ VersionId, VersionStages }) => [VersionId, VersionStages]),
    ),
    ...(deleted !== undefined && { DeletedDate: seconds(Number(deleted)) }),
  };
}

/** When the value that it has now was written. */
const writtenAt = ({ state, created }: Thing) => Number(state.written ?? created);

const getSecretValue: Handler = (stage, call) => {
  const secret = usable(theSecret(stage, call));
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
  secret.state.read = stage.world.now - (stage.world.now % DAY);
  return {
    ARN,
    Name,
    ...found,
    ...(isCurrent && binary !== undefined
      ? { SecretBinary: binary }
      : { SecretString: isCurrent ? secretText(stage, secret) : String(partOf(previous).value ?? "") }),
  };
};

/** The versions that bear a label: the current one, and the one before it ("Secrets Manager secret versions"). */
function versionsOf(secret: Thing) {
  const { version, previous } = secret.state;
  // One that was made without a value has none (localstack's test_secret_version_not_found, recorded 2024-06-13).
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

/** Puts a call's value into a secret, text or bytes. */
function fill(secret: Thing, { input }: Call): void {
  const binary = text(input, "SecretBinary");
  delete secret.state.binary;
  if (binary !== undefined) secret.state.binary = binary;
  secret.state.value = text(input, "SecretString") ?? "";
}

const createSecret: Handler = (stage, call) => {
  const { input, place } = call;
  const name = text(input, "Name") ?? "";
  // localstack's test_invalid_secret_name, recorded 2022-09-28.
  if (!/^[A-Za-z0-9\-/_+=.@!]+$/.test(name))
    throw new AwsError(
      "ValidationException",
      "Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!",
    );
  const there = allOf(stage, call, TYPE).find(({ state }) => state.name === name);
  if (there?.state.deleted !== undefined) {
    throw new AwsError(
      "InvalidRequestException",
      "You can't create this secret because a secret with this name is already scheduled for deletion.",
    );
  }
  if (there)
    throw new AwsError("ResourceExistsException", `The operation failed because the secret ${name} already exists.`);
  stage.world.serial += 1;
  const id = `arn:aws:secretsmanager:${place.region}:${place.account}:secret:${name}-${mixed(6, stage.world.seed, name, stage.world.serial)}`;
  const secret = make(stage, call, {
    type: TYPE,
    id,
    properties: {
      Name: name,
      ...Object.fromEntries(
        ["Description", "KmsKeyId"].flatMap((key) => {
          const value = text(input, key);
          return value === undefined ? [] : [[key, value] as const];
        }),
      ),
    },
    tags: tagsIn(structures(input, "Tags")),
  });
  fill(secret, call);
  return headOf(secret);
};

const putSecretValue: Handler = (stage, call) => {
  const secret = usable(theSecret(stage, call));
  stage.world.serial += 1;
  secret.state.previous = {
    value: secretText(stage, secret),
    version: String(secret.state.version ?? ""),
    written: writtenAt(secret),
  };
  fill(secret, call);
  secret.state.version = uuid(stage.world.seed, secret.id, stage.world.serial);
  secret.state.written = stage.world.now;
  return { ...headOf(secret), VersionStages: ["AWSCURRENT"] };
};

const deleteSecret: Handler = (stage, call) => {
  const secret = theSecret(stage, call);
  const at = stage.world.now + Number(call.input.RecoveryWindowInDays ?? 30) * DAY;
  if (flag(call.input, "ForceDeleteWithoutRecovery")) unmake(stage, secret);
  else secret.state.deleted = at;
  return { ARN: secret.id, Name: String(secret.state.name), DeletionDate: seconds(at) };
};

const restoreSecret: Handler = (stage, call) => {
  const secret = theSecret(stage, call);
  delete secret.state.deleted;
  return { ARN: secret.id, Name: String(secret.state.name) };
};

const listSecrets: Handler = (stage, call) => ({
  SecretList: allOf(stage, call, TYPE)
    .filter(({ state }) => flag(call.input, "IncludePlannedDeletion") || state.deleted === undefined)
    .map(shown),
});

/** The policy that a call put on the secret, or a stack's policy resource that names it. */
function policyOf(stage: Stage, call: Call, secret: Thing): string | undefined {
  if (secret.state.policy !== undefined) return String(secret.state.policy);
  const policies = allOf(stage, call, "AWS::SecretsManager::ResourcePolicy");
  const document = policies.find(({ properties }) => isCalled(secret, String(properties.SecretId)))?.properties
    .ResourcePolicy;
  return document === undefined || typeof document === "string" ? document : JSON.stringify(document);
}

const getResourcePolicy: Handler = (stage, call) => {
  const secret = theSecret(stage, call);
  const { VersionId: _, ...head } = headOf(secret);
  return { ...head, ResourcePolicy: policyOf(stage, call, secret) };
};

const putResourcePolicy: Handler = (stage, call) => {
  const secret = usable(theSecret(stage, call));
  secret.state.policy = text(call.input, "ResourcePolicy") ?? "";
  const { VersionId: _, ...head } = headOf(secret);
  return head;
};

const deleteResourcePolicy: Handler = (stage, call) => {
  const secret = usable(theSecret(stage, call));
  delete secret.state.policy;
  const { VersionId: _, ...head } = headOf(secret);
  return head;
};

const listSecretVersionIds: Handler = (stage, call) => {
  const secret = theSecret(stage, call);
  const { VersionId: _, ...head } = headOf(secret);
  const KmsKeyIds = [String(secret.properties.KmsKeyId ?? "DefaultEncryptionKey")];
  return { ...head, Versions: versionsOf(secret).map((one) => ({ ...one, KmsKeyIds })) };
};

/** AWS Secrets Manager, API version 2017-10-17. */
export const SECRETS_MANAGER: Service = {
  protocol: jsonProtocol("1.1"),
  operations: {
    CreateSecret: createSecret,
    DeleteSecret: deleteSecret,
    DeleteResourcePolicy: deleteResourcePolicy,
    DescribeSecret: describeSecret,
    GetResourcePolicy: getResourcePolicy,
    GetSecretValue: getSecretValue,
    ListSecrets: listSecrets,
    ListSecretVersionIds: listSecretVersionIds,
    PutResourcePolicy: putResourcePolicy,
    PutSecretValue: putSecretValue,
    TagResource: (stage, call) => {
      tag(usable(theSecret(stage, call)), structures(call.input, "Tags"));
      return {};
    },
    UntagResource: (stage, call) => {
      untag(usable(theSecret(stage, call)), texts(call.input, "TagKeys"));
      return {};
    },
    UpdateSecret: (stage, call) => {
      const secret = usable(theSecret(stage, call));
      const description = text(call.input, "Description");
      if (description !== undefined) secret.properties = { ...secret.properties, Description: description };
      if ((text(call.input, "SecretString") ?? text(call.input, "SecretBinary")) === undefined) {
        const { ARN, Name } = headOf(secret);
        return { ARN, Name };
      }
      const { VersionStages: _, ...put } = putSecretValue(stage, call);
      return put;
    },
    RestoreSecret: restoreSecret,
  },
};
