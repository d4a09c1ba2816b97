import { textOf } from "../resources/properties.ts";
import { type Handler, text } from "../wire/call.ts";
import { named } from "../wire/xml.ts";
import { listResources } from "./common/resources.ts";

export const describeDBSnapshots: Handler = (simulator, call) => {
  const wanted = text(call.input, "DBInstanceIdentifier");
  const found = listResources(simulator, call, "AWS::RDS::DBInstanceSnapshot").filter(
    ({ attributes }) => wanted === undefined || attributes.Source === wanted,
  );
  return {
    DBSnapshots: named(
      "DBSnapshot",
      found.map(({ id, attributes, properties, created }) => ({
        DBSnapshotIdentifier: id,
        DBInstanceIdentifier: textOf(attributes, "Source"),
        SnapshotType: "manual",
        Status: "available",
        Engine: textOf(properties, "Engine"),
        AllocatedStorage: Number(properties.AllocatedStorage ?? 20),
        SnapshotCreateTime: new Date(created).toISOString(),
      })),
    ),
  };
};

export const describeDBClusterSnapshots: Handler = (simulator, call) => {
  const wanted = text(call.input, "DBClusterIdentifier");
  const found = listResources(simulator, call, "AWS::RDS::DBClusterSnapshot").filter(
    ({ attributes }) => wanted === undefined || attributes.Source === wanted,
  );
  return {
    DBClusterSnapshots: named(
      "DBClusterSnapshot",
      found.map(({ id, attributes, properties, created }) => ({
        DBClusterSnapshotIdentifier: id,
        DBClusterIdentifier: textOf(attributes, "Source"),
        SnapshotType: "manual",
        Status: "available",
        Engine: textOf(properties, "Engine"),
        SnapshotCreateTime: new Date(created).toISOString(),
      })),
    ),
  };
};
