import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { contextFiles } from "../../src/build/context-files.ts";

function shop(): string {
  const folder = mkdtempSync(join(tmpdir(), "astro-shop-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(join("test", "fixtures", "shop"), folder, { recursive: true });
  return folder;
}

describe("the sample app", () => {
  it("has an API, a worker and a migration in its context, and its frontend is no part of it", () => {
    const paths = contextFiles({ context: shop() }).map(({ path }) => path);
    expect(paths).toContain("api/migrations/versions/0001_items.py");
    expect(paths.filter((path) => !/^(api\/|requirements\.txt$)/.test(path))).toEqual([]);
  });

  it("has a frontend that Node alone can build: the page names hashed files that are there, others after a change", () => {
    const folder = shop();
    const build = () => {
      execFileSync(process.execPath, [join(folder, "frontend", "build.mjs")]);
      const page = readFileSync(join(folder, "frontend", "dist", "index.html"), "utf8");
      const named = [...page.matchAll(/"\/(assets\/index-[\w-]{8}\.(?:js|css))"/g)].map(([, file]) => file ?? "");
      const there = readdirSync(join(folder, "frontend", "dist", "assets")).map((file) => `assets/${file}`);
      expect([named.length, named.filter((file) => !there.includes(file))]).toEqual([2, []]);
      return there;
    };
    const before = build();
    expect(build()).toEqual(before);
    execFileSync("sed", ["-i", "s/Shop/The shop/", join(folder, "frontend", "src", "plain.js")]);
    expect(build().filter((file) => !before.includes(file)).length).toBe(1);
  });
});
