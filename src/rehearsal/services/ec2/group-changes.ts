import type { Json, JsonObject } from "../../../template/types.ts";
import { partOf, rowsOf } from "../../resources/properties.ts";
import { removeResource, resourceAt } from "../../state/resource-store.ts";
import type { Simulator } from "../../state/simulator.ts";
import type { ServiceResource } from "../../state/state.ts";
import { type Call, type Handler, needed, text, texts } from "../../wire/call.ts";
import { AwsError } from "../../wire/error.ts";
import { findResource } from "../common/resources.ts";
import { rulesOf, shownRule } from "./groups.ts";

const GROUP = "AWS::EC2::SecurityGroup";

type Side = {
  readonly property: string;
  readonly type: string;
  readonly peer: string;
  readonly list: string;
  readonly isEgress: boolean;
};

const INGRESS: Side = {
  property: "SecurityGroupIngress",
  type: "AWS::EC2::SecurityGroupIngress",
  peer: "SourceSecurityGroupId",
  list: "SourcePrefixListId",
  isEgress: false,
};
const EGRESS: Side = {
  property: "SecurityGroupEgress",
  type: "AWS::EC2::SecurityGroupEgress",
  peer: "DestinationSecurityGroupId",
  list: "DestinationPrefixListId",
  isEgress: true,
};

function theGroup(simulator: Simulator, call: Call): ServiceResource {
  const id = needed(call.input, "GroupId");
  const found = findResource(simulator, call, GROUP, id);
  if (!found) throw new AwsError("InvalidGroup.NotFound", `The security group '${id}' does not exist`);
  return found;
}

/** The rules of a call, one for each peer, as CloudFormation properties. */
function rulesIn({ input }: Call, { peer, list }: Side): readonly JsonObject[] {
  const flat = text(input, "IpProtocol") === undefined ? [] : [{ ...input, IpRanges: [{ CidrIp: input.CidrIp }] }];
  return [...rowsOf(input.IpPermissions as Json | undefined), ...flat].flatMap((permission) => {
    const { IpProtocol, FromPort, ToPort } = permission as JsonObject;
    const ports = {
      IpProtocol: String(IpProtocol ?? "-1"),
      ...(FromPort !== undefined && { FromPort: Number(FromPort) }),
      ...(ToPort !== undefined && { ToPort: Number(ToPort) }),
    };
    const peers = (name: string, from: string, to: string) =>
      rowsOf(partOf(permission as JsonObject)[name]).flatMap((one) =>
        one[from] === undefined
          ? []
          : [{ ...ports, [to]: one[from], ...(one.Description !== undefined && { Description: one.Description }) }],
      );
    return [
      ...peers("IpRanges", "CidrIp", "CidrIp"),
      ...peers("Ipv6Ranges", "CidrIpv6", "CidrIpv6"),
      ...peers("Groups", "GroupId", peer),
      ...peers("UserIdGroupPairs", "GroupId", peer),
      ...peers("PrefixListIds", "PrefixListId", list),
    ] as readonly JsonObject[];
  });
}

const FIELDS = ["IpProtocol", "FromPort", "ToPort", "CidrIp", "CidrIpv6", INGRESS.peer, EGRESS.peer, INGRESS.list];
const printOf = (rule: JsonObject) => FIELDS.map((name) => String(rule[name] ?? "")).join(" ");

const authorize =
  (side: Side): Handler =>
  (simulator, call) => {
    const group = theGroup(simulator, call);
    const rules = rulesIn(call, side);
    const there = rulesOf(group, simulator).filter(({ isEgress }) => isEgress === side.isEgress);
    for (const rule of rules) {
      if (!there.some((one) => printOf(one.rule) === printOf(rule))) continue;
      const { IpProtocol, FromPort, ToPort, CidrIp } = rule;
      throw new AwsError(
        "InvalidPermission.Duplicate",
        `the specified rule "peer: ${CidrIp ?? rule[side.peer]}, ${String(IpProtocol).toUpperCase()}, from port: ${FromPort}, to port: ${ToPort}, ALLOW" already exists`,
      );
    }
    write(group, side, [...there.filter(({ own }) => own).map(({ rule }) => rule), ...rules]);
    const prints = rules.map(printOf);
    const made = rulesOf(group, simulator).filter(({ isEgress, own, rule }) => {
      return own && isEgress === side.isEgress && prints.includes(printOf(rule));
    });
    return { return: true, securityGroupRuleSet: made.map((one) => shownRule(group, one)) };
  };

/** Sets the group's inline rules. */
function write(group: ServiceResource, { property }: Side, rules: readonly JsonObject[]): void {
  group.properties = { ...group.properties, [property]: [...rules] };
}

const revoke =
  (side: Side): Handler =>
  (simulator, call) => {
    const group = theGroup(simulator, call);
    const there = rulesOf(group, simulator).filter(({ isEgress }) => isEgress === side.isEgress);
    const ids = texts(call.input, "SecurityGroupRuleId");
    const prints = rulesIn(call, side).map(printOf);
    const gone = there.filter(({ id, rule }) => ids.includes(id) || prints.includes(printOf(rule)));
    if (gone.length < ids.length + prints.length) {
      throw new AwsError(
        ids.length > 0 ? "InvalidSecurityGroupRuleId.NotFound" : "InvalidPermission.NotFound",
        "The specified rule does not exist in this security group.",
      );
    }
    for (const one of gone.filter(({ own }) => !own)) {
      const resource = resourceAt(simulator.state, side.type, group, one.id);
      if (resource) removeResource(simulator.state, resource);
    }
    const left = there.filter((one) => one.own && !gone.includes(one));
    write(
      group,
      side,
      left.map(({ rule }) => rule),
    );
    return { return: true };
  };

/** Calls that change security groups. */
export const GROUP_CHANGES: { readonly [operation: string]: Handler } = {
  AuthorizeSecurityGroupEgress: authorize(EGRESS),
  AuthorizeSecurityGroupIngress: authorize(INGRESS),
  RevokeSecurityGroupEgress: revoke(EGRESS),
  RevokeSecurityGroupIngress: revoke(INGRESS),
};
