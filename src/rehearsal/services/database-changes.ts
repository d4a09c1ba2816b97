import { putSnapshot } from "../resources/data.ts";
import { isOn, textOf } from "../resources/properties.ts";
import { resourceAt } from "../state/resource-store.ts";
import type { Simulator } from "../state/simulator.ts";
import type { ServiceResource } from "../state/state.ts";
import { type Call, flag, type Handler, text } from "../wire/call.ts";
import { AwsError } from "../wire/error.ts";
import { deleteResource, findResource } from "./common/resources.ts";

const TYPE = "AWS::RDS::DBInstance";
const SNAPSHOT = `${TYPE}Snapshot`;

function theInstance(simulator: Simulator, call: Call): ServiceResource {
  const id = text(call.input, "DBInstanceIdentifier") ?? "";
  const found = findResource(simulator, call, TYPE, id.toLowerCase());
  if (!found) throw new AwsError("DBInstanceNotFound", `DBInstance ${id} not found.`, 404);
  return found;
}

/** Takes a snapshot under a name that is free and well formed (RDS API Reference, CreateDBSnapshot). */
function snapshot(simulator: Simulator, instance: ServiceResource, name: string): void {
  if (!/^[a-zA-Z](?!.*--)[a-zA-Z0-9-]{0,254}(?<!-)$/.test(name)) {
    throw new AwsError("InvalidParameterValue", `Invalid snapshot identifier:  ${name}`);
  }
  if (resourceAt(simulator.state, SNAPSHOT, instance, name.toLowerCase())) {
    const words = `Cannot create the snapshot because a snapshot with the identifier ${name} already exists.`;
    throw new AwsError("DBSnapshotAlreadyExists", words);
  }
  putSnapshot(simulator, instance, name.toLowerCase());
}

const deleteDBInstance: Handler = (simulator, call) => {
  const instance = theInstance(simulator, call);
  const [skip, name] = [flag(call.input, "SkipFinalSnapshot"), text(call.input, "FinalDBSnapshotIdentifier")];
  const refuse = (words: string) => new AwsError("InvalidParameterCombination", words);
  if (isOn(instance.properties.DeletionProtection)) {
    throw refuse("Cannot delete protected DB Instance, please disable deletion protection and try again.");
  }
  if (skip && name !== undefined)
    throw refuse("FinalDBSnapshotIdentifier can not be specified when SkipFinalSnapshot is true.");
  if (!skip && name === undefined)
    throw refuse("FinalDBSnapshotIdentifier is required unless SkipFinalSnapshot is specified.");
  if (name !== undefined) snapshot(simulator, instance, name);
  deleteResource(simulator, instance);
  return { DBInstance: { DBInstanceIdentifier: instance.id, DBInstanceStatus: "deleting" } };
};

/** Parameters that are properties of the same name, applied at once here. */
const CHANGEABLE = [
  "AllocatedStorage",
  "BackupRetentionPeriod",
  "DBInstanceClass",
  "DeletionProtection",
  "EngineVersion",
  "MaxAllocatedStorage",
  "MultiAZ",
];

const modifyDBInstance: Handler = (simulator, call) => {
  const instance = theInstance(simulator, call);
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

const createDBSnapshot: Handler = (simulator, call) => {
  const name = text(call.input, "DBSnapshotIdentifier") ?? "";
  snapshot(simulator, theInstance(simulator, call), name);
  return { DBSnapshot: { DBSnapshotIdentifier: name.toLowerCase(), Status: "creating" } };
};

const deleteDBSnapshot: Handler = (simulator, call) => {
  const name = text(call.input, "DBSnapshotIdentifier") ?? "";
  const found = resourceAt(simulator.state, SNAPSHOT, call.scope, name.toLowerCase());
  if (!found) throw new AwsError("DBSnapshotNotFound", `DBSnapshot ${name} not found.`, 404);
  deleteResource(simulator, found);
  return { DBSnapshot: { DBSnapshotIdentifier: found.id, Status: "deleted" } };
};

/** Calls that change databases and their snapshots. */
export const DATABASE_CHANGES: { readonly [operation: string]: Handler } = {
  CreateDBSnapshot: createDBSnapshot,
  DeleteDBInstance: deleteDBInstance,
  DeleteDBSnapshot: deleteDBSnapshot,
  ModifyDBInstance: modifyDBInstance,
};
