import { linkSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import type { Case, World } from "./world.ts";

/** What an earlier run, or somebody, left in the folder: an astro.yaml, the record of what astro wrote, the answers of a run. */
const GOOD = `name: shop
environments:
  dev:
    region: us-east-1
`;
const app =
  (files: { readonly [name: string]: string | Uint8Array } = {}) =>
  ({ put }: World) => {
    put("infra/astro.yaml", GOOD);
    for (const [name, content] of Object.entries(files)) put(`infra/${name}`, content);
  };

const refused = (
  name: string,
  arrange: NonNullable<Case["arrange"]>,
  words: RegExp,
  code: NonNullable<Case["refused"]>[0] = "config",
  flags: NonNullable<Case["flags"]> = { env: "dev", azs: "2" },
): Case => ({ name, arrange, flags, refused: [code, words] });

const fine = (
  name: string,
  arrange: NonNullable<Case["arrange"]>,
  flags: NonNullable<Case["flags"]>,
  holds: NonNullable<Case["holds"]>,
  more: Partial<Case> = {},
): Case => ({ name, arrange, flags, holds, ...more });

const written =
  (text: string) =>
  ({ put }: World) =>
    put("infra/astro.yaml", text);
const twoZones: NonNullable<Case["holds"]> = ({ config }) => expect(config.environments.dev?.network.azs).toBe(2);

const CONFIGS: readonly Case[] = [
  refused("an astro.yaml that is empty", written(""), /infra\/astro\.yaml/),
  refused(
    "an astro.yaml of bytes that are no text",
    ({ put }) => put("infra/astro.yaml", new Uint8Array([0xff, 0])),
    /infra\/astro\.yaml/,
  ),
  refused(
    "an astro.yaml of another program's",
    written("services: {web: {image: x}}\n"),
    /infra\/astro\.yaml:1:1: services: unknown key/,
  ),
  refused("an astro.yaml of two documents", written(`${GOOD}---\n${GOOD}`), /a second document begins here/),
  refused(
    "an astro.yaml with an escape in its name",
    written(GOOD.replace("shop", '"sh\\e[2Jop"')),
    /astro\.yaml:1:7: name is/,
  ),
  refused("an astro.yaml that runs a function", written(`${GOOD}x: !!js/function "1"\n`), /unknown tag/),
  refused(
    "an astro.yaml with an environment called __proto__",
    written(GOOD.replace("dev:", "__proto__:")),
    /illegal key/,
  ),
  refused("an astro.yaml whose environments are a list", written("name: shop\nenvironments: [dev]\n"), /environments/),
  refused("an environment beside others called __proto__", app(), /--env is "__proto__"|--env: /, "usage", {
    env: "__proto__",
  }),
  refused(
    "another name for the project",
    app(),
    /--name is "other": the project in infra\/astro\.yaml is called shop/,
    "usage",
    {
      name: "other",
      env: "dev",
    },
  ),
  refused(
    "values that several places share",
    written(`${GOOD}    network: &n {azs: 1}\n  prod:\n    region: us-east-1\n    network: *n\n`),
    /gives one value to several places/,
  ),
  fine(
    "an astro.yaml with every kind of comment",
    written(`# one\n${GOOD}    # two\n\n#three\n`),
    { env: "dev", azs: "2" },
    (project) => {
      twoZones(project, undefined as never);
      expect(project.text).toMatch(/# one[\s\S]*# two[\s\S]*#three/);
    },
  ),
  fine(
    "an astro.yaml with lines of Windows",
    written(GOOD.replaceAll("\n", "\r\n")),
    { env: "dev", azs: "2" },
    twoZones,
  ),
  fine(
    "an astro.yaml on one line",
    written("{name: shop, environments: {dev: {region: us-east-1}}}"),
    { env: "dev", azs: "2" },
    twoZones,
  ),
  fine(
    "an astro.yaml whose keys are quoted",
    written('"name": "shop"\n"environments":\n  "dev": {"region": "us-east-1"}'),
    { env: "dev", azs: "2" },
    twoZones,
  ),
  fine("an environment called null beside another", app(), { env: "null", region: "us-east-1" }, ({ config }) =>
    expect(Object.keys(config.environments)).toEqual(["dev", "null"]),
  ),
  fine(
    "an astro.yaml that is a link to another place, which is where it stays",
    ({ repo, put }) => {
      put("../beside/own/astro.yaml", GOOD);
      mkdirSync(join(repo, "infra"));
      symlinkSync("../../beside/own/astro.yaml", join(repo, "infra", "astro.yaml"));
    },
    { env: "dev", azs: "2" },
    twoZones,
    { writes: ["../beside/own/astro.yaml", "../beside/own"] },
  ),
];

const lock = (text: string | Uint8Array) => app({ "astro.lock.json": text });
const LOCKS: readonly Case[] = [
  refused("a record of files that is no JSON", lock("{"), /astro\.lock\.json is not a manifest/),
  refused("a record of files that is null", lock("null"), /astro\.lock\.json is not a manifest/),
  refused("a record of files that is a list", lock("[]"), /astro\.lock\.json is not a manifest/),
  refused("a record of a hundred thousand levels", lock("[".repeat(100_000)), /astro\.lock\.json is not a manifest/),
  refused(
    "a record of bytes that are no text",
    lock(new Uint8Array([0xff, 0xfe])),
    /astro\.lock\.json is not a manifest/,
  ),
  refused(
    "a record with JavaScript's prototype",
    lock('{"astro": "1", "files": {}, "__proto__": {}}'),
    /astro\.lock\.json/,
  ),
  refused(
    "a record that is a link to somebody's",
    ({ repo, put }) => {
      put("infra/astro.yaml", GOOD);
      put("../beside/lock.json", '{"astro": "0.0.1", "files": {}}');
      symlinkSync("../../beside/lock.json", join(repo, "infra", "astro.lock.json"));
    },
    /astro\.lock\.json is a symlink out of the app/,
  ),
  fine(
    "a record of files that lie elsewhere",
    lock('{"astro": "1.0.0", "files": {"../../beside/letter.txt": "sha256:0", "/etc/passwd": "x", "a\\u0000b": "y"}}'),
    { env: "dev", azs: "2" },
    twoZones,
  ),
  fine(
    "a record of another version of astro's",
    lock('{"astro": "9.9.9", "files": {"cdk.json": "sha256:0"}}'),
    { env: "dev", azs: "2" },
    twoZones,
  ),
  fine(
    "a record whose sums are no text",
    lock('{"astro": "1.0.0", "files": {"cdk.json": {"a": 1}}}'),
    { env: "dev", azs: "2" },
    twoZones,
  ),
  fine(
    "a file of the app with two names",
    (world) => {
      app({ "cdk.json": "{}" })(world);
      linkSync(join(world.repo, "infra", "cdk.json"), join(world.repo, "mine.json"));
    },
    { env: "dev", azs: "2" },
    (_, { repo }) => expect(readFileSync(join(repo, "mine.json"), "utf8")).toBe("{}"),
  ),
];

const OWN: readonly Case[] = [
  refused(
    "astro's own folder a link",
    ({ repo, put }) => {
      put("infra/astro.yaml", GOOD);
      symlinkSync("../../beside", join(repo, "infra", ".astro"));
    },
    /\.astro is a link/,
  ),
  refused("astro's own folder a file", app({ ".astro": "x" }), /\.astro is not a folder/),
];

const save = (
  name: string,
  file: string,
  words: RegExp,
  code: NonNullable<Case["refused"]>[0],
  arrange?: Case["arrange"],
): Case => ({
  name: `--save-answers to ${name}`,
  flags: { "save-answers": file },
  refused: [code, words],
  ...(arrange && { arrange }),
});
const SAVED: readonly Case[] = [
  save("nothing", "", /is there, and is no file of answers/, "usage"),
  save("a folder", "../beside", /is there, and is no file of answers/, "usage"),
  save("somebody's letter", "../beside/letter.txt", /letter\.txt is there, and is no file of answers/, "usage"),
  save("the README", "README.md", /README\.md is there, and is no file of answers/, "usage"),
  save("a Dockerfile", "Dockerfile", /Dockerfile is there, and is no file of answers/, "usage", ({ put }) =>
    put("Dockerfile", "FROM a\n"),
  ),
  save("a link to somebody's letter", "mine", /mine is there, and is no file of answers/, "usage", ({ repo }) =>
    symlinkSync("../beside/letter.txt", join(repo, "mine")),
  ),
  save("a link to nothing", "mine", /mine is there, and is no file of answers/, "usage", ({ repo }) =>
    symlinkSync("../beside/new", join(repo, "mine")),
  ),
  save("a folder that is not there", "none/answers.yaml", /answers\.yaml cannot be written: ENOENT/, "failed"),
  save("a file below a file", "README.md/x", /README\.md\/x/, "usage"),
  save("a full disk", "/dev/full", /\/dev\/full cannot be written: ENOSPC/, "failed"),
  save("a name that is too long", "a".repeat(300), /cannot be written: ENAMETOOLONG|no file of answers/, "usage"),
  save(
    "a file of the app that is to be",
    "infra/cdk.json",
    /infra\/cdk\.json is a file of the app/,
    "usage",
    ({ repo }) => void mkdirSync(join(repo, "infra")),
  ),
  save(
    "its astro.yaml that is to be",
    "infra/astro.yaml",
    /infra\/astro\.yaml is a file of the app/,
    "usage",
    ({ repo }) => void mkdirSync(join(repo, "infra")),
  ),
  {
    name: "--save-answers to astro.yaml that is there",
    arrange: app(),
    flags: { env: "dev", azs: "2", "save-answers": "infra/astro.yaml" },
    refused: ["usage", /infra\/astro\.yaml is there, and is no file of answers/],
  },
  {
    name: "--save-answers where the app cannot be written",
    arrange: ({ repo, put }) => {
      put("infra/x", "");
      symlinkSync("../../beside", join(repo, "infra", "lib"));
    },
    flags: { "save-answers": "answers.yaml" },
    refused: ["config", /is a symlink out of the app/],
  },
  {
    name: "--save-answers over answers that are there",
    arrange: ({ put }) => put("answers.yaml", "azs: 1\n"),
    flags: { azs: "3", "save-answers": "answers.yaml" },
    writes: ["answers.yaml"],
    holds: (_, { repo }) => expect(readFileSync(join(repo, "answers.yaml"), "utf8")).toMatch(/^azs: 3$/m),
  },
  {
    name: "--save-answers through a link to answers that are there",
    arrange: ({ repo, put }) => {
      put("kept.yaml", "");
      symlinkSync("kept.yaml", join(repo, "answers.yaml"));
    },
    flags: { "save-answers": "answers.yaml" },
    writes: ["kept.yaml"],
    holds: (_, { repo }) => expect(readFileSync(join(repo, "kept.yaml"), "utf8")).toMatch(/^name: shop$/m),
  },
  {
    name: "--save-answers by a name with a blank and an escape",
    flags: { "save-answers": "my \u001b[2Janswers" },
    writes: ["my \u001b[2Janswers"],
  },
];

export const STATE: readonly Case[] = [...CONFIGS, ...LOCKS, ...OWN, ...SAVED];
