import { basename, relative, resolve } from "node:path";
import { dayOf } from "../clock.ts";
import { REGION_CODES } from "../config/regions.ts";
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
import { synthesise } from "../synth/synthesise.ts";
import { during } from "../view/spinner.ts";
import { readTemplate, withNested } from "./nested.ts";
import { type ParameterFlags, withParameters } from "./parameters.ts";
import { regionHere } from "./region.ts";

export type CostFlags = ParameterFlags & {
  readonly dir?: string | undefined;
  readonly env?: string | undefined;
  readonly template?: string | undefined;
  readonly region?: string | undefined;
  readonly usage?: string | undefined;
};

/** `astro cost`: what environments of astro.yaml, or one template of anybody's, cost a month. */
export async function cost(context: Context, flags: CostFlags): Promise<CostReport> {
  const inputs =
    flags.template === undefined
      ? await environments(context, flags)
      : [await template(context, flags, flags.template)];
  const regions = inputs.flatMap(({ region, stacks }) => [region, ...stacks.map((stack) => stack.region)]);
  return costReport(inputs, await loadPricesFor(regions));
}

/** The environment asked for, or every one. */
async function environments(context: Context, flags: CostFlags): Promise<readonly CostInput[]> {
  const project = await openProject(context, flags.dir);
  const names = flags.env === undefined ? Object.keys(project.config.environments) : [flags.env];
  const usage = await usageOf(context, flags.usage, TYPICAL_USAGE);
  const today = dayOf(context.clock);
  const chosen = names.map((name) => selectEnvironment(project, name));
  return during(context.stderr, "synthesising", () =>
    Promise.all(
      chosen.map(async ({ name, environment: { region } }) => {
        const { stacks } = await synthesise(context, project.directory, region, name);
        return { name, region, stacks: withInner(withParameters(context, flags, stacks)), usage, today };
      }),
    ),
  );
}

/** Each stack with those nested in it. */
const withInner = (stacks: readonly Stack[]) => stacks.flatMap((stack) => [stack, ...(stack.nested ?? [])]);

async function template(context: Context, flags: CostFlags, file: string): Promise<CostInput> {
  const region = flags.region ?? (await regionHere(context))?.region ?? "";
  if (!REGION_CODES.some((code) => code === region)) {
    const words = region === "" ? "--region is missing" : `--region ${region}: not a region astro knows`;
    throw new AstroError("usage", words, "name the region to price it in, --region eu-west-1 for one");
  }
  const path = resolve(context.cwd, file);
  const name = basename(file).replace(/(\.template)?\.(json|ya?ml)$/, "");
  const alone = { name, region, template: readTemplate(path, relative(context.cwd, path)) };
  const stacks = withParameters(context, flags, [alone]).flatMap((stack) => withNested(stack, path));
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
