import { existsSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, it } from "vitest";

const { files } = JSON.parse(readFileSync("package.json", "utf8")) as { readonly files: readonly string[] };

/** What npm adds to every package. */
const ALWAYS = ["README.md", "LICENSE", "package.json"];

const isPublished = (path: string) =>
  [...files, ...ALWAYS].some((one) => path === one || path.startsWith(`${one}/`)) && existsSync(path);

/** The files that a document links to. */
function linksOf(document: string): readonly string[] {
  const text = readFileSync(document, "utf8");
  return [...text.matchAll(/\]\(([^)#]+)[^)]*\)/g)]
    .map(([, target = ""]) => target)
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => normalize(join(dirname(document), target)));
}

describe("what npm publishes", () => {
  it("has every file that its README links to", () => {
    const links = linksOf("README.md");
    expect(links.length).toBeGreaterThan(5);
    expect(links.filter((path) => !isPublished(path))).toEqual([]);
  });

  it("names nothing that is not there, and the program", () => {
    expect(files.filter((path) => !["dist", "oclif.manifest.json"].includes(path) && !existsSync(path))).toEqual([]);
    expect(isPublished("bin/run.js")).toBe(true);
  });

  it("bundles what it needs, in the versions that were tested", () => {
    const manifest = JSON.parse(readFileSync("package.json", "utf8")) as {
      readonly bundleDependencies: unknown;
      readonly dependencies: { readonly [name: string]: string };
    };
    expect(manifest.bundleDependencies).toBe(true);
    expect(Object.entries(manifest.dependencies).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });

  it("is called by its own name: `astro` is another package of npm's", () => {
    for (const file of ["README.md", "CHANGELOG.md", "bin/demo.js", "docs/first-run.md", "docs/safety.md"])
      expect(readFileSync(file, "utf8")).not.toMatch(/\b(npx|npm exec|npm install -g|npm i -g) astro\b/);
  });
});
