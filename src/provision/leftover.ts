import type { Step } from "../plan/plan.ts";
import type { Resource } from "../template/types.ts";
import type { Clearable } from "./cloud.ts";
import type { Diagnosis } from "./diagnosis.ts";
import type { FailedStack } from "./event.ts";

/** How something left over from earlier is called and removed, and what is lost with it. */
type Removal = {
  readonly name: string;
  readonly command: (name: string, region: string) => string;
  readonly lost: string;
};

const cli = (words: string) => (name: string, region: string) => `aws ${words} ${name} --region ${region}`;

/** Types with names of their own that outlive their stacks (Template Reference, each type's name property). */
const REMOVALS: { readonly [type: string]: Removal } = {
  "AWS::Logs::LogGroup": {
    name: "LogGroupName",
    command: cli("logs delete-log-group --log-group-name"),
    lost: "its log lines are lost",
  },
  "AWS::S3::Bucket": {
    name: "BucketName",
    command: (name, region) => `aws s3 rb --force s3://${name} --region ${region}`,
    lost: "its objects are lost",
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
    command: cli("secretsmanager delete-secret --force-delete-without-recovery --secret-id"),
    lost: "its value is lost",
  },
  "AWS::IAM::Role": {
    name: "RoleName",
    command: cli("iam delete-role --role-name"),
    lost: "take its policies off first",
  },
  "AWS::RDS::DBInstance": {
    name: "DBInstanceIdentifier",
    command: (name, region) =>
      `aws rds delete-db-instance --db-instance-identifier ${name} --final-db-snapshot-identifier ${name}-left --region ${region}`,
    lost: "a snapshot of it stays",
  },
};

/** How a leftover of a type is called and removed; `undefined` for types that leave none. */
export function removalOf(type: string): Removal | undefined {
  return Object.hasOwn(REMOVALS, type) ? REMOVALS[type] : undefined;
}

const CLEARABLE: readonly Clearable[] = ["AWS::Logs::LogGroup", "AWS::SecretsManager::Secret"];

/** True for a type of which astro deletes a leftover itself where a flag names it. */
export function isClearable(type: string): type is Clearable {
  return CLEARABLE.some((one) => one === type);
}

/** What is lost with a leftover, in words. */
export function whatGoes(type: Clearable): string {
  return REMOVALS[type]?.lost ?? "";
}

/** The name a template gives a resource, if it has one of its own there. */
export function nameIn({ Type, Properties }: Resource): string | undefined {
  const name = Properties?.[REMOVALS[Type]?.name ?? ""];
  return typeof name === "string" ? name : undefined;
}

/** AWS's words for a name that is taken, and for a secret that waits out its recovery window. */
const TAKEN = /already exists|BucketAlready|scheduled for deletion/i;

/**
 * What to do about a name that something left over from earlier has: delete that, take it over, or take another name.
 * `again` is the command that goes on from here. `undefined` for any other failure.
 */
export function leftover(
  { reason, resource, resourceType }: FailedStack,
  again: string,
  step: Step | undefined,
): Diagnosis | undefined {
  const removal = REMOVALS[resourceType ?? ""];
  if (removal === undefined || resource === undefined || !TAKEN.test(reason)) return undefined;
  const wanted = step?.source?.template.Resources[resource];
  const said =
    /identifier '([^'{]+)'/.exec(reason)?.[1] ??
    /"\/properties\/\w+":"([^"]+)"/.exec(reason)?.[1] ??
    /([a-z0-9][a-z0-9.-]{2,62}) already exists/.exec(reason)?.[1];
  const given = wanted && nameIn(wanted);
  const name = said ?? given;
  if (name === undefined) return undefined;
  const waits = /scheduled for deletion/i.test(reason);
  const clears = isClearable(resourceType ?? "") && given !== undefined;
  const command = clears ? `${again} --delete-leftover ${resource}` : removal.command(name, step?.region ?? "REGION");
  // What is taken over automatically must be meant to stay (CloudFormation User Guide, "Import AWS resources automatically").
  const adopts = !waits && given !== undefined && /^Retain/.test(String(wanted?.DeletionPolicy ?? ""));
  const ways = [
    ...(adopts ? [`take it over as it is:  ${again} --adopt ${resource}`] : []),
    `if nobody needs it, delete it (${removal.lost}):  ${command}`,
    `or give ${resource} another name in the app`,
  ];
  return {
    cause: waits
      ? `${name} was deleted lately and waits out its recovery window; until then its name is taken`
      : `${name} is there already, left from earlier or somebody else's: astro doctor says whose it is`,
    advice: ways.join("\n"),
  };
}
