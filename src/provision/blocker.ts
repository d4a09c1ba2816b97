import type { Blocker } from "./cloud.ts";

/** What each type is called. */
const NAMES: { readonly [type in Blocker["resourceType"]]: string } = {
  "AWS::EC2::Instance": "instance",
  "AWS::EC2::NetworkAcl": "network ACL",
  "AWS::EC2::NetworkInterface": "network interface",
  "AWS::EC2::RouteTable": "route table",
  "AWS::EC2::SecurityGroup": "security group",
  "AWS::EC2::Subnet": "subnet",
  "AWS::EC2::VPCEndpoint": "VPC endpoint",
  "AWS::Route53::RecordSet": "record",
};

/** `subnet subnet-1 (10.0.0.0/24) of stack other`: a blocker as a sentence names it. */
export function blockerName(by: Blocker): string {
  const what = NAMES[by.resourceType];
  if (by.resourceType === "AWS::Route53::RecordSet") return `${what} ${by.name} ${by.recordType} in zone ${by.zone}`;
  const known = by.known === undefined ? "" : ` (${by.known})`;
  return `${what} ${by.physicalId}${known}${by.stack === undefined ? "" : ` of stack ${by.stack}`}`;
}
