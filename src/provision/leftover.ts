import { type CommandLine, command } from "../command-line.ts";
import { evaluateProperties, type TemplateScope } from "../template/evaluate.ts";
import type { Clearable } from "./cloud.ts";
import type { Diagnosis, Facts } from "./diagnosis/code.ts";
import { withFlags } from "./diagnosis/flagged.ts";

/** What is to be deleted: its name, and where and when. */
type LeftoverPlace = { readonly name: string; readonly region: string; readonly now: Date };

/** How something that has a name is called, what is lost with it, and what deletes it: astro itself without a command. */
type Removal = {
  readonly name: string;
  readonly lost: string;
  readonly command?: (place: LeftoverPlace) => CommandLine;
};

const cli =
  (words: string) =>
  ({ name, region }: LeftoverPlace) =>
    command`aws ${words.split(" ")} ${name} --region ${region}`;

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
    command: ({ name }) => command`aws iam delete-role --role-name ${name}`,
    lost: "what assumes it no longer can",
  },
  "AWS::RDS::DBInstance": {
    name: "DBInstanceIdentifier",
    command: ({ name, region, now }) =>
      command`aws rds delete-db-instance --db-instance-identifier ${name} --final-db-snapshot-identifier ${name}-left-${stamp(now)} --region ${region}`,
    lost: "a final snapshot is kept",
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

/**
 * What to do about a name that something has already: look whose it is, take it over, delete it where nobody needs it, or
 * take another name. `undefined` for types that leave nothing behind, and where nobody knows the name.
 */
export function leftover({
  reason,
  resource,
  resourceType,
  again,
  step,
  template,
  site,
}: Facts): Diagnosis | undefined {
  if (resourceType === "AWS::IAM::OIDCProvider") {
    return {
      cause: "the account has a provider of these tokens already, as it can have one only",
      hints: [
        { text: "go by that one, then provision again", command: command`astro ci github --env ${site.environment}` },
      ],
    };
  }
  const removal = removalOf(resourceType ?? "");
  if (removal === undefined || resource === undefined) return undefined;
  const { stack, region } = step ?? {};
  const given =
    template && stack !== undefined && region !== undefined
      ? givenName(resource, { template, stack, region, account: site.account })
      : undefined;
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
  return {
    cause: waits
      ? `${name} was deleted recently and is in its recovery window; until that ends its name is taken`
      : said === undefined
        ? `${name} already exists, and may be in use`
        : "something of that name already exists, and may be in use",
    hints: [
      ...(waits ? [] : [{ text: "look whose it is", command: command`astro doctor` }]),
      ...(adopts ? [{ text: "take it over as it is", command: withFlags(again, ["--adopt", resource]) }] : []),
      ...(clears
        ? [
            {
              text: `if nobody needs it, delete it (${removal.lost})`,
              command: withFlags(again, ["--delete-leftover", resource]),
            },
          ]
        : []),
      { text: `or give ${resource} another name in the app` },
    ],
  };
}
