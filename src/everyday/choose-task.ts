import type { CommandLine } from "../command-line.ts";
import { nearest } from "../config/nearest.ts";
import { AstroError, type Hint } from "../errors.ts";
import type { AppContainer, AppService, AppTask } from "../release/port-sessions.ts";

/** A container that somebody can be let into, and its task. */
export type Entrance = { readonly task: string; readonly container: string; readonly runtimeId: string };

/** What is asked for: a service, or a task by its id or the beginning of that. */
export type Asked = { readonly service?: string | undefined; readonly task?: string | undefined };

/** What there is to choose from, and the command that makes what is not there. */
export type RunningApp = {
  readonly services: readonly AppService[];
  readonly tasks: readonly AppTask[];
  readonly provision: CommandLine;
};

/** The id of a task as people see it. */
export function shortId(id: string): string {
  return id.slice(0, 8);
}

/**
 * The container to go into: of the task that is asked for, else of the one that has run longest of those that can be entered.
 * Throws AstroError that says what is missing.
 */
export function entranceOf(running: RunningApp, asked: Asked): Entrance {
  const { tasks } = running;
  const candidates = asked.task === undefined ? ofService(running, asked.service ?? "api") : [named(tasks, asked.task)];
  const ready = candidates.filter((task) => whyNot(task) === undefined);
  const [first] = ready.toSorted((a, b) => startOf(a) - startOf(b));
  const entered = first && containerOf(first);
  if (first && entered?.runtimeId !== undefined)
    return { task: first.id, container: entered.name, runtimeId: entered.runtimeId };
  const [task] = candidates;
  throw (task && whyNot(task)) ?? new AstroError("failed", "no task can be entered", LOOK);
}

const LOOK: Hint = { text: "see how the app is", command: ["astro", "status"] };
const AGAIN: Hint = { text: "wait a minute, then run the same command again" };

const startOf = ({ startedAt }: AppTask) => startedAt?.getTime() ?? Number.POSITIVE_INFINITY;

/** The app's own container: of several the one that is called as its service is. */
function containerOf({ containers, group }: AppTask): AppContainer | undefined {
  const service = group.replace(/^service:/, "");
  return containers.find(({ name }) => name === service) ?? containers[0];
}

function ofService({ services, tasks, provision }: RunningApp, name: string): readonly AppTask[] {
  const service = services.find((one) => one.name === name);
  if (service === undefined) throw unknownService(services, name, provision);
  const own = tasks.filter(({ group }) => group === `service:${name}`);
  if (own.some(({ status }) => status === "RUNNING")) return own.filter(({ status }) => status === "RUNNING");
  const { desired, pending } = service;
  const wanted = desired === 0 ? "none is wanted" : `${desired} ${desired === 1 ? "is" : "are"} wanted`;
  const coming = pending === 0 ? "" : `, ${pending} on the way`;
  throw new AstroError("failed", `no task of ${name} runs: ${wanted}${coming}`, [
    ...(pending > 0 ? [AGAIN] : []),
    { text: "see why the last ones stopped", command: ["astro", "logs", name, "--previous"] },
    LOOK,
  ]);
}

function unknownService(services: readonly AppService[], name: string, provision: CommandLine): AstroError {
  if (services.length === 0)
    return new AstroError("failed", "the app's services are not there", [
      { text: "create them", command: provision },
      { text: "or see what is deployed", command: ["astro", "status"] },
    ]);
  const names = services.map((one) => one.name);
  const meant = nearest(name, names);
  return new AstroError(
    "usage",
    `${JSON.stringify(name)}: no service is called so`,
    meant === undefined ? `give one of ${names.join(", ")}` : `did you mean ${meant}?`,
  );
}

function named(tasks: readonly AppTask[], given: string): AppTask {
  const id = given.split("/").at(-1) ?? given;
  const found = tasks.filter((task) => task.id.startsWith(id));
  const [only] = found;
  if (only && found.length === 1) return only;
  if (found.length > 1)
    throw new AstroError("usage", `--task ${given}: ${found.length} tasks begin so`, `give one of ${listed(found)}`);
  const meant = nearest(id, [...tasks.map((task) => task.id), ...tasks.map((task) => task.id.slice(0, id.length))]);
  if (tasks.length === 0)
    throw new AstroError("failed", `--task ${given}: no task runs`, [
      { text: "see which stopped last", command: ["astro", "logs", "--previous"] },
      LOOK,
    ]);
  throw new AstroError(
    "usage",
    `--task ${given}: no running task is called so`,
    meant === undefined ? `give one of ${listed(tasks)}` : `did you mean ${meant}? There are ${listed(tasks)}`,
  );
}

function listed(tasks: readonly AppTask[]): string {
  return tasks.map(({ id, group }) => `${shortId(id)} (${group.replace(/^\w+:/, "")})`).join(", ");
}

/** What keeps a task from being entered (Amazon ECS Developer Guide, "Using ECS Exec": the managed agent must run). */
function whyNot(task: AppTask): AstroError | undefined {
  const name = `task ${shortId(task.id)}`;
  const container = containerOf(task);
  if (task.status !== "RUNNING" || container?.runtimeId === undefined)
    return new AstroError("failed", `${name} does not run: it is ${task.status || "on its way"}`, [AGAIN, LOOK]);
  if (!task.exec)
    return new AstroError(
      "failed",
      `ECS Exec is not turned on for ${name}: it was off in its service when the task was started`,
      "set enableExecuteCommand in the service's stack, then provision: new tasks have it",
    );
  if (container.agent === "RUNNING") return undefined;
  const state = container.agent ?? "not there";
  return new AstroError("failed", `the ECS Exec agent of ${name} is ${state}: nobody can be let in`, [
    { text: "it starts within a minute of its task: wait, then run the same command again" },
    {
      text: "if it stays so, the task's role lacks ssmmessages:*, or without a NAT gateway the VPC lacks the endpoint ssmmessages",
    },
  ]);
}
