import type { Value } from "../../template/evaluate.ts";
import type { Transition } from "../transition.ts";
import { asBoolean, asNumber, asObject, asText, isKnown, whole } from "../values.ts";

/** Updates of other services' resources. */
export const OTHER_TRANSITIONS: readonly Transition[] = [
  {
    id: "table-one-index",
    types: ["AWS::DynamoDB::Table"],
    document: "AWS CloudFormation Template Reference, AWS::DynamoDB::Table (GlobalSecondaryIndexes); aws/aws-cdk#12246",
    check: ({ before, after, replaced }) => {
      const [had, has] = [indexesOf(before.GlobalSecondaryIndexes), indexesOf(after.GlobalSecondaryIndexes)];
      if (replaced || had === undefined || has === undefined) return undefined;
      const moves = [...has.filter((one) => !had.includes(one)), ...had.filter((one) => !has.includes(one))];
      if (moves.length < 2) return undefined;
      return {
        property: "GlobalSecondaryIndexes",
        value: moves.join(", "),
        message: "Cannot perform more than one GSI creation or deletion in a single update",
        way: `make or remove one of ${moves.join(", ")} at a time, and provision each time`,
      };
    },
  },
  {
    id: "service-strategy-forced",
    types: ["AWS::ECS::Service"],
    document: "Amazon ECS API Reference, UpdateService (capacityProviderStrategy); containers-roadmap#631",
    check: ({ before, after, replaced }) => {
      const [was, is] = [before.CapacityProviderStrategy, after.CapacityProviderStrategy];
      if (replaced || !isKnown(was) || !isKnown(is) || JSON.stringify(was) === JSON.stringify(is)) return undefined;
      if (is === undefined) return undefined;
      const force = asObject(after.ForceNewDeployment);
      const forced = after.ForceNewDeployment !== undefined && asBoolean(force.EnableForceNewDeployment) !== false;
      if (forced) return undefined;
      return {
        property: "CapacityProviderStrategy",
        message:
          "When switching from launch type to capacity provider strategy on an existing service, or making a change to a capacity provider strategy on a service that is already using one, you must force a new deployment.",
        way: "set ForceNewDeployment on the service, with a nonce that changes with the strategy",
      };
    },
  },
  {
    // The new one is created before the old one is deleted.
    id: "subnet-moves",
    types: ["AWS::EC2::Subnet"],
    document: "Amazon EC2 API Reference, Error codes (InvalidSubnet.Conflict)",
    check: ({ before, after, replaced, causes }) => {
      const [block, was] = [asText(after.CidrBlock), asText(before.CidrBlock)];
      const moves = causes.some((cause) => cause.startsWith("AvailabilityZone"));
      if (!replaced || !moves || block === undefined || block !== was) return undefined;
      return {
        property: "CidrBlock",
        value: block,
        message: `The CIDR '${block}' conflicts with another subnet`,
        way: "leave the zones as they are (network.zones in astro.yaml); other zones are another environment",
      };
    },
  },
  {
    id: "volume-shrinks",
    types: ["AWS::EC2::Volume"],
    document: "Amazon EBS User Guide, Requirements for Amazon EBS volume modifications",
    approximate: true,
    check: ({ before, after, replaced }) => {
      const [from, to] = [asNumber(before.Size), asNumber(after.Size)];
      if (replaced || from === undefined || to === undefined || to >= from) return undefined;
      const message = "New size cannot be smaller than existing size";
      const way = `leave it at ${from} or above: a smaller volume is a new one, onto which the files are copied`;
      return { property: "Size", value: to, message, way };
    },
  },
  {
    id: "stream-shards",
    types: ["AWS::Kinesis::Stream"],
    document: "Amazon Kinesis Data Streams API Reference, UpdateShardCount (Scale up to more than double, below half)",
    approximate: true,
    check: ({ before, after, replaced }) => {
      const [from, to] = [asNumber(before.ShardCount), asNumber(after.ShardCount)];
      if (replaced || from === undefined || to === undefined || (to <= from * 2 && to * 2 >= from)) return undefined;
      const message = `UpdateShardCount cannot scale from ${from} shards to ${to}: at most double, at least half`;
      const way = `go there in steps: ${to > from ? from * 2 : Math.ceil(from / 2)} first, and provision after each`;
      return { property: "ShardCount", value: to, message, way };
    },
  },
];

/** The names of a table's indexes; `undefined` if not all are known. */
function indexesOf(value: Value | undefined): readonly string[] | undefined {
  if (value === undefined) return [];
  const names = whole(value)?.map(({ IndexName }) => asText(IndexName));
  return names?.every((name) => name !== undefined) ? names : undefined;
}
