import { isTree, isUnresolved, type Value } from "../../template/evaluate.ts";
import type { Other } from "../rule.ts";
import type { TransitionRefusal } from "../transition.ts";
import { asObject, asText, asTexts, sameValue } from "../values.ts";

/** A change that depends on other resources and changes. */
export type SetTransition = {
  readonly id: string;
  readonly document: string;
  readonly approximate?: true;
  readonly check: (
    before: readonly Other[],
    after: readonly Other[],
  ) => readonly (TransitionRefusal & { readonly of: Other })[];
};

/**
 * Types that their service deletes only once they are unused, with its message (Amazon EC2 API Reference, "Error
 * codes": DependencyViolation; Elastic Load Balancing API Reference, DeleteTargetGroup: ResourceInUse), and what to do.
 */
const HELD: {
  readonly [type: string]: {
    readonly words: string;
    readonly way: (user: Other) => string;
    /** Types that use it; any if left out. */
    readonly by?: readonly string[];
  };
} = {
  "AWS::EC2::SecurityGroup": { words: "resource has a dependent object", way: useFirst },
  "AWS::EC2::Subnet": {
    words: "the subnet has dependencies and cannot be deleted",
    way: () => "keep its zone: zones come and do not go; with fewer of them it is another environment",
  },
  "AWS::EC2::VPC": { words: "the vpc has dependencies and cannot be deleted", way: useFirst },
  "AWS::ElasticLoadBalancingV2::TargetGroup": {
    words: "the target group is currently in use by a listener or a rule",
    way: useFirst,
    by: ["AWS::ElasticLoadBalancingV2::Listener", "AWS::ElasticLoadBalancingV2::ListenerRule"],
  },
};

function useFirst({ id, stack }: Other): string {
  return `take its use out of ${id} of ${stack} first and provision, then remove it`;
}

const DISTRIBUTION = "AWS::CloudFront::Distribution";

/** Resources that are deleted or replaced while still in use. */
export const SET_TRANSITIONS: readonly SetTransition[] = [
  {
    // CloudFormation deletes it once the rest of its own stack is updated, and gives up after three tries: it stays
    // behind,
    // in no stack any more (CloudFormation User Guide, "Understand stack status codes":
    // UPDATE_COMPLETE_CLEANUP_IN_PROGRESS).
    id: "gone-while-used",
    document: "Amazon VPC User Guide, Delete your VPC; Elastic Load Balancing API Reference, DeleteTargetGroup",
    approximate: true,
    check: (before, after) => {
      const stay = new Set(after.map(placeOf));
      const going = before.filter((one) => HELD[one.type] !== undefined && !stay.has(placeOf(one)));
      return going.flatMap((one) => {
        const { words, way, by } = HELD[one.type] ?? { words: "", way: useFirst };
        const user = before.find(
          (other) =>
            other.stack !== one.stack &&
            (by?.includes(other.type) ?? true) &&
            stay.has(placeOf(other)) &&
            refersTo(other.properties, one),
        );
        if (user === undefined) return [];
        const message = `${words}: ${user.id} of ${user.stack} uses it, and is changed only later`;
        return [{ of: one, property: "its removal", message, way: way(user) }];
      });
    },
  },
  {
    id: "alias-moves",
    document: "Amazon CloudFront Developer Guide, Requirements for using alternate domain names",
    check: (before, after) =>
      after
        .filter(({ type }) => type === DISTRIBUTION)
        .flatMap((one) => {
          const had = before.find((other) => placeOf(other) === placeOf(one));
          const mine = had ? aliasesOf(had) : [];
          const taken = aliasesOf(one).find((alias) => !mine.includes(alias) && holder(before, one, alias));
          const from = taken === undefined ? undefined : holder(before, one, taken);
          if (taken === undefined || from === undefined) return [];
          const message = "One or more of the CNAMEs you provided are already associated with a different resource.";
          const way = `take ${taken} off ${from.id} of ${from.stack} first and provision, then give it to ${one.id}`;
          return [{ of: one, property: "DistributionConfig/Aliases", value: taken, message, way }];
        }),
  },
  {
    // CloudFormation makes what is new before it deletes what is old, of a stack and of the stacks after it.
    id: "record-moves",
    document: "Amazon Route 53 API Reference, ChangeResourceRecordSets (CREATE); aws-cdk#7244",
    check: (before, after) => {
      const order = after.map(stackOf);
      const isGone = (other: Other, one: Other) => order.indexOf(stackOf(other)) < order.indexOf(stackOf(one));
      const had = before.filter(({ type }) => type === RECORD);
      return after
        .filter(({ type }) => type === RECORD)
        .flatMap((one) => {
          const name = asText(one.properties.Name);
          const from = had.find((other) => isSameRecord(other, one));
          if (name === undefined || from === undefined || placeOf(from) === placeOf(one) || isGone(from, one))
            return [];
          const message = `Tried to create resource record set [name='${name}.', type='${asText(one.properties.Type)}'] but it already exists`;
          const way = `take ${name} off ${from.id} of ${from.stack} first and provision, then give it to ${one.id}`;
          return [{ of: one, property: "Name", value: name, message, way }];
        });
    },
  },
];

const RECORD = "AWS::Route53::RecordSet";

function isSameRecord({ properties: one }: Other, { properties: other }: Other): boolean {
  const isRouted = one.SetIdentifier !== undefined || other.SetIdentifier !== undefined;
  const [name, wanted] = [one, other].map(({ Name }) => asText(Name)?.toLowerCase().replace(/\.$/, ""));
  const isPlace =
    sameValue(one.HostedZoneId, other.HostedZoneId) || sameValue(one.HostedZoneName, other.HostedZoneName);
  return name !== undefined && name === wanted && sameValue(one.Type, other.Type) && isPlace && !isRouted;
}

const stackOf = ({ region, stack }: Other) => `${region}/${stack}`;

/** The distribution that has an alias now. */
function holder(before: readonly Other[], self: Other, alias: string): Other | undefined {
  return before.find(
    (other) => other.type === DISTRIBUTION && placeOf(other) !== placeOf(self) && aliasesOf(other).includes(alias),
  );
}

function aliasesOf({ properties }: Other): readonly string[] {
  return asTexts(asObject(properties.DistributionConfig).Aliases);
}

function placeOf({ stack, region, id }: Other): string {
  return `${region}/${stack}/${id}`;
}

function refersTo(value: Value, { stack, region, id }: Other): boolean {
  if (isUnresolved(value)) {
    const { target } = value;
    return target?.logicalId === id && target.stack === stack && target.region === region;
  }
  if (Array.isArray(value)) return value.some((item: Value) => refersTo(item, { stack, region, id } as Other));
  return isTree(value) && Object.values(value).some((item) => refersTo(item, { stack, region, id } as Other));
}
