import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { contextFiles, largeContext } from "../../src/build/context-files.ts";
import { type ImageBuild, sourceOf } from "../../src/build/source.ts";
import { openContext } from "../../src/context.ts";

const context = openContext({ root: ".", version: "1.0.0", cache: ".", json: true });

function folder(files: { readonly [path: string]: string }): string {
  const made = mkdtempSync(join(tmpdir(), "astro-source-"));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  write(made, files);
  return made;
}

function write(at: string, files: { readonly [path: string]: string }): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(at, path)), { recursive: true });
    writeFileSync(join(at, path), text);
  }
}

function git(at: string, ...words: readonly string[]): string {
  const who = ["-c", "user.name=Ada", "-c", "user.email=ada@example.com", "-c", "commit.gpgsign=false"];
  return execFileSync("git", ["-C", at, ...who, ...words], { encoding: "utf8" }).trim();
}

const APP = { "api/Dockerfile": "FROM scratch\n", "api/main.py": "print(1)\n", "infra/astro.yaml": "project: shop\n" };

/** A repository with one commit, and its API as what is built. */
function committed(files: { readonly [path: string]: string } = APP) {
  const root = folder(files);
  git(root, "init", "--quiet");
  git(root, "add", "--all");
  git(root, "commit", "--quiet", "--message", "one");
  const build: ImageBuild = { context: join(root, "api") };
  const commit = git(root, "rev-parse", "HEAD");
  return {
    root,
    build,
    commit,
    name: commit.slice(0, 12),
    tag: async (more = {}) => (await sourceOf(context, { ...build, ...more })).tag,
  };
}

describe("what is built", () => {
  it("has the commit's name where all that the build sees is as committed", async () => {
    const { root, build, commit, name } = committed();
    write(root, { "web/new.js": "1", "README.md": "changed" });
    expect(await sourceOf(context, build)).toEqual({ commit, dirty: false, tag: name });
  });

  it.each([
    ["a file that is changed", { "api/main.py": "print(2)\n" }],
    ["a file that is new", { "api/new/deep.py": "" }],
  ])("has a sum of its contents as well with %s", async (_, change) => {
    const { root, build, commit, name } = committed();
    write(root, change);
    const { tag, ...found } = await sourceOf(context, build);
    expect(found).toEqual({ commit, dirty: true });
    expect(tag).toMatch(new RegExp(`^${name}-[0-9a-f]{10}$`));
    expect((await sourceOf(context, build)).tag).toBe(tag);
  });

  it("is another with a file that git ignores and the build sees", async () => {
    const { root, tag, name } = committed({ ...APP, ".gitignore": "bin\n*.so\n" });
    expect(await tag()).toBe(name);
    write(root, { "api/fast.so": "one" });
    const first = await tag();
    write(root, { "api/fast.so": "two" });
    const second = await tag();
    write(root, { "api/bin/tool": "1" });
    expect(new Set([name, first, second, await tag()]).size).toBe(4);
  });

  it("is clean with what a .dockerignore keeps from it, and what Python leaves beside the sources", async () => {
    const ignored = ".env\n__pycache__\n*.pyc\n";
    const { root, build } = committed({ ...APP, "api/.dockerignore": "docs\n.env\n", ".gitignore": ignored });
    write(root, { "api/docs/a.md": "", "api/main.pyc": "", "api/__pycache__/main.pyc": "", "api/.env": "A=1" });
    expect(await sourceOf(context, build)).toMatchObject({ dirty: false });
    rmSync(join(root, "api", ".env"));
    const whole = { context: root, dockerfile: join(root, "api", "Dockerfile") };
    rmSync(join(root, "api", "docs"), { recursive: true });
    write(root, { ".dockerignore": "*\n!api\n" });
    git(root, "add", ".dockerignore");
    git(root, "commit", "--quiet", "--message", "two");
    write(root, { "web/new.js": "" });
    expect(await sourceOf(context, whole)).toMatchObject({ dirty: false });
    write(root, { "api/new/more.py": "" });
    expect(await sourceOf(context, whole)).toMatchObject({ dirty: true });
  });

  it("has a name of its own for each way of building one commit", async () => {
    const { build, name, tag } = committed({ ...APP, "api/Dockerfile.worker": "FROM scratch\n" });
    const ways = [
      {},
      { platform: "linux/arm64" },
      { target: "worker" },
      { target: "worker", platform: "linux/arm64" },
      { args: { A: "1" } },
      { args: { A: "2" } },
      { dockerfile: join(build.context, "Dockerfile.worker") },
    ];
    const tags = await Promise.all(ways.map(tag));
    expect(new Set(tags).size).toBe(ways.length);
    expect(tags.slice(0, 2)).toEqual([name, `${name}-arm64`]);
    expect(tags.slice(2).every((one) => /^[0-9a-f]{12}(-arm64)?-[0-9a-f]{6}$/.test(one))).toBe(true);
    expect(await tag({ platform: "linux/amd64", dockerfile: join(build.context, "Dockerfile") })).toBe(name);
    expect(await tag({ args: { A: "1", B: "2" } })).toBe(await tag({ args: { B: "2", A: "1" } }));
  });

  it("is another with other contents, names, rights, arguments, targets and platforms, and the same without git's and astro's own", async () => {
    const { root, tag } = committed();
    write(root, { "api/main.py": "print(2)\n" });
    const tags = [await tag()];
    const next = async (more = {}) => tags.push(await tag(more));
    chmodSync(join(root, "api/main.py"), 0o755);
    await next();
    await next({ args: { A: "1" } });
    await next({ target: "worker" });
    await next({ platform: "linux/arm64" });
    symlinkSync("main.py", join(root, "api/link.py"));
    await next();
    write(root, { "api/Dockerfile": "FROM scratch\nLABEL a=b\n" });
    await next();
    expect(new Set(tags).size).toBe(tags.length);
    write(root, { "api/.astro/state": "x", "api/.git-like": "" });
    rmSync(join(root, "api/.git-like"));
    expect(await tag()).toBe(tags.at(-1));
  });

  it("has the sum alone where there is no git, or no commit yet", async () => {
    const build = { context: join(folder(APP), "api") };
    const { tag, ...found } = await sourceOf(context, build);
    expect([tag, found]).toEqual([expect.stringMatching(/^src-[0-9a-f]{10}$/), { dirty: false }]);
    git(build.context, "init", "--quiet");
    expect(await sourceOf(context, build)).toEqual({ tag, dirty: false });
  });

  it("is refused without its Dockerfile, by the file's name", async () => {
    const build = { context: folder({ "main.py": "" }) };
    await expect(sourceOf(context, build)).rejects.toMatchObject({
      code: "config",
      message: expect.stringContaining("Dockerfile"),
    });
  });
});

describe("a build's context", () => {
  it("has the files that no line leaves out, by their paths; the Dockerfile's own list comes first", () => {
    const at = folder({ Dockerfile: "", "b/c": "", a: "", "d/e": "", ".dockerignore": "b\n" });
    const paths = () => contextFiles({ context: at }).map(({ path }) => path);
    expect(paths()).toEqual([".dockerignore", "Dockerfile", "a", "d/e"]);
    write(at, { "Dockerfile.dockerignore": "*\n!d/e\n" });
    expect(paths()).toEqual(["d/e"]);
  });

  it("is told of where it is larger than 200 MB and nothing is left out", () => {
    const at = folder({ Dockerfile: "", data: "" });
    expect(largeContext({ context: at })).toBeUndefined();
    truncateSync(join(at, "data"), 201 * 2 ** 20);
    expect(largeContext({ context: at })).toEqual({ bytes: 201 * 2 ** 20, files: 2, limit: 200 * 2 ** 20 });
    write(at, { ".dockerignore": "" });
    expect(largeContext({ context: at })).toBeUndefined();
  });
});
