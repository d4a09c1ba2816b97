import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type CommandTable, candidatesFor, type Here } from "../../src/completion/complete.ts";
import { environmentNames, hereIn } from "../../src/completion/here.ts";

const text = (more: object = {}) => ({ type: "option", description: "Says something. And more.", ...more });
const COMMANDS: CommandTable = {
  init: {
    summary: "Choose.",
    args: { dir: {} },
    flags: {
      preset: text({ helpValue: "dev|prod" }),
      nat: text({ helpValue: "none|one|per-az" }),
      cpu: text({ helpValue: "256|512|...|16384" }),
      azs: text({ helpValue: "1-3" }),
      zone: text({ helpValue: "ID|create|elsewhere" }),
      name: text({ helpValue: "NAME" }),
      region: text({ helpValue: "REGION" }),
      profile: text({ helpValue: "NAME" }),
      answers: text({ helpValue: "FILE" }),
      yes: { type: "boolean" },
    },
  },
  tunnel: {
    summary: "Reach it.",
    args: { to: { options: ["database", "cache"] } },
    flags: { env: text(), dir: text() },
  },
  provision: {
    summary: "Deploy.",
    args: { file: {} },
    flags: { parameter: text({ multiple: true }), out: text({ helpValue: "DIR" }) },
  },
  "secret:set": { summary: "Set.", flags: { env: text() } },
  "secret:list": { summary: "List.", flags: {} },
};
const HERE: Here = {
  environments: (directory) => (directory === undefined ? ["dev", "prod"] : [`of-${directory}`]),
  profiles: () => ["default", "work"],
  regions: () => [{ word: "eu-west-1", about: "Ireland" }],
};

function words(line: string): unknown {
  const found = candidatesFor(line.split(" "), COMMANDS, HERE);
  return typeof found === "string" ? found : found.map(({ word }) => word).join(" ");
}

describe("a word of a command line", () => {
  it.each([
    ["", "init tunnel provision secret"],
    ["s", "secret"],
    ["secret ", "set list"],
    ["secret s", "set"],
    ["init --preset ", "dev prod"],
    ["init --preset p", "prod"],
    ["init --nat=", "none one per-az"],
    ["init --nat=per", "per-az"],
    // As bash gives it, which takes it apart.
    ["init --nat = per", "per-az"],
    ["init --nat =", "none one per-az"],
    ["init --cpu ", "256 512 16384"],
    ["init --azs ", "1 2 3"],
    ["init --zone ", "create elsewhere"],
    ["init --name ", ""],
    ["init --region ", "eu-west-1"],
    ["init --profile w", "work"],
    ["init --answers ", "files"],
    ["init ", "folders"],
    ["init --yes --n", "--nat --name"],
    ["init --nat one --n", "--name"],
    ["init --nat=one --n", "--name"],
    ["provision ", "files"],
    ["provision --out ", "folders"],
    ["provision --parameter A=1 --p", "--parameter"],
    ["tunnel ", "database cache"],
    ["tunnel --env dev c", "cache"],
    ["tunnel --env ", "dev prod"],
    ["tunnel --dir there --env ", "of-there"],
    ["tunnel --dir=there --env ", "of-there"],
    ["tunnel database --", "--env --dir"],
    ["secret set --env d", "dev"],
    ["nothing ", ""],
    ["tunnel -- ", "files"],
  ])("%j may become %j", (line, expected) => {
    expect(words(line)).toBe(expected);
  });

  it("comes with what it is, in its first sentence", () => {
    expect(candidatesFor(["tun"], COMMANDS, HERE)).toEqual([{ word: "tunnel", about: "Reach it" }]);
    expect(candidatesFor(["init", "--na"], COMMANDS, HERE)).toContainEqual({ word: "--name", about: "Says something" });
  });
});

describe("what is here", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "astro-complete-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("are the environments of the astro.yaml that a command would find", () => {
    mkdirSync(join(folder, "infra", "bin"), { recursive: true });
    writeFileSync(join(folder, "infra", "astro.yaml"), "name: shop\nenvironments:\n  dev: {}\n");
    const from = (cwd: string, directory?: string) => hereIn(cwd, {}).environments(directory);
    expect(from(folder)).toEqual(["dev"]);
    expect(from(join(folder, "infra", "bin"))).toEqual(["dev"]);
    expect(from(tmpdir(), join(folder, "infra"))).toEqual(["dev"]);
    expect(from(folder, "elsewhere")).toEqual([]);
  });

  it("are names alone, whatever else a file holds", () => {
    const yaml =
      "name: x\n# environments:\nenvironments: # two\n  # first\n  dev:\n    region: a\n    network: {}\n\n  'prod': {}\n  $(evil): {}\n  a;b: 1\nci:\n  github: {}\n";
    expect(environmentNames(yaml)).toEqual(["dev", "prod"]);
    expect(environmentNames("name: x\n")).toEqual([]);
  });

  it("are the profiles of ~/.aws, each once, and nothing else of it", () => {
    mkdirSync(join(folder, ".aws"));
    writeFileSync(
      join(folder, ".aws", "config"),
      "[default]\nregion = x\n[profile work]\nregion = y\n[sso-session corp]\n[services s]\n[profile with `x`]\n",
    );
    writeFileSync(join(folder, ".aws", "credentials"), "[default]\naws_access_key_id = A\n[old]\n");
    expect(hereIn("/", { HOME: folder }).profiles()).toEqual(["default", "work", "old"]);
    expect(hereIn("/", { HOME: join(folder, "none") }).profiles()).toEqual([]);
  });
});
