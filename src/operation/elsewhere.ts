import type { CommandLine } from "../command-line.ts";
import type { Context } from "../context.ts";
import { AstroError, type Hint, hintText, reasonOf } from "../errors.ts";
import { BOOTSTRAP_STACK } from "../plan/bootstrap.ts";
import type { DeployedStack } from "../plan/deployed.ts";
import {
  type Elsewhere,
  elsewhereWords,
  isNamed,
  type Location,
  placeWord,
  samePlace,
  seenIn,
} from "../plan/elsewhere.ts";
import { isOf } from "../plan/ownership.ts";
import { isDead } from "../plan/status.ts";
import { renderNotices } from "../view/notices.ts";
import { commandWith, type OperationOptions } from "./flags.ts";
import { memoryOf, recall } from "./memory.ts";
import type { EnvironmentOperation } from "./open.ts";

/** Environments deployed elsewhere, and recorded ones that no longer exist. */
export type Around = { readonly elsewhere: readonly Elsewhere[]; readonly gone: readonly Location[] };

/**
 * The project's deployed environments that are no longer in astro.yaml, and this one where it is deployed in
 * another account: from the memory, each looked at where that is possible, and from `found`, which is everything in
 * `regions`. Asks AWS nothing where astro.yaml names all that is remembered.
 */
export async function lookAround(
  { project, site, target }: EnvironmentOperation,
  regions: readonly string[],
  found: readonly DeployedStack[],
): Promise<Around> {
  const { config } = project;
  // Without astro.yaml each environment is separate: only this one counts, where it is deployed elsewhere.
  const concerns = (one: Location) =>
    !project.foreign || (one.project === site.project && one.environment === site.environment);
  const remembered = recall(memoryOf({ project, target })).filter((one) => !samePlace(one, site) && concerns(one));
  const gone: Location[] = [];
  const looked = remembered.map(async ({ monthly, ...place }): Promise<readonly Elsewhere[]> => {
    const named = isNamed(place, config);
    const one: Elsewhere = { ...place, ...(monthly !== undefined && { monthly }), named };
    if (place.account !== site.account) {
      const isSame = place.project === site.project && place.environment === site.environment;
      return named && !isSame ? [] : [{ ...one, why: `these credentials are of account ${site.account}` }];
    }
    if (named) return [];
    try {
      const all = regions.includes(place.region) ? found : await target.cloud.stacks(place.region);
      const stacks = all.filter(({ region, tags }) => region === place.region && isOf(tags, place)).length;
      if (stacks > 0) return [{ ...one, stacks }];
      gone.push(place);
      return [];
    } catch (error) {
      if (!(error instanceof AstroError)) throw error;
      return [{ ...one, why: `it cannot be read: ${reasonOf(error)}` }];
    }
  });
  const fromMemory = (await Promise.all(looked)).flat();
  const seen = seenIn(found, config.name, site.account)
    .filter((one) => !samePlace(one, site) && !isNamed(one, config))
    .filter((one) => !fromMemory.some((other) => samePlace(one, other)));
  return { elsewhere: [...fromMemory, ...seen], gone };
}

/**
 * Whether anything of the environment is deployed in its region, the bootstrap aside; what it has in us-east-1 would
 * be there from any region.
 */
export function isDeployedIn(
  stacks: readonly (Pick<DeployedStack, "name" | "region"> & { readonly status?: string })[],
  home: string,
): boolean {
  return stacks.some(
    ({ name, region, status }) => name !== BOOTSTRAP_STACK && region === home && !isDead(status ?? ""),
  );
}

/** Whether two can be deployed at the same time: role names are unique in an account. */
function canCoexist(one: Location, other: Location): boolean {
  return one.account !== other.account || one.project !== other.project || one.environment !== other.environment;
}

/**
 * Stops the creation of an environment while another is deployed that is no longer in astro.yaml, unless it is `beside`.
 * Throws AstroError("elsewhere") that says where it is and the ways on.
 */
export function stopForElsewhere(
  operation: EnvironmentOperation,
  flags: OperationOptions,
  { elsewhere }: Around,
  { beside = [], nothing }: { readonly beside?: readonly string[]; readonly nothing: string },
): void {
  const isBeside = (one: Location) => beside.includes(placeWord(one)) && canCoexist(one, operation.site);
  const left = elsewhere.filter((one) => !one.named && !isBeside(one));
  if (left.length > 0) throw elsewhereError(operation, flags, left, nothing, true);
}

/** The same where nothing was found to be removed: then another account is told of as well. */
export function elsewhereError(
  { project, site, header }: EnvironmentOperation,
  flags: OperationOptions,
  left: readonly Elsewhere[],
  nothing: string,
  makes = false,
): AstroError {
  const ways = left.map((one): Hint => ({ text: "", command: removal(project.config.name, flags, one, site) }));
  const own = left.some(({ named }) => !named)
    ? [
        project.foreign
          ? "give its place (--region, --profile NAME), if it was not meant to move; or remove it first:"
          : "put the old value back in astro.yaml, if it was not meant to move; or remove it first:",
      ]
    : ["choose the profile of that account (--profile NAME):"];
  const beside = { ...flags, beside: left.map(placeWord) };
  const both = {
    text: "if both are to exist",
    command: commandWith(header.command === "plan" ? "plan" : "provision", site.environment, beside),
  };
  return new AstroError(
    "elsewhere",
    [
      project.foreign
        ? `${nothing}, but it is deployed elsewhere:`
        : `${nothing}, but this project has environments that are no longer in astro.yaml:`,
      ...left.map(elsewhereWords),
    ].join("\n"),
    [
      ...own.map((text) => ({ text })),
      ...ways,
      ...(makes && left.every((one) => canCoexist(one, site)) ? [both] : []),
      ...(left.some(({ why }) => why !== undefined)
        ? [{ text: "if others look after it now, take its line out of the memory" }]
        : []),
    ],
  );
}

/** The command that deletes the environment at a location; the profile is of the account that this run is in. */
function removal(
  name: string,
  { dir, profile, rehearse, speed, json }: OperationOptions,
  { project, environment, region, account }: Location,
  here: Pick<Location, "account">,
): CommandLine {
  const other = project === name ? undefined : project;
  return commandWith("destroy", environment, {
    dir,
    rehearse,
    speed,
    json,
    region,
    project: other,
    ...(account === here.account && { profile }),
  });
}

/** Prints each one, where it does not stop the command. */
export function noteElsewhere(
  context: Context,
  { project, site }: Pick<EnvironmentOperation, "project" | "site">,
  flags: OperationOptions,
  { elsewhere }: Around,
): void {
  if (elsewhere.length === 0) return;
  const words = elsewhere.map((one) =>
    one.named
      ? elsewhereWords(one)
      : hintText({
          text: `${elsewhereWords(one)}; ${project.foreign ? "that is not here" : "astro.yaml no longer names it"}. To remove it`,
          command: removal(project.config.name, flags, one, site),
        }),
  );
  context.stderr.write(renderNotices(words, context.stderr));
}
