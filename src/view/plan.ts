import type { Plan, Step, StepAction } from "../plan/plan.ts";
import type { Terminal } from "../terminal.ts";
import { accessRows } from "./access.ts";
import { changeRows, keptRows, lossRows } from "./changes.ts";
import { costRows, unpricedRows } from "./cost-row.ts";
import { driftRows } from "./drift.ts";
import { count, difference, monthly } from "./format.ts";
import { heading } from "./header.ts";
import { imageRows } from "./image.ts";
import { cell, row } from "./row.ts";
import { displayWidth, padStart } from "./text.ts";
import { type Paint, type Theme, themeOf } from "./theme.ts";
import type { Header } from "./view.ts";
import { shortStack } from "./words.ts";

/**
 * What a provisioning will do: a line for each stack that moves with what it costs more, its changes and what they let
 * somebody do below, the cost before and after, and the time it takes (`expectedSeconds`). One line if nothing moves.
 */
export function renderPlan(plan: Plan, header: Header, terminal: Terminal, expectedSeconds: number): string {
  const theme = themeOf(terminal);
  const { bold, green } = theme.paint;
  const moving = plan.steps.filter((step) => step.action !== "unchanged" || step.because !== undefined);
  if (moving.length === 0) {
    const words = ` ${plan.environment} is up to date: ${count(plan.steps.length, "stack")} unchanged`;
    const first = heading(theme, header, [["✔", green], words], [[monthly(plan.monthly.after), bold]]);
    const unpriced = unpricedRows(theme, plan.unpriced ?? []);
    return `${[...first, ...unpriced, ...imageRows(theme, plan), ...driftRows(theme, plan)].join("\n")}\n`;
  }
  const lines = [
    ...heading(theme, header, [[`Plan for ${plan.environment} in ${plan.region}`, bold]]),
    row(theme, [` ${summary(plan.steps)}`]),
    "",
    ...moving.flatMap((step, index) => {
      const begins = moving[index - 1]?.phase !== step.phase;
      const changes = step.action === "update" ? changeRows(theme, step) : keptRows(theme, step);
      return [stepRow(theme, plan, step, begins), ...changes, ...accessRows(theme, step)];
    }),
    "",
    ...costRows(theme, plan, expectedSeconds),
    ...imageRows(theme, plan),
    ...driftRows(theme, plan),
    ...lossRows(theme, moving),
  ];
  return `${lines.join("\n")}\n`;
}

const MARKS: { readonly [action in StepAction]: readonly [mark: string, paint: "green" | "yellow" | "red"] } = {
  create: ["+ new", "green"],
  update: ["~ change", "yellow"],
  delete: ["- remove", "red"],
  unchanged: ["~ check", "yellow"],
};

function stepRow(theme: Theme, plan: Plan, step: Step, begins: boolean): string {
  const name = (one: Step) => shortStack(one.stack, plan.project, plan.environment);
  const width = Math.max(...plan.steps.map((one) => displayWidth(name(one))));
  const [mark, colour] = MARKS[step.action];
  const paint: Paint = theme.paint[colour];
  const most = Math.max(...plan.steps.map((one) => String(one.resources).length));
  const resources = padStart("", most - String(step.resources).length) + count(step.resources, "resource");
  const words = step.because ?? (step.action === "update" ? "" : resources);
  const elsewhere = step.region === plan.region ? "" : `  in ${step.region}`;
  return row(
    theme,
    [
      ` ${cell(theme, begins ? step.phase : "", 11)}`,
      [cell(theme, mark, 10), paint],
      `${cell(theme, name(step), width)}  `,
      [`${words}${elsewhere}`, theme.paint.dim],
    ],
    costSpan(step),
  );
}

/** What a step changes in the monthly bill, where it does. */
function costSpan({ monthly: cost }: Step): readonly string[] {
  if (cost === undefined || Math.abs(cost.after - cost.before) < 0.005) return [];
  return [difference(cost.before, cost.after)];
}

/** `12 stacks: 1 new, 2 change, 9 same`; a first plan has only new ones. */
function summary(steps: readonly Step[]): string {
  const stacks = count(steps.length, "stack");
  if (steps.every((step) => step.action === "create")) {
    const resources = steps.reduce((sum, step) => sum + step.resources, 0);
    return `${stacks}, all new; ${count(resources, "resource")}`;
  }
  const parts = KINDS.map(([action, word]) => [steps.filter((step) => step.action === action).length, word] as const);
  const some = parts.filter(([amount]) => amount > 0);
  return `${stacks}: ${some.map(([amount, word]) => `${amount} ${word}`).join(", ")}`;
}

const KINDS: readonly (readonly [StepAction, string])[] = [
  ["create", "new"],
  ["update", "change"],
  ["delete", "removed"],
  ["unchanged", "same"],
];
