import { type FrontendFile, type FrontendManifest, fileSchema, manifestOf } from "../build/frontend-manifest.ts";
import { AstroError } from "../errors.ts";
import { bootstrapBucket, stateFolder } from "../plan/bootstrap.ts";
import type { Site } from "../plan/provision-plan.ts";
import { readJson } from "../reading/json.ts";
import { ReadingError } from "../reading/reading-error.ts";
import { listSchema, objectSchema, type Schema, shaped, textSchema, timeSchema } from "../reading/shape.ts";
import type { FrontendCloud, ObjectPlace } from "./port-frontend.ts";

/** Where an environment's frontend is kept, and where it is served from. */
export type FrontendSite = {
  readonly region: string;
  /** Folder of astro's own bucket in which files and manifests of releases lie. */
  readonly kept: ObjectPlace;
  readonly bucket: string;
  readonly distribution: string;
};

/** What is looked at of stacks that are deployed. */
type WithOutputs = { readonly outputs: { readonly [key: string]: string } };

/** The value of an output of one of these stacks; undefined where none has it. */
export function outputNamed(stacks: readonly WithOutputs[], name: string): string | undefined {
  return stacks.map(({ outputs }) => outputs[name]).find((value) => value !== undefined);
}

/** The frontend's places, from the outputs of what is deployed. Throws AstroError("failed") where there is no bucket or CDN. */
export function frontendSite(site: Site, stacks: readonly WithOutputs[]): FrontendSite {
  const bucket = outputNamed(stacks, "FrontendBucketName");
  const distribution = outputNamed(stacks, "DistributionId");
  if (bucket === undefined || distribution === undefined) {
    const missing = bucket === undefined ? "bucket (output FrontendBucketName)" : "CDN (output DistributionId)";
    throw new AstroError("failed", `${site.environment} has no ${missing} for the frontend`, {
      text: "provision it first, then run the same command again",
      command: ["astro", "provision", "--env", site.environment],
    });
  }
  const kept = { bucket: bootstrapBucket(site.account, site.region), key: `${stateFolder(site)}frontend/` };
  return { region: site.region, kept, bucket, distribution };
}

/** Where what a file holds is kept, by its content. */
export function blobPlace({ kept }: FrontendSite, sha256: string): ObjectPlace {
  return { ...kept, key: `${kept.key}blobs/${sha256}` };
}

/** Where the list of a release's files is kept. */
export function manifestPlace({ kept }: FrontendSite, hash: string): ObjectPlace {
  return { ...kept, key: `${kept.key}manifests/${hash}.json` };
}

/** The frontend of a release; undefined where it is not kept (any more). */
export async function readManifest(
  cloud: Pick<FrontendCloud, "readObject">,
  site: FrontendSite,
  hash: string,
): Promise<FrontendManifest | undefined> {
  const place = manifestPlace(site, hash);
  const text = await cloud.readObject(site.region, place.bucket, place.key);
  return text === undefined ? undefined : manifestOf(text);
}

/** A file that astro has put into the frontend's bucket, or was about to. */
export type PutFile = FrontendFile & {
  /** Its ETag once it is known to be there. */
  readonly etag?: string;
  /** When it left the release that is served, ISO 8601. */
  readonly left?: string;
};

/** What astro knows of the frontend's bucket: the release that is served, the one before, every file that it put there. */
export type PublishedIndex = { readonly hash?: string; readonly before?: string; readonly files: readonly PutFile[] };

const putFile = objectSchema({ etag: textSchema.optional(), left: timeSchema.optional() });

const indexSchema: Schema<unknown> = objectSchema({
  hash: textSchema.optional(),
  before: textSchema.optional(),
  files: listSchema(fileSchema).and(listSchema(putFile)),
});

const indexPlace = ({ kept }: FrontendSite): ObjectPlace => ({ ...kept, key: `${kept.key}published.json` });

/** What is known of the bucket; of a note that nobody can read nothing is, and all files count as unknown. */
export async function readIndex(cloud: Pick<FrontendCloud, "readObject">, site: FrontendSite): Promise<PublishedIndex> {
  const { bucket, key } = indexPlace(site);
  const text = await cloud.readObject(site.region, bucket, key);
  if (text === undefined) return { files: [] };
  try {
    return shaped<PublishedIndex>(indexSchema, readJson(text));
  } catch (error) {
    if (error instanceof ReadingError) return { files: [] };
    throw error;
  }
}

/** Remembers it. */
export async function writeIndex(
  cloud: Pick<FrontendCloud, "writeObject">,
  site: FrontendSite,
  index: PublishedIndex,
): Promise<void> {
  const { bucket, key } = indexPlace(site);
  await cloud.writeObject(site.region, bucket, key, JSON.stringify(index));
}
