import { type FrontendFile, type FrontendManifest, isPage } from "../build/frontend-manifest.ts";
import type { Clock } from "../clock.ts";
import { AstroError } from "../errors.ts";
import { sideBySide } from "../provision/side-by-side.ts";
import {
  blobPlace,
  type FrontendSite,
  manifestPlace,
  type PublishedIndex,
  type PutFile,
  readIndex,
  readManifest,
  writeIndex,
} from "./frontend-state.ts";
import type { FrontendCloud, Invalidation, ListedObject } from "./port-frontend.ts";

/** What is published: the files' folder on this machine, or none where a release that is kept is to be served again. */
export type FrontendRelease = { readonly manifest: FrontendManifest; readonly folder?: string };

/** How far a publication is: files sent, or put in place. */
export type FrontendProgress = {
  readonly doing: "send" | "place";
  readonly done: number;
  readonly of: number;
  /** Bytes of the files that are done, and of all of them. */
  readonly bytes: number;
  readonly ofBytes: number;
};

/** What a publication did. */
export type FrontendResult = {
  readonly hash: string;
  /** Files whose content was sent, and their bytes: what was kept already is not sent again. */
  readonly sent: number;
  readonly sentBytes: number;
  /** Files put in place, left alone because they stand, and removed because nobody needs them any more. */
  readonly placed: number;
  readonly unchanged: number;
  readonly removed: number;
  readonly invalidation?: Invalidation & { readonly paths: readonly string[] };
};

type Publishing = {
  readonly clock: Pick<Clock, "now">;
  readonly progress?: (progress: FrontendProgress) => void;
};

/** Milliseconds that a file stays after it left the release: pages that are open may still ask for it. */
const KEPT_FOR = 7 * 24 * 3_600_000;

/** Paths of an invalidation, of which 1,000 a month are free; more are one by `/*` (Amazon CloudFront Developer Guide, "Pay for file invalidation"). */
const MOST_PATHS = 50;

const EVERYTHING = "/*";

/**
 * Serves a frontend: what is not kept yet is sent, what is not in place is copied there, pages last and the first page last
 * of all, so that whatever is served names only what is there. Whatever was interrupted is done again by the next call, and
 * no more than that. Returns what it did; nothing if all stands as it should.
 */
export async function publishFrontend(
  cloud: FrontendCloud,
  site: FrontendSite,
  { manifest, folder }: FrontendRelease,
  { clock, progress }: Publishing,
): Promise<FrontendResult> {
  const now = clock.now();
  const [index, listing] = await Promise.all([readIndex(cloud, site), cloud.listObjects(site.region, site.bucket, "")]);
  const there = new Map(listing.map((one) => [one.key, one]));
  const put = new Map(index.files.map((one) => [one.path, one]));
  const changed = manifest.files.filter((file) => !stands(file, put.get(file.path), there.get(file.path)));
  const before = index.hash === manifest.hash ? index.before : index.hash;
  const old = await dueFiles(cloud, site, { index, manifest, before, now });
  const unchanged = manifest.files.length - changed.length;
  const nothing = { hash: manifest.hash, sent: 0, sentBytes: 0, placed: 0, unchanged, removed: 0 };
  if (changed.length === 0 && old.length === 0 && index.hash === manifest.hash) return nothing;

  if (folder !== undefined && index.hash !== manifest.hash) await keepManifest(cloud, site, manifest);
  const sent = await sendMissing(cloud, site, { manifest, ...(folder !== undefined && { folder }) }, progress);
  // Noted before it is done: what an interrupted run put there must not stay for ever.
  if (changed.length > 0) await writeIndex(cloud, site, { ...index, files: withFiles(put, changed) });
  const etags = await place(cloud, site, changed, progress);
  const paths = forgotten(changed, put, there);
  const reference = `astro-${manifest.hash.slice(0, 16)}-${now.getTime()}`;
  const asked =
    paths.length === 0 ? undefined : await cloud.invalidate(site.region, site.distribution, paths, reference);
  const gone = old.map(({ path }) => path);
  const removed = gone.filter((path) => there.has(path));
  if (removed.length > 0) await cloud.removeObjects(site.region, site.bucket, removed);
  await writeIndex(cloud, site, {
    hash: manifest.hash,
    ...(before !== undefined && { before }),
    files: settled({ put, changed, etags, manifest, gone, now }),
  });
  return {
    ...nothing,
    ...sent,
    placed: changed.length,
    removed: removed.length,
    ...(asked && { invalidation: { ...asked, paths } }),
  };
}

/** Whether a frontend is served as it should be, so that publishing it would do nothing: two calls. */
export async function isPublished(cloud: FrontendCloud, site: FrontendSite, hash: string): Promise<boolean> {
  const index = await readIndex(cloud, site);
  if (index.hash !== hash) return false;
  const listing = await cloud.listObjects(site.region, site.bucket, "");
  const there = new Map(listing.map((one) => [one.key, one]));
  return index.files.every(({ path, etag, left }) => left !== undefined || there.get(path)?.etag === etag);
}

/** Whether a file is in place as it is to be: nobody else has written it since astro did. */
function stands(file: FrontendFile, put: PutFile | undefined, there: ListedObject | undefined): boolean {
  return put?.etag !== undefined && put.etag === there?.etag && isSame(file, put);
}

function isSame(one: FrontendFile, other: FrontendFile | undefined): boolean {
  return one.sha256 === other?.sha256 && one.type === other.type && one.cacheControl === other.cacheControl;
}

async function keepManifest(cloud: FrontendCloud, site: FrontendSite, manifest: FrontendManifest): Promise<void> {
  const { bucket, key } = manifestPlace(site, manifest.hash);
  await cloud.writeObject(site.region, bucket, key, JSON.stringify(manifest));
}

type Sent = Pick<FrontendResult, "sent" | "sentBytes">;

/** Sends what a release holds and is not kept yet: each content once, whatever its names. */
async function sendMissing(
  cloud: FrontendCloud,
  site: FrontendSite,
  { manifest, folder }: FrontendRelease,
  progress: Publishing["progress"],
): Promise<Sent> {
  const { bucket, key } = blobPlace(site, "");
  const kept = new Set((await cloud.listObjects(site.region, bucket, key)).map((one) => one.key.slice(key.length)));
  const byContent = new Map(manifest.files.map((file) => [file.sha256, file]));
  const missing = [...byContent.values()].filter(({ sha256 }) => !kept.has(sha256));
  if (missing.length > 0 && folder === undefined) throw goneFiles(missing);
  const count = counter("send", missing, progress);
  await sideBySide(missing, async ({ path, sha256, bytes }) => {
    await cloud.sendFile(site.region, blobPlace(site, sha256), { local: `${folder}/${path}`, sha256, bytes });
    count(bytes);
  });
  return { sent: missing.length, sentBytes: sumOf(missing) };
}

function goneFiles(missing: readonly FrontendFile[]): AstroError {
  const words = `${missing.length} files of that release's frontend are not kept any more, ${missing[0]?.path} for one`;
  return new AstroError("failed", words, {
    text: "check out the commit it was built from, and deploy that",
    command: ["astro", "deploy", "--only", "frontend"],
  });
}

/** Copies files to where they are served, what others name first; returns their ETags by path. */
async function place(
  cloud: FrontendCloud,
  site: FrontendSite,
  files: readonly FrontendFile[],
  progress: Publishing["progress"],
): Promise<ReadonlyMap<string, string>> {
  const etags = new Map<string, string>();
  const count = counter("place", files, progress);
  const copy = async (file: FrontendFile) => {
    const to = { bucket: site.bucket, key: file.path };
    etags.set(file.path, await cloud.copyObject(site.region, blobPlace(site, file.sha256), to, file));
    count(file.bytes);
  };
  for (const group of [0, 1, 2])
    await sideBySide(
      files.filter((file) => groupOf(file) === group),
      copy,
    );
  return etags;
}

/** What pages name, pages, and the page that everybody comes to. */
function groupOf(file: FrontendFile): number {
  if (file.path === "index.html") return 2;
  return isPage(file) ? 1 : 0;
}

const sumOf = (files: readonly Pick<FrontendFile, "bytes">[]) => files.reduce((sum, { bytes }) => sum + bytes, 0);

function counter(doing: FrontendProgress["doing"], files: readonly FrontendFile[], progress: Publishing["progress"]) {
  const [of, ofBytes] = [files.length, sumOf(files)];
  let [done, sum] = [0, 0];
  return (bytes: number) => {
    done += 1;
    sum += bytes;
    progress?.({ doing, done, of, bytes: sum, ofBytes });
  };
}

/**
 * What the CDN keeps and must forget: what was there before and is another now. The viewer-request function makes every deep
 * link `/index.html` before the cache is looked at (Amazon CloudFront Developer Guide, "Choose the event to trigger the
 * function": the cache key), so that no other path has it; AWS recommends both the path asked for and the one it became
 * ("What you need to know when invalidating files"), of which `/` is the one that can be named.
 */
function forgotten(
  changed: readonly FrontendFile[],
  put: ReadonlyMap<string, PutFile>,
  there: ReadonlyMap<string, ListedObject>,
): readonly string[] {
  // Of an interrupted run: a name that has its content's hash in it held nothing else.
  const isOnlyRepeated = (file: FrontendFile) =>
    /immutable/.test(file.cacheControl) && isSame(file, put.get(file.path));
  const over = changed.filter((file) => there.has(file.path) && !isOnlyRepeated(file));
  const paths = over.map(({ path }) => `/${path.split("/").map(encodeURIComponent).join("/")}`);
  const all = paths.includes("/index.html") ? ["/", ...paths] : paths;
  return all.length > MOST_PATHS ? [EVERYTHING] : all;
}

/** The index with files that are about to be copied: nobody knows of them yet whether they are there. */
function withFiles(put: ReadonlyMap<string, PutFile>, changed: readonly FrontendFile[]): readonly PutFile[] {
  return [...new Map([...put, ...changed.map((file) => [file.path, file] as const)]).values()];
}

type Settling = {
  readonly put: ReadonlyMap<string, PutFile>;
  readonly changed: readonly FrontendFile[];
  readonly etags: ReadonlyMap<string, string>;
  readonly manifest: FrontendManifest;
  readonly gone: readonly string[];
  readonly now: Date;
};

/** Every file that is in the bucket now: those of the release with their ETags, the others with when they left. */
function settled({ put, changed, etags, manifest, gone, now }: Settling): readonly PutFile[] {
  const served = new Set(manifest.files.map(({ path }) => path));
  return withFiles(put, changed)
    .filter(({ path }) => served.has(path) || !gone.includes(path))
    .map(({ left, etag: known, ...file }) => {
      const etag = etags.get(file.path) ?? known;
      const since = served.has(file.path) ? undefined : (left ?? now.toISOString());
      return { ...file, ...(etag !== undefined && { etag }), ...(since !== undefined && { left: since }) };
    });
}

type Tidying = {
  readonly index: PublishedIndex;
  readonly manifest: FrontendManifest;
  readonly before: string | undefined;
  readonly now: Date;
};

/** Files that left long enough ago, and that neither this release nor the one before names. */
async function dueFiles(
  cloud: FrontendCloud,
  site: FrontendSite,
  { index, manifest, before, now }: Tidying,
): Promise<readonly PutFile[]> {
  const served = new Set(manifest.files.map(({ path }) => path));
  const due = index.files.filter(
    ({ path, left }) => !served.has(path) && left !== undefined && Date.parse(left) <= now.getTime() - KEPT_FOR,
  );
  if (due.length === 0 || before === undefined) return due;
  const last = await readManifest(cloud, site, before);
  const named = new Set(last?.files.map(({ path }) => path));
  return due.filter(({ path }) => !named.has(path));
}
