import type { Values } from "../../template/evaluate.ts";
import { constraint, firstFault, fits } from "../checks.ts";
import { parseCidr } from "../cidr.ts";
import type { Rule, RuleSubject, Violation } from "../rule.ts";
import { asNumber, asText, objects } from "../values.ts";

const GROUP = "AWS::EC2::SecurityGroup";
const INGRESS = "AWS::EC2::SecurityGroupIngress";
const EGRESS = "AWS::EC2::SecurityGroupEgress";

const DOCUMENT = "Amazon EC2 API Reference, AuthorizeSecurityGroupIngress";

/** Characters of a description (Amazon VPC User Guide, "Security group rules"). */
const WORDS = /^[a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]{0,255}$/;
const legal = "Valid descriptions are strings less than 256 characters from the following set: ";
const characters = "a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*";

const SOURCES = ["CidrIp", "CidrIpv6", "SourcePrefixListId", "SourceSecurityGroupId", "SourceSecurityGroupName"];
const GOALS = ["CidrIp", "CidrIpv6", "DestinationPrefixListId", "DestinationSecurityGroupId"];

type Ports = { readonly path: string; readonly rule: Values; readonly inward: boolean };

/** Security groups and their rules, inside the group or on their own. */
export const SECURITY_GROUP_RULES: readonly Rule[] = [
  {
    id: "security-group-description",
    types: [GROUP],
    document: "Amazon EC2 API Reference, CreateSecurityGroup (GroupDescription)",
    check: fits("GroupDescription", WORDS, () => `Invalid security group description. ${legal}${characters}`),
  },
  {
    id: "security-group-name",
    types: [GROUP],
    document: "Amazon EC2 API Reference, CreateSecurityGroup (GroupName)",
    approximate: true,
    check: fits("GroupName", /^(?!sg-|default$).{1,255}$/i, (name) =>
      /^default$/i.test(name)
        ? `Cannot use reserved security group name: ${name}`
        : name.length > 255
          ? constraint(name, "groupName", "have length less than or equal to 255")
          : `Value (${name}) for parameter GroupName is invalid. Group names may not be in the format sg-*.`,
    ),
  },
  {
    id: "security-group-rule-description",
    types: [GROUP, INGRESS, EGRESS],
    document: DOCUMENT,
    check: eachRule(({ path, rule }) => {
      const words = asText(rule.Description);
      if (words === undefined || WORDS.test(words)) return undefined;
      const message = `Invalid rule description. ${legal}${characters}`;
      return { property: `${path}Description`, value: words, message };
    }),
  },
  {
    id: "security-group-rule-cidr",
    types: [GROUP, INGRESS, EGRESS],
    document: `${DOCUMENT} (CidrIp, Ipv6Ranges)`,
    check: eachRule(({ path, rule }) => {
      for (const [name, version] of [
        ["CidrIp", 4],
        ["CidrIpv6", 6],
      ] as const) {
        const block = asText(rule[name]);
        if (block === undefined || parseCidr(block, version)) continue;
        return { property: `${path}${name}`, value: block, message: `CIDR block ${block} is malformed` };
      }
      return undefined;
    }),
  },
  {
    id: "security-group-ports-given",
    types: [GROUP, INGRESS, EGRESS],
    document: DOCUMENT,
    check: eachRule(({ path, rule }) => {
      if (!hasPorts(rule)) return undefined;
      const missing = ["FromPort", "ToPort"].find((name) => rule[name] === undefined);
      const message = "Invalid value for portRange. Must specify both from and to ports with TCP/UDP.";
      return missing === undefined ? undefined : { property: `${path}${missing}`, message };
    }),
  },
  {
    id: "security-group-port-range",
    types: [GROUP, INGRESS, EGRESS],
    document: DOCUMENT,
    approximate: true,
    check: eachRule(({ path, rule }) => {
      if (!hasPorts(rule)) return undefined;
      const [from, to] = [asNumber(rule.FromPort), asNumber(rule.ToPort)];
      for (const [name, port] of [
        ["FromPort", from],
        ["ToPort", to],
      ] as const) {
        if (port === undefined || (port >= 0 && port <= 65_535)) continue;
        return { property: `${path}${name}`, value: port, message: `TCP/UDP port (${port}) out of range` };
      }
      if (from === undefined || to === undefined || from <= to) return undefined;
      return { property: `${path}ToPort`, value: to, message: `Invalid TCP/UDP port range (${from}:${to})` };
    }),
  },
  {
    id: "security-group-rule-peer",
    types: [GROUP, INGRESS, EGRESS],
    document: "CloudFormation Template Reference, AWS::EC2::SecurityGroupIngress and AWS::EC2::SecurityGroupEgress",
    approximate: true,
    check: eachRule(({ path, rule, inward }) => {
      const names = inward ? SOURCES : GOALS;
      const given = names.filter((name) => rule[name] !== undefined);
      // A group by name and one by id may be the same group.
      if (given.length === 1 || (given.length > 1 && given.every((name) => name.startsWith("SourceSecurity")))) {
        return undefined;
      }
      const message = `You must specify exactly one of: ${names.join(", ")}`;
      return { property: `${path}${given.at(-1) ?? "CidrIp"}`, message };
    }),
  },
];

function hasPorts(rule: Values): boolean {
  return ["tcp", "udp", "6", "17"].includes(asText(rule.IpProtocol)?.toLowerCase() ?? "");
}

function eachRule(check: (ports: Ports) => Violation | undefined): (subject: RuleSubject) => Violation | undefined {
  return ({ type, properties }) => {
    const all = type === GROUP ? inGroup(properties) : [{ path: "", rule: properties, inward: type === INGRESS }];
    return firstFault(all, check);
  };
}

function inGroup({ SecurityGroupIngress, SecurityGroupEgress }: Values): readonly Ports[] {
  const within = (name: string, rules: readonly Values[], inward: boolean) =>
    rules.map((rule, index) => ({ path: `${name}/${index}/`, rule, inward }));
  return [
    ...within("SecurityGroupIngress", objects(SecurityGroupIngress), true),
    ...within("SecurityGroupEgress", objects(SecurityGroupEgress), false),
  ];
}
