import { keepSnapshot } from "../resources/data.ts";
import { textOf } from "../resources/kind.ts";
import { isOn } from "../rules/rule.ts";
import type { Stage } from "../stage.ts";
import { thingAt } from "../things.ts";
import { type Call, flag, type Handler, text } from "../wire/call.ts";
import { AwsError } from "../wire/error.ts";
import type { Thing } from "../world.ts";
import { oneOf, unmake } from "./shelf.ts";

const TYPE = "AWS::RDS::DBInstance";
const SNAPSHOT = `${TYPE}Snapshot`;

function theInstance(stage: Stage, call: Call): Thing {
  const id = text(call.input, "DBInstanceIdentifier") ?? "";
  const found = oneOf(stage, call, TYPE, id.toLowerCase());
  if (!found) throw new AwsError("DBInstanceNotFound", `DBInstance ${id} not found.`, 404);
  return found;
}

/** Takes a snapshot under a name that is free and well formed (RDS API Reference, CreateDBSnapshot). */
function snapshot(stage: Stage, instance: Thing, name: string): void {
  if (!/^[a-zA-Z](?!.*--)[a-zA-Z0-9-]{0,254}(?<!-)$/.test(name)) {
    throw new AwsError("InvalidParameterValue", `Invalid snapshot identifier:  ${name}`);
  }
  if (thingAt(stage.world, SNAPSHOT, instance, name.toLowerCase())) {
    const words = `Cannot create the snapshot because a snapshot with the identifier ${name} already exists.`;
    throw new AwsError("DBSnapshotAlreadyExists", words);
  }
  keepSnapshot(stage, instance, name.toLowerCase());
}

const deleteDBInstance: Handler = (stage, call) => {
  const instance = theInstance(stage, call);
  const [skip, name] = [flag(call.input, "SkipFinalSnapshot"), text(call.input, "FinalDBSnapshotIdentifier")];
  const refuse = (words: string) => new AwsError("InvalidParameterCombination", words);
  if (isOn(instance.properties.DeletionProtection)) {
    throw refuse("Cannot delete protected DB Instance, please disable deletion protection and try again.");
  }
  if (skip && name !== undefined)
    throw refuse("FinalDBSnapshotIdentifier can not be specified when SkipFinalSnapshot is true.");
  if (!skip && name === undefined)
    throw refuse("FinalDBSnapshotIdentifier is required unless SkipFinalSnapshot is specified.");
  if (name !== undefined) snapshot(stage, instance, name);
  unmake(stage, instance);
  return { DBInstance: { DBInstanceIdentifier: instance.id, DBInstanceStatus: "deleting" } };
};

/** Parameters that are properties of the same name, and at once in effect here. */
const CHANGEABLE = [
  "AllocatedStorage",
  "BackupRetentionPeriod",
  "DBInstanceClass",
  "DeletionProtection",
  "EngineVersion",
  "MaxAllocatedStorage",
  "MultiAZ",
];

const modifyDBInstance: Handler = (stage, call) => {
  const instance = theInstance(stage, call);
  const given = CHANGEABLE.flatMap((name) => {
    const value = text(call.input, name);
    return value === undefined ? [] : [[name, value] as const];
  });
  const wanted = Number(text(call.input, "AllocatedStorage") ?? Number.POSITIVE_INFINITY);
  if (wanted < Number(instance.properties.AllocatedStorage ?? 0)) {
    const [engine, type] = [textOf(instance.properties, "Engine"), textOf(instance.properties, "StorageType", "gp2")];
    throw new AwsError(
      "InvalidParameterCombination",
      `Invalid storage size for engine name ${engine} and storage type ${type}: ${wanted}`,
    );
  }
  instance.properties = { ...instance.properties, ...Object.fromEntries(given) };
  return { DBInstance: { DBInstanceIdentifier: instance.id, DBInstanceStatus: "available" } };
};

const createDBSnapshot: Handler = (stage, call) => {
  const name = text(call.input, "DBSnapshotIdentifier") ?? "";
  snapshot(stage, theInstance(stage, call), name);
  return { DBSnapshot: { DBSnapshotIdentifier: name.toLowerCase(), Status: "creating" } };
};

const deleteDBSnapshot: Handler = (stage, call) => {
  const name = text(call.input, "DBSnapshotIdentifier") ?? "";
  const found = thingAt(stage.world, SNAPSHOT, call.place, name.toLowerCase());
  if (!found) throw new AwsError("DBSnapshotNotFound", `DBSnapshot ${name} not found.`, 404);
  unmake(stage, found);
  return { DBSnapshot: { DBSnapshotIdentifier: found.id, Status: "deleted" } };
};

/** What anybody may do to databases and their snapshots. */
export const DATABASE_CHANGES: { readonly [operation: string]: Handler } = {
  CreateDBSnapshot: createDBSnapshot,
  DeleteDBInstance: deleteDBInstance,
  DeleteDBSnapshot: deleteDBSnapshot,
  ModifyDBInstance: modifyDBInstance,
};
