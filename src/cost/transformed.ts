import type { Json, Template } from "../template/types.ts";
import type { Unpriced } from "./finding.ts";
import type { PricedStack } from "./surroundings.ts";

/** AWS's own transforms that leave the resources they are about to others: what they make is read here. */
const HARMLESS: ReadonlySet<string> = new Set([
  "AWS::LanguageExtensions",
  "AWS::CodeDeployBlueGreen",
  "AWS::SecretsManager-2020-07-23",
  "AWS::SecretsManager-2024-09-16",
]);

const SAM = "AWS::Serverless-2016-10-31";

/** True for a type of SAM's, which exists until its transform is applied. */
export function isTransformed(type: string): boolean {
  return type.startsWith("AWS::Serverless::");
}

/** What only CloudFormation can turn into resources: SAM's, and what a macro makes of a template. One line a template. */
export function transformed({ name, template }: PricedStack): readonly Unpriced[] {
  const short = Object.entries(template.Resources).filter(([, one]) => isTransformed(String(one?.Type)));
  const names = short.map(([id]) => id);
  const macros = transformsOf(template).filter((one) => one !== SAM && !HARMLESS.has(one));
  const how = "after a deployment, price what aws cloudformation get-template --template-stage Processed prints";
  const about = { type: "", stack: name };
  return [
    ...(names.length > 0
      ? [{ ...about, resource: names.join(", "), reason: `SAM: its transform alone makes resources of it; ${how}` }]
      : []),
    ...macros.map((one) => ({
      ...about,
      resource: one,
      reason: `a macro: what it makes of the template only CloudFormation can say; ${how}`,
    })),
  ];
}

function transformsOf({ Transform }: Template): readonly string[] {
  const all: readonly Json[] = Array.isArray(Transform) ? (Transform as readonly Json[]) : [Transform ?? null];
  return all.flatMap((one) => {
    if (typeof one === "string") return [one];
    return typeof one === "object" && one !== null && "Name" in one ? [String(one.Name)] : [];
  });
}
