import { mkdir, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Plan } from "../plan/plan.ts";
import type { Emit, Event } from "../provision/event.ts";
import { operationIn } from "../provision/history.ts";
import { readText } from "../reading/file.ts";
import { readJson } from "../reading/json.ts";
import { MOST_BYTES } from "../reading/limits.ts";
import { list, map, number, shaped } from "../reading/shape.ts";
import {
  correctedBy,
  kindOf,
  type Operation,
  type SecondsFor,
  type Timings,
  withTiming,
} from "../template/durations.ts";

/** Whose runs these are: the project's folder, and whether it is AWS that they ran on. */
type Where = {
  readonly project: { readonly directory: string };
  readonly target: { readonly real: boolean };
};

/** How long resources take: the medians of this project's own runs where there are any, else AWS's usual pace. */
export async function paceOf(where: Where): Promise<SecondsFor> {
  return correctedBy(await timingsOf(where));
}

/** Collects how long each resource of a run took; what `save` keeps helps the next estimate. */
export function stopwatch(where: Where, plan: Plan): { readonly emit: Emit; readonly save: () => Promise<void> } {
  const templates = new Map(plan.steps.map((step) => [step.stack, step.source?.template]));
  const taken: { readonly kind: string; readonly doing: Operation; readonly seconds: number }[] = [];
  const take = (event: Extract<Event, { type: "resource.changed" }>, seconds: number) => {
    const doing = operationIn(event.status, "COMPLETE");
    const resource = templates.get(event.stack)?.Resources[event.resource] ?? { Type: event.resourceType };
    if (doing) taken.push({ kind: kindOf(resource), doing, seconds: Math.round(seconds) });
  };
  return {
    emit: (event) => {
      if (event.type === "resource.changed" && event.elapsedSeconds !== undefined) take(event, event.elapsedSeconds);
    },
    save: async () => {
      if (taken.length === 0 || !where.target.real) return;
      const all = taken.reduce(
        (timings, { kind, doing, seconds }) => withTiming(timings, kind, doing, seconds),
        await timingsOf(where),
      );
      await store(where, all);
    },
  };
}

/** Seconds that each operation on each kind of resource took. */
const TIMINGS = map(map(list(number.nonnegative())));

/** A rehearsal takes its times from the table, and an emulator takes none: neither says anything of AWS. */
async function timingsOf(where: Where): Promise<Timings> {
  if (!where.target.real) return {};
  try {
    return shaped(TIMINGS, readJson(readText(fileOf(where), MOST_BYTES.note)));
  } catch {
    // Estimates are a comfort: a lost or broken file must not stop anything.
    return {};
  }
}

/** Written beside and moved into place, so that a killed run leaves the old file whole. */
async function store(where: Where, timings: Timings): Promise<void> {
  const file = fileOf(where);
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(`${file}.new`, `${JSON.stringify(timings, null, 2)}\n`);
    await rename(`${file}.new`, file);
  } catch {
    // As above.
  }
}

function fileOf({ project }: Where): string {
  return join(project.directory, ".astro", "timings.json");
}
