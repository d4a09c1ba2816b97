import type { Plan } from "../plan/plan.ts";
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

/** A plan as `astro plan --json` names its parts, without changes. */
function outline({ project, region, account, direction, steps, monthly, unpriced = [] }: Plan): object {
  const stacks = steps.map(({ stack, phase, action, resources }) => ({ stack, phase, action, resources }));
  return { project, region, account, direction, stacks, monthly, unpriced };
}
