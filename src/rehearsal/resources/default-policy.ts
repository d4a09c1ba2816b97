import type { SimulatedResource } from "../state/stack.ts";

/**
 * What becomes of a resource that leaves its stack: databases leave a snapshot if their template says nothing (Template
 * Reference, "DeletionPolicy attribute").
 */
export function deletionPolicyOf({
  type,
  properties,
  deletionPolicy,
}: Pick<SimulatedResource, "type" | "properties" | "deletionPolicy">): string {
  if (deletionPolicy !== undefined) return deletionPolicy;
  const isDatabase = type === "AWS::RDS::DBInstance" && properties.DBClusterIdentifier === undefined;
  return isDatabase || type === "AWS::RDS::DBCluster" ? "Snapshot" : "Delete";
}
