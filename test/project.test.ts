import { mkdir, mkdtemp, readdir, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findProject, legalName, openProject, selectEnvironment, suggestName } from "../src/project.ts";

const ONE = "name: shop\nenvironments:\n  dev:\n    region: us-east-1\n";
const TWO = `${ONE}  prod:\n    region: eu-west-1\n`;

let cwd: string;
beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), "astro-project-"));
});
afterEach(() => rm(cwd, { recursive: true }));

const trusts = () => true;
const put = async (folder: string, text = ONE) => {
  await mkdir(join(cwd, folder), { recursive: true });
  await writeFile(join(cwd, folder, "astro.yaml"), text);
};

describe("a project of another user", () => {
  it("is refused before it is read, naming them and the way, whichever of its files is theirs", async () => {
    await put(".");
    const owner = (await stat(join(cwd, "astro.yaml"))).uid;
    const strange = { cwd, trusts: (uid: number) => uid !== owner };
    const refused = { code: "config", exit: 5, message: expect.stringContaining(`another user (uid ${owner})`) };
    await expect(openProject(strange)).rejects.toMatchObject(refused);
    await expect(findProject(strange)).rejects.toMatchObject(refused);
    // It would not even be one.
    await put(".", "name: [");
    await expect(openProject(strange)).rejects.toMatchObject(refused);
  });

  it("is refused where `.astro` is a link, and nothing is made by looking", async () => {
    await put(".");
    await openProject({ cwd, trusts });
    expect(await readdir(cwd)).toEqual(["astro.yaml"]);
    await symlink(tmpdir(), join(cwd, ".astro"));
    await expect(openProject({ cwd, trusts })).rejects.toThrow(`${join(cwd, ".astro")} is a link`);
  });
});

describe("a project", () => {
  it("is found in the working directory first, then in ./infra, then upwards", async () => {
    await put(".", ONE.replace("shop", "above"));
    await mkdir(join(cwd, "work", "deep"), { recursive: true });
    expect(await openProject({ trusts, cwd: join(cwd, "work", "deep") })).toMatchObject({
      directory: cwd,
      file: "../../astro.yaml",
      config: { name: "above" },
    });
    await put("work/infra", ONE.replace("shop", "beside"));
    expect(await openProject({ trusts, cwd: join(cwd, "work") })).toMatchObject({
      file: "infra/astro.yaml",
      config: { name: "beside" },
    });
    await put("work", ONE.replace("shop", "here"));
    expect(await openProject({ trusts, cwd: join(cwd, "work") })).toMatchObject({
      file: "astro.yaml",
      config: { name: "here" },
    });
  });

  it("is looked for in the folder that is named, and nowhere else", async () => {
    await put("infra");
    await put("other", TWO);
    expect((await openProject({ trusts, cwd }, "other")).text).toBe(TWO);
    expect(await findProject({ trusts, cwd }, "third")).toBeUndefined();
    await expect(openProject({ trusts, cwd }, "third")).rejects.toMatchObject({
      code: "config",
      message: "there is no astro.yaml in third",
    });
  });

  it("that is nowhere is an error with the command that makes one", async () => {
    await expect(openProject({ trusts, cwd })).rejects.toMatchObject({
      code: "config",
      message: "there is no astro.yaml here, in ./infra, or above",
      hint: "create one:  astro init",
    });
  });

  it("with a wrong astro.yaml is not passed over for one further up", async () => {
    await put(".");
    await put("infra", ONE.replace("region", "regoin"));
    await expect(findProject({ trusts, cwd }, "infra")).rejects.toMatchObject({
      message: expect.stringContaining("infra/astro.yaml:4:5: environments.dev.regoin"),
    });
  });

  it("whose astro.yaml is a folder says that it cannot be read", async () => {
    await mkdir(join(cwd, "astro.yaml"));
    await expect(openProject({ trusts, cwd })).rejects.toMatchObject({
      code: "config",
      message: expect.stringContaining("EISDIR"),
    });
  });
});

describe("the environment", () => {
  it("may be left out where there is one", async () => {
    await put(".");
    const project = await openProject({ trusts, cwd });
    expect(selectEnvironment(project)).toMatchObject({ name: "dev", environment: { region: "us-east-1" } });
  });

  it("must be one that exists", async () => {
    await put(".", TWO);
    const project = await openProject({ trusts, cwd });
    expect(selectEnvironment(project, "prod").environment.region).toBe("eu-west-1");
    expect(() => selectEnvironment(project)).toThrow("--env is missing: astro.yaml has 2 environments");
    expect(() => selectEnvironment(project, "stage")).toThrow('--env is "stage": astro.yaml has no such environment');
    expect(() => selectEnvironment(project, "constructor")).toThrow("no such environment");
  });
});

describe("the name of a new project", () => {
  it.each([
    ["shop", "shop"],
    ["@acme/Web Shop", "web-shop"],
    ["2048_game", "game"],
    ["a-very-long-name-indeed", "a-very-long-nam"],
    ["fourteen-chars-x", "fourteen-chars"],
    ["日本", "app"],
    ["internal-tools", "tools"],
    ["internal", "app"],
    ["amzn-s3-demo-bucket", "s3-demo-bucket"],
  ])("from %s is %s", (text, name) => {
    expect(legalName(text)).toBe(name);
  });

  it("is package.json's before the folder's", async () => {
    expect(await suggestName({ cwd: join(cwd, "My Shop") })).toBe("my-shop");
    await writeFile(join(cwd, "package.json"), '{ "name": "@acme/api" }');
    expect(await suggestName({ cwd })).toBe("api");
  });

  it.each([
    ['{ "author": { "name": "Ada" }, "name": "api" }', "api"],
    ['{ "author": { "name": "Ada" } }', "my-shop"],
    ['{ "name": 5, "author": { "name": "Ada" } }', "my-shop"],
    ['// { "name": "old" }\n{', "my-shop"],
    ["[]", "my-shop"],
  ])("is the package's own: %s gives %s", async (text, name) => {
    const folder = join(cwd, "My Shop");
    await mkdir(folder);
    await writeFile(join(folder, "package.json"), text);
    expect(await suggestName({ cwd: folder })).toBe(name);
  });
});
