import { readFile, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { parseDeployed, type Remembered, renderDeployed } from "../config/deployed.ts";
import { reasonOf } from "../errors.ts";
import { BOOTSTRAP_STACK } from "../plan/bootstrap.ts";
import type { DeployedStack } from "../plan/deployed.ts";
import { type Place, samePlace } from "../plan/elsewhere.ts";
import type { Plan } from "../plan/plan.ts";
import type { Site } from "../plan/provision-plan.ts";
import type { Project } from "../project.ts";
import type { Emit, Event, RunOutcome } from "../provision/event.ts";
import { writeFiles } from "../scaffold/write.ts";
import type { Target } from "./target.ts";

/** A project's folder, as its astro.yaml is named, and which AWS is meant: what stands in one does not in another. */
export type Memory = {
  readonly directory: string;
  /** astro.yaml as messages name it. */
  readonly file: string;
  readonly aws: "real" | "rehearsal" | "endpoint";
};

type Where = {
  readonly project: Pick<Project, "directory" | "file">;
  readonly target: Pick<Target, "rehearsing" | "real">;
};

/** What stands on AWS is committed with the app, for whoever works on it next; all else is this machine's. */
function fileOf({ aws }: Memory): string {
  return aws === "real" ? "astro.deployed.json" : join(".astro", "deployed", `${aws}.json`);
}

/** The memory of an operation's project. */
export function memoryOf({ project, target }: Where): Memory {
  const { directory, file } = project;
  return { directory, file, aws: target.rehearsing ? "rehearsal" : target.real ? "real" : "endpoint" };
}

/** Every environment that was made from this folder and not removed again. Throws AstroError("config"). */
export async function recall(memory: Memory): Promise<readonly Remembered[]> {
  const path = join(memory.directory, fileOf(memory));
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (text === undefined) return [];
  return parseDeployed(text, join(dirname(memory.file), fileOf(memory)));
}

/** Puts `entry` in, if one is given, and takes out what `isGone`; what is there already keeps its beginning. */
export async function keepInMind(
  memory: Memory,
  isGone: (one: Remembered) => boolean,
  entry?: Remembered,
): Promise<void> {
  const before = await recall(memory);
  const known = entry && before.find((one) => samePlace(one, entry));
  const others = before.filter((one) => one !== known && !isGone(one));
  const after = entry ? [...others, { ...entry, since: known?.since ?? entry.since }] : others;
  if (renderDeployed(after) === renderDeployed(before)) return;
  if (after.length > 0) await writeFiles(memory.directory, new Map([[fileOf(memory), renderDeployed(after)]]));
  else await rm(join(memory.directory, fileOf(memory)), { force: true });
}

/**
 * Remembers an environment from the moment AWS begins to make it, and forgets it, and what is `gone`, once it is
 * removed. A memory that cannot be written is said with `say`, and stops nothing.
 */
export function remembering(
  { project, site, target }: Where & { readonly site: Site },
  plan: Plan,
  { deployed, gone }: { readonly deployed: readonly DeployedStack[]; readonly gone: readonly Place[] },
  say: (words: string) => void,
): { readonly emit: Emit; readonly close: (outcome: RunOutcome) => Promise<void> } {
  const memory = memoryOf({ project, target });
  const isGone = (one: Remembered) => gone.some((place) => samePlace(place, one));
  const write = (work: () => Promise<void>) =>
    work().catch((error: unknown) => say(`${fileOf(memory)} cannot be written: ${reasonOf(error)}`));
  let writing: Promise<void> | undefined;
  return {
    emit: (event) => {
      if (writing || plan.direction === "destroy" || !isMade(event)) return;
      const times = deployed.flatMap(({ name, createdAt }) =>
        name === BOOTSTRAP_STACK ? [] : [createdAt.toISOString()],
      );
      const since = [...times, event.at].toSorted()[0] ?? event.at;
      const entry = { ...site, since, monthly: Math.round(plan.monthly.after) };
      writing = write(() => keepInMind(memory, isGone, entry));
    },
    close: async (outcome) => {
      await writing;
      if (plan.direction !== "destroy" || outcome !== "done") return;
      await write(() => keepInMind(memory, (one) => isGone(one) || samePlace(one, site)));
    },
  };
}

/** Whether an event tells that there is something of the environment. */
function isMade(event: Event): boolean {
  if (event.type === "resource.changed")
    return event.stack !== BOOTSTRAP_STACK && /^(CREATE|UPDATE)_/.test(event.status);
  const outcomes = ["created", "updated", "unchanged"];
  return event.type === "stack.done" && event.stack !== BOOTSTRAP_STACK && outcomes.includes(event.outcome);
}
