import type { JsonObject } from "../../template/types.ts";
import { isOn } from "../rules/rule.ts";
import type { Stage } from "../stage.ts";
import { type Call, type Handler, text } from "../wire/call.ts";
import { AwsError } from "../wire/error.ts";
import { jsonProtocol, type Service } from "../wire/protocol.ts";
import type { Thing } from "../world.ts";
import { allOf, arnOf, oneOf, seconds } from "./shelf.ts";

const DAY = 86_400_000;

function theKey(stage: Stage, call: Call): Thing {
  const asked = text(call.input, "KeyId") ?? "";
  const name = asked.includes(":alias/") ? `alias/${asked.split(":alias/")[1]}` : asked;
  const isAlias = name.startsWith("alias/");
  const target = isAlias ? String(oneOf(stage, call, "AWS::KMS::Alias", name)?.properties.TargetKeyId ?? "") : name;
  const found = oneOf(stage, call, "AWS::KMS::Key", target.split("/").at(-1) ?? target);
  if (found) return found;
  const arn = `arn:aws:kms:${call.place.region}:${call.place.account}:${isAlias ? name : `key/${name}`}`;
  throw new AwsError("NotFoundException", `${isAlias ? "Alias" : "Key"} '${arn}' does not exist`);
}

function keyState(key: Thing): "Enabled" | "Disabled" | "PendingDeletion" {
  if (key.state.deletion !== undefined) return "PendingDeletion";
  return String(key.properties.Enabled ?? "true") === "false" ? "Disabled" : "Enabled";
}

/** The key a call names; throws for one that waits to be deleted. */
function theKeptKey(stage: Stage, call: Call): Thing {
  const key = theKey(stage, call);
  if (keyState(key) === "PendingDeletion")
    throw new AwsError("KMSInvalidStateException", `${arnOf(key)} is pending deletion.`);
  return key;
}

const describeKey: Handler = (stage, call) => {
  const key = theKey(stage, call);
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

const listAliases: Handler = (stage, call) => ({
  Aliases: allOf(stage, call, "AWS::KMS::Alias").map((alias) => ({
    AliasName: alias.id,
    AliasArn: `arn:aws:kms:${alias.region}:${alias.account}:${alias.id}`,
    TargetKeyId: String(alias.properties.TargetKeyId).split("/").at(-1),
  })),
  Truncated: false,
});

const scheduleKeyDeletion: Handler = (stage, call) => {
  const key = theKeptKey(stage, call);
  key.state.deletion = stage.world.now + Number(call.input.PendingWindowInDays ?? 30) * DAY;
  return { KeyId: arnOf(key), DeletionDate: seconds(key.state.deletion), KeyState: "PendingDeletion" };
};

const cancelKeyDeletion: Handler = (stage, call) => {
  const key = theKey(stage, call);
  delete key.state.deletion;
  key.properties = { ...key.properties, Enabled: false };
  return { KeyId: arnOf(key) };
};

const setEnabled =
  (Enabled: boolean): Handler =>
  (stage, call) => {
    const key = theKeptKey(stage, call);
    key.properties = { ...key.properties, Enabled };
    return {};
  };

/** AWS Key Management Service, API version 2014-11-01: the keys and their states; it encrypts nothing. */
export const KMS: Service = {
  protocol: jsonProtocol("1.1"),
  operations: {
    CancelKeyDeletion: cancelKeyDeletion,
    DisableKey: setEnabled(false),
    EnableKey: setEnabled(true),
    PutKeyPolicy: (stage, call) => {
      const key = theKey(stage, call);
      key.properties = { ...key.properties, KeyPolicy: JSON.parse(text(call.input, "Policy") ?? "{}") as JsonObject };
      return {};
    },
    DescribeKey: describeKey,
    GetKeyPolicy: (stage, call) => ({
      Policy: JSON.stringify(theKey(stage, call).properties.KeyPolicy ?? {}),
      PolicyName: "default",
    }),
    GetKeyRotationStatus: (stage, call) => {
      const key = theKey(stage, call);
      return { KeyId: arnOf(key), KeyRotationEnabled: isOn(key.properties.EnableKeyRotation) };
    },
    ListAliases: listAliases,
    ListKeys: (stage, call) => ({
      Keys: allOf(stage, call, "AWS::KMS::Key").map((key) => ({ KeyId: key.id, KeyArn: arnOf(key) })),
      Truncated: false,
    }),
    ListResourceTags: (stage, call) => ({
      Tags: Object.entries(theKey(stage, call).tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue })),
      Truncated: false,
    }),
    ScheduleKeyDeletion: scheduleKeyDeletion,
  },
};
