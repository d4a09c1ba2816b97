import { AstroError } from "../errors.ts";
import type { PrivateFolder } from "../folder.ts";
import type { Emit, Event } from "../provision/event.ts";
import { operationIn } from "../provision/stack-events.ts";
import { readJson } from "../reading/json.ts";
import { listSchema, mapSchema, numberSchema, shaped } from "../reading/shape.ts";
import {
  correctedBy,
  type OperationKind,
  type SecondsFor,
  type Timings,
  timingKeyOf,
  withTiming,
} from "../template/durations.ts";
import type { NamedTemplate } from "../template/linked.ts";

const FILE = "timings.json";

/** Whose runs these are: the project's own folder, and whether it is AWS that they ran on. */
type Where = {
  readonly project: { readonly own: PrivateFolder };
  readonly target: { readonly real: boolean };
};

/** How long resources take: the medians of this project's own runs where there are any, else AWS's usual pace. */
export async function paceOf(where: Where): Promise<SecondsFor> {
  return correctedBy(timingsOf(where));
}

/** Collects how long each resource of a run took; what `save` keeps helps the next estimate. */
export function stopwatch(
  where: Where,
  stacks: readonly NamedTemplate[],
): { readonly emit: Emit; readonly save: () => Promise<void> } {
  const templates = new Map(stacks.map(({ name, template }) => [name, template]));
  const taken: { readonly kind: string; readonly doing: OperationKind; readonly seconds: number }[] = [];
  const take = (event: Extract<Event, { type: "resource.changed" }>, seconds: number) => {
    const doing = operationIn(event.status, "COMPLETE");
    const resource = templates.get(event.stack)?.Resources[event.resource] ?? { Type: event.resourceType };
    if (doing) taken.push({ kind: timingKeyOf(resource), doing, seconds: Math.round(seconds) });
  };
  return {
    emit: (event) => {
      if (event.type === "resource.changed" && event.elapsedSeconds !== undefined) take(event, event.elapsedSeconds);
    },
    save: async () => {
      if (taken.length === 0 || !where.target.real) return;
      const all = taken.reduce(
        (timings, { kind, doing, seconds }) => withTiming(timings, kind, doing, seconds),
        timingsOf(where),
      );
      store(where, all);
    },
  };
}

/** Seconds that each operation on each kind of resource took. */
const TIMINGS = mapSchema(mapSchema(listSchema(numberSchema.nonnegative())));

/** A rehearsal takes its times from the table, and an emulator takes none: neither says anything of AWS. */
function timingsOf(where: Where): Timings {
  if (!where.target.real) return {};
  try {
    return shaped(TIMINGS, readJson(where.project.own.read(FILE)?.toString("utf8") ?? "{}"));
  } catch (error) {
    if (isTampered(error)) throw error;
    // Estimates are a comfort: a lost or broken file must not stop anything.
    return {};
  }
}

function store({ project: { own } }: Where, timings: Timings): void {
  try {
    own.make();
    own.write(FILE, `${JSON.stringify(timings, null, 2)}\n`);
  } catch {
    // As above; and the run that is over has done what it was to do.
  }
}

/** Somebody laid a link there, or a file of theirs. */
function isTampered(error: unknown): boolean {
  return error instanceof AstroError && error.code === "config";
}
