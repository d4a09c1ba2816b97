import { bootstrapBucket, stateFolder } from "../plan/bootstrap.ts";
import type { Site } from "../plan/provision-plan.ts";
import type { Cloud } from "../provision/cloud.ts";
import { sideBySide } from "../provision/side-by-side.ts";
import { readJson } from "../reading/json.ts";
import { flagSchema, numberSchema, objectSchema, oneOf, shaped, textSchema, timeSchema } from "../reading/shape.ts";

/** What a release runs: the image as the service's stack names it, its digest, and the tag it was pushed under. */
export type ReleasedImage = { readonly ref: string; readonly digest: string; readonly tag?: string };

/** One release, as the bootstrap bucket keeps it beside the records of runs. */
export type ReleaseRecord = {
  readonly number: number;
  /** When it was up (ISO 8601), and the ARN of who deployed it. */
  readonly at: string;
  readonly who: string;
  /** The git commit that it was built from; `dirty` if files differed from it. */
  readonly commit?: string;
  readonly dirty?: boolean;
  readonly image?: ReleasedImage;
  /** Content hash of the frontend's files, by which their manifest is kept, and what they were built from. */
  readonly frontend?: { readonly hash: string; readonly source?: string };
  /** Set where the API was left alone. */
  readonly only?: "worker" | "frontend";
  /** The release that this one went back to. */
  readonly of?: number;
};

/** Releases that are looked at, at most: the newest. */
const MOST = 50;

const word = textSchema;

/** What a record must have to be read: one that a newer astro wrote may have more. */
const RELEASE = objectSchema({
  number: numberSchema,
  at: timeSchema,
  who: word,
  commit: word.optional(),
  dirty: flagSchema.optional(),
  image: objectSchema({ ref: word, digest: word, tag: word.optional() }).optional(),
  frontend: objectSchema({ hash: word, source: word.optional() }).optional(),
  only: oneOf(["worker", "frontend"]).optional(),
  of: numberSchema.optional(),
});

type Store = Pick<Cloud, "listObjects" | "readObject" | "writeObject">;

/**
 * The newest releases of an environment, at most `most`, the oldest of them first. A record that cannot be understood is
 * left out, and its number stays taken: `last` is the highest there is, 0 where there is none.
 */
export async function releasesOf(
  cloud: Store,
  site: Site,
  most = MOST,
): Promise<{ readonly last: number; readonly releases: readonly ReleaseRecord[] }> {
  const bucket = bootstrapBucket(site.account, site.region);
  const keys = await cloud.listObjects(site.region, bucket, folderOf(site));
  const named = keys.filter((key) => numberIn(key) > 0).toSorted((a, b) => numberIn(a) - numberIn(b));
  const newest = named.slice(-most);
  const texts = await sideBySide(newest, (key) => cloud.readObject(site.region, bucket, key));
  return { last: numberIn(named.at(-1) ?? ""), releases: texts.flatMap((text) => recordIn(text)) };
}

/** Writes a release down, under its number. */
export async function writeRelease(cloud: Store, site: Site, release: ReleaseRecord): Promise<void> {
  const key = `${folderOf(site)}${String(release.number).padStart(6, "0")}.json`;
  const body = `${JSON.stringify(release, null, 2)}\n`;
  await cloud.writeObject(site.region, bootstrapBucket(site.account, site.region), key, body);
}

function folderOf(site: Site): string {
  return `${stateFolder(site)}releases/`;
}

function numberIn(key: string): number {
  return Number(/\/(\d{6,})\.json$/.exec(key)?.[1] ?? 0);
}

function recordIn(text: string | undefined): readonly ReleaseRecord[] {
  if (text === undefined) return [];
  try {
    return [shaped<ReleaseRecord>(RELEASE, readJson(text))];
  } catch {
    return [];
  }
}
