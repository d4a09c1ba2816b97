import { join, relative, resolve } from "node:path";
import { shellLine } from "../command-line.ts";
import { isName, type Remembered } from "../config/deployed.ts";
import { isRegion, REGION_CODES } from "../config/regions.ts";
import { environment as schema } from "../config/schema.ts";
import type { Context } from "../context.ts";
import { AstroError } from "../errors.ts";
import { placeWord } from "../plan/elsewhere.ts";
import { type Project, projectWithout, suggestName } from "../project.ts";
import type { Stack } from "../synth/assembly.ts";
import { readAssembly } from "../synth/read.ts";
import { commandWith, type OperationOptions, type SourceOptions } from "./flags.ts";
import { regionHere } from "./region.ts";

type Flags = OperationOptions & Pick<SourceOptions, "assembly">;

/** The region of stacks whose app sets none. */
const OPEN = "";

/** The region of CloudFront's certificates and web ACLs, whatever the environment's own. */
const EDGE = "us-east-1";

/**
 * The project of an app that has no astro.yaml: its name, environment, region and account are what the flags say, or else
 * what the cloud assembly does, by its stacks' tags `Project` and `Environment` and by where they go. Throws
 * AstroError("usage") with the whole command where neither says, and AstroError("synthesis") for an assembly that is none.
 */
export async function projectOf(context: Context, command: string, flags: Flags, assembly: string): Promise<Project> {
  const { stacks } = await readAssembly(resolve(context.cwd, assembly), OPEN);
  const fromTags = { project: said(stacks, "Project"), env: said(stacks, "Environment") };
  for (const [flag, values] of [
    ["project", fromTags.project],
    ["env", fromTags.env],
  ] as const) {
    if (flags[flag] !== undefined || values.length < 2) continue;
    const words = `--${flag} is missing: the app's stacks are of several, ${values.join(", ")}`;
    throw new AstroError("usage", words, `choose one, --${flag} ${values[0]} for example`);
  }
  const [name, environment] = [flags.project ?? fromTags.project[0], flags.env ?? fromTags.env[0]];
  if (name === undefined || environment === undefined) {
    const missing = [...(name === undefined ? ["--project"] : []), ...(environment === undefined ? ["--env"] : [])];
    const words = `${missing.join(" and ")} ${missing.length > 1 ? "are" : "is"} missing: there is no astro.yaml, and the app's stacks have no tag that says so`;
    const whole = commandWith(command, environment ?? "dev", {
      ...flags,
      project: name ?? (await suggestName(context)),
    });
    throw new AstroError("usage", words, {
      text: "name the environment, for good",
      command: whole,
    });
  }
  for (const [flag, value] of [
    ["project", name],
    ["env", environment],
  ] as const) {
    if (isName(value)) continue;
    const from =
      flags[flag] === undefined
        ? `the app's stacks are tagged ${flag === "env" ? "Environment" : "Project"}=`
        : `--${flag} is `;
    throw new AstroError("usage", `${from}${JSON.stringify(value)}: not a valid name`, NAMES);
  }
  const region = await regionOf(context, flags, stacks);
  const account = accountOf(stacks, assembly);
  return projectWithout(context, flags.dir, name, { [environment]: schema.parse({ region, account }) });
}

const NAMES = "a name begins with a letter and has letters, digits, hyphens, dots and underscores, 63 at most";

/** Values of a tag among the stacks, each once. */
function said(stacks: readonly Stack[], tag: string): readonly string[] {
  return [...new Set(stacks.flatMap(({ tags }) => tags[tag] ?? []))];
}

async function regionOf(context: Context, flags: Flags, stacks: readonly Stack[]): Promise<string> {
  const regions = [...new Set(stacks.map(({ region }) => region))].filter((region) => region !== OPEN);
  const isOpen = stacks.some(({ region }) => region === OPEN);
  const { region: asked } = flags;
  if (asked !== undefined) {
    if (!isRegion(asked)) throw unknown(`--region ${asked}`);
    if (isOpen || regions.includes(asked)) return asked;
    throw new AstroError(
      "usage",
      `--region ${asked}: the app's stacks are for ${regions.join(", ")}`,
      `remove it, or set it in the app`,
    );
  }
  const homes = regions.length > 1 ? regions.filter((region) => region !== EDGE) : regions;
  const found = homes[0] ?? (await regionHere(context))?.region;
  if (homes.length > 1) {
    const words = `--region is missing: the app's stacks are for ${regions.join(", ")}`;
    throw new AstroError(
      "usage",
      words,
      `choose the environment's main region, where its records are kept:  --region ${homes[0]}`,
    );
  }
  if (found === undefined) {
    throw new AstroError("usage", "--region is missing: the app sets none", "give one:  --region eu-west-1");
  }
  if (!isRegion(found)) throw unknown(`the app's stacks are for ${found}`);
  return found;
}

function unknown(words: string): AstroError {
  return new AstroError("usage", `${words}: unknown region`, `it knows ${REGION_CODES.join(", ")}`);
}

function accountOf(stacks: readonly Stack[], assembly: string): string | undefined {
  const accounts = [...new Set(stacks.flatMap(({ account }) => account ?? []))];
  if (accounts.length < 2) return accounts[0];
  const words = `${assembly} is for several accounts, ${accounts.join(", ")}, and an environment is in one`;
  throw new AstroError("usage", words, `give one of its parts:  --assembly ${join(assembly, "assembly-STAGE")}`);
}

/**
 * The project of a folder without astro.yaml for commands that work from what is deployed: the one that was made from
 * there, or the one that the flags name in full. `undefined` where neither tells. Throws AstroError("usage") for several.
 */
export function projectMadeHere(
  context: Context,
  command: string,
  flags: OperationOptions,
  recall: (project: Project) => readonly Remembered[],
): Project | undefined {
  const empty = projectWithout(context, flags.dir, "", {});
  const known = recall(empty).filter(
    (one) =>
      one.environment === (flags.env ?? one.environment) &&
      one.project === (flags.project ?? one.project) &&
      one.region === (flags.region ?? one.region),
  );
  const [first] = known;
  if (known.length > 1) {
    const folder = relative(context.cwd, empty.directory) || "here";
    const ways = known.map(({ project, environment, region }) =>
      shellLine(commandWith(command, environment, { ...flags, project, region })),
    );
    throw new AstroError(
      "usage",
      `several environments were deployed from ${folder}: ${known.map(placeWord).join(", ")}`,
      `choose one:\n${ways.join("\n")}`,
    );
  }
  const { project = first?.project, env = first?.environment, region = first?.region } = flags;
  if (project === undefined || env === undefined || region === undefined) return undefined;
  if (!isRegion(region)) throw unknown(`--region ${region}`);
  const account = first?.account;
  return projectWithout(context, flags.dir, project, { [env]: schema.parse({ region, account }) });
}
