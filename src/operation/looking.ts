import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Context } from "../context.ts";
import type { Plan } from "../plan/plan.ts";
import type { Cloud, StackRef } from "../provision/cloud.ts";
import { isLookingOf } from "../provision/preview.ts";
import { readText } from "../reading/file.ts";
import { readJson } from "../reading/json.ts";
import { MOST_BYTES } from "../reading/limits.ts";
import { list, shaped, text, thing } from "../reading/shape.ts";

/** Where plans are noted that have change sets under way, and what tells one AWS from another. */
export type Notes = { readonly directory: string; readonly place: string };

type Note = {
  readonly process: string;
  readonly place: string;
  readonly stacks: readonly StackRef[];
};

const NOTE = thing({ process: text, place: text, stacks: list(thing({ name: text, region: text })) });

const folderOf = ({ directory }: Notes) => join(directory, ".astro", "looking");

/**
 * Does `work`, which makes change sets on the plan's stacks only to read them, with a note of it on this machine: should
 * it be killed, the next one clears them away. `word` begins the names that it gives them.
 */
export async function noted<T>(
  { process }: Pick<Context, "process">,
  notes: Notes,
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
  const file = join(folderOf(notes), `${word}.json`);
  await mkdir(folderOf(notes), { recursive: true });
  // Whoever reads it finds all of it, or none.
  const half = join(notes.directory, ".astro", `looking-${word}.new`);
  await writeFile(half, JSON.stringify(note));
  await rename(half, file);
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

/** Deletes the change sets of plans that were killed on this machine. Asks AWS nothing where there are none. */
export async function clearKilled(cloud: Cloud, { isGone }: Pick<Context, "isGone">, notes: Notes): Promise<void> {
  for (const name of await readdir(folderOf(notes)).catch(() => [])) {
    const file = join(folderOf(notes), name);
    const note = await read(file);
    if (note && (note.place !== notes.place || !isGone(note.process))) continue;
    for (const ref of note?.stacks ?? []) {
      const left = (await cloud.changeSets(ref)).filter((one) => isLookingOf(one, name.replace(/\.json$/, "")));
      for (const one of left) await cloud.deleteChangeSet(ref, one);
    }
    await rm(file, { force: true });
  }
}

/** A note; `undefined` for one that was only half written when its process was killed: nothing was made yet. */
async function read(file: string): Promise<Note | undefined> {
  try {
    return shaped<Note>(NOTE, readJson(readText(file, MOST_BYTES.note)));
  } catch {
    return undefined;
  }
}
