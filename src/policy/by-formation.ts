import { actionsOf, isAnywhere, isWriting, ownService, serviceOf } from "./actions.ts";
import { NAMELESS, PARTS } from "./naming.ts";
import type { PolicyResource } from "./resources.ts";
import { allow, type Condition, type Statement } from "./statement.ts";
import { taggedLater } from "./tagged.ts";
import { arnsIn, type PolicyScope, tagsOf } from "./where.ts";

/**
 * What has an id of AWS's choice, and tags late or never: by way of CloudFormation alone, on the environment's own stacks
 * (IAM User Guide, "AWS global condition context keys": aws:CalledVia), and never where another's tags are.
 */
export function byFormation(
  resources: readonly PolicyResource[],
  actions: readonly string[],
  place: PolicyScope,
): readonly Statement[] {
  const lying = resources.filter(({ lies }) => lies.length > 0);
  const services = new Set(lying.map(({ type }) => ownService(type)));
  const parts = resources.filter(({ type }) => PARTS.has(type) && services.has(ownService(type)));
  const mine = [...lying, ...parts].flatMap(({ type }) =>
    actionsOf(type).filter((action) => serviceOf(action) === ownService(type)),
  );
  const endpoints = taggedLater(actions);
  const keys = actions.filter((action) => action === "kms:TagResource");
  const regionsOf = (type: string) => resources.filter((thing) => thing.type === type).map(({ region }) => region);
  const held = [...mine, ...endpoints, ...keys].filter(
    (action) => !isAnywhere(action) && action !== "route53:ChangeResourceRecordSets",
  );
  const where = [
    ...lying.flatMap(({ lies }) => lies),
    ...(endpoints.length > 0
      ? [
          ...arnsIn(regionsOf("AWS::EC2::VPCEndpoint"), "ec2:HERE:vpc-endpoint/*", place),
          ...arnsIn([place.region], NAMELESS_ZONES, place),
        ]
      : []),
    ...(keys.length > 0 ? arnsIn(regionsOf("AWS::KMS::Key"), "kms:HERE:key/*", place) : []),
  ];
  const condition: Condition = {
    ...BY_FORMATION,
    StringEqualsIfExists: { ...tagsOf(place, "Request"), ...tagsOf(place, "Resource") },
  };
  // What somebody's stack may refer to it may read: a secret with no tags at all is nobody's to read here.
  const isSecret = (action: string) => SECRETS.test(action);
  return [
    ...allow(
      "ByFormation",
      held.filter((action) => !isSecret(action)),
      where,
      condition,
    ),
    ...allow(
      "ByFormationOwn",
      held.filter(isSecret),
      where.filter((arn) => /:(secretsmanager|ssm):/.test(arn)),
      {
        ...BY_FORMATION,
        StringEquals: tagsOf(place, "Resource"),
        StringEqualsIfExists: tagsOf(place, "Request"),
      },
    ),
    ...allow("ByFormationOnly", actions.filter(isWriting), ["*"], condition),
  ];
}

const BY_FORMATION: Condition = { "ForAnyValue:StringEquals": { "aws:CalledVia": "cloudformation.amazonaws.com" } };

/**
 * What holds values that others keep secret and has its tags as soon as it is made (CreateSecret, PutParameter: Tags),
 * but for the making itself.
 */
const SECRETS = /^(secretsmanager:(?!CreateSecret$)|ssm:(?!PutParameter$))/;

const NAMELESS_ZONES = NAMELESS["AWS::Route53::HostedZone"]?.[0] ?? "";
