import { basename, dirname, join } from "node:path";
import { parseDeployed, type Remembered, renderDeployed } from "../config/deployed.ts";
import { reasonOf } from "../errors.ts";
import { BOOTSTRAP_STACK } from "../plan/bootstrap.ts";
import type { DeployedStack } from "../plan/deployed.ts";
import { type Location, samePlace } from "../plan/elsewhere.ts";
import type { Plan } from "../plan/plan.ts";
import type { Site } from "../plan/provision-plan.ts";
import { DEPLOYED_FILE, type Project } from "../project.ts";
import type { Emit, Event, RunOutcome } from "../provision/event.ts";
import type { Target } from "./target.ts";

/** Which AWS: each has its own deployed environments. */
type Aws = "real" | "rehearsal" | "endpoint";

/** The file that records a project's deployed environments. */
export type Memory = {
  /** As messages name it. */
  readonly file: string;
  readonly read: () => Buffer | undefined;
  readonly write: (content: string) => void;
  readonly remove: () => void;
};

type Where = {
  readonly project: Pick<Project, "file" | "own" | "deployed">;
  readonly target: Pick<Target, "rehearsing" | "real">;
};

/** For real AWS a file that is committed with the app; for a simulation or an emulator one on this machine. */
export function memoryIn({ file, own, deployed }: Where["project"], aws: Aws): Memory {
  if (aws === "real") return { file: join(dirname(file), DEPLOYED_FILE), ...deployed };
  const [folder, name] = [own.folder("deployed"), `${aws}.json`];
  return {
    file: join(dirname(file), basename(own.path), "deployed", name),
    read: () => folder.read(name),
    write: (content) => {
      folder.make();
      folder.write(name, content);
    },
    remove: () => folder.remove(name),
  };
}

/** The record of an operation's project. */
export function memoryOf({ project, target }: Where): Memory {
  return memoryIn(project, target.rehearsing ? "rehearsal" : target.real ? "real" : "endpoint");
}

/** Every environment that was made from this folder and not removed again. Throws AstroError("config"). */
export function recall(memory: Memory): readonly Remembered[] {
  const text = memory.read()?.toString("utf8");
  return text === undefined ? [] : parseDeployed(text, memory.file);
}

/**
 * Puts `entry` in, if one is given, and takes out what `isGone`; what is there already keeps its beginning. Done at
 * once: a rehearsal's clock would jump while it waits.
 */
export function updateMemory(memory: Memory, isGone: (one: Remembered) => boolean, entry?: Remembered): void {
  const before = recall(memory);
  const known = entry && before.find((one) => samePlace(one, entry));
  const others = before.filter((one) => one !== known && !isGone(one));
  const after = entry ? [...others, { ...entry, since: known?.since ?? entry.since }] : others;
  if (renderDeployed(after) === renderDeployed(before)) return;
  if (after.length === 0) memory.remove();
  else memory.write(renderDeployed(after));
}

/**
 * Remembers an environment from the moment AWS begins to make it, and forgets it, and what is `gone`, once it is
 * removed. A memory that cannot be written is told to `unwritable`, and stops nothing.
 */
export function remembering(
  { project, site, target }: Where & { readonly site: Site },
  plan: Plan,
  { deployed, gone }: { readonly deployed: readonly DeployedStack[]; readonly gone: readonly Location[] },
  unwritable: (file: string, reason: string) => void,
): { readonly emit: Emit; readonly close: (outcome: RunOutcome) => void } {
  const memory = memoryOf({ project, target });
  const isGone = (one: Remembered) => gone.some((place) => samePlace(place, one));
  const keep = (...change: [isGone: (one: Remembered) => boolean, entry?: Remembered]) => {
    try {
      updateMemory(memory, ...change);
    } catch (error) {
      unwritable(memory.file, reasonOf(error));
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
