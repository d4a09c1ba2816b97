import { bootstrapStack } from "../plan/bootstrap.ts";
import { CALLS } from "./calls.ts";
import { limitsOf, type PolicyLimit, warningsOf } from "./limits.ts";
import { NAMELESS, PARTS } from "./naming.ts";
import { HANDLERS, LOOSE } from "./permissions.ts";
import { type PolicyResource, type Templated, thingsOf } from "./resources.ts";
import { passRole, roles, serviceLinkedRoles } from "./roles.ts";
import { state } from "./state.ts";
import { allow, type Condition, documentsOf, type PolicyDocument, type Statement } from "./statement.ts";
import { ec2, kms, taggedLater } from "./tagged.ts";
import { oneOffTaskRuns } from "./tasks.ts";
import { arnsIn, GLOBAL_REGION, type PolicyScope, tagsOf } from "./where.ts";
import { zones } from "./zones.ts";

/** What whoever provisions, looks at and destroys one environment has to be allowed. */
export type OperatorPolicy = {
  readonly documents: readonly PolicyDocument[];
  /** Types of the templates of which it is not known what they take: their owner has to add it. */
  readonly uncovered: readonly string[];
  /** What of the templates will be denied. */
  readonly warnings: readonly PolicyLimit[];
  /** What IAM cannot keep to the environment. */
  readonly limits: readonly PolicyLimit[];
};

/** What an operator is allowed beside the environment and its templates. */
export type Options = {
  /** ARN of the permissions boundary that every role carries. */
  readonly boundary?: string | undefined;
};

/** Names and numbers of things, and how they stand; S3's lists are what is in a bucket. */
const LOOKING = /^(?!s3:)[\w-]+:(Describe|List)/;

/** The settings of a bucket are two dozen, which all are asked for where one is made. */
const SETTINGS = /^(s3:(?:Get|Put))(?:(Bucket)\w+|\w+(Configuration))$/;

/** A function's code, which lies in the environment's folder. */
const ASSETS = /^s3:GetObject(Version)?$/;

/** What is allowed by more than a name. */
const ELSEWHERE = /^(cloudformation|ec2|iam|route53|kms:(?!\w+Alias$)|s3:GetObject(Version)?$)/;

/** Types that only CloudFormation itself knows. */
const NOTHING = /^AWS::(CDK::Metadata|CloudFormation::WaitCondition(Handle)?)$/;

/** Types that have neither names nor tags: a stack that took one over could change another environment's. */
const NOT_TAKEN_OVER = [
  "AWS::ApplicationAutoScaling::ScalableTarget",
  "AWS::ApplicationAutoScaling::ScalingPolicy",
  "AWS::CloudFront::CachePolicy",
  "AWS::CloudFront::OriginAccessControl",
  "AWS::CloudFront::ResponseHeadersPolicy",
  "AWS::Route53::HostedZone",
];

/** The policy for what astro calls and for what CloudFormation then calls in the caller's name, from the templates. */
export function operatorPolicy(
  place: PolicyScope,
  stacks: readonly Templated[],
  { boundary }: Options = {},
): OperatorPolicy {
  const regions = [...new Set([place.region, ...stacks.map((stack) => stack.region)])].sort();
  const things = thingsOf(stacks, place);
  const types = [...new Set(things.map(({ type }) => type))];
  const actions = [...new Set([...types.flatMap(actionsOf), ...called("own")])];
  const held = actions.filter((action) => !isAnywhere(action));
  const looks = [...called("anywhere"), ...actions].filter((action) => isAnywhere(action) && !isWriting(action));
  const ofService = (service: string) => held.filter((action) => serviceOf(action) === service);
  const regionsOf = (service: string) => {
    const using = things.filter(({ type }) => actionsOf(type).some((action) => serviceOf(action) === service));
    return [...new Set(using.map(({ region }) => region))].sort();
  };
  return {
    documents: documentsOf([
      ...look([...looks, ...called("anywhere")], [...new Set([...regions, GLOBAL_REGION])]),
      ...state(
        {
          objects: [...called("state", "s3"), ...actions.filter((action) => ASSETS.test(action))],
          items: called("state", "dynamodb"),
          looks: [...called("bucket"), ...called("own", "cloudformation").filter((action) => /:Get\w+$/.test(action))],
        },
        regions,
        place,
      ),
      ...formation(stacks, place),
      ...named(things),
      ...ec2(ofService("ec2"), regionsOf("ec2"), place),
      ...kms(ofService("kms"), regionsOf("kms"), place),
      ...byFormation(things, actions, place),
      ...zones(ofService("route53"), things, place),
      ...roles(ofService("iam"), things, place, boundary),
      ...passRole(things),
      ...oneOffTaskRuns(things),
      ...serviceLinkedRoles(types, place),
    ]),
    uncovered: types.filter((type) => HANDLERS[type] === undefined && !NOTHING.test(type)).sort(),
    warnings: warningsOf(things, place, boundary),
    limits: limitsOf(things, boundary),
  };
}

/** The policy of whoever makes, changes or removes astro's own bucket and table, which all environments share. */
export function bootstrapPolicy(place: PolicyScope, regions: readonly string[]): readonly PolicyDocument[] {
  const stacks = [...new Set([place.region, ...regions])].sort().map(bootstrapStack);
  const things = thingsOf(stacks, place);
  const looks = [...things.flatMap(({ type }) => actionsOf(type)), ...called("own", "cloudformation")].filter(
    isAnywhere,
  );
  const regionsOf = stacks.map(({ region }) => region);
  return documentsOf([...look(looks, regionsOf), ...formation(stacks, place), ...named(things)]);
}

function called(on: string, service?: string): readonly string[] {
  return Object.values(CALLS)
    .flatMap((call) => (call.on === on && call.actions !== "" ? call.actions.split(" ") : []))
    .filter((action) => service === undefined || serviceOf(action) === service);
}

function isAnywhere(action: string): boolean {
  return LOOSE.has(action) || LOOKING.test(action);
}

/** What IAM holds to no resource and yet makes or takes away something. */
function isWriting(action: string): boolean {
  return LOOSE.has(action) && !/:(Describe|Get|List)/.test(action);
}

/** Looking at whatever there is, in the environment's regions; none of it is secret. */
function look(actions: readonly string[], regions: readonly string[]): readonly Statement[] {
  return allow("Look", byVerb([...new Set(actions)]), ["*"], { StringEquals: { "aws:RequestedRegion": regions } });
}

/** The environment's stacks, each by its whole name (CloudFormation User Guide, "Control access with IAM"). */
function formation(stacks: readonly Templated[], place: PolicyScope): readonly Statement[] {
  const arns = stacks.flatMap(({ name, region }) => arnsIn([region], `cloudformation:HERE:stack/${name}/*`, place));
  const actions = called("own", "cloudformation").filter((action) => !LOOKING.test(action));
  const changeSet = "cloudformation:CreateChangeSet";
  const regions = [...new Set(stacks.map(({ region }) => region))].sort();
  return [
    ...allow(
      "Stacks",
      actions.filter((action) => action !== changeSet),
      arns,
    ),
    ...allow("StacksChange", [changeSet], arns, {
      "ForAllValues:StringNotEquals": { "cloudformation:ImportResourceTypes": NOT_TAKEN_OVER },
    }),
    ...allow(
      "ChangeSets",
      actions.filter((action) => /:(Unt|T)agResource$/.test(action)),
      arnsIn(regions, "cloudformation:HERE:changeSet/*", place),
      { StringEqualsIfExists: { ...tagsOf(place, "Request"), ...tagsOf(place, "Resource") } },
    ),
  ];
}

/** Things by their names, a service in one statement. */
function named(things: readonly PolicyResource[]): readonly Statement[] {
  const actions = [
    ...called("own"),
    ...things.flatMap(({ type, arns }) =>
      actionsOf(type).filter((action) => arns.length > 0 || PARTS.has(type) || serviceOf(action) !== ownService(type)),
    ),
  ].filter((action) => !isAnywhere(action) && !ELSEWHERE.test(action));
  const arns = things.flatMap((thing) => thing.arns);
  return [...new Set(actions.map(serviceOf))].sort().flatMap((service) =>
    allow(
      nameOf(service),
      actions.filter((action) => serviceOf(action) === service).map((action) => action.replace(SETTINGS, settings)),
      arns.filter((arn) => arn.split(":")[2] === service),
    ),
  );
}

/**
 * What has an id of AWS's choice, and tags late or never: by way of CloudFormation alone, on the environment's own stacks
 * (IAM User Guide, "AWS global condition context keys": aws:CalledVia), and never where another's tags are.
 */
function byFormation(
  things: readonly PolicyResource[],
  actions: readonly string[],
  place: PolicyScope,
): readonly Statement[] {
  const lying = things.filter(({ lies }) => lies.length > 0);
  const services = new Set(lying.map(({ type }) => ownService(type)));
  const parts = things.filter(({ type }) => PARTS.has(type) && services.has(ownService(type)));
  const mine = [...lying, ...parts].flatMap(({ type }) =>
    actionsOf(type).filter((action) => serviceOf(action) === ownService(type)),
  );
  const endpoints = taggedLater(actions);
  const keys = actions.filter((action) => action === "kms:TagResource");
  const regionsOf = (type: string) => things.filter((thing) => thing.type === type).map(({ region }) => region);
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

/** Services that CloudFormation calls otherwise than IAM does. */
const OTHERWISE: { readonly [service: string]: string } = {
  applicationautoscaling: "application-autoscaling",
  certificatemanager: "acm",
  elasticloadbalancingv2: "elasticloadbalancing",
};

function ownService(type: string): string {
  const service = type.split("::")[1]?.toLowerCase() ?? "";
  return OTHERWISE[service] ?? service;
}

const NAMELESS_ZONES = NAMELESS["AWS::Route53::HostedZone"]?.[0] ?? "";

function settings(_: string, verb: string, bucket: string | undefined): string {
  return bucket === undefined ? `${verb}*Configuration` : `${verb}Bucket*`;
}

function actionsOf(type: string): readonly string[] {
  return HANDLERS[type]?.split(" ") ?? [];
}

/** `Describe*` and `List*` of a service where it is asked for more than one of them. */
function byVerb(actions: readonly string[]): readonly string[] {
  const verbs = actions.map((action) => (LOOKING.test(action) ? action.replace(/:(Describe|List).*/, ":$1*") : action));
  const short = verbs.map((verb, index) => (verbs.indexOf(verb) === verbs.lastIndexOf(verb) ? actions[index] : verb));
  return short.flatMap((action) => action ?? []);
}

function serviceOf(action: string): string {
  return action.slice(0, action.indexOf(":"));
}

/** A statement's id takes letters and digits only. */
function nameOf(service: string): string {
  return service.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
}
