import type { Unpriced } from "../cost/finding.ts";
import type { Plan, Step } from "../plan/plan.ts";
import type { Event } from "../provision/event.ts";
import { jsonText, type Terminal } from "../terminal.ts";
import type { View } from "./view.ts";

/** One JSON object a line for every event; templates stay out. */
export function jsonView(terminal: Terminal): View {
  return {
    emit: (event) => terminal.write(`${jsonText(flat(event))}\n`),
    pause: () => () => {},
    close: async () => {},
  };
}

function flat(event: Event): object {
  const { type, at, environment, ...facts } = event;
  return {
    type,
    at,
    environment,
    ...("plan" in facts ? { ...facts, plan: undefined, ...outline(facts.plan) } : facts),
  };
}

/** What a line of JSON has in the place of a plan: its parts as `astro plan --json` names them, without changes. */
type PlanOutline = {
  readonly project: string;
  readonly region: string;
  readonly account: string;
  readonly direction: "provision" | "destroy";
  /** In the order in which they have their turn; `resources` is how many each has. */
  readonly stacks: readonly Pick<Step, "stack" | "phase" | "action" | "resources">[];
  /** US dollars a month, before and after. */
  readonly monthly: { readonly before: number; readonly after: number };
  /** Resources whose price is not known, and why. */
  readonly unpriced: readonly Unpriced[];
};

function outline({ project, region, account, direction, steps, monthly, unpriced = [] }: Plan): PlanOutline {
  const stacks = steps.map(({ stack, phase, action, resources }) => ({ stack, phase, action, resources }));
  return { project, region, account, direction, stacks, monthly, unpriced };
}
