import type { JsonObject } from "../../../template/types.ts";
import { defaultVpcId } from "../../resources/ec2.ts";
import { rowsOf, textOf } from "../../resources/properties.ts";
import { capitals, hex } from "../../state/hash.ts";
import { resourcesAt } from "../../state/resource-store.ts";
import type { Simulator } from "../../state/simulator.ts";
import type { ServiceResource } from "../../state/state.ts";
import type { Call, CallResult, ResultValue } from "../../wire/call.ts";
import { defaultGroups } from "./defaults.ts";
import { type LookUp, passes } from "./shared.ts";

/** A rule of a security group, inline or a resource of its own. */
type Rule = {
  readonly id: string;
  readonly isEgress: boolean;
  /** It is inline; otherwise it is a resource of its own. */
  readonly own: boolean;
  readonly rule: JsonObject;
};

/** The default egress rule of a group: everything (VPC User Guide, "Default security group rules"). */
const ALL_OUT: JsonObject = { IpProtocol: "-1", CidrIp: "0.0.0.0/0" };

/** The rules of a security group: its own, and those that are resources of their own. */
export function rulesOf(group: ServiceResource, simulator: Simulator): readonly Rule[] {
  const inline = (name: string, isEgress: boolean) =>
    rowsOf(group.properties[name]).map((rule, i) => ({
      id: `sgr-0${hex(16, group.id, name, i)}`,
      isEgress,
      own: true,
      rule,
    }));
  const apart = (type: string, isEgress: boolean) =>
    resourcesAt(simulator.state, type, group)
      .filter(({ properties }) => properties.GroupId === group.id)
      .map(({ id, properties }) => ({ id, isEgress, own: false, rule: properties }));
  const egress =
    group.properties.SecurityGroupEgress === undefined
      ? [{ id: `sgr-0${hex(16, group.id)}`, isEgress: true, own: true, rule: ALL_OUT }]
      : inline("SecurityGroupEgress", true);
  return [
    ...inline("SecurityGroupIngress", false),
    ...apart("AWS::EC2::SecurityGroupIngress", false),
    ...egress,
    ...apart("AWS::EC2::SecurityGroupEgress", true),
  ];
}

function permission({ rule }: Rule): ResultValue {
  const other = textOf(rule, "SourceSecurityGroupId") || textOf(rule, "DestinationSecurityGroupId");
  const list = textOf(rule, "SourcePrefixListId") || textOf(rule, "DestinationPrefixListId");
  const description = rule.Description;
  return {
    ipProtocol: String(rule.IpProtocol ?? "-1"),
    fromPort: rule.FromPort,
    toPort: rule.ToPort,
    groups: other ? [{ groupId: other, description }] : [],
    ipRanges: rule.CidrIp ? [{ cidrIp: rule.CidrIp, description }] : [],
    ipv6Ranges: rule.CidrIpv6 ? [{ cidrIpv6: rule.CidrIpv6, description }] : [],
    prefixListIds: list ? [{ prefixListId: list, description }] : [],
  };
}

/** The name of a group: its own, or a generated one. */
export function groupNameOf({ id, properties, attributes, tags, owner }: ServiceResource): string {
  const given = textOf(properties, "GroupName") || textOf(attributes, "GroupName");
  const [stack, logicalId] = [tags["aws:cloudformation:stack-name"] ?? "group", owner?.logicalId ?? "group"];
  return given || `${stack}-${logicalId}-${capitals(12, "group", id)}`;
}

/** Groups that the rules of one direction name. */
function peersOf(rules: readonly Rule[], isEgress: boolean): readonly string[] {
  const name = isEgress ? "DestinationSecurityGroupId" : "SourceSecurityGroupId";
  return rules.filter((one) => one.isEgress === isEgress).map(({ rule }) => textOf(rule, name));
}

export const SECURITY_GROUPS: LookUp = {
  type: "AWS::EC2::SecurityGroup",
  ids: "GroupId",
  missing: "InvalidGroup.NotFound",
  list: "securityGroupInfo",
  others: defaultGroups,
  view: (group, simulator) => {
    const rules = rulesOf(group, simulator);
    const [vpcId, groupName] = [textOf(group.properties, "VpcId") || defaultVpcId(group), groupNameOf(group)];
    return {
      shown: {
        groupId: group.id,
        securityGroupArn: `arn:aws:ec2:${group.region}:${group.account}:security-group/${group.id}`,
        groupName,
        groupDescription: textOf(group.properties, "GroupDescription"),
        ownerId: group.account,
        vpcId,
        ipPermissions: rules.filter(({ isEgress }) => !isEgress).map(permission),
        ipPermissionsEgress: rules.filter(({ isEgress }) => isEgress).map(permission),
      },
      filters: {
        "group-id": group.id,
        "group-name": groupName,
        "vpc-id": vpcId,
        "ip-permission.group-id": peersOf(rules, false),
        "egress.ip-permission.group-id": peersOf(rules, true),
      },
    };
  },
};

export function describeSecurityGroupRules(simulator: Simulator, { input, scope }: Call): CallResult {
  const groups = [
    ...resourcesAt(simulator.state, "AWS::EC2::SecurityGroup", scope),
    ...defaultGroups(simulator, scope),
  ];
  const all = groups.flatMap((group) => rulesOf(group, simulator).map((rule) => ({ group, ...rule })));
  const kept = all.filter(({ id, group }) => passes(input, { "group-id": group.id, "security-group-rule-id": id }));
  return { securityGroupRuleSet: kept.map(({ group, ...rule }) => shownRule(group, rule)) };
}

/** A rule as EC2 lists it by itself. */
export function shownRule(group: ServiceResource, { id, isEgress, rule }: Rule): CallResult {
  const other = textOf(rule, "SourceSecurityGroupId") || textOf(rule, "DestinationSecurityGroupId");
  return {
    securityGroupRuleId: id,
    groupId: group.id,
    groupOwnerId: group.account,
    isEgress,
    ipProtocol: String(rule.IpProtocol ?? "-1"),
    fromPort: rule.FromPort ?? -1,
    toPort: rule.ToPort ?? -1,
    cidrIpv4: rule.CidrIp,
    cidrIpv6: rule.CidrIpv6,
    referencedGroupInfo: other ? { groupId: other, userId: group.account } : undefined,
    description: rule.Description,
  };
}
