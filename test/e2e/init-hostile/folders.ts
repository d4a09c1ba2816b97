import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import type { Case, World } from "./world.ts";

/** Folders by names that mean something to a shell, YAML or a terminal: an app lies in one like in any other. */
const NAMES = [
  "my app",
  "$(touch owned)",
  "`id`",
  "a;b",
  "a|b",
  "a&b",
  "it's",
  'so"so',
  "back\\slash",
  "*",
  "~",
  "~root",
  "-rf",
  "--help",
  "#",
  "!",
  "{a,b}",
  "a: b",
  "%TEMP%",
  "new\nline",
  "esc\u001b[2Jape",
  "\u202etxt.exe",
  "🚀",
  "日本",
  "é",
  "...",
  ".hidden",
  "a".repeat(200),
  "CON",
  "__proto__",
  "deep/er/still",
  "./a/../b//c/",
  "../beside/new",
];

const named = (dir: string): Case => ({ name: `a folder called ${JSON.stringify(dir).slice(0, 40)}`, dir });

const refused = (
  name: string,
  dir: string,
  words: RegExp,
  arrange?: Case["arrange"],
  code: NonNullable<Case["refused"]>[0] = "usage",
): Case => ({
  name,
  dir,
  refused: [code, words],
  ...(arrange && { arrange }),
});

const link = (to: string, from = "infra") => {
  return ({ repo }: World) => symlinkSync(to, join(repo, from));
};

const inside = (to: string, from: string) => {
  return ({ repo, put }: World) => {
    put("infra/notes", "");
    symlinkSync(to, join(repo, "infra", from));
  };
};

const PLACES: readonly Case[] = [
  refused("no folder at all", "", /the name of the folder is empty/),
  refused("nothing but blanks", "  ", /the name of the folder is empty/),
  refused("a file", "README.md", /README\.md is a file/),
  refused("a folder below a file", "README.md/infra", /README\.md is a file/),
  refused("a pipe without an end", "/dev/zero", /dev\/zero is no folder/),
  refused("the root of everything", "/", /is the root of the file system/),
  refused("a name that is too long", "a".repeat(300), /ENAMETOOLONG/, undefined, "config"),
  refused("a link to somebody else's folder", "infra", /\.\/infra is a link to .*beside/, link("../beside")),
  refused("a link to an empty folder", "infra", /is a link/, ({ repo }) => {
    mkdirSync(join(repo, "..", "empty"));
    symlinkSync("../empty", join(repo, "infra"));
  }),
  refused("a link to a file", "infra", /is a link/, link("README.md")),
  refused("a link to nothing", "infra", /is a link/, link("../nothing")),
  refused("a link to itself", "infra", /ELOOP/, link("infra"), "config"),
  refused("a link to what is above", "infra", /is a link/, link("..")),
  refused("a folder of npm's", "node_modules/infra", /node_modules/),
  refused("a folder of git's", ".git/infra", /\.git/),
  refused("git's own folder", ".git", /\.git/, ({ put }) => put(".git/config", "")),
  refused("a folder of astro's own", ".astro", /\.astro/),
  refused(
    "one with other files of the same names",
    "infra",
    /has files that astro did not write: package\.json/,
    ({ put }) => put("infra/package.json", "{}"),
  ),
  refused("one where a file has the name of a folder", "infra", /has files that astro did not write: lib/, ({ put }) =>
    put("infra/lib", "a file"),
  ),
  refused(
    "one where a folder has the name of a file",
    "infra",
    /cdk\.json cannot be read: EISDIR/,
    ({ put }) => put("infra/cdk.json/x", ""),
    "failed",
  ),
  refused(
    "one where a folder is called astro.yaml",
    "infra",
    /astro\.yaml cannot be read: EISDIR/,
    ({ put }) => put("infra/astro.yaml/x", ""),
    "config",
  ),
  refused(
    "one with a link for a folder",
    "infra",
    /infra\/lib\/\S+ is a symlink out of the app/,
    inside("../../beside", "lib"),
    "config",
  ),
  refused(
    "one with a link for a file, to nothing",
    "infra",
    /cdk\.json is a symlink to nothing/,
    inside("../../beside/new.json", "cdk.json"),
    "config",
  ),
  refused(
    "one whose astro.yaml is a link to nothing",
    "infra",
    /astro\.yaml is a symlink to nothing/,
    inside("../../beside/new.yaml", "astro.yaml"),
    "config",
  ),
  refused(
    "one with a link for a file, to somebody's",
    "infra",
    /has files that astro did not write: cdk\.json/,
    inside("../../beside/letter.txt", "cdk.json"),
  ),
  refused(
    "one whose astro.yaml is a link to somebody's",
    "infra",
    /astro\.yaml:1:1: /,
    inside("../../beside/letter.txt", "astro.yaml"),
    "config",
  ),
  refused(
    "one with a pipe for a file",
    "infra",
    /cdk\.json cannot be read: neither a file nor a folder/,
    ({ repo }) => {
      mkdirSync(join(repo, "infra"));
      execFileSync("mkfifo", [join(repo, "infra", "cdk.json")]);
    },
    "failed",
  ),
];

const fine = (name: string, arrange: Case["arrange"], more: Partial<Case> = {}): Case => ({
  name,
  ...(arrange && { arrange }),
  ...more,
});

const SAFE: readonly Case[] = [
  fine("one that is there and empty", ({ repo }) => void mkdirSync(join(repo, "infra"))),
  fine("one with files of somebody's", ({ put }) => put("infra/notes.txt", "mine"), {
    holds: (_, { repo }) => expect(readFileSync(join(repo, "infra", "notes.txt"), "utf8")).toBe("mine"),
  }),
  fine("a folder above it that is a link", ({ repo }) => symlinkSync("../beside", join(repo, "tools")), {
    dir: "tools/infra",
  }),
  fine("a package of modules around it", ({ put }) => put("package.json", '{"name": "shop", "type": "module"}')),
  fine("an npm workspace around it", ({ put }) =>
    put("package.json", '{"name": "shop", "private": true, "workspaces": ["infra", "packages/*"]}'),
  ),
  fine("a package.json around it that is none", ({ put }) => put("package.json", "{")),
  fine("a configuration of TypeScript around it", ({ put }) =>
    put("tsconfig.json", '{"extends": "./none.json", "compilerOptions": {"module": "nodenext"}}'),
  ),
  fine("libraries around it that are none", ({ put }) => put("node_modules/aws-cdk-lib/package.json", "{")),
  fine("a submodule of git around it", ({ put }) => {
    put("../.git/modules/shop/config", '[remote "origin"]\n\turl = https://example.com/x.git\n');
    put(".git", "gitdir: ../.git/modules/shop\n");
  }),
  fine("an app of cdk's around it", ({ put }) => put("cdk.json", '{"app": "touch owned"}')),
  fine("an .npmrc around it", ({ put }) => put(".npmrc", "ignore-scripts=false\nscript-shell=/bin/false\n")),
];

export const FOLDERS: readonly Case[] = [...NAMES.map(named), ...PLACES, ...SAFE];
