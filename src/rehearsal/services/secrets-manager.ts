import { partOf } from "../resources/properties.ts";
import { isCalled, SECRET, secretText } from "../resources/secrets.ts";
import { mixed, uuid } from "../state/hash.ts";
import type { Simulator } from "../state/simulator.ts";
import type { ServiceResource } from "../state/state.ts";
import { type Call, type CallResult, flag, type Handler, structures, text, texts } from "../wire/call.ts";
import { AwsError } from "../wire/error.ts";
import { jsonProtocol, type Service } from "../wire/protocol.ts";
import {
  addTags,
  createResource,
  deleteResource,
  listResources,
  removeTags,
  seconds,
  tagList,
  tagsIn,
} from "./common/resources.ts";

const DAY = 86_400_000;

function theSecret(simulator: Simulator, call: Call): ServiceResource {
  const id = text(call.input, "SecretId") ?? "";
  const found = listResources(simulator, call, SECRET).find((one) => isCalled(one, id));
  if (!found) throw new AwsError("ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
  return found;
}

function usable(secret: ServiceResource): ServiceResource {
  if (secret.state.deleted === undefined) return secret;
  throw new AwsError(
    "InvalidRequestException",
    "You can't perform this operation on the secret because it was marked for deletion.",
  );
}

function headOf(secret: ServiceResource): CallResult {
  return { ARN: secret.id, Name: String(secret.state.name ?? ""), VersionId: String(secret.state.version ?? "") };
}

const describeSecret: Handler = (simulator, call) => shown(theSecret(simulator, call));

function shown(secret: ServiceResource): CallResult {
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
const writtenAt = ({ state, created }: ServiceResource) => Number(state.written ?? created);

const getSecretValue: Handler = (simulator, call) => {
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
      ? { SecretBinary: binary }
      : { SecretString: isCurrent ? secretText(simulator, secret) : String(partOf(previous).value ?? "") }),
  };
};

/** The versions with a staging label: the current one, and the one before it ("Secrets Manager secret versions"). */
function versionsOf(secret: ServiceResource) {
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
function fill(secret: ServiceResource, { input }: Call): void {
  const binary = text(input, "SecretBinary");
  delete secret.state.binary;
  if (binary !== undefined) secret.state.binary = binary;
  secret.state.value = text(input, "SecretString") ?? "";
}

const createSecret: Handler = (simulator, call) => {
  const { input, scope } = call;
  const name = text(input, "Name") ?? "";
  // localstack's test_invalid_secret_name, recorded 2022-09-28.
  if (!/^[A-Za-z0-9\-/_+=.@!]+$/.test(name))
    throw new AwsError(
      "ValidationException",
      "Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!",
    );
  const there = listResources(simulator, call, SECRET).find(({ state }) => state.name === name);
  if (there?.state.deleted !== undefined) {
    throw new AwsError(
      "InvalidRequestException",
      "You can't create this secret because a secret with this name is already scheduled for deletion.",
    );
  }
  if (there)
    throw new AwsError("ResourceExistsException", `The operation failed because the secret ${name} already exists.`);
  simulator.state.serial += 1;
  const id = `arn:aws:secretsmanager:${scope.region}:${scope.account}:secret:${name}-${mixed(6, simulator.state.seed, name, simulator.state.serial)}`;
  const secret = createResource(simulator, call, {
    type: SECRET,
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

const putSecretValue: Handler = (simulator, call) => {
  const secret = usable(theSecret(simulator, call));
  simulator.state.serial += 1;
  secret.state.previous = {
    value: secretText(simulator, secret),
    version: String(secret.state.version ?? ""),
    written: writtenAt(secret),
  };
  fill(secret, call);
  secret.state.version = uuid(simulator.state.seed, secret.id, simulator.state.serial);
  secret.state.written = simulator.state.now;
  return { ...headOf(secret), VersionStages: ["AWSCURRENT"] };
};

const deleteSecret: Handler = (simulator, call) => {
  const secret = theSecret(simulator, call);
  const at = simulator.state.now + Number(call.input.RecoveryWindowInDays ?? 30) * DAY;
  if (flag(call.input, "ForceDeleteWithoutRecovery")) deleteResource(simulator, secret);
  else secret.state.deleted = at;
  return { ARN: secret.id, Name: String(secret.state.name), DeletionDate: seconds(at) };
};

const restoreSecret: Handler = (simulator, call) => {
  const secret = theSecret(simulator, call);
  delete secret.state.deleted;
  return { ARN: secret.id, Name: String(secret.state.name) };
};

const listSecrets: Handler = (simulator, call) => ({
  SecretList: listResources(simulator, call, SECRET)
    .filter(({ state }) => flag(call.input, "IncludePlannedDeletion") || state.deleted === undefined)
    .map(shown),
});

/** The policy that a call put on the secret, or a stack's policy resource that names it. */
function policyOf(simulator: Simulator, call: Call, secret: ServiceResource): string | undefined {
  if (secret.state.policy !== undefined) return String(secret.state.policy);
  const policies = listResources(simulator, call, "AWS::SecretsManager::ResourcePolicy");
  const document = policies.find(({ properties }) => isCalled(secret, String(properties.SecretId)))?.properties
    .ResourcePolicy;
  return document === undefined || typeof document === "string" ? document : JSON.stringify(document);
}

const getResourcePolicy: Handler = (simulator, call) => {
  const secret = theSecret(simulator, call);
  const { VersionId: _, ...head } = headOf(secret);
  return { ...head, ResourcePolicy: policyOf(simulator, call, secret) };
};

const putResourcePolicy: Handler = (simulator, call) => {
  const secret = usable(theSecret(simulator, call));
  secret.state.policy = text(call.input, "ResourcePolicy") ?? "";
  const { VersionId: _, ...head } = headOf(secret);
  return head;
};

const deleteResourcePolicy: Handler = (simulator, call) => {
  const secret = usable(theSecret(simulator, call));
  delete secret.state.policy;
  const { VersionId: _, ...head } = headOf(secret);
  return head;
};

const listSecretVersionIds: Handler = (simulator, call) => {
  const secret = theSecret(simulator, call);
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
    TagResource: (simulator, call) => {
      addTags(usable(theSecret(simulator, call)), structures(call.input, "Tags"));
      return {};
    },
    UntagResource: (simulator, call) => {
      removeTags(usable(theSecret(simulator, call)), texts(call.input, "TagKeys"));
      return {};
    },
    UpdateSecret: (simulator, call) => {
      const secret = usable(theSecret(simulator, call));
      const description = text(call.input, "Description");
      if (description !== undefined) secret.properties = { ...secret.properties, Description: description };
      if ((text(call.input, "SecretString") ?? text(call.input, "SecretBinary")) === undefined) {
        const { ARN, Name } = headOf(secret);
        return { ARN, Name };
      }
      const { VersionStages: _, ...put } = putSecretValue(simulator, call);
      return put;
    },
    RestoreSecret: restoreSecret,
  },
};
