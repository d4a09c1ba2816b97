import type { Context } from "../context.ts";
import { isCallFailure } from "../errors.ts";
import { type PrivateFolder, unfinished } from "../folder.ts";
import type { Plan } from "../plan/plan.ts";
import type { Cloud, StackRef } from "../provision/cloud.ts";
import { sweepStack } from "../provision/recovery/change-sets.ts";
import { readJson } from "../reading/json.ts";
import { listSchema, objectSchema, shaped, textSchema } from "../reading/shape.ts";

/** Where running plans are recorded, and the AWS they use. */
export type PlanNotes = { readonly own: PrivateFolder; readonly place: string };

type Note = {
  readonly process: string;
  readonly place: string;
  readonly stacks: readonly StackRef[];
};

const NOTE = objectSchema({
  process: textSchema,
  place: textSchema,
  stacks: listSchema(objectSchema({ name: textSchema, region: textSchema })),
});

const folderOf = ({ own }: PlanNotes) => own.folder("looking");

/** Names of records; other files are left alone. */
const NAME = /^([a-z0-9]+)\.json$/;

/**
 * Does `work`, which makes temporary change sets on the plan's stacks, with a record of it on this machine: if it is
 * killed, the next plan deletes them. `word` is the id in their names.
 */
export async function noted<T>(
  { process }: Pick<Context, "process">,
  notes: PlanNotes,
  plan: Plan,
  word: string,
  work: () => Promise<T>,
): Promise<T> {
  const stacks = plan.steps.filter(({ action }) => action === "update");
  if (stacks.length === 0) return work();
  const note: Note = {
    process,
    place: notes.place,
    stacks: stacks.map(({ stack: name, region }) => ({ name, region })),
  };
  const folder = folderOf(notes);
  const name = `${word}.json`;
  try {
    folder.make();
    folder.write(name, JSON.stringify(note));
  } catch (error) {
    // A full disk keeps nobody from looking: what a killed plan leaves is then cleared away by the next run.
    if (!isCallFailure(error)) throw error;
    return work();
  }
  try {
    return await work();
  } finally {
    folder.remove(name);
  }
}

/** Deletes the change sets of plans that were killed on this machine. Makes no call where there are none. */
export async function clearKilled(
  cloud: Cloud,
  now: Date,
  { isGone }: Pick<Context, "isGone">,
  notes: PlanNotes,
): Promise<void> {
  const folder = folderOf(notes);
  for (const name of folder.list()) {
    const word = NAME.exec(unfinished(name) ?? name)?.[1];
    if (word === undefined) continue;
    const note = noteIn(folder.read(name));
    if (note && (note.place !== notes.place || !isGone(note.process))) continue;
    for (const ref of note?.stacks ?? []) await sweepStack(cloud, ref, { now, plans: [word] });
    folder.remove(name);
  }
}

/** A record; `undefined` for anything else, such as one that was half written when its process was killed. */
function noteIn(content: Buffer | undefined): Note | undefined {
  try {
    return shaped<Note>(NOTE, readJson(content?.toString("utf8") ?? ""));
  } catch {
    return undefined;
  }
}
