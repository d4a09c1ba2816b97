import type { JsonObject } from "../../template/types.ts";
import { isOn } from "../resources/properties.ts";
import type { Simulator } from "../state/simulator.ts";
import type { ServiceResource } from "../state/state.ts";
import { type Call, type Handler, text } from "../wire/call.ts";
import { AwsError } from "../wire/error.ts";
import { jsonProtocol, type Service } from "../wire/protocol.ts";
import { arnOf, findResource, listResources, seconds } from "./common/resources.ts";

const DAY = 86_400_000;

function theKey(simulator: Simulator, call: Call): ServiceResource {
  const asked = text(call.input, "KeyId") ?? "";
  const name = asked.includes(":alias/") ? `alias/${asked.split(":alias/")[1]}` : asked;
  const isAlias = name.startsWith("alias/");
  const target = isAlias
    ? String(findResource(simulator, call, "AWS::KMS::Alias", name)?.properties.TargetKeyId ?? "")
    : name;
  const found = findResource(simulator, call, "AWS::KMS::Key", target.split("/").at(-1) ?? target);
  if (found) return found;
  const arn = `arn:aws:kms:${call.scope.region}:${call.scope.account}:${isAlias ? name : `key/${name}`}`;
  throw new AwsError("NotFoundException", `${isAlias ? "Alias" : "Key"} '${arn}' does not exist`);
}

function keyState(key: ServiceResource): "Enabled" | "Disabled" | "PendingDeletion" {
  if (key.state.deletion !== undefined) return "PendingDeletion";
  return String(key.properties.Enabled ?? "true") === "false" ? "Disabled" : "Enabled";
}

/** The key of a call; throws for one pending deletion. */
function theKeptKey(simulator: Simulator, call: Call): ServiceResource {
  const key = theKey(simulator, call);
  if (keyState(key) === "PendingDeletion")
    throw new AwsError("KMSInvalidStateException", `${arnOf(key)} is pending deletion.`);
  return key;
}

const describeKey: Handler = (simulator, call) => {
  const key = theKey(simulator, call);
  const state = keyState(key);
  return {
    KeyMetadata: {
      AWSAccountId: key.account,
      KeyId: key.id,
      Arn: arnOf(key),
      CreationDate: seconds(key.created),
      Enabled: state === "Enabled",
      Description: String(key.properties.Description ?? ""),
      KeyUsage: String(key.properties.KeyUsage ?? "ENCRYPT_DECRYPT"),
      KeyState: state,
      Origin: "AWS_KMS",
      KeyManager: "CUSTOMER",
      KeySpec: String(key.properties.KeySpec ?? "SYMMETRIC_DEFAULT"),
      CustomerMasterKeySpec: String(key.properties.KeySpec ?? "SYMMETRIC_DEFAULT"),
      EncryptionAlgorithms: ["SYMMETRIC_DEFAULT"],
      MultiRegion: false,
      ...(key.state.deletion !== undefined && { DeletionDate: seconds(Number(key.state.deletion)) }),
    },
  };
};

const listAliases: Handler = (simulator, call) => ({
  Aliases: listResources(simulator, call, "AWS::KMS::Alias").map((alias) => ({
    AliasName: alias.id,
    AliasArn: `arn:aws:kms:${alias.region}:${alias.account}:${alias.id}`,
    TargetKeyId: String(alias.properties.TargetKeyId).split("/").at(-1),
  })),
  Truncated: false,
});

const scheduleKeyDeletion: Handler = (simulator, call) => {
  const key = theKeptKey(simulator, call);
  key.state.deletion = simulator.state.now + Number(call.input.PendingWindowInDays ?? 30) * DAY;
  return { KeyId: arnOf(key), DeletionDate: seconds(key.state.deletion), KeyState: "PendingDeletion" };
};

const cancelKeyDeletion: Handler = (simulator, call) => {
  const key = theKey(simulator, call);
  delete key.state.deletion;
  key.properties = { ...key.properties, Enabled: false };
  return { KeyId: arnOf(key) };
};

const setEnabled =
  (Enabled: boolean): Handler =>
  (simulator, call) => {
    const key = theKeptKey(simulator, call);
    key.properties = { ...key.properties, Enabled };
    return {};
  };

/** AWS Key Management Service, API version 2014-11-01: the keys and their states; nothing is encrypted. */
export const KMS: Service = {
  protocol: jsonProtocol("1.1"),
  operations: {
    CancelKeyDeletion: cancelKeyDeletion,
    DisableKey: setEnabled(false),
    EnableKey: setEnabled(true),
    PutKeyPolicy: (simulator, call) => {
      const key = theKey(simulator, call);
      key.properties = { ...key.properties, KeyPolicy: JSON.parse(text(call.input, "Policy") ?? "{}") as JsonObject };
      return {};
    },
    DescribeKey: describeKey,
    GetKeyPolicy: (simulator, call) => ({
      Policy: JSON.stringify(theKey(simulator, call).properties.KeyPolicy ?? {}),
      PolicyName: "default",
    }),
    GetKeyRotationStatus: (simulator, call) => {
      const key = theKey(simulator, call);
      return { KeyId: arnOf(key), KeyRotationEnabled: isOn(key.properties.EnableKeyRotation) };
    },
    ListAliases: listAliases,
    ListKeys: (simulator, call) => ({
      Keys: listResources(simulator, call, "AWS::KMS::Key").map((key) => ({ KeyId: key.id, KeyArn: arnOf(key) })),
      Truncated: false,
    }),
    ListResourceTags: (simulator, call) => ({
      Tags: Object.entries(theKey(simulator, call).tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue })),
      Truncated: false,
    }),
    ScheduleKeyDeletion: scheduleKeyDeletion,
  },
};
