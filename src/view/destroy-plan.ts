import { shellLine } from "../command-line.ts";
import type { Kept } from "../plan/kept.ts";
import type { Plan } from "../plan/plan.ts";
import { blockerName } from "../provision/blocker.ts";
import type { InTheWay } from "../provision/cloud.ts";
import type { NotLookedAt } from "../provision/in-the-way.ts";
import type { Terminal } from "../terminal.ts";
import { costRows } from "./cost-row.ts";
import { unknownWords } from "./event-words.ts";
import { count } from "./format.ts";
import { heading } from "./header.ts";
import { keptWords } from "./kept-words.ts";
import { type Labelled, labelled, underOne } from "./labelled.ts";
import { wrap } from "./text.ts";
import { themeOf } from "./theme.ts";
import type { Header } from "./view.ts";
import { shortStack } from "./words.ts";

/**
 * What a removal takes away, in which order, what it keeps on purpose (`kept`), what of others will stop
 * it (`inTheWay`), what it frees a month, and the time it takes (`expectedSeconds`). One line if nothing is there.
 */
export function renderDestroyPlan(
  plan: Plan,
  header: Header,
  terminal: Terminal,
  expectedSeconds: number,
  kept: readonly Kept[],
  inTheWay: readonly (InTheWay | NotLookedAt)[] = [],
): string {
  const theme = themeOf(terminal);
  const { red, green, bold } = theme.paint;
  if (plan.steps.length === 0) {
    const words = ` ${plan.environment} in ${plan.region} has no stacks: nothing to destroy`;
    const looked = wrap(theme.say(whereLooked(plan)), theme.width - 3).map((line) => `   ${line}`);
    return `${[...heading(theme, header, [["✔", green], words]), ...looked].join("\n")}\n`;
  }
  const resources = plan.steps.reduce((sum, step) => sum + step.resources, 0);
  const removed = [count(plan.steps.length, "stack"), count(resources, "resource")];
  const phases = [...new Set(plan.steps.map((step) => step.phase))];
  const stacksOf = (phase: string) =>
    plan.steps
      .filter((step) => step.phase === phase)
      .map((step) => shortStack(step.stack, plan.project, plan.environment));
  const lines = [
    ...heading(theme, header, [[`Destroy ${plan.environment} in ${plan.region}`, bold]]),
    "",
    ...labelled(
      theme,
      phases.map((phase) => [phase, stacksOf(phase).join(", ")]),
    ),
    "",
    ...labelled(theme, [
      ["Removed", removed.join(", "), red],
      ...underOne("Kept", kept.length > 0 ? kept.map(keptWords) : ["nothing"]),
    ]),
    "",
    ...costRows(theme, plan, expectedSeconds),
    ...(inTheWay.length > 0 ? ["", ...labelled(theme, wayRows(inTheWay))] : []),
  ];
  return `${lines.join("\n")}\n`;
}

/** What AWS will not delete a network or a zone before, and the commands for it. */
function wayRows(inTheWay: readonly (InTheWay | NotLookedAt)[]): readonly Labelled[] {
  const commands = inTheWay.flatMap((one) => ("removal" in one && one.removal ? [shellLine(one.removal)] : []));
  return [
    ...underOne(
      "Blocked by",
      inTheWay.map((one) => ("by" in one ? blockerName(one.by) : unknownWords(one))),
    ),
    ["", "no stack of this environment made it, and the removal will fail there"],
    ...underOne("If not needed", commands),
  ];
}

/** Where nothing was found, and by what it would have been known. */
export function whereLooked({ project, environment, region, account }: Plan): string {
  const regions = [...new Set([region, "us-east-1"])].join(", ");
  const tags = `Project=${project}, Environment=${environment}, ManagedBy=astro`;
  return `no stack in ${regions} of account ${account} is tagged ${tags}`;
}
