import type { SimulatedResource } from "../state/stack.ts";

/**
 * The deletion policy of a resource: databases without one leave a snapshot (Template Reference, "DeletionPolicy
 * attribute").
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
