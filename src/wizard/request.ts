import { nearest } from "../config/nearest.ts";
import { PRESET_NAMES, PRESETS, type PresetName } from "../config/presets.ts";
import { type ConfigTree, leaves, valueAt } from "../config/values.ts";
import { AstroError } from "../errors.ts";
import type { AccountOf } from "./account.ts";
import { type Decision, type Draft, decide, type Source } from "./draft.ts";
import { type Answer, settingsOf, typed } from "./question.ts";
import { QUESTIONS } from "./questions.ts";

/** The choices given as flags: names, preset and region, and values by the flags of their questions. */
export type ChoiceOptions = {
  readonly name?: string | undefined;
  readonly env?: string | undefined;
  readonly preset?: string | undefined;
  readonly region?: string | undefined;
  readonly yes?: boolean | undefined;
  readonly [flag: string]: Answer | undefined;
};

/** Where a value was given that is no flag of the command line, by its flag. */
export type GivenElsewhere = {
  readonly [flag: string]: {
    /** What a person calls the value there: `answers.yaml:3: azs`. */
    readonly name: string;
    /** The place alone, as short as it can be: `answers.yaml:3`. */
    readonly words: string;
  };
};

/** The choices given to init, and its suggestions for the others. */
export type Request = {
  readonly flags: ChoiceOptions;
  readonly elsewhere?: GivenElsewhere;
  /** Answers of an earlier run that was left, by flag: legal ones. */
  readonly kept?: ChoiceOptions;
  /** The account that the environment would go to. */
  readonly accountOf?: AccountOf;
  /** The project that is there already, if one is. */
  readonly project?: ExistingProject;
  /** A legal name for a new project, and the region to start with and where that came from. */
  readonly suggested: {
    readonly name: string;
    /** Where the name came from, if not from the folder. */
    readonly nameFrom?: string;
    readonly region: { readonly region: string; readonly from: string };
    /** The e-mail address of whoever asks, as git has it. */
    readonly mail?: string;
    /** Values that the repository shows, for a new environment. */
    readonly found?: readonly Decision[];
  };
  /** What is built and deployed, by what the repository shows, for a new astro.yaml. */
  readonly app?: readonly FoundSetting[];
};

/** A setting of astro.yaml that the repository shows. */
export type FoundSetting = {
  readonly key: string;
  readonly value: ConfigTree | readonly string[];
  /** As few words of it as say what it is, and those for where it was found. */
  readonly words: string;
  readonly from: string;
};

/** A project with an astro.yaml. */
export type ExistingProject = {
  readonly name: string;
  /** Each environment as it is written, without defaults. */
  readonly environments: { readonly [name: string]: ConfigTree };
  /** Path of its astro.yaml, as messages name it. */
  readonly file: string;
};

/** What a person calls a value that was given. */
export function nameOfGiven({ elsewhere }: Pick<Request, "elsewhere">, flag: string): string {
  return elsewhere?.[flag]?.name ?? `--${flag}`;
}

/** Whoever gave a value, as its source; `spelled` is the flag as it was typed. */
export function givenSource({ elsewhere }: Request, flag: string, spelled = flag): Source {
  return { by: "flag", words: elsewhere?.[flag]?.words ?? `--${spelled}` };
}

/** The preset given by flag, if one is. Throws AstroError("usage") if there is no such preset. */
export function presetFlag(request: Request): PresetName | undefined {
  const { flags } = request;
  const found = PRESET_NAMES.find((name) => name === flags.preset);
  if (found || flags.preset === undefined) return found;
  const meant = nearest(flags.preset, PRESET_NAMES);
  throw new AstroError(
    "usage",
    `${nameOfGiven(request, "preset")} is ${JSON.stringify(flags.preset)}: expected ${PRESET_NAMES.slice(0, -1).join(", ")} or ${PRESET_NAMES.at(-1)}${meant ? `; did you mean ${meant}?` : ""}`,
    presetWords(),
  );
}

/** The region a new environment goes to: its flag, else the suggestion. */
export function regionOf(request: Request): Decision {
  const { flags, suggested } = request;
  const { region, from } = suggested.region;
  return flags.region === undefined
    ? { path: "region", value: region, source: { by: "default", words: from } }
    : { path: "region", value: flags.region, source: givenSource(request, "region") };
}

/** A new environment's values: the preset's, with the flags applied. */
export function newDraft(request: Request, preset: PresetName, region: Decision): Draft {
  const values: ConfigTree = { region: region.value, ...PRESETS[preset].values };
  return decide(draftOf(values, { by: "preset", words: `preset ${preset}` }), [
    region,
    ...(request.suggested.found ?? []),
    ...given(request, values),
  ]);
}

/**
 * The values of an existing environment, with the flags applied. Throws AstroError("usage") for what an existing one
 * does not allow: going back to a preset, another region.
 */
export function existingDraft(request: Request, project: ExistingProject, env: string): Draft {
  const { region } = request.flags;
  const values = project.environments[env] ?? {};
  if (region !== undefined && region !== values.region) {
    throw new AstroError(
      "usage",
      `${nameOfGiven(request, "region")} is ${JSON.stringify(region)}: ${env} is in ${values.region}, and an environment cannot change its region`,
      `choose another --env; if ${env} was never provisioned, change its region in ${project.file}`,
    );
  }
  const preset = presetFlag(request);
  if (preset) rejectReset(request, preset, values, `${env} in ${project.file}`);
  return decide(draftOf(values, { by: "file", words: "astro.yaml" }), given(request, values));
}

/** The same command may be repeated; a preset that would reset later changes is refused. */
function rejectReset(request: Request, preset: PresetName, values: ConfigTree, where: string): void {
  const fresh = newDraft(request, preset, regionOf(request));
  const lost = leaves(fresh.values).filter(
    ([path, value]) =>
      !["flag", "default", "fit", "found"].includes(fresh.sources[path]?.by ?? "") &&
      valueAt(values, path.split(".")) !== value,
  );
  if (lost.length === 0) return;
  throw new AstroError(
    "usage",
    `${nameOfGiven(request, "preset")} ${preset} would reset ${lost.map(([path]) => path).join(", ")} of ${where}`,
    "omit --preset to change single values, or choose another --env for a new environment",
  );
}

function draftOf(values: ConfigTree, source: Source): Draft {
  const base = { values, sources: Object.fromEntries(leaves(values).map(([path]) => [path, source])) };
  return { ...base, base };
}

/** The values given; a budget without an address goes to whoever asks, where it has none yet. */
function given(request: Request, values: ConfigTree): readonly Decision[] {
  const { flags, suggested } = request;
  const wanted = flags.budget !== undefined && flags["budget-email"] === undefined && values.budget === undefined;
  const source = { by: "found", words: "git config user.email" } as const;
  return [
    ...(wanted && suggested.mail !== undefined
      ? [{ path: "budget.email", value: suggested.mail, source } as const]
      : []),
    ...decisionsOf(flags, (flag, spelled) => givenSource(request, flag, spelled)),
  ];
}

/** Values by flag as decisions; `sourceOf` says whose each is. */
export function decisionsOf(
  flags: ChoiceOptions,
  sourceOf: (flag: string, spelled: string) => Source,
): readonly Decision[] {
  return QUESTIONS.flatMap((question): readonly Decision[] => {
    const { flag } = question;
    const value = flags[flag];
    if (value === undefined) return [];
    const source = sourceOf(flag, value === false ? `no-${flag}` : flag);
    // As at the prompt: what the repository shows can be refused.
    return settingsOf(question, typed(question, value)).map((setting) => ({ ...setting, source }));
  });
}

function presetWords(): string {
  return PRESET_NAMES.map((name) => `${name}: ${PRESETS[name].summary}`).join("; ");
}
