import { PRESET_NAMES, PRESETS, type PresetName, presetFor } from "../config/presets.ts";
import { REGION_CODES, REGION_NAMES } from "../config/regions.ts";
import type { Environment } from "../config/schema.ts";
import type { ConfigTree } from "../config/values.ts";
import { AstroError } from "../errors.ts";
import { monthly } from "../view/format.ts";
import type { AccountPlace } from "./account.ts";
import { answeredFlags, answersIn } from "./answered.ts";
import type { Ask } from "./ask.ts";
import { change } from "./change.ts";
import { ANSWER, type Decision, type Draft, decide, pinned, type Source } from "./draft.ts";
import { ENV_HELP, NAME_HELP, PRESET_HELP, REGION_HELP } from "./help.ts";
import { oneByOne, type QuestionStep } from "./one-by-one.ts";
import type { PriceOf } from "./price.ts";
import {
  type ChoiceOptions,
  decisionsOf,
  existingDraft,
  givenSource,
  nameOfGiven,
  newDraft,
  presetFlag,
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

/** What has been answered so far; what is not there yet, nobody has been asked. */
type Known = {
  readonly name?: Named;
  readonly env?: Named;
  readonly region?: Decision;
  readonly preset?: PresetName;
  readonly draft?: Draft;
};

/**
 * Every value of the environment: from its flag, else from the user if `ask` is given, else the preset's. What was `kept` of an
 * earlier time is not asked again, unless somebody goes back to it; `noted` hears of all answers after each. Throws
 * AstroError("usage") for a wrong flag before anything is asked, and for a missing one where there is no terminal to ask on.
 */
export async function choose(
  request: Request,
  priceOf: PriceOf,
  ask?: Ask,
  noted: (answers: ChoiceOptions) => void = () => {},
): Promise<Choices> {
  rejectWrong(request);
  if (!ask) rejectMissing(request);
  const { flags, project, app } = request;
  const beforeOf = ({ env }: Known) => project?.environments[env?.value ?? ""];
  const isNew = (known: Known) => beforeOf(known) === undefined;
  const targetOf = ({ name, env }: Known) => ({ name: name?.value ?? "", env: env?.value ?? "", ...besides(request) });
  const note = (known: Known) => {
    noted(keptOf(known));
    return known;
  };
  const steps: readonly QuestionStep<Known>[] = [
    {
      asks: () => !project && flags.name === undefined,
      take: async (known) => note({ ...known, name: await nameFor(request, known.name, ask) }),
    },
    {
      asks: () => flags.env === undefined,
      take: async (known) => note({ ...known, env: await envFor(request, known.name?.value ?? "", known.env, ask) }),
    },
    {
      asks: (known) => isNew(known) && flags.region === undefined,
      take: async (known) => {
        if (!isNew(known)) return known;
        const region = regionFor(request, known.region, ask);
        // The first price of all takes longest: it is made while somebody reads the list of regions.
        if (ask) void beginPricing(request, targetOf(known), priceOf);
        return note({ ...known, region: await region });
      },
    },
    {
      asks: (known) => isNew(known) && flags.preset === undefined,
      take: async (known) => {
        const target = targetOf(known);
        if (project && !isNew(known))
          return note({
            ...known,
            draft: reanswered(target, existingDraft(request, project, target.env), request, known),
          });
        const region = known.region ?? regionOf(request);
        const account = ask && request.accountOf?.(placeOf(target, region));
        const start = (preset: PresetName) => pinned(newDraft(request, preset, region), account?.id);
        const preset = await presetOf(request, target, start, priceOf, known.preset, ask);
        return note({ ...known, preset, draft: reanswered(target, start(preset), request, known) });
      },
    },
    {
      asks: () => true,
      take: async (known, keep) => {
        if (!ask || known.draft === undefined) return known;
        const target = { ...targetOf(known), draft: known.draft };
        const heard = (draft: Draft) => keep(note({ ...known, draft }));
        const draft = await change(target, priceOf, ask, heard, request.accountOf);
        return { ...known, draft };
      },
    },
  ];
  let { known, isLeft } = await oneByOne<Known>({}, steps);
  // There is no way back from the first question.
  while (isLeft) ({ known, isLeft } = await oneByOne(known, steps));
  const { name, env, preset, draft } = known;
  if (!name || !env || !draft) throw new TypeError("a question was left out");
  const before = beforeOf(known);
  return {
    ...targetOf(known),
    draft,
    ...(before ? { before } : preset && { preset }),
    named: [name, env],
    environment: environmentOf({ ...targetOf(known), draft }),
    ...(app && !project && { app }),
  };
}

/** Prices what will probably be priced first; what is wrong with it, its question says. */
async function beginPricing(
  request: Request,
  target: Omit<ChosenEnvironment, "draft">,
  priceOf: PriceOf,
): Promise<void> {
  try {
    await priceOf(environmentOf({ ...target, draft: newDraft(request, presetFor(target.env), regionOf(request)) }));
  } catch {
    // Nothing was asked for yet.
  }
}

/** The draft to start from with what was answered before, in this run or an earlier one, as far as it is still legal. */
function reanswered(target: Omit<ChosenEnvironment, "draft">, start: Draft, request: Request, known: Known): Draft {
  const answers = known.draft ? answersIn(known.draft) : decisionsOf(request.kept ?? {}, () => ANSWER);
  const draft = decide(start, answers);
  return objection({ ...target, draft }, "") === undefined ? draft : start;
}

/** What a person has answered so far, by flag. */
function keptOf({ name, env, region, preset, draft }: Known): ChoiceOptions {
  const named = { name, env, region };
  const answered = Object.entries(named).flatMap(([flag, one]) =>
    one?.source.by === "answer" ? [[flag, one.value]] : [],
  );
  return { ...Object.fromEntries(answered), ...(preset && { preset }), ...(draft && answeredFlags(draft)) };
}

/** Throws AstroError("usage") for wrong flags before anything is asked, by validating them with the likely answers. */
export function rejectWrong(request: Request): void {
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

function besides({
  project,
  elsewhere,
  suggested: { mail },
}: Request): Omit<ChosenEnvironment, "name" | "env" | "draft"> {
  return { ...(project && { beside: project.environments }), ...(elsewhere && { elsewhere }), ...(mail && { mail }) };
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

async function nameFor(request: Request, last: Named | undefined, ask?: Ask): Promise<Named> {
  const { flags, project, suggested, kept } = request;
  const path = "name";
  if (project) return { path, value: project.name, source: { by: "file", words: "astro.yaml" } };
  if (flags.name !== undefined) return { path, value: flags.name, source: givenSource(request, "name") };
  const { nameFrom } = suggested;
  if (!ask) return { path, value: suggested.name, source: { by: "default", words: nameFrom ?? "folder name" } };
  if (!last && kept?.name !== undefined) return { path, value: kept.name, source: ANSWER };
  const refuse = (name: string) => objection({ name, env: "dev", draft: EMPTY }, "name");
  const message = nameFrom === undefined || last ? "Project name" : `Project name, ${nameFrom}`;
  return {
    path,
    value: await ask.text({ message, initial: last?.value ?? suggested.name, refuse, help: NAME_HELP }),
    source: ANSWER,
  };
}

async function envFor(request: Request, name: string, last: Named | undefined, ask?: Ask): Promise<Named> {
  const { flags, project, kept } = request;
  const path = "environment";
  if (flags.env !== undefined) return { path, value: flags.env, source: givenSource(request, "env") };
  const names = Object.keys(project?.environments ?? {});
  if (!ask)
    return { path, value: names[0] ?? "dev", source: { by: "default", words: names[0] ? "the only one" : "default" } };
  if (!last && kept?.env !== undefined) return { path, value: kept.env, source: ANSWER };
  const initial = last?.value ?? ["dev", "prod"].find((env) => !names.includes(env));
  const message =
    names.length === 0 ? "Environment name" : `Environment name, new or one to change: ${names.join(", ")}`;
  const refuse = (env: string) => objection({ name, env, draft: EMPTY }, "env");
  return {
    path,
    value: await ask.text({ message, ...(initial ? { initial } : {}), refuse, help: ENV_HELP }),
    source: ANSWER,
  };
}

async function presetOf(
  request: Request,
  target: Omit<ChosenEnvironment, "draft">,
  start: (preset: PresetName) => Draft,
  priceOf: PriceOf,
  last: PresetName | undefined,
  ask?: Ask,
): Promise<PresetName> {
  const suits = presetFor(target.env);
  const kept = last ? undefined : PRESET_NAMES.find((preset) => preset === request.kept?.preset);
  const given = presetFlag(request) ?? (ask ? kept : suits);
  if (given || !ask) return given ?? suits;
  const choices = [];
  for (const preset of PRESET_NAMES) {
    const price = await priceOf(environmentOf({ ...target, draft: start(preset) }));
    const { summary, survives } = PRESETS[preset];
    const name = [preset, { words: `${summary}; ${survives}` }, { right: monthly(price.monthlyTotal) }];
    choices.push({ value: preset, name, short: preset });
  }
  return ask.choose({ message: "Start from", choices, initial: last ?? suits, help: PRESET_HELP });
}

async function regionFor(request: Request, last: Decision | undefined, ask?: Ask): Promise<Decision> {
  const { flags, kept, suggested } = request;
  if (!ask || flags.region !== undefined) return regionOf(request);
  const path = "region";
  if (!last && kept?.region !== undefined) return { path, value: kept.region, source: ANSWER };
  const enabled = request.accountOf?.({ region: suggested.region.region }).regions;
  const choices = REGION_CODES.map((code) => ({
    value: code,
    name: [code, { words: REGION_NAMES[code] }],
    short: code,
    ...(enabled?.includes(code) === false && { disabled: "not enabled in your account" }),
  }));
  const initial = REGION_CODES.find((code) => code === (last?.value ?? suggested.region.region));
  return {
    path,
    value: await ask.choose({ message: "Region", choices, help: REGION_HELP, ...(initial ? { initial } : {}) }),
    source: ANSWER,
  };
}

function placeOf({ name, env }: Omit<ChosenEnvironment, "draft">, { value }: Decision): AccountPlace {
  return { region: String(value), project: name, environment: env };
}

/** The smallest legal environment, to validate a name with. */
const EMPTY: Draft = { values: { region: "us-east-1" }, sources: {} };
