import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { hashOf, MANIFEST_FILE, renderManifest } from "../../src/scaffold/manifest.ts";
import { isUntouched } from "../../src/scaffold/untouched.ts";

const FILES = { "app.ts": "the app\n", "cdk.json": "{}\n" };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "astro-untouched-"));
  for (const [name, text] of Object.entries(FILES)) put(name, text);
  const files = Object.fromEntries(Object.entries(FILES).map(([name, text]) => [name, hashOf(text)]));
  put(MANIFEST_FILE, renderManifest({ astro: "1.0.0", files }));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function put(name: string, text: string): void {
  writeFileSync(join(folder, name), text);
}

describe("an app is untouched", () => {
  it("as this version of astro wrote it, whatever astro.yaml says and whatever lies beside", async () => {
    put("astro.yaml", "name: other\n");
    put("notes.txt", "mine");
    expect(await isUntouched(folder, "1.0.0")).toBe(true);
  });

  it("also with the line ends of another system", async () => {
    put("app.ts", "the app\r\n");
    expect(await isUntouched(folder, "1.0.0")).toBe(true);
  });

  it.each([
    ["a file was changed", () => put("app.ts", "my app\n")],
    ["a file is gone", () => rmSync(join(folder, "cdk.json"))],
    ["another program lies beside", () => put("app.js", "")],
    ["nobody noted what was written", () => rmSync(join(folder, MANIFEST_FILE))],
    ["nothing was written", () => put(MANIFEST_FILE, renderManifest({ astro: "1.0.0", files: {} }))],
  ])("no more once %s", async (_, happens) => {
    happens();
    expect(await isUntouched(folder, "1.0.0")).toBe(false);
  });

  it("not where another version of astro wrote it", async () => {
    expect(await isUntouched(folder, "1.1.0")).toBe(false);
  });

  it("no more once its note names what is no file of the app, of which nothing is read", async () => {
    // Read whole, this one would fill the memory.
    const files = { [relative(folder, "/dev/zero")]: "sha256:x" };
    put(MANIFEST_FILE, renderManifest({ astro: "1.0.0", files }));
    expect(await isUntouched(folder, "1.0.0")).toBe(false);
    put("../beside.txt", "mine");
    put(MANIFEST_FILE, renderManifest({ astro: "1.0.0", files: { "../beside.txt": hashOf("mine") } }));
    expect(await isUntouched(folder, "1.0.0")).toBe(false);
    rmSync(join(folder, "../beside.txt"));
  });
});
