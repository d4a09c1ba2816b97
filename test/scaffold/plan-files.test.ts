import { describe, expect, it } from "vitest";
import { hashOf, type Manifest, parseManifest, renderManifest } from "../../src/scaffold/manifest.ts";
import { planFiles } from "../../src/scaffold/plan-files.ts";

const files = (all: { readonly [path: string]: string }) => new Map(Object.entries(all));
const wrote = (all: { readonly [path: string]: string }, astro = "1.0.0"): Manifest => ({
  astro,
  files: Object.fromEntries(Object.entries(all).map(([path, text]) => [path, hashOf(text)])),
});

describe("a file of the app", () => {
  it.each([
    ["that is new is written", undefined, {}, "write"],
    ["that is as it shall be needs nothing", "new", { "a.ts": "old" }, "same"],
    ["that is as astro left it is brought up to date", "old", { "a.ts": "old" }, "write"],
    ["that the user edited is the user's", "mine", { "a.ts": "old" }, "keep"],
    ["that the user removed stays removed", undefined, { "a.ts": "old" }, "keep"],
    ["that astro never wrote is the user's", "mine", {}, "keep"],
    ["whose line ends version control changed is as astro left it", "old\r\nend", { "a.ts": "old\nend" }, "write"],
  ])("%s", (_, present, last, outcome) => {
    const onDisk = files(present === undefined ? {} : { "a.ts": present });
    const { write, kept } = planFiles(files({ "a.ts": "new" }), onDisk, wrote(last), "1.0.0");
    expect([...write.keys()]).toEqual(outcome === "write" ? ["a.ts"] : []);
    expect(kept).toEqual(outcome === "keep" ? ["a.ts"] : []);
  });

  it("that another version of astro wrote is left as it is, for its neighbours' sake", () => {
    const last = wrote({ "a.ts": "old", "b.ts": "old" }, "0.9.0");
    const plan = planFiles(
      files({ "a.ts": "new", "b.ts": "old", "c.ts": "new" }),
      files({ "a.ts": "old", "b.ts": "old" }),
      last,
      "1.0.0",
    );
    expect({ write: [...plan.write.keys()], kept: plan.kept }).toEqual({ write: [], kept: ["a.ts", "c.ts"] });
    expect(plan.manifest).toEqual(last);
  });
});

describe("the manifest", () => {
  it("knows each file as astro wrote it last, also where the user's stayed", () => {
    const last = wrote({ "mine.ts": "old", "ours.ts": "old" });
    const onDisk = files({ "mine.ts": "edited", "ours.ts": "old" });
    const { manifest } = planFiles(
      files({ "mine.ts": "new", "ours.ts": "new", "added.ts": "new" }),
      onDisk,
      last,
      "1.0.0",
    );
    expect(manifest).toEqual(wrote({ "mine.ts": "old", "ours.ts": "new", "added.ts": "new" }));
  });

  it("comes back from its file as it was", () => {
    const manifest = wrote({ "a.ts": "text" });
    expect(parseManifest(renderManifest(manifest), "astro.lock.json")).toEqual(manifest);
  });

  it.each(["", "{", "[]", '{"astro": 1, "files": {}}', '{"astro": "1.0.0"}'])("of the text %j is refused", (text) => {
    expect(() => parseManifest(text, "infra/astro.lock.json")).toThrow(
      "infra/astro.lock.json is not a manifest that astro wrote",
    );
  });
});
