import { basename, relative, resolve } from "node:path";
import { dayOf } from "../clock.ts";
import { isRegion } from "../config/regions.ts";
import type { Context } from "../context.ts";
import { loadPricesFor } from "../cost/catalogue.ts";
import type { CostInput } from "../cost/estimate.ts";
import { type CostReport, costReport } from "../cost/report.ts";
import { NO_USAGE, TYPICAL_USAGE, type Usage } from "../cost/usage.ts";
import { parseUsage } from "../cost/usage-file.ts";
import { AstroError, reasonOf } from "../errors.ts";
import { openProject, selectEnvironment } from "../project.ts";
import { readText } from "../reading/file.ts";
import { MOST_BYTES } from "../reading/limits.ts";
import type { Stack } from "../synth/assembly.ts";
import { readAssembly } from "../synth/read.ts";
import { synthesise } from "../synth/synthesise.ts";
import { during } from "../view/spinner.ts";
import { readTemplateFile, withNestedFiles } from "./nested.ts";
import { type ParameterOptions, withParameters } from "./parameters.ts";
import { regionHere } from "./region.ts";

export type CostOptions = ParameterOptions & {
  readonly dir?: string | undefined;
  readonly env?: string | undefined;
  readonly template?: string | undefined;
  readonly assembly?: string | undefined;
  readonly region?: string | undefined;
  readonly usage?: string | undefined;
};

/** `astro cost`: the monthly cost of environments of astro.yaml, of a template or of an assembly. */
export async function cost(context: Context, flags: CostOptions): Promise<CostReport> {
  const inputs =
    flags.template !== undefined
      ? [await template(context, flags, flags.template)]
      : flags.assembly !== undefined
        ? [await assembled(context, flags, flags.assembly)]
        : await environments(context, flags);
  const regions = inputs.flatMap(({ region, stacks }) => [region, ...stacks.map((stack) => stack.region)]);
  return costReport(inputs, await loadPricesFor(regions));
}

/** The environment asked for, or every one. */
async function environments(context: Context, flags: CostOptions): Promise<readonly CostInput[]> {
  const project = await openProject(context, flags.dir);
  const names = flags.env === undefined ? Object.keys(project.config.environments) : [flags.env];
  const usage = await usageOf(context, flags.usage, TYPICAL_USAGE);
  const today = dayOf(context.clock);
  const chosen = names.map((name) => selectEnvironment(project, name));
  return during(context.stderr, "synthesising", () =>
    Promise.all(
      chosen.map(async ({ name, environment: { region } }) => {
        const { stacks } = await synthesise(context, project, region, name);
        return { name, region, stacks: withInner(withParameters(context, flags, stacks)), usage, today };
      }),
    ),
  );
}

/** Each stack with those nested in it. */
const withInner = (stacks: readonly Stack[]) => stacks.flatMap((stack) => [stack, ...(stack.nested ?? [])]);

/** A finished cloud assembly, each stack where the app says, or else in the region of the flag. */
async function assembled(context: Context, flags: CostOptions, directory: string): Promise<CostInput> {
  const path = resolve(context.cwd, directory);
  const { stacks } = await readAssembly(path, OPEN);
  const isOpen = stacks.some(({ region }) => region === OPEN);
  const region = isOpen ? await regionOf(context, flags) : (stacks[0]?.region ?? OPEN);
  const placed = stacks.map((stack) => (stack.region === OPEN ? { ...stack, region } : stack));
  const strange = placed.find((stack) => !isRegion(stack.region));
  if (strange !== undefined) {
    const words = `${strange.name} is for ${strange.region}: unknown region`;
    throw new AstroError("usage", words, "say another in the app");
  }
  const usage = await usageOf(context, flags.usage, TYPICAL_USAGE);
  const given = withInner(withParameters(context, flags, placed));
  return { name: flags.env ?? basename(path), region, stacks: given, usage, today: dayOf(context.clock) };
}

/** The region of stacks whose app sets none. */
const OPEN = "";

async function regionOf(context: Context, flags: CostOptions): Promise<string> {
  const region = flags.region ?? (await regionHere(context))?.region ?? "";
  if (isRegion(region)) return region;
  const words = region === "" ? "--region is missing" : `--region ${region}: unknown region`;
  throw new AstroError("usage", words, "name the region to price it in, --region eu-west-1 for one");
}

async function template(context: Context, flags: CostOptions, file: string): Promise<CostInput> {
  const region = await regionOf(context, flags);
  const path = resolve(context.cwd, file);
  const name = basename(file).replace(/(\.template)?\.(json|ya?ml)$/, "");
  const tell = (words: string) => context.stderr.write(` Note: ${words}\n`);
  const alone = { name, region, template: readTemplateFile(path, relative(context.cwd, path), tell) };
  const stacks = withParameters(context, flags, [alone]).flatMap((stack) => withNestedFiles(stack, path));
  return { name, region, stacks, usage: await usageOf(context, flags.usage, NO_USAGE), today: dayOf(context.clock) };
}

async function usageOf(context: Context, file: string | undefined, otherwise: Usage): Promise<Usage> {
  if (file === undefined) return otherwise;
  return parseUsage(textOf(resolve(context.cwd, file)), file, otherwise.otherwise);
}

function textOf(path: string): string {
  try {
    return readText(path, MOST_BYTES.usage);
  } catch (error) {
    throw new AstroError("config", `${path} cannot be read: ${reasonOf(error)}`, "check the path", error);
  }
}
