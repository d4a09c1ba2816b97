import type { JsonObject } from "../../../template/types.ts";
import { rowsOf, textOf } from "../../resources/properties.ts";
import { imagesOf } from "../../resources/stored-contents.ts";
import { fraction } from "../../state/hash.ts";
import { resourceAt } from "../../state/resource-store.ts";
import type { Simulator } from "../../state/simulator.ts";
import type { ServiceResource } from "../../state/state.ts";
import type { TaskFaultKind } from "../../state/workload.ts";
import type { TaskStop } from "./stop-reasons.ts";

/** A task that RunTask started, as its cluster keeps it. Times are simulated milliseconds. */
export type OneOff = {
  readonly id: string;
  readonly at: number;
  /** ARN of its task definition. */
  readonly definition: string;
  readonly group: string;
  readonly startedBy?: string;
  readonly token?: string;
  /** The parameters that came with the token. */
  readonly request: string;
  /** Its container's words, where the call gave some. */
  readonly command?: readonly string[];
  readonly cpu?: string;
  readonly memory?: string;
  readonly subnet?: string;
  readonly fault?: TaskFaultKind;
  /** An image of the account's registry that is not there. */
  readonly missing?: string;
  /** When somebody stopped it, and in which words. */
  readonly stopAt?: number;
  readonly stopReason?: string;
};

/** A one-off task now: what has not happened yet is left out. */
export type OneOffNow = {
  readonly started?: number;
  readonly stopping?: number;
  readonly stopped?: number;
  readonly stop?: TaskStop | { readonly code: "UserInitiated"; readonly reason: string; readonly exitCode?: number };
};

/** Tasks that a cluster remembers. */
const REMEMBERED = 100;

/** The type of clusters. */
export const CLUSTER = "AWS::ECS::Cluster";

/** The one-off tasks of a cluster, oldest first. */
export function oneOffsOf(cluster: ServiceResource): readonly OneOff[] {
  return (cluster.state.tasks ?? []) as unknown as readonly OneOff[];
}

export function keepOneOffs(cluster: ServiceResource, tasks: readonly OneOff[]): void {
  cluster.state.tasks = tasks.slice(-REMEMBERED) as unknown as readonly JsonObject[];
}

/** Time until a Fargate task runs, how long its work takes, and how long it takes to stop: our own figures, AWS publishes none. */
const RUNS = 40_000;
const WORKS = 25_000;
const FAILS = 9000;
const ENDS = 4000;

const EXITED = "Essential container in task exited";

/** When a task runs, if it ever does, begins to stop, and has stopped. */
function courseOf({ state }: Simulator, task: OneOff) {
  const about = (time: number, what: string) => Math.round(time * (0.85 + 0.3 * fraction(state.seed, task.id, what)));
  const missing = task.missing !== undefined;
  const begins = missing ? Infinity : task.at + about(RUNS, "runs");
  const exits = missing ? task.at + about(RUNS, "pull") : begins + about(task.fault ? FAILS : WORKS, "works");
  const { stopAt = Infinity } = task;
  const isStopped = stopAt < exits;
  const started = Math.min(begins, isStopped ? stopAt : Infinity) === begins ? begins : undefined;
  const stopping = Math.min(exits, stopAt);
  const stopped = stopping + ENDS;
  return { started, stopping, stopped, isStopped };
}

/** When the next thing happens to a task that is under way, of all clusters; undefined if there is none. */
export function nextOneOff(simulator: Simulator): number | undefined {
  const { now, resources } = simulator.state;
  const clusters = Object.values(resources[CLUSTER] ?? {});
  const coming = clusters.flatMap((cluster) =>
    oneOffsOf(cluster).flatMap((task) => {
      const { started, stopping, stopped } = courseOf(simulator, task);
      return [started ?? stopping, stopping, stopped].filter((time) => time > now);
    }),
  );
  return coming.length === 0 ? undefined : Math.min(...coming);
}

/** How it goes: always the same for the same time. */
export function oneOffNow(simulator: Simulator, task: OneOff): OneOffNow {
  const { started, stopping, stopped, isStopped } = courseOf(simulator, task);
  const { now } = simulator.state;
  return {
    ...(started !== undefined && started <= now && { started }),
    ...(stopping <= now && { stopping }),
    ...(stopped <= now && { stopped }),
    ...(stopping <= now && { stop: stopOf(task, isStopped, started !== undefined) }),
  };
}

/** ECS Developer Guide, "Amazon ECS stopped tasks error messages"; SIGTERM is exit code 143 (ECS API Reference, StopTask). */
function stopOf(task: OneOff, isStopped: boolean, ran: boolean): NonNullable<OneOffNow["stop"]> {
  if (isStopped) {
    const reason = task.stopReason ?? "Task stopped by user";
    return { code: "UserInitiated", reason, ...(ran && { exitCode: 143 }) };
  }
  if (task.missing !== undefined) {
    const reason = `CannotPullContainerError: pull image manifest has been retried 7 time(s): failed to resolve ref ${task.missing}: not found`;
    return { code: "TaskFailedToStart", reason, containerReason: reason };
  }
  return { code: "EssentialContainerExited", reason: EXITED, exitCode: task.fault ? 1 : 0 };
}

/** The first image of a definition that the account's own registry should have and has not. */
export function missingImage(simulator: Simulator, definition: ServiceResource): string | undefined {
  const { account, region } = definition;
  const registry = `${account}.dkr.ecr.${region}.amazonaws.com/`;
  const images = rowsOf(definition.properties.ContainerDefinitions).map((one) => textOf(one, "Image"));
  return images.find((image) => {
    if (!image.startsWith(registry)) return false;
    const [name = "", digest] = image.slice(registry.length).split("@");
    const [repository = "", tag = "latest"] = name.split(":");
    const found = resourceAt(simulator.state, "AWS::ECR::Repository", definition, repository);
    const kept = found ? imagesOf(found) : [];
    return !kept.some((one) => (digest === undefined ? one.tags.includes(tag) : one.digest === digest));
  });
}
