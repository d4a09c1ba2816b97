import { bootstrapStack } from "../plan/bootstrap.ts";
import {
  actionsOf,
  byVerb,
  called,
  isAnywhere,
  isWriting,
  LISTING,
  ownService,
  SETTINGS,
  serviceOf,
  settings,
  statementId,
} from "./actions.ts";
import { byFormation } from "./by-formation.ts";
import { frontendPublishing } from "./frontend.ts";
import { limitsOf, type PolicyLimit, warningsOf } from "./limits.ts";
import { PARTS } from "./naming.ts";
import { HANDLERS } from "./permissions.ts";
import { type PolicyResource, policyResources, type Templated } from "./resources.ts";
import { passRole, roles, serviceLinkedRoles } from "./roles.ts";
import { secretWriting } from "./secrets.ts";
import { taskSessions } from "./sessions.ts";
import { state } from "./state.ts";
import { allow, documentsOf, type PolicyDocument, type Statement } from "./statement.ts";
import { ec2, kms } from "./tagged.ts";
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
  const resources = policyResources(stacks, place);
  const types = [...new Set(resources.map(({ type }) => type))];
  const actions = [...new Set([...types.flatMap(actionsOf), ...called("own")])];
  const held = actions.filter((action) => !isAnywhere(action));
  const looks = [...called("anywhere"), ...actions].filter((action) => isAnywhere(action) && !isWriting(action));
  const ofService = (service: string) => held.filter((action) => serviceOf(action) === service);
  const regionsOf = (service: string) => {
    const using = resources.filter(({ type }) => actionsOf(type).some((action) => serviceOf(action) === service));
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
      ...named(resources),
      ...ec2(ofService("ec2"), regionsOf("ec2"), place),
      ...kms(ofService("kms"), regionsOf("kms"), place),
      ...byFormation(resources, actions, place),
      ...zones(ofService("route53"), resources, place),
      ...roles(ofService("iam"), resources, place, boundary),
      ...passRole(resources),
      ...oneOffTaskRuns(resources),
      ...frontendPublishing(stacks, resources, place),
      ...taskSessions(resources, place),
      ...secretWriting(resources),
      ...serviceLinkedRoles(types, place),
    ]),
    uncovered: types.filter((type) => HANDLERS[type] === undefined && !NOTHING.test(type)).sort(),
    warnings: warningsOf(resources, place, boundary),
    limits: limitsOf(resources, boundary),
  };
}

/** The policy of whoever makes, changes or removes astro's own bucket and table, which all environments share. */
export function bootstrapPolicy(place: PolicyScope, regions: readonly string[]): readonly PolicyDocument[] {
  const stacks = [...new Set([place.region, ...regions])].sort().map(bootstrapStack);
  const resources = policyResources(stacks, place);
  const looks = [...resources.flatMap(({ type }) => actionsOf(type)), ...called("own", "cloudformation")].filter(
    isAnywhere,
  );
  const regionsOf = stacks.map(({ region }) => region);
  return documentsOf([...look(looks, regionsOf), ...formation(stacks, place), ...named(resources)]);
}

/** Looking at whatever there is, in the environment's regions; none of it is secret. */
function look(actions: readonly string[], regions: readonly string[]): readonly Statement[] {
  return allow("Look", byVerb([...new Set(actions)]), ["*"], { StringEquals: { "aws:RequestedRegion": regions } });
}

/** The environment's stacks, each by its whole name (CloudFormation User Guide, "Control access with IAM"). */
function formation(stacks: readonly Templated[], place: PolicyScope): readonly Statement[] {
  const arns = stacks.flatMap(({ name, region }) => arnsIn([region], `cloudformation:HERE:stack/${name}/*`, place));
  const actions = called("own", "cloudformation").filter((action) => !LISTING.test(action));
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
function named(resources: readonly PolicyResource[]): readonly Statement[] {
  const actions = [
    ...called("own"),
    ...resources.flatMap(({ type, arns }) =>
      actionsOf(type).filter((action) => arns.length > 0 || PARTS.has(type) || serviceOf(action) !== ownService(type)),
    ),
  ].filter((action) => !isAnywhere(action) && !ELSEWHERE.test(action));
  const arns = resources.flatMap((thing) => thing.arns);
  return [...new Set(actions.map(serviceOf))].sort().flatMap((service) =>
    allow(
      statementId(service),
      actions.filter((action) => serviceOf(action) === service).map((action) => action.replace(SETTINGS, settings)),
      arns.filter((arn) => arn.split(":")[2] === service),
    ),
  );
}
