import { shellLine } from "../command-line.ts";
import type { Unpriced } from "../cost/finding.ts";
import type { AppStatus } from "../everyday/app-status.ts";
import type { Site } from "../plan/provision-plan.ts";
import { isAtRest, isMoving, isSound } from "../plan/status.ts";
import type { LockHolder } from "../provision/cloud.ts";
import { SILENCE } from "../provision/lock.ts";
import type { RunRecord } from "../provision/recorder.ts";
import type { StackState } from "../provision/stack-states.ts";
import type { Terminal } from "../terminal.ts";
import { ago, appEntries } from "./app-status.ts";
import { count, duration, monthly } from "./format.ts";
import { heading } from "./header.ts";
import { type Labelled, labelled } from "./labelled.ts";
import { callerName, holderWords, secondsSince } from "./lock-words.ts";
import { cell, row } from "./row.ts";
import { displayWidth, oneLine } from "./text.ts";
import { type Theme, themeOf } from "./theme.ts";
import type { Header } from "./view.ts";
import { doing, resourceWords, shortStack } from "./words.ts";

/** The state of an environment: what `astro status --json` prints. */
export type StatusReport = Site & {
  /** When this was read (ISO 8601). */
  readonly at: string;
  readonly stacks: readonly StackState[];
  /** The app on it, once one of its services is deployed. */
  readonly app?: AppStatus;
  /** There is an app to deploy, and a placeholder runs in its place. */
  readonly undeployed?: true;
  /** What is deployed costs a month, USD, by list prices and typical usage; absent where nothing is. */
  readonly monthly?: number;
  /** What of it has no known price. */
  readonly unpriced?: readonly Unpriced[];
  /** Who works on it, if anybody does. */
  readonly lock?: LockHolder;
  readonly lastRun?: Pick<RunRecord, "operation" | "who" | "host" | "startedAt" | "endedAt" | "outcome">;
};

/** A line for each stack; below it what moves or broke; then who holds the lock, and the last run. */
export function renderStatus(report: StatusReport, header: Header, terminal: Terminal): string {
  const theme = themeOf(terminal);
  const { stacks, lock, lastRun, at, app } = report;
  const { bold } = theme.paint;
  const words = stacks.length === 0 ? "nothing is deployed" : summary(stacks);
  const lines = [
    ...heading(theme, header, [[`${report.environment} in ${report.region}`, bold], `: ${words}`]),
    ...stacks.flatMap((stack, index) => stackLines(theme, report, stack, stacks[index - 1]?.phase !== stack.phase)),
    ...labelled(theme, [
      ...(app ? appEntries(app, at) : []),
      ...costEntries(report),
      ...(lock ? [["Running", lockWords(lock, at)] as const] : []),
      ...(lastRun ? [["Last run", runWords(lastRun, at)] as const] : []),
      ["Next", next(report, header), bold],
    ]),
  ];
  return `${lines.join("\n")}\n`;
}

/** How a stack's status is read: an operation is in progress, it is deployed, it is rolled back, it is stuck. */
function kindOf(status: string): "moving" | "deployed" | "back" | "stuck" {
  if (isMoving(status)) return "moving";
  if (isSound(status)) return "deployed";
  return isAtRest(status) ? "back" : "stuck";
}

const WORDS = { moving: "moving", deployed: "deployed", back: "rolled back", stuck: "stuck" } as const;
const MARKS = { moving: "↻", deployed: "✔", back: "·", stuck: "✖" } as const;

function summary(stacks: readonly StackState[]): string {
  const kinds = ["moving", "stuck", "back", "deployed"] as const;
  const found = kinds.flatMap((kind) => {
    const amount = stacks.filter(({ status }) => kindOf(status) === kind).length;
    return amount > 0 ? [`${amount} ${WORDS[kind]}`] : [];
  });
  return `${count(stacks.length, "stack")}, ${found.join(", ")}`;
}

function stackLines(theme: Theme, report: StatusReport, stack: StackState, begins: boolean): readonly string[] {
  const { project, environment, stacks, region } = report;
  const kind = kindOf(stack.status);
  const paint = theme.paint[({ moving: "cyan", deployed: "green", back: "yellow", stuck: "red" } as const)[kind]];
  const name = (one: StackState) => shortStack(one.stack, project, environment);
  const phases = Math.max(...stacks.map(({ phase }) => phase.length));
  const names = Math.max(...stacks.map((one) => displayWidth(name(one))));
  const elsewhere = stack.region === region ? "" : `  in ${stack.region}`;
  const line = row(
    theme,
    [
      ` ${cell(theme, begins ? stack.phase : "", phases)}  `,
      [theme.say(MARKS[kind]), paint],
      ` ${cell(theme, name(stack), names)}  `,
      [stack.status, paint],
      [elsewhere, theme.paint.dim],
    ],
    [[lasting(stack.since, report.at), theme.paint.dim]],
  );
  const indent = " ".repeat(phases + 6);
  const below = [
    ...(stack.trouble ? [troubleWords(stack.trouble)] : []),
    ...(stack.doing ?? [])
      .slice(0, MOST)
      .map((one) => `${resourceWords(one.resource, one.type)}: ${doing(one.status)}`),
  ];
  return [line, ...below.map((words) => row(theme, [indent, [words, theme.paint.dim]]))];
}

/** Resources named of a stack under way. */
const MOST = 3;

function troubleWords({ resource, type, reason }: NonNullable<StackState["trouble"]>): string {
  const who = resource === undefined ? "" : `${resourceWords(resource, type ?? "")}: `;
  return oneLine(`${who}${reason}`);
}

function lockWords(lock: LockHolder, now: string): string {
  const silence = secondsSince(lock.heartbeat, now);
  const doubt = silence < SILENCE ? "" : `; no heartbeat for ${duration(silence)}`;
  return `${holderWords(lock, now)}${doubt}`;
}

/** How long something has been so, or the day it began where that is long ago. */
function lasting(since: string, now: string): string {
  const seconds = secondsSince(since, now);
  return seconds < DAY ? `for ${duration(seconds)}` : `since ${since.slice(0, 10)}`;
}

/** Seconds of a day. */
const DAY = 86_400;

function runWords(run: NonNullable<StatusReport["lastRun"]>, now: string): string {
  const how = run.outcome ?? "not ended";
  return oneLine(
    `astro ${run.operation}: ${how}, begun ${ago(run.startedAt, now)} by ${callerName(run.who)} on ${run.host}`,
  );
}

function costEntries({ monthly: usd, unpriced = [] }: StatusReport): readonly Labelled[] {
  if (usd === undefined) return [];
  const more = unpriced.length === 0 ? "" : `, and ${count(unpriced.length, "resource")} without a known price`;
  return [["Cost", `${monthly(usd)} by list prices${more}`]];
}

function next({ environment, stacks, lock, undeployed }: StatusReport, { rehearsal, profile }: Header): string {
  const as = [...(profile === undefined ? [] : ["--profile", profile]), ...(rehearsal ? ["--rehearse"] : [])];
  const command = (name: string) => shellLine(["astro", name, "--env", environment, ...as]);
  if (lock || stacks.some(({ status }) => kindOf(status) === "moving")) return `${command("attach")}, to follow it`;
  if (stacks.some(({ status }) => kindOf(status) === "stuck"))
    return `${command("provision")}, which gets it out of that state`;
  if (undeployed) return `${command("deploy")}, which puts your app in the placeholder's place`;
  return command(stacks.every(({ phase }) => phase === "bootstrap") ? "provision" : "plan");
}
