import { SECRET } from "../resources/secrets.ts";
import { mixed } from "../state/hash.ts";
import type { ServiceResource } from "../state/state.ts";
import { type CallResult, flag, type Handler, structures, text, texts } from "../wire/call.ts";
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
import { DAY, headOf, theSecret, usable, writtenAt } from "./find-secret.ts";
import { deleteResourcePolicy, getResourcePolicy, putResourcePolicy } from "./secret-policies.ts";
import { fill, getSecretValue, listSecretVersionIds, putSecretValue, versionsOf } from "./secret-values.ts";

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
  fill(simulator, secret, call);
  return headOf(secret);
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
