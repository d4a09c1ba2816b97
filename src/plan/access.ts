import type { TemplateDiff } from "@aws-cdk/cloudformation-diff";
import { sameJson } from "../template/equal.ts";
import type { Template } from "../template/types.ts";
import { comparison } from "./comparison.ts";
import type { AccessChange } from "./plan.ts";

type Statement = TemplateDiff["iamChanges"]["statements"]["additions"][number];
type Rule = TemplateDiff["securityGroupChanges"]["ingress"]["additions"][number];

/**
 * What turning `before` into `after` lets somebody do who could not before: policy statements, managed policies and
 * security-group rules that an earlier one does not already grant. What is only narrowed or taken away is left out.
 */
export async function widenedAccess(before: Template, after: Template): Promise<readonly AccessChange[]> {
  const { iamChanges, securityGroupChanges } = await comparison(before, after);
  const { statements, managedPolicies } = iamChanges;
  const granted = statements.additions.filter(
    (added) => !added.isNegativeStatement && !statements.removals.some((removed) => covers(removed, added)),
  );
  const undenied = statements.removals.filter(
    (removed) => removed.isNegativeStatement && !statements.additions.some((added) => covers(added, removed)),
  );
  return [
    ...granted.map((statement) => accessOf(statement, "")),
    ...undenied.map((statement) => accessOf(statement, "no longer denied: ")),
    ...managedPolicies.additions.map(({ identityArn, managedPolicyArn }) => ({
      kind: "permission" as const,
      who: plain(identityArn),
      what: plain(managedPolicyArn),
      on: "what the managed policy names",
    })),
    ...openings("ingress", securityGroupChanges.ingress),
    ...openings("egress", securityGroupChanges.egress),
  ];
}

/** Whether all that `narrow` says is said by `wide` already. */
function covers(wide: Statement, narrow: Statement): boolean {
  const targets = ["actions", "resources", "principals"] as const;
  return (
    wide.effect === narrow.effect &&
    (wide.condition === undefined || sameJson(wide.condition, narrow.condition)) &&
    targets.every((target) => includes(wide[target], narrow[target]))
  );
}

type Targets = Statement["actions"];

function includes(wide: Targets, narrow: Targets): boolean {
  if (wide.not || narrow.not)
    return wide.not === narrow.not && sameJson([...wide.values].sort(), [...narrow.values].sort());
  return narrow.values.every((value) => wide.values.some((pattern) => pattern === "*" || pattern === value));
}

function accessOf(statement: Statement, before: string): AccessChange {
  const { condition, principals, actions, resources } = statement;
  const words = ({ not, values }: Targets) => `${not ? "all but " : ""}${values.map(plain).join(", ")}`;
  return {
    kind: "permission",
    who: words(principals),
    what: before + words(actions),
    on: words(resources),
    ...(condition === undefined ? {} : { condition: plain(JSON.stringify(condition)) }),
  };
}

type Rules = { readonly additions: readonly Rule[]; readonly removals: readonly Rule[] };

function openings(kind: "ingress" | "egress", { additions, removals }: Rules): readonly AccessChange[] {
  return additions
    .filter((added) => !removals.some((removed) => opens(removed, added)) && !hasNoPeer(added))
    .map((rule) => ({
      kind,
      who: plain(rule.describePeer()),
      what: rule.describeProtocol(),
      on: plain(rule.groupId),
    }));
}

/** Whether every connection that `narrow` lets through, `wide` does too. */
function opens(wide: Rule, narrow: Rule): boolean {
  if (wide.groupId !== narrow.groupId) return false;
  const everyone = wide.peer?.kind === "cidr-ip" && wide.peer.ip === "0.0.0.0/0" && narrow.peer?.kind === "cidr-ip";
  if (!everyone && !sameJson(wide.peer, narrow.peer)) return false;
  if (wide.ipProtocol === "-1") return true;
  if (wide.ipProtocol !== narrow.ipProtocol) return false;
  if (wide.fromPort === undefined || wide.toPort === undefined) return true;
  const [from, to] = [narrow.fromPort, narrow.toPort];
  return from !== undefined && to !== undefined && wide.fromPort <= from && to <= wide.toPort;
}

/** The rule by which CDK closes a group: loopback never leaves a machine. */
function hasNoPeer({ peer }: Rule): boolean {
  return peer?.kind === "cidr-ip" && /^(127\.0\.0\.1|255\.255\.255\.255)\/32$/.test(peer.ip);
}

/** Intrinsic functions as a person would name what they point at; what another stack has is called STACK/ID by then. */
function plain(text: string): string {
  return text
    .replaceAll(/\{"Fn::GetStackOutput":\{"StackName":"([^"]+)"[^}]*"OutputName":"([^"]+)"\}\}/g, "$1.$2")
    .replaceAll(/\$\{([\w-]+)\/([A-Za-z0-9]+)(?:\.(?:Arn|GroupId|Id))?\}/g, "$1.$2")
    .replaceAll(/\$\{([A-Za-z0-9]+)(?:\.(?:Arn|GroupId|Id))?\}/g, "$1")
    .replaceAll(/\$\{(AWS::\w+)\}/g, "$1");
}
