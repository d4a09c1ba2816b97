import type { PropertyChange } from "../model/diff.ts";

/**
 * Changes that the specification calls "some interruptions or replacement", and when it is replacement
 * (Template Reference, the property's "Update requires"). What is not listed here updates in place.
 */
const WHEN: { readonly [property: string]: (change: PropertyChange) => boolean } = {
  "AWS::EC2::VPC.InstanceTenancy": ({ before, after }) =>
    !(before === "dedicated" && (after ?? "default") === "default"),
  "AWS::RDS::DBInstance.AvailabilityZone": () => true,
  "AWS::RDS::DBInstance.Engine": () => true,
  "AWS::RDS::DBInstance.DBSnapshotIdentifier": ({ after }) => after !== undefined,
  "AWS::RDS::DBInstance.SourceDBInstanceIdentifier": ({ before, after }) => before === undefined || after !== undefined,
};

/** Whether a conditional change of this property replaces the resource. */
export function replacesWhen(type: string, change: PropertyChange): boolean {
  return WHEN[`${type}.${change.name}`]?.(change) ?? false;
}
