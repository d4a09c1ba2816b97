import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseDeployed, type Remembered, renderDeployed } from "../config/deployed.ts";
import { AstroError, reasonOf } from "../errors.ts";
import { BOOTSTRAP_STACK } from "../plan/bootstrap.ts";
import type { DeployedStack } from "../plan/deployed.ts";
import { type Place, samePlace } from "../plan/elsewhere.ts";
import type { Plan } from "../plan/plan.ts";
import type { Site } from "../plan/provision-plan.ts";
import type { Project } from "../project.ts";
import type { Emit, Event, RunOutcome } from "../provision/event.ts";
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
export function recall(memory: Memory): readonly Remembered[] {
  const text = textOf(join(memory.directory, fileOf(memory)));
  return text === undefined ? [] : parseDeployed(text, join(dirname(memory.file), fileOf(memory)));
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw new AstroError(
      "config",
      `${path} cannot be read: ${reasonOf(error)}`,
      "check the file and its permissions",
      error,
    );
  }
}

/**
 * Puts `entry` in, if one is given, and takes out what `isGone`; what is there already keeps its beginning. Done at
 * once: a rehearsal's clock would jump while it waits.
 */
export function keepInMind(memory: Memory, isGone: (one: Remembered) => boolean, entry?: Remembered): void {
  const before = recall(memory);
  const known = entry && before.find((one) => samePlace(one, entry));
  const others = before.filter((one) => one !== known && !isGone(one));
  const after = entry ? [...others, { ...entry, since: known?.since ?? entry.since }] : others;
  if (renderDeployed(after) === renderDeployed(before)) return;
  const path = join(memory.directory, fileOf(memory));
  if (after.length === 0) rmSync(path, { force: true });
  else {
    mkdirSync(dirname(path), { recursive: true });
    // Moved into place, so that a killed run leaves the old file whole.
    writeFileSync(`${path}.new`, renderDeployed(after));
    renameSync(`${path}.new`, path);
  }
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
): { readonly emit: Emit; readonly close: (outcome: RunOutcome) => void } {
  const memory = memoryOf({ project, target });
  const isGone = (one: Remembered) => gone.some((place) => samePlace(place, one));
  const keep = (...change: [isGone: (one: Remembered) => boolean, entry?: Remembered]) => {
    try {
      keepInMind(memory, ...change);
    } catch (error) {
      say(`${fileOf(memory)} cannot be written: ${reasonOf(error)}`);
    }
  };
  let isKept = false;
  return {
    emit: (event) => {
      if (isKept || plan.direction === "destroy" || !isMade(event)) return;
      isKept = true;
      const times = deployed.flatMap(({ name, createdAt }) =>
        name === BOOTSTRAP_STACK ? [] : [createdAt.toISOString()],
      );
      const since = [...times, event.at].toSorted()[0] ?? event.at;
      keep(isGone, { ...site, since, monthly: Math.round(plan.monthly.after) });
    },
    close: (outcome) => {
      if (plan.direction === "destroy" && outcome === "done") keep((one) => isGone(one) || samePlace(one, site));
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
