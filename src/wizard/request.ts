import { PRESET_NAMES, PRESETS, type PresetName } from "../config/presets.ts";
import { leaves, type Values } from "../config/values.ts";
import { AstroError } from "../errors.ts";
import { type Decision, type Draft, decide, type Source } from "./draft.ts";
import { type Scalar, typed } from "./question.ts";
import { QUESTIONS } from "./questions.ts";

/** What init was asked to do, and what it may suggest. */
export type Request = {
  readonly flags: { readonly [flag: string]: Scalar | undefined };
  /** The project that is there already, if one is. */
  readonly project?: Existing;
  /** A legal name for a new project, and the region to start with and where that came from. */
  readonly suggested: {
    readonly name: string;
    readonly region: { readonly region: string; readonly from: string };
  };
};

/** A project that has an astro.yaml. */
export type Existing = {
  readonly name: string;
  /** Each environment as it is written, without defaults. */
  readonly environments: { readonly [name: string]: Values };
  /** Where its astro.yaml is, as a person would write it. */
  readonly file: string;
};

/** The preset that suits an environment of this name. */
export function presetFor(env: string): PresetName {
  return /^pro?d/.test(env) ? "prod" : "dev";
}

/** The preset given by flag, if one is. Throws AstroError("usage") if there is no such preset. */
export function presetFlag({ flags }: Request): PresetName | undefined {
  const found = PRESET_NAMES.find((name) => name === flags.preset);
  if (found || flags.preset === undefined) return found;
  throw new AstroError(
    "usage",
    `--preset is ${JSON.stringify(flags.preset)}: expected ${PRESET_NAMES.join(" or ")}`,
    presetWords(),
  );
}

/** The region a new environment goes to: its flag, else the suggestion. */
export function regionOf({ flags, suggested }: Request): Decision {
  const { region, from } = suggested.region;
  return flags.region === undefined
    ? { path: "region", value: region, source: { by: "default", words: from } }
    : { path: "region", value: flags.region, source: { by: "flag", words: "--region" } };
}

/** A new environment's values: the preset's, with the flags in their place. */
export function newDraft(request: Request, preset: PresetName, region: Decision): Draft {
  const values: Values = { region: region.value, ...PRESETS[preset].values };
  return decide(draftOf(values, { by: "preset", words: `preset ${preset}` }), [region, ...given(request)]);
}

/**
 * The values of an environment that exists, with the flags in their place. Throws AstroError("usage") for what cannot
 * be done to one: another preset, another region.
 */
export function existingDraft(request: Request, project: Existing, env: string): Draft {
  const { preset, region } = request.flags;
  const environment = project.environments[env];
  if (!environment) throw new TypeError(`no environment ${env}`);
  if (preset !== undefined) {
    throw new AstroError(
      "usage",
      `${env} exists already in ${project.file}: --preset is for a new environment`,
      `change single values (astro init --env ${env} --db-class db.t4g.micro), or choose another --env`,
    );
  }
  if (region !== undefined && region !== environment.region) {
    throw new AstroError(
      "usage",
      `--region is ${JSON.stringify(region)}: ${env} is in ${environment.region}, and an environment does not move`,
      `choose another --env; if ${env} was never provisioned, change its region in ${project.file}`,
    );
  }
  return decide(draftOf(environment, { by: "file", words: "astro.yaml" }), given(request));
}

function draftOf(values: Values, source: Source): Draft {
  return { values, sources: Object.fromEntries(leaves(values).map(([path]) => [path, source])) };
}

function given({ flags }: Request): readonly Decision[] {
  return QUESTIONS.flatMap(({ path, flag, kind }): readonly Decision[] => {
    const value = flags[flag];
    if (value === undefined) return [];
    const name = value === false ? `no-${flag}` : flag;
    return [{ path, value: typed(kind, value), source: { by: "flag", words: `--${name}` } }];
  });
}

function presetWords(): string {
  return PRESET_NAMES.map((name) => `${name}: ${PRESETS[name].summary}`).join("; ");
}
