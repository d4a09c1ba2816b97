import { MAKING } from "./permissions.ts";
import { allow, type Statement } from "./statement.ts";
import { arnsIn, type PolicyScope, tagsOf } from "./where.ts";

/** EC2 has tags on what it makes from the first moment, but for these (CloudFormation registry: `tagOnCreate`). */
const TAGGED_LATER = "vpc-endpoint";

type Group = {
  readonly actions: readonly string[];
  readonly makes: readonly string[];
  readonly uses: readonly string[];
};

/**
 * EC2, whose resources have ids of AWS's choice: made with the environment's tags, in and of what has them; changed and
 * deleted by them. A route is its table's, a rule its group's (Service Authorization Reference, "Amazon EC2"). Tags are
 * given as a thing is made (Amazon EC2 User Guide, "Grant permission to tag Amazon EC2 resources during creation") or
 * where the environment's are already, and say nothing else of whose it is.
 */
export function ec2(actions: readonly string[], regions: readonly string[], place: PolicyScope): readonly Statement[] {
  const everywhere = arnsIn(regions, "ec2:HERE:*", place);
  const making = actions.filter((action) => MAKING[action] !== undefined);
  const groups = apart(making.filter((action) => MAKING[action]?.makes !== TAGGED_LATER));
  const isOwn = (action: string) => action !== "ec2:CreateTags" && MAKING[action]?.uses !== "";
  return [
    ...groups.flatMap(({ actions: list, makes }, index) =>
      allow(
        `Ec2Make${index + 1}`,
        list,
        makes.flatMap((kind) => arnsIn(regions, `ec2:HERE:${kind}/*`, place)),
        { StringEquals: tagsOf(place, "Request") },
      ),
    ),
    ...allow("Ec2", actions.filter(isOwn), everywhere, { StringEquals: tagsOf(place, "Resource") }),
    ...(actions.includes("ec2:CreateTags")
      ? [
          ...allow("Ec2TagMade", making.length > 0 ? ["ec2:CreateTags"] : [], everywhere, {
            StringEquals: {
              "ec2:CreateAction": making.map((action) => action.slice("ec2:".length)),
              ...tagsOf(place, "Request"),
            },
          }),
          ...allow("Ec2Tag", ["ec2:CreateTags"], everywhere, {
            StringEquals: tagsOf(place, "Resource"),
            StringEqualsIfExists: tagsOf(place, "Request"),
          }),
        ]
      : []),
  ];
}

/** What makes an endpoint, which has no tags until it is created: no names either, so by way of CloudFormation. */
export function taggedLater(actions: readonly string[]): readonly string[] {
  const endpoint = /^(ec2:((Create|Delete)Tags|\w+VpcEndpoints?)|route53:AssociateVPCWithHostedZone)$/;
  const makes = actions.some((action) => MAKING[action]?.makes === TAGGED_LATER);
  return makes ? actions.filter((action) => endpoint.test(action)) : [];
}

/** Creating actions in groups of which none makes what another one uses: a thing in use has its own tags to show. */
function apart(actions: readonly string[]): readonly Group[] {
  const groups: Group[] = [];
  for (const action of actions) {
    const [makes, uses] = [MAKING[action]?.makes ?? "", MAKING[action]?.uses ?? ""].map((kinds) => kinds.split(" "));
    const one: Group = { actions: [action], makes: makes ?? [], uses: uses ?? [] };
    const at = groups.findIndex((group) => !meets(group.makes, one.uses) && !meets(group.uses, one.makes));
    const group = groups[at];
    if (group === undefined) groups.push(one);
    else groups[at] = joined(group, one);
  }
  return groups;
}

function joined(left: Group, right: Group): Group {
  return {
    actions: [...left.actions, ...right.actions],
    makes: [...left.makes, ...right.makes],
    uses: [...left.uses, ...right.uses],
  };
}

function meets(left: readonly string[], right: readonly string[]): boolean {
  return left.some((kind) => right.includes(kind));
}

/** KMS's keys, by their tags (AWS KMS Developer Guide, "ABAC for AWS KMS"); the tags themselves are CloudFormation's to give. */
export function kms(actions: readonly string[], regions: readonly string[], place: PolicyScope): readonly Statement[] {
  return allow(
    "KmsKeys",
    actions.filter((action) => action !== "kms:TagResource"),
    arnsIn(regions, "kms:HERE:key/*", place),
    { StringEquals: tagsOf(place, "Resource") },
  );
}
