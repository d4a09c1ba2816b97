import { PRESET_NAMES, PRESETS, type PresetName } from "../config/presets.ts";
import { REGION_CODES, REGION_NAMES } from "../config/regions.ts";
import type { Environment } from "../config/schema.ts";
import type { ConfigTree } from "../config/values.ts";
import { AstroError } from "../errors.ts";
import { monthly } from "../view/format.ts";
import { cut, padEnd, padStart } from "../view/text.ts";
import type { Ask } from "./ask.ts";
import { change } from "./change.ts";
import { ANSWER, type Decision, type Draft, type Source } from "./draft.ts";
import type { PriceOf } from "./price.ts";
import {
  existingDraft,
  givenSource,
  nameOfGiven,
  newDraft,
  presetFlag,
  presetFor,
  type Request,
  regionOf,
} from "./request.ts";
import { type ChosenEnvironment, environmentOf, objection } from "./validate.ts";

/** What was chosen: a new environment from a preset, or new values for one that exists. */
export type Choices = ChosenEnvironment & {
  /** Project and environment, and where each came from. */
  readonly named: readonly Named[];
  readonly environment: Environment;
  /** The preset a new environment started from. */
  readonly preset?: PresetName;
  /** An existing environment as it was written. */
  readonly before?: ConfigTree;
  /** What a new astro.yaml says of what is built and deployed. */
  readonly app?: Request["app"];
};

/** The name of the project or of the environment, and who gave it. */
type Named = { readonly path: "name" | "environment"; readonly value: string; readonly source: Source };

/**
 * Every value of the environment: from its flag, else from the user if `ask` is given, else the preset's. Throws
 * AstroError("usage") for a wrong flag before anything is asked, and for a missing one where there is no terminal to ask on.
 */
export async function choose(request: Request, priceOf: PriceOf, ask?: Ask): Promise<Choices> {
  rejectWrong(request);
  if (!ask) rejectMissing(request);
  const named = await nameFor(request, ask);
  const chosen = await envFor(request, named.value, ask);
  const [name, env] = [named.value, chosen.value];
  const target = { name, env, ...besides(request) };
  const start = await startFor(request, target, priceOf, ask);
  const draft = ask ? await change({ ...target, draft: start.draft }, priceOf, ask) : start.draft;
  const { project, app } = request;
  const made = environmentOf({ ...target, draft });
  return { ...start, name, env, named: [named, chosen], draft, environment: made, ...(app && !project && { app }) };
}

/** Refuses wrong flags before anything is asked, by validating them with the likely answers. */
function rejectWrong(request: Request): void {
  const { flags, project, suggested } = request;
  if (project && flags.name !== undefined && flags.name !== project.name) {
    throw new AstroError(
      "usage",
      `${nameOfGiven(request, "name")} is ${JSON.stringify(flags.name)}: the project in ${project.file} is called ${project.name}`,
      "omit it, or choose another folder",
    );
  }
  const env = flags.env ?? "dev";
  const preset = presetFlag(request) ?? presetFor(env);
  const exists = flags.env !== undefined && project?.environments[env] !== undefined;
  const draft = exists ? existingDraft(request, project, env) : newDraft(request, preset, regionOf(request));
  environmentOf({ name: flags.name ?? project?.name ?? suggested.name, env, draft, ...besides(request) });
}

function besides({ project, elsewhere }: Request): Pick<ChosenEnvironment, "beside" | "elsewhere"> {
  return { ...(project && { beside: project.environments }), ...(elsewhere && { elsewhere }) };
}

/** Refuses to go on where an answer is missing and there is no terminal to ask on. */
function rejectMissing({ flags, project }: Request): void {
  const names = Object.keys(project?.environments ?? {});
  const env = flags.env ?? (names.length === 1 ? names[0] : undefined);
  const isNew = !flags.yes && !(env !== undefined && names.includes(env));
  const wanted = {
    name: !flags.yes && !project,
    env: env === undefined && (!flags.yes || names.length > 1),
    preset: isNew,
    region: isNew,
    yes: true,
  };
  const missing = Object.entries(wanted).flatMap(([flag, needed]) => (needed && !flags[flag] ? [`--${flag}`] : []));
  if (missing.length === 0) return;
  throw new AstroError(
    "usage",
    `${missing.join(", ")} ${missing.length > 1 ? "are" : "is"} missing, and there is no terminal to ask on`,
    flags.yes ? `environments: ${names.join(", ")}` : "give the flags; --yes takes defaults for what is not given",
  );
}

async function nameFor(request: Request, ask?: Ask): Promise<Named> {
  const { flags, project, suggested } = request;
  const path = "name";
  if (project) return { path, value: project.name, source: { by: "file", words: "astro.yaml" } };
  if (flags.name !== undefined) return { path, value: flags.name, source: givenSource(request, "name") };
  const { nameFrom } = suggested;
  if (!ask) return { path, value: suggested.name, source: { by: "default", words: nameFrom ?? "folder name" } };
  const refuse = (name: string) => objection({ name, env: "dev", draft: EMPTY }, "name");
  const message = nameFrom === undefined ? "Project name" : `Project name, ${nameFrom}`;
  return { path, value: await ask.text({ message, initial: suggested.name, refuse }), source: ANSWER };
}

async function envFor(request: Request, name: string, ask?: Ask): Promise<Named> {
  const { flags, project } = request;
  const path = "environment";
  if (flags.env !== undefined) return { path, value: flags.env, source: givenSource(request, "env") };
  const names = Object.keys(project?.environments ?? {});
  if (!ask)
    return { path, value: names[0] ?? "dev", source: { by: "default", words: names[0] ? "the only one" : "default" } };
  const free = ["dev", "prod"].find((env) => !names.includes(env));
  const message =
    names.length === 0 ? "Environment name" : `Environment name, new or one to change: ${names.join(", ")}`;
  const refuse = (env: string) => objection({ name, env, draft: EMPTY }, "env");
  return { path, value: await ask.text({ message, ...(free ? { initial: free } : {}), refuse }), source: ANSWER };
}

/** The values to start from: those in astro.yaml, or a preset's in a region. */
async function startFor(
  request: Request,
  target: Omit<ChosenEnvironment, "draft">,
  priceOf: PriceOf,
  ask?: Ask,
): Promise<Pick<Choices, "draft" | "preset" | "before">> {
  const before = request.project?.environments[target.env];
  if (request.project && before) return { draft: existingDraft(request, request.project, target.env), before };
  const region = ask && request.flags.region === undefined ? await regionFrom(ask, request) : regionOf(request);
  const suits = presetFor(target.env);
  const start = (preset: PresetName) => ({ draft: newDraft(request, preset, region), preset });
  const given = presetFlag(request) ?? (ask ? undefined : suits);
  if (given || !ask) return start(given ?? suits);
  const choices = [];
  for (const preset of PRESET_NAMES) {
    const price = await priceOf(environmentOf({ ...target, ...start(preset) }));
    const words = cut(PRESETS[preset].summary, ask.width - 22, "...");
    const name = `${padEnd(preset, 7)}${padEnd(words, ask.width - 22)}${padStart(monthly(price.monthlyTotal), 14)}`;
    choices.push({ value: preset, name, short: preset });
  }
  return start(await ask.choose({ message: "Start from", choices, initial: suits }));
}

async function regionFrom(ask: Ask, { suggested }: Request): Promise<Decision> {
  const choices = REGION_CODES.map((code) => ({
    value: code,
    name: `${padEnd(code, 16)}${REGION_NAMES[code]}`,
    short: code,
  }));
  const initial = REGION_CODES.find((code) => code === suggested.region.region);
  const value = await ask.choose({ message: "Region", choices, ...(initial ? { initial } : {}) });
  return { path: "region", value, source: ANSWER };
}

/** The smallest legal environment, to validate a name with. */
const EMPTY: Draft = { values: { region: "us-east-1" }, sources: {} };
