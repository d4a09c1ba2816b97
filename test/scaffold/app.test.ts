import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type App, planApp, writeApp } from "../../src/scaffold/app.ts";
import { readTemplate } from "../../src/scaffold/template.ts";

const TEMPLATE = {
  "package.json": '{\n  "name": "sample",\n  "private": true\n}\n',
  gitignore: "node_modules/\n",
  "README.md": "# The app\n",
  "lib/app.ts": "export {};\n",
  "astro.yaml": "name: sample\n",
  "node_modules/x/index.js": "",
  "cdk.out/manifest.json": "{}",
};

let home: string;
let directory: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "astro-scaffold-"));
  directory = join(home, "work", "infra");
  for (const [path, text] of Object.entries(TEMPLATE)) await put(join(home, "template", path), text);
});
afterEach(() => rm(home, { recursive: true }));

async function put(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

const app = (more: Partial<App> = {}): App => ({
  directory,
  shown: "./infra",
  name: "shop",
  config: "name: shop\n",
  read: undefined,
  template: join(home, "template"),
  version: "1.0.0",
  ...more,
});

async function write(one: App): Promise<{ readonly written: readonly string[]; readonly kept: readonly string[] }> {
  const plan = await planApp(one);
  await writeApp(one, plan);
  return { written: [...plan.files.keys()], kept: plan.kept };
}

const read = (path: string) => readFile(join(directory, path), "utf8");

describe("a new app", () => {
  it("is the template under the project's name, with schema, manifest and choices, the choices last", async () => {
    const { written } = await write(app());
    expect(written).toEqual([
      "README.md",
      ".gitignore",
      "lib/app.ts",
      "package.json",
      "astro.schema.json",
      "astro.lock.json",
      "astro.yaml",
    ]);
    expect(JSON.parse(await read("package.json"))).toEqual({ name: "shop", private: true });
    expect(await read("astro.yaml")).toBe("name: shop\n");
    expect(JSON.parse(await read("astro.schema.json"))).toHaveProperty("properties.environments");
    expect((await readdir(directory)).sort()).not.toContain("node_modules");
    expect(await readdir(dirname(directory))).toEqual(["infra"]);
  });

  it("goes into a folder that is there and has other files", async () => {
    await put(join(directory, "notes.txt"), "mine");
    await put(join(directory, "lib", "app.ts"), TEMPLATE["lib/app.ts"]);
    const { written } = await write(app());
    expect(written).not.toContain("lib/app.ts");
    expect((await readdir(directory)).sort()).toEqual(
      [
        ".gitignore",
        "README.md",
        "astro.lock.json",
        "astro.schema.json",
        "astro.yaml",
        "lib",
        "notes.txt",
        "package.json",
      ].sort(),
    );
  });

  it("does not settle on somebody else's files", async () => {
    await put(join(directory, "README.md"), "# Mine\n");
    await put(join(directory, "package.json"), "{}");
    await expect(planApp(app())).rejects.toMatchObject({
      code: "usage",
      message: "./infra has files that astro did not write: README.md, package.json",
    });
    expect(await readdir(directory)).toEqual(["README.md", "package.json"]);
  });

  it("does not write over what it cannot read", async () => {
    await mkdir(join(directory, "README.md"), { recursive: true });
    await expect(planApp(app())).rejects.toMatchObject({
      code: "failed",
      message: expect.stringContaining("cannot be read: EISDIR"),
    });
  });

  it("is not written at all where its folder cannot be made", async () => {
    await put(join(home, "work"), "a file");
    const one = app();
    await expect(writeApp(one, await planApp(one))).rejects.toMatchObject({
      code: "failed",
      message: expect.stringContaining("cannot be written"),
    });
    expect(await readFile(join(home, "work"), "utf8")).toBe("a file");
  });

  it("is refused at once where nothing can ever be made", async () => {
    const one = app({ directory: "/proc/none/app" });
    await expect(writeApp(one, await planApp(one))).rejects.toThrow(/^\/proc\/none\/app cannot be written: /);
  });

  it("leaves nothing behind when it cannot be finished", async () => {
    await mkdir(directory, { recursive: true });
    const one = app();
    const plan = await planApp(one);
    const bad = { ...plan, files: new Map([...plan.files, ["README.md/inside.txt", "a file cannot hold a file"]]) };
    await expect(writeApp(one, bad)).rejects.toMatchObject({ code: "failed" });
    expect(await readdir(directory)).toEqual([]);
  });
});

describe("a write that fails half way", () => {
  it("is taken back whole: what was there is there again, as the file that it was, and nothing else", async () => {
    await put(join(directory, "notes"), "mine");
    await put(join(directory, "lib", "app.ts"), "mine too");
    const before = await stat(join(directory, "lib", "app.ts"));
    const files = new Map([
      ["cdk.json", "{}"],
      ["lib/app.ts", "ours"],
      ["bin/deep/app.ts", "ours"],
      ["notes/inside.txt", "a file cannot hold a file"],
      ["astro.yaml", "name: shop\n"],
    ]);
    const refusal = expect.objectContaining({
      code: "failed",
      message: expect.stringMatching(/cannot be written: ENOTDIR/),
      hint: expect.stringMatching(/nothing was written$/),
    });
    await expect(writeApp(app(), { files, kept: [] })).rejects.toEqual(refusal);
    expect((await readdir(directory, { recursive: true })).sort()).toEqual(["lib", "lib/app.ts", "notes"]);
    expect(await read("lib/app.ts")).toBe("mine too");
    const after = await stat(join(directory, "lib", "app.ts"));
    expect([after.ino, after.mtimeMs]).toEqual([before.ino, before.mtimeMs]);
  });

  it("leaves none of the folders above it that it made", async () => {
    const one = app({ directory: join(home, "a", "b", "infra") });
    const files = new Map([
      ["notes", "a file"],
      ["notes/inside.txt", "a file cannot hold a file"],
    ]);
    await expect(writeApp(one, { files, kept: [] })).rejects.toMatchObject({ code: "failed" });
    expect(await readdir(home)).toEqual(["template"]);
  });
});

describe("an app that is there", () => {
  const second = (more: Partial<App> = {}) => app({ read: "name: shop\n", config: "name: shop # changed\n", ...more });

  it("has only its choices written when nothing else is new", async () => {
    await write(app());
    expect(await write(second())).toEqual({ written: ["astro.yaml"], kept: [] });
    expect(await write(second({ read: "name: shop # changed\n" }))).toEqual({ written: [], kept: [] });
  });

  it("keeps what the user edited and says so", async () => {
    await write(app());
    await writeFile(join(directory, "README.md"), "# The app\nmine\n");
    await rm(join(directory, ".gitignore"));
    expect(await write(second())).toEqual({ written: ["astro.yaml"], kept: ["README.md", ".gitignore"] });
    expect(await read("README.md")).toBe("# The app\nmine\n");
  });

  it("takes over what the template changed, but never over an edit", async () => {
    await write(app());
    await writeFile(join(directory, "README.md"), "mine\n");
    await put(join(home, "template", "lib", "app.ts"), "export const better = true;\n");
    await put(join(home, "template", "README.md"), "# Better\n");
    expect(await write(second())).toEqual({
      written: ["lib/app.ts", "astro.lock.json", "astro.yaml"],
      kept: ["README.md"],
    });
    expect(await read("lib/app.ts")).toBe("export const better = true;\n");
    expect(await read("README.md")).toBe("mine\n");
  });

  it("is not written over an edit made meanwhile", async () => {
    await write(app());
    const one = second();
    const plan = await planApp(one);
    await writeFile(join(directory, "astro.yaml"), "name: shop\n# just typed\n");
    await expect(writeApp(one, plan)).rejects.toThrow("./infra/astro.yaml was changed meanwhile: nothing was written");
    expect(await read("astro.yaml")).toBe("name: shop\n# just typed\n");
  });

  it("has a linked file written where the link points", async () => {
    await write(app());
    await put(join(home, "elsewhere.yaml"), "name: shop\n");
    await rm(join(directory, "astro.yaml"));
    await symlink(join(home, "elsewhere.yaml"), join(directory, "astro.yaml"));
    await write(second());
    expect(await readFile(join(home, "elsewhere.yaml"), "utf8")).toBe("name: shop # changed\n");
  });

  it("is written through no other link out of its folder, a folder's neither, but through one inside it", async () => {
    await write(app());
    const victim = join(home, "victim");
    await put(join(victim, "app.ts"), await read("lib/app.ts"));
    await put(join(home, "template", "lib", "app.ts"), "export const better = true;\n");
    const linkTo = async (target: string, path: string) => {
      await rm(join(directory, path), { recursive: true });
      await symlink(target, join(directory, path));
    };
    const refused = `${join(directory, "lib/app.ts")} is a symlink out of the app, to ${join(victim, "app.ts")}`;
    const before = await read("astro.yaml");
    await linkTo(join(victim, "app.ts"), "lib/app.ts");
    await expect(write(second())).rejects.toThrow(refused);
    await linkTo(victim, "lib");
    await expect(write(second())).rejects.toThrow(refused);
    expect(await readFile(join(victim, "app.ts"), "utf8")).not.toContain("better");
    expect(await read("astro.yaml")).toBe(before);
    await put(join(directory, "real", "app.ts"), await readFile(join(victim, "app.ts"), "utf8"));
    await linkTo(join(directory, "real"), "lib");
    await write(second());
    expect(await read("real/app.ts")).toContain("better");
  });
});

describe("the template", () => {
  it("of this version becomes an app without what building it leaves behind", async () => {
    const template = await readTemplate("templates/app");
    expect([...template.keys()]).toEqual(
      expect.arrayContaining(["package.json", "cdk.json", "tsconfig.json", "gitignore"]),
    );
    expect([...template.keys()].filter((path) => /node_modules|cdk\.out|^astro\.yaml$/.test(path))).toEqual([]);
  });
});
