import { sideBySide } from "../provision/side-by-side.ts";
import { blobPlace, type FrontendSite, manifestPlace, readIndex, readManifest } from "./frontend-state.ts";
import type { FrontendCloud } from "./port-frontend.ts";

/**
 * Deletes what is kept of frontends that none of `hashes` names (those of the releases that one may still go back to), nor
 * what is served; returns how many files. One call where there is nothing to delete.
 */
export async function pruneFrontend(
  cloud: FrontendCloud,
  site: FrontendSite,
  hashes: readonly string[],
): Promise<number> {
  const { bucket, key: folder } = manifestPlace(site, "");
  const prefix = folder.slice(0, -".json".length);
  const kept = await cloud.listObjects(site.region, bucket, prefix);
  const wanted = new Set(hashes);
  if (kept.every(({ key }) => wanted.has(hashIn(key, prefix)))) return 0;
  const { hash, before } = await readIndex(cloud, site);
  for (const one of [hash, before]) if (one !== undefined) wanted.add(one);
  const old = kept.map(({ key }) => key).filter((key) => !wanted.has(hashIn(key, prefix)));
  if (old.length === 0) return 0;
  const read = await sideBySide([...wanted], async (one) => readManifest(cloud, site, one));
  // Of a list that cannot be read nobody knows what it names.
  if (
    kept.some(({ key }) => wanted.has(hashIn(key, prefix)) && !read.some((one) => one?.hash === hashIn(key, prefix)))
  ) {
    return 0;
  }
  const named = new Set(read.flatMap((manifest) => manifest?.files.map(({ sha256 }) => sha256) ?? []));
  const { key: blobs } = blobPlace(site, "");
  const all = await cloud.listObjects(site.region, bucket, blobs);
  const unnamed = all.map(({ key }) => key).filter((key) => !named.has(key.slice(blobs.length)));
  // Their lists last: as long as there is one that nobody wants, the next call looks again.
  if (unnamed.length > 0) await cloud.removeObjects(site.region, bucket, unnamed);
  await cloud.removeObjects(site.region, bucket, old);
  return unnamed.length;
}

function hashIn(key: string, prefix: string): string {
  return key.slice(prefix.length, -".json".length);
}
