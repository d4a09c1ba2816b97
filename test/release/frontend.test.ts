import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { readFrontend } from "../../src/build/frontend-files.ts";
import { type FrontendRelease, isPublished, publishFrontend } from "../../src/release/frontend.ts";
import { readManifest } from "../../src/release/frontend-state.ts";
import { pruneFrontend } from "../../src/release/prune-frontend.ts";
import { type FakeFrontend, fakeFrontend, FRONTEND_SITE as site } from "../support/fake-frontend.ts";

const root = mkdtempSync(join(tmpdir(), "astro-frontend-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let folders = 0;

/** A frontend that a build wrote, by its files. */
async function built(files: { readonly [path: string]: string }): Promise<Required<FrontendRelease>> {
  const folder = join(root, `dist-${++folders}`);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return { manifest: await readFrontend(folder), folder };
}

/** A page names its script, and the script a part that it loads later. */
const release = (name: string, more: { readonly [path: string]: string } = {}) =>
  built({
    "index.html": `<script src="assets/index-${name}qXx1L23.js"></script><script src="theme.js"></script>`,
    [`assets/index-${name}qXx1L23.js`]: `import("assets/part-${name}qXx1L23.js")`,
    [`assets/part-${name}qXx1L23.js`]: `part of ${name}`,
    "theme.js": `theme of ${name}`,
    "logo.svg": "<svg/>",
    ...more,
  });

const DAY = 24 * 3_600_000;
const clockAt = (days: number) => ({ now: () => new Date(Date.UTC(2026, 0, 1) + days * DAY) });
const publish = (cloud: FakeFrontend, what: FrontendRelease, days = 0) =>
  publishFrontend(cloud, site, what, { clock: clockAt(days) });
const bucketOf = (cloud: FakeFrontend) => cloud.objects.get(site.bucket) ?? new Map();

/** What a served page and its scripts name and what is not there. */
function missing(cloud: FakeFrontend): readonly string[] {
  const bucket = bucketOf(cloud);
  const looked = new Set<string>();
  const lost: string[] = [];
  const look = (path: string) => {
    if (looked.has(path)) return;
    looked.add(path);
    const body = bucket.get(path)?.body;
    if (body === undefined) lost.push(path);
    for (const [, named = ""] of (body ?? "").matchAll(/(?:src=|import\()"([^"]+)"/g)) look(named);
  };
  if (bucket.has("index.html")) look("index.html");
  return lost;
}

describe("a frontend", () => {
  it("is in place with its types and how long it may be kept, its first page last", async () => {
    const cloud = fakeFrontend();
    const done = await publish(cloud, await release("A"));
    expect(done).toMatchObject({ sent: 5, placed: 5, unchanged: 0, removed: 0 });
    expect(done.invalidation).toBeUndefined();
    const copies = cloud.calls.filter((call) => call.startsWith("copy"));
    expect(copies.at(-1)).toBe("copy index.html");
    expect(bucketOf(cloud).get("index.html")?.file).toMatchObject({
      type: "text/html; charset=utf-8",
      cacheControl: "no-cache",
    });
    expect(bucketOf(cloud).get("assets/index-AqXx1L23.js")?.file).toMatchObject({
      type: "text/javascript; charset=utf-8",
      cacheControl: "public, max-age=31536000, immutable",
    });
  });

  it("that stands as it should is left alone: two calls that read", async () => {
    const cloud = fakeFrontend();
    const one = await release("A");
    await publish(cloud, one);
    cloud.calls.length = 0;
    expect(await publish(cloud, await release("A"), 1)).toMatchObject({ sent: 0, placed: 0, unchanged: 5 });
    expect(cloud.calls).toEqual(["read", "list"]);
    expect(await isPublished(cloud, site, one.manifest.hash)).toBe(true);
  });

  it("that somebody else wrote over is put right again", async () => {
    const cloud = fakeFrontend();
    const one = await release("A");
    await publish(cloud, one);
    bucketOf(cloud).set("logo.svg", { body: "other", etag: '"other"' });
    expect(await isPublished(cloud, site, one.manifest.hash)).toBe(false);
    expect(await publish(cloud, one, 1)).toMatchObject({ sent: 0, placed: 1, unchanged: 4 });
    expect(bucketOf(cloud).get("logo.svg")?.body).toBe("<svg/>");
  });

  it("of which one line changed sends that, and has the CDN forget what was there under the same name", async () => {
    const cloud = fakeFrontend();
    await publish(cloud, await release("A"));
    const done = await publish(cloud, await release("B"), 1);
    expect(done).toMatchObject({ sent: 4, placed: 4, unchanged: 1 });
    expect(cloud.invalidations).toEqual([["/", "/index.html", "/theme.js"]]);
  });

  it("of which very much changed is forgotten in one path", async () => {
    const many = (text: string) =>
      Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`pages/${at}.html`, `${text} ${at}`]));
    const cloud = fakeFrontend();
    await publish(cloud, await release("A", many("one")));
    await publish(cloud, await release("A", many("two")), 1);
    expect(cloud.invalidations).toEqual([["/*"]]);
  });

  it("goes back to the release before by copies alone", async () => {
    const cloud = fakeFrontend();
    const [a, b] = [await release("A"), await release("B")];
    await publish(cloud, a);
    await publish(cloud, b, 1);
    const kept = await readManifest(cloud, site, a.manifest.hash);
    expect(kept).toEqual(a.manifest);
    cloud.calls.length = 0;
    await publish(cloud, { manifest: a.manifest }, 2);
    expect(cloud.calls.filter((call) => /^(send|copy)/.test(call))).toEqual(["copy theme.js", "copy index.html"]);
    expect(missing(cloud)).toEqual([]);
  });

  it("whose files are not kept any more says so before anything is touched", async () => {
    const cloud = fakeFrontend();
    await publish(cloud, await release("A"));
    const { manifest } = await release("B");
    const before = [...bucketOf(cloud)];
    await expect(publish(cloud, { manifest }, 1)).rejects.toMatchObject({ message: /4 files of that release's/ });
    expect([...bucketOf(cloud)]).toEqual(before);
  });
});

describe("old files", () => {
  it("stay for seven days after they left, then go, but none that the release before names", async () => {
    const cloud = fakeFrontend();
    await publish(cloud, await release("A"));
    await publish(cloud, await release("B"), 10);
    expect(bucketOf(cloud).has("assets/index-AqXx1L23.js")).toBe(true);
    // A is the release before: one may go back to it.
    expect(await publish(cloud, await release("B"), 30)).toMatchObject({ removed: 0 });
    expect(await publish(cloud, await release("C"), 31)).toMatchObject({ removed: 2 });
    expect(bucketOf(cloud).has("assets/index-AqXx1L23.js")).toBe(false);
    expect(bucketOf(cloud).has("assets/index-BqXx1L23.js")).toBe(true);
    expect(await publish(cloud, await release("D"), 33)).toMatchObject({ removed: 0 });
    expect(await publish(cloud, await release("D"), 39)).toMatchObject({ removed: 2 });
    expect(missing(cloud)).toEqual([]);
  });

  it("that astro did not put there are nobody's to remove", async () => {
    const cloud = fakeFrontend();
    await publish(cloud, await release("A"));
    bucketOf(cloud).set("by-hand.txt", { body: "mine", etag: '"mine"' });
    await publish(cloud, await release("B"), 10);
    await publish(cloud, await release("C"), 40);
    expect(bucketOf(cloud).has("by-hand.txt")).toBe(true);
  });

  it("of releases that one does not go back to any more are not kept", async () => {
    const cloud = fakeFrontend();
    const all = await Promise.all(["A", "B", "C", "D"].map((name) => release(name)));
    for (const [at, one] of all.entries()) await publish(cloud, one, at);
    const [a, b, c, d] = all.map(({ manifest }) => manifest.hash);
    cloud.calls.length = 0;
    expect(
      await pruneFrontend(
        cloud,
        site,
        [a, b, c, d].flatMap((hash) => hash ?? []),
      ),
    ).toBe(0);
    expect(cloud.calls).toEqual(["list"]);
    // The one that is served and the one before stay, whatever is asked.
    expect(await pruneFrontend(cloud, site, [b ?? ""])).toBe(4);
    expect(await readManifest(cloud, site, a ?? "")).toBeUndefined();
    for (const one of all.slice(1)) await publish(cloud, { manifest: one.manifest }, 5);
    expect(missing(cloud)).toEqual([]);
  });
});

describe("a publication that is cut off", () => {
  it("at any call leaves a page that names only what is there, and the next one ends it", async () => {
    const releases = await Promise.all(["A", "B", "C"].map((name) => release(name, { "about.html": `about ${name}` })));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ which: fc.nat(2), cut: fc.nat(16), days: fc.constantFrom(0, 1, 8) }), { maxLength: 8 }),
        async (runs) => {
          const cloud = fakeFrontend();
          const lost: string[] = [];
          cloud.afterEach = () => void lost.push(...missing(cloud));
          let day = 0;
          for (const { which, cut, days } of runs) {
            cloud.failsAt = cloud.calls.length + cut;
            day += days;
            const one = releases[which];
            if (one) await publish(cloud, one, day).catch(() => undefined);
          }
          cloud.failsAt = Number.POSITIVE_INFINITY;
          const last = releases[runs.at(-1)?.which ?? 0];
          if (last === undefined) return;
          await publish(cloud, last, day);
          expect(lost).toEqual([]);
          expect(await isPublished(cloud, site, last.manifest.hash)).toBe(true);
          for (const { path, sha256 } of last.manifest.files) {
            expect(bucketOf(cloud).get(path)?.file).toMatchObject({ sha256 });
          }
          cloud.calls.length = 0;
          await publish(cloud, last, day);
          expect(cloud.calls.filter((call) => !/^(read|list)$/.test(call))).toEqual([]);
        },
      ),
      { numRuns: 200 },
    );
  });

  it("has the CDN forget the page all the same, whichever run put it there", async () => {
    const [a, b] = [await release("A"), await release("B")];
    for (let cut = 0; ; cut++) {
      const cloud = fakeFrontend();
      await publish(cloud, a);
      cloud.failsAt = cloud.calls.length + cut;
      const isWhole = await publish(cloud, b, 1).then(
        () => true,
        () => false,
      );
      cloud.failsAt = Number.POSITIVE_INFINITY;
      await publish(cloud, b, 1);
      expect(cloud.invalidations.at(-1), `cut after ${cut} calls`).toEqual(["/", "/index.html", "/theme.js"]);
      if (isWhole) break;
    }
  });
});
