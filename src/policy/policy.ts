import { bootstrapStack, LOCK_TABLE } from "../plan/bootstrap.ts";
import type { Stack } from "../synth/assembly.ts";
import { CALLS } from "./calls.ts";
import { HANDLERS, LOOSE } from "./permissions.ts";
import { passRole, serviceLinkedRoles } from "./roles.ts";
import { documentsOf, type PolicyDocument, type Statement } from "./statement.ts";
import { arnsOf, GLOBAL_REGION, type Place, whereIs } from "./where.ts";

/** What whoever provisions, looks at and destroys one environment has to be allowed. */
export type OperatorPolicy = {
  readonly documents: readonly PolicyDocument[];
  /** Types of the templates of which it is not known what they take: their owner has to add it. */
  readonly uncovered: readonly string[];
};

type Templated = Pick<Stack, "name" | "region" | "template">;

/** Names and numbers of things, and how they stand; S3's lists are what is in a bucket. */
const LOOKING = /^(?!s3:)[\w-]+:(Describe|List)/;

/** The settings of a bucket are two dozen, which all are asked for where one is made. */
const SETTINGS = /^(s3:(?:Get|Put))(?:(Bucket)\w+|\w+(Configuration))$/;

/** What takes away or changes what has no name of its own: only with the environment's tags. */
const TAGGED: { readonly [service: string]: { readonly actions: RegExp; readonly where: string } } = {
  acm: { actions: /:DeleteCertificate$/, where: "acm:REGION:ACCOUNT:certificate/*" },
  cloudfront: { actions: /:(Delete|Update)Distribution$/, where: "cloudfront::ACCOUNT:distribution/*" },
  ec2: {
    actions: /:(ReleaseAddress|Delete(?!NetworkInterface|Tags)\w+)$/,
    where: "ec2:REGION:ACCOUNT:*",
  },
  elasticloadbalancing: {
    actions: /:(Delete|Deregister|Modify|Register)Target\w+$/,
    where: "elasticloadbalancing:REGION:ACCOUNT:targetgroup/*/*",
  },
  // A key has its tags from the moment it is made; an alias never has any.
  kms: { actions: /:(?!(Untag|Tag)Resource|\w+Alias$)\w+$/, where: "kms:REGION:ACCOUNT:key/*" },
};

/** Types that only CloudFormation itself knows. */
const NOTHING = /^AWS::(CDK::Metadata|CloudFormation::WaitCondition(Handle)?)$/;

/** The policy for what astro calls and for what CloudFormation then calls in the caller's name, from the templates. */
export function operatorPolicy(given: Omit<Place, "regions">, stacks: readonly Templated[]): OperatorPolicy {
  const regions = [...new Set([given.region, ...stacks.map((stack) => stack.region)])].sort();
  const all = [...stacks, ...regions.map(bootstrapStack)];
  const types = [...new Set(all.flatMap(typesOf))];
  const called = (on: string) =>
    Object.values(CALLS).flatMap((call) => (call.on === on && call.actions !== "" ? call.actions.split(" ") : []));
  const actions = new Set([...types.flatMap(actionsOf), ...called("own")]);
  const isAnywhere = (action: string) => LOOSE.has(action) || LOOKING.test(action);
  const held = [...actions].filter((action) => !isAnywhere(action));
  const isTagged = (action: string) => TAGGED[serviceOf(action)]?.actions.test(action) ?? false;
  /** The environment's place, but for regions that have nothing of the service. */
  const placeOf = (service: string): Place => {
    const using = all.filter((stack) =>
      typesOf(stack)
        .flatMap(actionsOf)
        .some((action) => serviceOf(action) === service),
    );
    const there = [...new Set(using.map((stack) => stack.region))].sort();
    return { ...given, regions: there.length === 0 || service === "cloudformation" ? regions : there };
  };
  return {
    documents: documentsOf([
      look([...called("anywhere"), ...[...actions].filter(isAnywhere)], [...new Set([...regions, GLOBAL_REGION])]),
      ...byService(called("state")).map(([service, list]) => state(service, list, placeOf(service))),
      ...byService(held.filter((action) => !isTagged(action))).map(([service, list]) =>
        allow(
          nameOf(service),
          [...new Set(list.map((action) => action.replace(SETTINGS, settings)))],
          service === "route53" ? zonesOf(stacks, placeOf(service)) : whereIs(service, placeOf(service)),
        ),
      ),
      ...byService(held.filter(isTagged)).map(([service, list]) => tagged(service, list, placeOf(service))),
      ...passRole(stacks, placeOf("iam")),
      ...serviceLinkedRoles(types, placeOf("iam")),
    ]),
    uncovered: types.filter((type) => HANDLERS[type] === undefined && !NOTHING.test(type)).sort(),
  };
}

/** Looking at whatever there is, and what IAM holds to no resource, in the environment's regions; none of it is secret. */
function look(actions: readonly string[], regions: readonly string[]): Statement {
  return { ...allow("Look", byVerb(actions), ["*"]), Condition: { StringEquals: { "aws:RequestedRegion": regions } } };
}

function settings(_: string, verb: string, bucket: string | undefined): string {
  return bucket === undefined ? `${verb}*Configuration` : `${verb}Bucket*`;
}

/** What astro writes down: in its own bucket the environment's part, in its table of locks the environment's item. */
function state(service: string, actions: readonly string[], place: Place): Statement {
  const { project, environment } = place;
  if (service === "dynamodb") {
    const table = allow("Lock", actions, arnsOf(`dynamodb:REGION:ACCOUNT:table/${LOCK_TABLE}`, place));
    return {
      ...table,
      Condition: { "ForAllValues:StringEquals": { "dynamodb:LeadingKeys": `${project}/${environment}` } },
    };
  }
  const folders = [`environments/${project}/${environment}/*`, `templates/${project}-${environment}-*`, "assets/*"];
  return allow(
    "State",
    actions,
    folders.flatMap((folder) => arnsOf(`s3:::BOOTSTRAP/${folder}`, place)),
  );
}

function tagged(service: string, actions: readonly string[], place: Place): Statement {
  const tags = { "aws:ResourceTag/Project": place.project, "aws:ResourceTag/Environment": place.environment };
  const where = arnsOf(TAGGED[service]?.where ?? "", place);
  return { ...allow(`${nameOf(service)}Tagged`, actions, where), Condition: { StringEquals: tags } };
}

/** Hosted zones the templates write to: those they name, or any where one is only made. */
function zonesOf(stacks: readonly Templated[], place: Place): readonly string[] {
  const named = stacks
    .flatMap(({ template }) => Object.values(template.Resources))
    .filter(({ Type }) => Type === "AWS::Route53::RecordSet" || Type === "AWS::Route53::HostedZone")
    .map(({ Properties }) => Properties?.HostedZoneId);
  const ids = named.every((id) => typeof id === "string") ? [...new Set(named)] : ["*"];
  return [...ids.map((id) => `route53:::hostedzone/${String(id)}`), "route53:::change/*"].flatMap((pattern) =>
    arnsOf(pattern, place),
  );
}

/** Each service with its actions, in the order of their names. */
function byService(actions: readonly string[]): readonly (readonly [service: string, actions: readonly string[]])[] {
  return [...new Set(actions.map(serviceOf))]
    .sort()
    .map((service) => [service, [...new Set(actions.filter((action) => serviceOf(action) === service))].sort()]);
}

function typesOf({ template }: Pick<Stack, "template">): readonly string[] {
  return Object.values(template.Resources).map(({ Type }) => Type);
}

function actionsOf(type: string): readonly string[] {
  return HANDLERS[type]?.split(" ") ?? [];
}

/** `Describe*` and `List*` of a service where it is asked for more than one of them. */
function byVerb(actions: readonly string[]): readonly string[] {
  const verbs = actions.map((action) => (LOOKING.test(action) ? action.replace(/:(Describe|List).*/, ":$1*") : action));
  const short = verbs.map((verb, index) => (verbs.indexOf(verb) === verbs.lastIndexOf(verb) ? actions[index] : verb));
  return [...new Set(short.flatMap((action) => action ?? []))].sort();
}

function allow(Sid: string, Action: readonly string[], Resource: readonly string[]): Statement {
  return { Sid, Effect: "Allow", Action, Resource };
}

function serviceOf(action: string): string {
  return action.slice(0, action.indexOf(":"));
}

/** A statement's id takes letters and digits only. */
function nameOf(service: string): string {
  return service.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
}
