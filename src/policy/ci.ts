import { operatorPolicy } from "./policy.ts";
import type { Templated } from "./resources.ts";
import { allow, deny, documentsOf, type PolicyDocument, type Statement } from "./statement.ts";
import { arnIn, arnsIn, type PolicyScope } from "./where.ts";

/** What the roles of an environment's CI may do, each in documents that IAM takes. */
export type CiPolicies = {
  /** Of the role that deploys a branch. */
  readonly deploy: readonly PolicyDocument[];
  /** Of the role that plans pull requests. */
  readonly plan: readonly PolicyDocument[];
};

/** Managed policies that one role may have (IAM User Guide, "IAM and AWS STS quotas": the default, which AWS can raise). */
export const MOST_POLICIES = 10;

/** The stack that has the roles: PROJECT-ENVIRONMENT-ci. */
export function ciStackName({ project, environment }: Pick<PolicyScope, "project" | "environment">): string {
  return `${project}-${environment}-ci`;
}

/** Actions that change something, by the verbs that CloudFormation and IAM have for that. */
const CHANGING = {
  cloudformation:
    "Activate Batch Cancel Continue Create Deactivate Delete Execute Import Rollback Set Signal Start Stop Tag Untag Update",
  iam: "Add Attach Change Create Deactivate Delete Detach Enable Pass Put Remove Reset Resync Set Tag Untag Update Upload",
};

const changing = (service: keyof typeof CHANGING) => CHANGING[service].split(" ").map((verb) => `${service}:${verb}*`);

/** Handing one of the environment's own roles to the service that trusts it widens nothing. */
const widening = () => changing("iam").filter((action) => action !== "iam:Pass*");

/**
 * What looks, by the verbs of all services, but for contents: tokens, image layers, secrets, lines of logs. Who opens a pull
 * request says what runs with this role.
 */
const READING = /:(BatchGet|Describe|Get|List|View)/;
const CONTENTS =
  /^(ecr:(GetAuthorizationToken|GetDownloadUrlForLayer)|logs:Get(LogEvents|Query\w*)|secretsmanager:(GetSecretValue|BatchGetSecretValue))$/;

/** A plan has AWS foresee its changes by change sets that are deleted again, and never executed. */
const FORESEEING = /^cloudformation:(CreateChangeSet|DeleteChangeSet|TagResource|UntagResource)$/;

/** Derived as an operator's are, from the templates and astro's own calls, for all of the environment's stacks but that of CI. */
export function ciPolicies(
  place: PolicyScope,
  stacks: readonly Templated[],
  { boundary }: { readonly boundary?: string | undefined } = {},
): CiPolicies {
  const others = stacks.filter(({ name }) => name !== ciStackName(place));
  const operator = operatorPolicy(place, others, { boundary }).documents.flatMap(({ Statement }) => Statement);
  return {
    deploy: documentsOf([...operator, ...seeingItself(place), ...notItself(place), ...notRoles(boundary)]),
    plan: documentsOf([...operator.flatMap(reading), ...seeingItself(place), ...notItself(place)]),
  };
}

function reading(statement: Statement): readonly Statement[] {
  const { Sid, Action, Resource, Condition } = statement;
  const looks = Action.filter((action) => (READING.test(action) || FORESEEING.test(action)) && !CONTENTS.test(action));
  return allow(Sid, looks, Resource, Condition);
}

/** The stack of CI is one of the environment's: a plan reads its template as it reads all others. */
function seeingItself(place: PolicyScope): readonly Statement[] {
  const looks = [
    "cloudformation:DescribeChangeSet",
    "cloudformation:DescribeStackEvents",
    "cloudformation:GetTemplate",
  ];
  return allow("SeeCi", [...looks, "cloudformation:ListStackResources"], stackOf(place));
}

/** Neither role reaches what says what it may: their stack, themselves, their policies, and the provider they go by. */
function notItself(place: PolicyScope): readonly Statement[] {
  const prefix = `${place.project}-${place.environment}`;
  const identities = [
    ...["deploy", "plan"].flatMap((role) => [`role/${prefix}-${role}`, `policy/${prefix}-${role}-*`]),
    "oidc-provider/*",
  ].map((name) => arnIn(place.region, `iam::ACCOUNT:${name}`, place));
  return [
    ...deny("NotItsStack", changing("cloudformation"), stackOf(place)),
    ...deny("NotItself", changing("iam"), identities),
  ];
}

/**
 * Who may write a role that he can also hand to a task may do whatever he writes into it: without a boundary that all roles
 * are under, roles are made and changed by people alone.
 */
function notRoles(boundary: string | undefined): readonly Statement[] {
  return boundary === undefined ? deny("NotRoles", widening(), ["*"]) : [];
}

function stackOf(place: PolicyScope): readonly string[] {
  return arnsIn([place.region], `cloudformation:HERE:stack/${ciStackName(place)}/*`, place);
}
