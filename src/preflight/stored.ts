import { type CommandLine, command } from "../command-line.ts";
import { type StoredValues, storedKey } from "../plan/stored-values.ts";
import type { Stack } from "../synth/assembly.ts";
import { isObject } from "../template/json.ts";
import { storedNames, storedReads, storedWrites } from "../template/stored.ts";
import type { Json, Template } from "../template/types.ts";
import type { CheckVerdict } from "./finding.ts";

/** Where `cdk bootstrap` keeps its version (AWS CDK Developer Guide, "Bootstrap your environment"). */
const BOOTSTRAP = /^\/cdk-bootstrap\/([^/]+)\/version$/;

/** The word in a bootstrap's names unless it is given another ("Customize CDK bootstrapping"). */
const QUALIFIER = "hnb659fds";

/** Public parameters are AWS's own (Systems Manager User Guide, "Discovering public parameters"). */
const PUBLIC = /^\/aws\/service\//;

type Need = { readonly region: string; readonly path: string; readonly by: string; readonly least: number };

/** The command that makes or renews a CDK bootstrap of this qualifier. */
export function bootstrapCommand(account: string, region: string, qualifier = QUALIFIER): CommandLine {
  const other =
    qualifier === QUALIFIER ? [] : command`--qualifier ${qualifier} --toolkit-stack-name CDKToolkit-${qualifier}`;
  return command`npx cdk bootstrap aws://${account}/${region} ${other}`;
}

/** The CDK bootstraps that a stack counts on, by its app's word or by its template's: where each keeps its version. */
export function bootstrapsOf({ template, wants }: Pick<Stack, "template" | "wants">): readonly Bootstrap[] {
  const { bootstrap } = wants ?? {};
  const read = storedNames(template).filter((path) => BOOTSTRAP.test(path) && path !== bootstrap?.parameter);
  return [
    ...(bootstrap ? [bootstrap] : []),
    ...read.map((parameter) => ({ parameter, version: leastBy(template, parameter) })),
  ];
}

type Bootstrap = NonNullable<NonNullable<Stack["wants"]>["bootstrap"]>;

/**
 * What the stacks need of Parameter Store and none of `all` writes: each that is missing, and a CDK bootstrap that is
 * too old, is a problem. Nothing where they need nothing.
 */
export function storedVerdicts(
  stacks: readonly Stack[],
  all: readonly Stack[],
  values: StoredValues,
  account: string,
): readonly CheckVerdict[] {
  const needs = all.length === 0 ? [] : needsOf(stacks).filter((need) => !isWritten(need, all));
  if (needs.length === 0) return [];
  const problems = needs.flatMap((need) => problemWith(need, values.get(storedKey(need.region, need.path)), account));
  const there = needs.length - problems.length;
  const words = `${there} of ${needs.length} values that the stacks read are in Parameter Store`;
  return [...(there > 0 ? [{ outcome: "ok", words } as const] : []), ...problems];
}

/** Each value once, with the first stack that needs it and the most that any asks of it. */
function needsOf(stacks: readonly Stack[]): readonly Need[] {
  const needs = new Map<string, Need>();
  for (const { name, region, template, wants } of stacks) {
    const { bootstrap } = wants ?? {};
    for (const path of new Set([...storedNames(template), ...(bootstrap ? [bootstrap.parameter] : [])])) {
      const known = needs.get(storedKey(region, path));
      const asked = bootstrap?.parameter === path ? bootstrap.version : leastBy(template, path);
      needs.set(storedKey(region, path), {
        region,
        path,
        by: known?.by ?? name,
        least: Math.max(known?.least ?? 0, asked),
      });
    }
  }
  return [...needs.values()];
}

function isWritten({ region, path }: Need, all: readonly Stack[]): boolean {
  return all.some((one) => one.region === region && storedWrites(one.template).some(({ name }) => name === path));
}

/** The least version that a template's own rule lets pass: it names those that are too old (AWS CDK, "CheckBootstrapVersion"). */
function leastBy(template: Template, path: string): number {
  const names = storedReads(template).flatMap((read) => (read.path === path ? [read.parameter] : []));
  const { Rules = {} } = template as { readonly Rules?: Json };
  const refused = containedIn(Rules).flatMap(([list, value]) =>
    Array.isArray(list) && isObject(value) && names.includes(String(value.Ref)) ? list.map(Number) : [],
  );
  return Math.max(0, ...refused.filter(Number.isInteger)) + (refused.length > 0 ? 1 : 0);
}

/** The arguments of every `Fn::Contains`. */
function containedIn(value: Json): readonly (readonly Json[])[] {
  if (Array.isArray(value)) return value.flatMap((item: Json) => containedIn(item));
  if (!isObject(value)) return [];
  const own = value["Fn::Contains"];
  return [...(Array.isArray(own) ? [own as readonly Json[]] : []), ...Object.values(value).flatMap(containedIn)];
}

function problemWith(need: Need, found: string | undefined, account: string): readonly CheckVerdict[] {
  const { region, path, by, least } = need;
  const [, qualifier] = BOOTSTRAP.exec(path) ?? [];
  if (qualifier !== undefined) {
    if (found !== undefined && !(Number(found) < least)) return [];
    const words =
      found === undefined
        ? `${by} needs the CDK's bootstrap in ${region}, and it is not there (${path})`
        : `${by} needs version ${least} of the CDK's bootstrap in ${region}, and ${found} is there (${path})`;
    const text = found === undefined ? "make it" : "renew it";
    const fix = { hints: [{ text, command: bootstrapCommand(account, region, qualifier) }] };
    return [{ outcome: "problem", words, fix }];
  }
  if (found !== undefined) return [];
  const words = `${by} reads ${path} from Parameter Store, and ${region} has nothing of that name`;
  const hints = PUBLIC.test(path)
    ? [{ text: "it would be AWS's own: correct the name in the app, or choose a region that has it" }]
    : [
        {
          text: "write it",
          command: command`aws ssm put-parameter --name ${path} --type String --value VALUE --region ${region}`,
        },
        { text: "or name another in the app" },
      ];
  return [{ outcome: "problem", words, fix: { hints } }];
}
