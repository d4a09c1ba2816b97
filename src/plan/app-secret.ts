import { conditionHolds, type TemplateScope } from "../template/evaluate.ts";
import { isObject } from "../template/json.ts";
import type { Json, JsonObject, Template } from "../template/types.ts";
import type { Site } from "./provision-plan.ts";

/** Most bytes of a secret's value (AWS Secrets Manager User Guide, "Secrets Manager quotas"). */
export const SECRET_LIMIT = 65_536;

/** Where a stack finds the ARN of the environment's own secret in Parameter Store. */
const STORED = /\/secrets\/AppSecretArn$/;

/** The key at the end of what ECS reads (Amazon ECS Developer Guide, "Pass Secrets Manager secrets": ARN:KEY:STAGE:VERSION). */
const KEY = /^:([^:]+)::$/;

/** The secret that keeps the values of an environment's own variables, a key each, as the app's templates call it. */
export function appSecretName({ project, environment }: Pick<Site, "project" | "environment">): string {
  return `${project}/${environment}/app`;
}

/** The keys of the environment's own secret that a stack's tasks are given, with these values of its parameters. */
export function appSecretKeys(stack: TemplateScope): readonly string[] {
  const definitions = Object.values(stack.template.Resources).filter(({ Type }) => Type === "AWS::ECS::TaskDefinition");
  const containers = definitions.flatMap(({ Properties }) => listed(Properties?.ContainerDefinitions));
  const keys = containers.flatMap(({ Secrets }) =>
    listed(Secrets, stack).flatMap(({ ValueFrom }) => keyIn(stack.template, ValueFrom) ?? []),
  );
  return [...new Set(keys)];
}

/** The structures of a list; of those that hang on a condition, those for which it holds. */
function listed(list: Json | undefined, scope?: TemplateScope): readonly JsonObject[] {
  const items = Array.isArray(list) ? (list as readonly Json[]) : [];
  return items.filter(isObject).flatMap((item) => {
    const branches = item["Fn::If"];
    if (scope === undefined || !Array.isArray(branches)) return [item];
    const [condition, yes, no] = branches as readonly Json[];
    const chosen = conditionHolds(String(condition), scope) === true ? yes : no;
    return chosen !== undefined && isObject(chosen) ? [chosen] : [];
  });
}

/** The key of the environment's own secret that a reference is to: its ARN, as its stack has stored it, and the key. */
function keyIn({ Parameters = {} }: Template, reference: Json | undefined): string | undefined {
  const join = reference !== undefined && isObject(reference) ? reference["Fn::Join"] : undefined;
  const [separator, parts] = Array.isArray(join) ? (join as readonly Json[]) : [];
  const [arn, rest] = Array.isArray(parts) ? (parts as readonly Json[]) : [];
  if (separator !== "" || arn === undefined || !isObject(arn) || typeof rest !== "string") return undefined;
  const parameter = typeof arn.Ref === "string" && Object.hasOwn(Parameters, arn.Ref) ? Parameters[arn.Ref] : undefined;
  return STORED.test(String(parameter?.Default)) ? KEY.exec(rest)?.[1] : undefined;
}
