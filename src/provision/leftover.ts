import { type Plan, type Step, stackFor } from "../plan/plan.ts";
import { evaluateProperties, type TemplateScope } from "../template/evaluate.ts";
import type { NamedTemplate } from "../template/linked.ts";
import type { Template } from "../template/types.ts";
import type { Clearable } from "./cloud.ts";
import { commandFor } from "./commands.ts";
import type { Diagnosis } from "./diagnosis.ts";
import type { FailedStack } from "./event.ts";

/** What is to be deleted: its name, and where and when. */
type Doomed = { readonly name: string; readonly region: string; readonly now: Date };

/** How something that has a name is called, what is lost with it, and what deletes it: astro itself without a command. */
type Removal = {
  readonly name: string;
  readonly lost: string;
  readonly command?: (doomed: Doomed) => string;
};

const cli =
  (words: string) =>
  ({ name, region }: Doomed) =>
    `aws ${words} ${name} --region ${region}`;

/** Types with names of their own that can outlive their stacks (Template Reference, each type's name property). */
const REMOVALS: { readonly [type: string]: Removal } = {
  "AWS::Logs::LogGroup": {
    name: "LogGroupName",
    lost: "its log lines are lost",
  },
  "AWS::S3::Bucket": {
    name: "BucketName",
    lost: "its objects are lost, old versions too",
  },
  "AWS::ECR::Repository": {
    name: "RepositoryName",
    command: cli("ecr delete-repository --force --repository-name"),
    lost: "its images are lost",
  },
  "AWS::DynamoDB::Table": {
    name: "TableName",
    command: cli("dynamodb delete-table --table-name"),
    lost: "its items are lost",
  },
  "AWS::SecretsManager::Secret": {
    name: "Name",
    lost: "its value is lost",
  },
  "AWS::IAM::Role": {
    name: "RoleName",
    command: ({ name }) => `aws iam delete-role --role-name ${name}`,
    lost: "who acts by it cannot any more",
  },
  "AWS::RDS::DBInstance": {
    name: "DBInstanceIdentifier",
    command: ({ name, region, now }) =>
      `aws rds delete-db-instance --db-instance-identifier ${name} --final-db-snapshot-identifier ${name}-left-${stamp(now)} --region ${region}`,
    lost: "a snapshot of it stays",
  },
};

/** Digits to the minute: a name that the snapshot of an earlier deletion does not have. */
function stamp(now: Date): string {
  return now.toISOString().replaceAll(/\D/g, "").slice(0, 12);
}

/** How a leftover of a type is called and removed; `undefined` for types that leave none. */
export function removalOf(type: string): Removal | undefined {
  return Object.hasOwn(REMOVALS, type) ? REMOVALS[type] : undefined;
}

const CLEARABLE: readonly Clearable[] = ["AWS::Logs::LogGroup", "AWS::S3::Bucket", "AWS::SecretsManager::Secret"];

/** True for a type of which astro deletes a leftover itself where a flag names it. */
export function isClearable(type: string): type is Clearable {
  return CLEARABLE.some((one) => one === type);
}

/** What is lost with a leftover, in words. */
export function whatGoes(type: Clearable): string {
  return REMOVALS[type]?.lost ?? "";
}

/** The name that a stack gives a resource, if it is one of its own and the template tells. */
export function givenName(logicalId: string, scope: TemplateScope): string | undefined {
  const resource = scope.template.Resources[logicalId];
  const removal = resource && removalOf(resource.Type);
  const name = removal && evaluateProperties(resource, scope)[removal.name];
  return typeof name === "string" ? name : undefined;
}

/** AWS's words for a name that is taken, and for a secret that waits out its recovery window. */
const TAKEN = /already exists|BucketAlready|scheduled for deletion/i;

/** Where a step failed, and the template that it deploys, if any. */
export type FailedPlace = Pick<Step, "stack" | "region"> & { readonly template?: Template };

/** Where in a plan a stack failed; `stacks` are what the plan was made from. */
export function failedPlace(
  { steps }: Pick<Plan, "steps">,
  stacks: readonly NamedTemplate[],
  { stack, phase }: Pick<FailedStack, "stack" | "phase">,
): FailedPlace | undefined {
  const step = steps.find((one) => one.stack === stack && one.phase === phase);
  const template = step && stackFor(stacks, step)?.template;
  return step && { stack, region: step.region, ...(template && { template }) };
}

/**
 * What to do about a name that something has already: look whose it is, take it over, delete it where nobody needs it, or
 * take another name. `again` is the command that goes on from here. `undefined` for any other failure.
 */
export function leftover(
  { reason, resource, resourceType }: FailedStack,
  again: string,
  place: FailedPlace | undefined,
  account: string | undefined,
): Diagnosis | undefined {
  const removal = removalOf(resourceType ?? "");
  if (removal === undefined || resource === undefined || !TAKEN.test(reason)) return undefined;
  const template = place?.template;
  const given =
    place && template && givenName(resource, { ...place, template, ...(account !== undefined && { account }) });
  const said =
    /identifier '([^'{]+)'/.exec(reason)?.[1] ??
    /"\/properties\/\w+":"([^"]+)"/.exec(reason)?.[1] ??
    /([a-z0-9][a-z0-9.-]{2,62}) already exists/.exec(reason)?.[1];
  const name = said ?? given;
  if (name === undefined) return undefined;
  const waits = /scheduled for deletion/i.test(reason);
  // What is taken over automatically must be meant to stay (CloudFormation User Guide, "Import AWS resources automatically").
  const policy = String(template?.Resources[resource]?.DeletionPolicy ?? "");
  const adopts = !waits && given !== undefined && policy.startsWith("Retain");
  const clears = isClearable(resourceType ?? "") && given !== undefined;
  const ways = [
    ...(waits ? [] : [`look whose it is:  ${commandFor("doctor", again)}`]),
    ...(adopts ? [`take it over as it is:  ${again} --adopt ${resource}`] : []),
    ...(clears ? [`if nobody needs it, delete it (${removal.lost}):  ${again} --delete-leftover ${resource}`] : []),
    `or give ${resource} another name in the app`,
  ];
  return {
    cause: waits
      ? `${name} was deleted lately and waits out its recovery window; until then its name is taken`
      : said === undefined
        ? `${name} is there already, and may be at work for somebody`
        : "something has that name already, and may be at work for somebody",
    advice: ways.join("\n"),
  };
}
