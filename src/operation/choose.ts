import { isName, type Remembered } from "../config/deployed.ts";
import { REGION_CODES } from "../config/regions.ts";
import { type Environment, environment as schema } from "../config/schema.ts";
import { AstroError } from "../errors.ts";
import { placeWord } from "../plan/elsewhere.ts";
import { type Project, selectEnvironment } from "../project.ts";
import { commandWith, type OperationOptions } from "./flags.ts";

/** Commands that work from what is deployed: the environment need not be in astro.yaml, nor astro.yaml exist. */
export const FROM_DEPLOYED = ["destroy", "status", "attach", "unlock", "logs", "exec", "tunnel"];

/**
 * The environment of an operation: from astro.yaml, or, for commands that work from what is deployed, one that is no
 * longer in it, by the flags and the record of deployed environments. Throws AstroError("usage").
 */
export function chooseEnvironment(
  project: Project,
  command: string,
  flags: OperationOptions,
  recall: () => readonly Remembered[],
): { readonly project: string; readonly name: string; readonly environment: Environment } {
  const { config } = project;
  // What the flags say is in it already.
  if (project.foreign) return { project: config.name, ...selectEnvironment(project) };
  const isWritten = flags.env === undefined || Object.hasOwn(config.environments, flags.env);
  const isPlain = flags.region === undefined && flags.project === undefined;
  if (!FROM_DEPLOYED.includes(command) && !isPlain) {
    const flag = flags.region === undefined ? "--project" : "--region";
    throw new AstroError(
      "usage",
      `${flag} is for an app without astro.yaml, but ${project.file} sets it`,
      "remove it; if the assembly belongs to another app, give that app's folder:  --dir FOLDER",
    );
  }
  if (!FROM_DEPLOYED.includes(command) || (isWritten && isPlain)) {
    return { project: config.name, ...selectEnvironment(project, flags.env) };
  }
  const { name, environment: written } = isWritten
    ? selectEnvironment(project, flags.env)
    : { name: flags.env ?? "", environment: undefined };
  for (const flag of ["env", "project"] as const) {
    const given = flags[flag];
    if (given === undefined || isName(given)) continue;
    const words = `--${flag} is ${JSON.stringify(given)}: not a valid name of ${flag === "env" ? "an environment" : "a project"}`;
    throw new AstroError(
      "usage",
      words,
      "give the name it had: a letter, then letters, digits, hyphens, dots and underscores",
    );
  }
  const known = recall().filter(
    (one) =>
      one.environment === name &&
      one.project === (flags.project ?? config.name) &&
      (flags.region === undefined || one.region === flags.region),
  );
  const region = flags.region ?? (known.length === 1 ? known[0]?.region : written?.region);
  if (region === undefined) throw unknown(project, command, flags, known);
  if (!REGION_CODES.some((code) => code === region)) {
    throw new AstroError("usage", `--region ${region}: unknown region`, "give its code, eu-west-1 for one");
  }
  const account = known.length === 1 ? known[0]?.account : written?.account;
  const environment = schema.parse({ ...written, region, account });
  return { project: flags.project ?? config.name, name, environment };
}

function unknown(
  { config, file }: Project,
  command: string,
  flags: OperationOptions,
  known: readonly Remembered[],
): AstroError {
  const env = flags.env ?? "";
  const there = Object.keys(config.environments).map((each) => `--env ${each}`);
  const way = (region: string) => commandWith(command, env, { ...flags, region });
  return new AstroError(
    "usage",
    known.length > 1
      ? `--env is ${JSON.stringify(env)}: it is deployed in ${known.map(placeWord).join(", ")}`
      : `--env is ${JSON.stringify(env)}: ${file} has no such environment, and none is recorded as deployed`,
    known.length > 1
      ? known.map((one, at) => ({ text: at === 0 ? "choose one" : "or", command: way(one.region) }))
      : [
          { text: `choose one: ${there.join(", ")}` },
          { text: "or, if it is deployed all the same, name its region", command: way("REGION") },
        ],
  );
}
