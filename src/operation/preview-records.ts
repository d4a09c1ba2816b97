import type { Context } from "../context.ts";
import { isCallFailure } from "../errors.ts";
import { type PrivateFolder, unfinished } from "../folder.ts";
import type { Plan } from "../plan/plan.ts";
import type { Cloud, StackRef } from "../provision/cloud.ts";
import { sweepStack } from "../provision/recovery/change-sets.ts";
import { readJson } from "../reading/json.ts";
import { listSchema, objectSchema, shaped, textSchema } from "../reading/shape.ts";

/** Where running plans are recorded, and the AWS they use. */
export type PreviewRecords = { readonly own: PrivateFolder; readonly place: string };

type PreviewRecord = {
  readonly process: string;
  readonly place: string;
  readonly stacks: readonly StackRef[];
};

const RECORD = objectSchema({
  process: textSchema,
  place: textSchema,
  stacks: listSchema(objectSchema({ name: textSchema, region: textSchema })),
});

/** Where the records lie; an earlier astro had its own in another folder. */
const FOLDER = "previews";
const FORMER = "looking";

/** Names of records; other files are left alone. */
const NAME = /^([a-z0-9]+)\.json$/;

/**
 * Does `work`, which makes temporary change sets on the plan's stacks, with a record of it on this machine: if it is
 * killed, the next plan deletes them. `word` is the id in their names.
 */
export async function recordedPreview<T>(
  { process }: Pick<Context, "process">,
  records: PreviewRecords,
  plan: Plan,
  word: string,
  work: () => Promise<T>,
): Promise<T> {
  const stacks = plan.steps.filter(({ action }) => action === "update");
  if (stacks.length === 0) return work();
  const record: PreviewRecord = {
    process,
    place: records.place,
    stacks: stacks.map(({ stack: name, region }) => ({ name, region })),
  };
  const folder = records.own.folder(FOLDER);
  const name = `${word}.json`;
  try {
    folder.make();
    folder.write(name, JSON.stringify(record));
  } catch (error) {
    // A full disk keeps nobody from planning: what a killed plan leaves is then cleared away by the next run.
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
export async function clearKilledPreviews(
  cloud: Cloud,
  now: Date,
  { isGone }: Pick<Context, "isGone">,
  records: PreviewRecords,
): Promise<void> {
  for (const folder of [FOLDER, FORMER].map((name) => records.own.folder(name)))
    for (const name of folder.list()) {
      const word = NAME.exec(unfinished(name) ?? name)?.[1];
      if (word === undefined) continue;
      const record = recordIn(folder.read(name));
      if (record && (record.place !== records.place || !isGone(record.process))) continue;
      for (const ref of record?.stacks ?? []) await sweepStack(cloud, ref, { now, plans: [word] });
      folder.remove(name);
    }
}

/** A record; `undefined` for anything else, such as one that was half written when its process was killed. */
function recordIn(content: Buffer | undefined): PreviewRecord | undefined {
  try {
    return shaped<PreviewRecord>(RECORD, readJson(content?.toString("utf8") ?? ""));
  } catch {
    return undefined;
  }
}
