import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { MOST_BYTES } from "../../../src/reading/limits.ts";
import type { Case } from "./world.ts";

type Refused = NonNullable<Case["refused"]>;

/** A file of answers that says this. */
const file = (name: string, text: string | Uint8Array, refused: Refused[1]): Case => ({
  name: `--answers: ${name}`,
  arrange: ({ put }) => put("answers.yaml", text),
  flags: { answers: "answers.yaml" },
  refused: ["usage", refused],
});

const AT = (line: number) => new RegExp(`answers\\.yaml:${line}\\b`);

const WRONG_FILES: readonly Case[] = [
  file("a list", "- name\n- shop\n", /answers\.yaml:1: not flag names/),
  file("a word", "shop\n", /answers\.yaml:1: not flag names/),
  file("an unclosed quote", 'name: "shop\n', /answers\.yaml:\d/),
  file("a tab for a blank", "name:\n\tshop: x\n", /answers\.yaml:\d/),
  file("two documents", "name: shop\n---\nname: evil\n", /answers\.yaml:2:1: .*a second document/),
  file("the same flag twice", "azs: 1\nazs: 2\n", AT(2)),
  file("an alias without an anchor", "name: *shop\n", AT(1)),
  file("an alias of itself", "name: &a [*a]\n", AT(1)),
  file("aliases for a billion words", laughs(), /answers\.yaml/),
  file("a tag that makes a function", "name: !!js/function 'return 1'\n", AT(1)),
  file("a flag that asks nothing", "yes: true\n", AT(1)),
  file("the answers of another file", "answers: other.yaml\n", AT(1)),
  file("where to save to", "save-answers: ../beside/letter.txt\n", AT(1)),
  file("JavaScript's prototype", "__proto__: {name: evil}\n", AT(1)),
  file("its constructor", "constructor: evil\n", AT(1)),
  file("a flag with an escape in it", '"na\\e[2Jme": shop\n', AT(1)),
  file("a name of a hundred kilobytes", `${"n".repeat(100_000)}: shop\n`, /answers\.yaml/),
  file("a map for a name", "name: {a: b}\n", /answers\.yaml:1: name has no single value/),
  file("a list for a number", "azs: [1, 2]\n", /answers\.yaml:1: azs has no single value/),
  file("nothing for a name", "name:\n", /answers\.yaml:1: name has no single value/),
  file("a map in a command", "worker: [a, {b: c}]\n", /answers\.yaml:1: worker has no single value/),
  file("a list in a command", "worker: [[a]]\n", /answers\.yaml:1: worker has no single value/),
  file("a hundred thousand levels", "[".repeat(100_000), /answers\.yaml:1:101: nested/),
  file("more than is read", `# ${"x".repeat(MOST_BYTES.config)}\n`, /more than the 524288 bytes/),
  file("bytes that are no text", new Uint8Array([0x6e, 0xff, 0xfe, 0x00]), /it is not UTF-8/),
  file("text of sixteen bits", Buffer.from("\ufeffname: shop\n", "utf16le"), /it is not UTF-8/),
  file("nulls", "name: sh\u0000op\n", /answers\.yaml/),
  file("an illegal value", "azs: 4\n", /answers\.yaml:1: azs is 4/),
  file("a number that is none", "azs: .nan\n", /answers\.yaml:1: azs/),
  file("an infinite number", "db-storage: .inf\n", /answers\.yaml:1: db-storage/),
  file("a name that YAML reads as a date", "name: 2026-01-01\n", /answers\.yaml:1: name/),
  file("a command in a name", "name: $(touch owned)\n", /answers\.yaml:1: name/),
  file("a second line in a name", 'name: "shop\\nenvironments: {}"\n', /answers\.yaml:1: name/),
  file("an escape in a region", 'region: "\\e]0;owned\\a"\n', /answers\.yaml:1: region/),
];

const fine = (name: string, text: string, holds: Case["holds"]): Case => ({
  name: `--answers: ${name}`,
  arrange: ({ put }) => put("answers.yaml", text),
  flags: { answers: "answers.yaml" },
  ...(holds && { holds }),
});
const SAFE_FILES: readonly Case[] = [
  fine("nothing at all", "", ({ config }) => expect(config.name).toBe("shop")),
  fine("a comment alone", "# nothing\n", ({ config }) => expect(config.name).toBe("shop")),
  fine("lines of Windows, and a mark before them", "\ufeffname: ours\r\nazs: 2\r\n", ({ config }) =>
    expect([config.name, config.environments.dev?.network.azs]).toEqual(["ours", 2]),
  ),
  fine("JSON", '{"name": "ours", "spot": false}', ({ config }) => expect(config.name).toBe("ours")),
  fine("an account with a first zero", "account: 012345678901\n", ({ config }) =>
    expect(config.environments.dev?.account).toBe("012345678901"),
  ),
  fine("a name of YAML's own", "name: 'null'\nenv: true\n", ({ config }) =>
    expect([config.name, Object.keys(config.environments)]).toEqual(["null", ["true"]]),
  ),
  fine("a command of words that are none", 'worker: [sh, -c, "a\\nb # c", "null", "1", "", " "]\n', ({ config }) =>
    expect(config.environments.dev?.worker?.command).toEqual(["sh", "-c", "a\nb # c", "null", "1", "", " "]),
  ),
];

const at = (name: string, answers: string, words: RegExp, arrange?: Case["arrange"]): Case => ({
  name: `--answers is ${name}`,
  flags: { answers },
  refused: ["usage", words],
  ...(arrange && { arrange }),
});
const NO_FILES: readonly Case[] = [
  at("not there", "none.yaml", /none\.yaml cannot be read: ENOENT/),
  at("empty", "", /cannot be read: EISDIR/),
  at("a folder", "answers", /answers cannot be read: EISDIR/, ({ repo }) => void mkdirSync(join(repo, "answers"))),
  at("below a file", "README.md/answers", /cannot be read: ENOTDIR/),
  at("a link to itself", "loop", /cannot be read: ELOOP/, ({ repo }) => symlinkSync("loop", join(repo, "loop"))),
  at("without an end", "/dev/zero", /cannot be read: more than the/),
  at("a name with an escape in it", "a\u001b[2Jb", /cannot be read: ENOENT/),
  at("a name that is too long", "a".repeat(300), /cannot be read: ENAMETOOLONG/),
  at("somebody else's file", "../beside/letter.txt", /letter\.txt:1: not flag names/),
];

const variable = (name: string, value: string, words: RegExp): Case => ({
  name: `${name} with ${JSON.stringify(value).slice(0, 30)}`,
  env: { [name]: value },
  refused: ["usage", words],
});
const VARIABLES: readonly Case[] = [
  variable("ASTRO_NAME", "$(touch owned)", /ASTRO_NAME is /),
  variable("ASTRO_NAME", "shop\u001b[2J", /ASTRO_NAME is /),
  variable("ASTRO_NAME", "shop\nazs: 3", /ASTRO_NAME is /),
  variable("ASTRO_ENV", "../dev", /ASTRO_ENV is /),
  variable("ASTRO_ENV", "__proto__", /ASTRO_ENV/),
  variable("ASTRO_PRESET", "toString", /ASTRO_PRESET is /),
  variable("ASTRO_REGION", "eu-west-1; id", /ASTRO_REGION is /),
  variable("ASTRO_AZS", "yes", /ASTRO_AZS is /),
  variable("ASTRO_SPOT", "maybe", /ASTRO_SPOT is /),
  variable("ASTRO_MEMORY", "512 # MB", /ASTRO_MEMORY is /),
  variable("ASTRO_DOMAIN", "{{resolve:ssm:x}}", /ASTRO_DOMAIN is /),
  variable("ASTRO_ACCOUNT", "*", /ASTRO_ACCOUNT is /),
  {
    name: "ASTRO_NAME with nothing",
    env: { ASTRO_NAME: "", ASTRO_AZS: "" },
    holds: ({ config }) => expect(config.name).toBe("shop"),
  },
  { name: "ASTRO_YES and ASTRO_ANSWERS, which are no answers", env: { ASTRO_YES: "x", ASTRO_ANSWERS: "/dev/zero" } },
  {
    name: "AWS_REGION with what is no region",
    env: { AWS_REGION: "../../x\u001b[2J", AWS_CONFIG_FILE: "/dev/null" },
    holds: ({ config }) => expect(config.environments.dev?.region).toBe("us-east-1"),
  },
  {
    name: "AWS_CONFIG_FILE with what is no profile",
    arrange: ({ put }) => put("../aws", "[default\nregion = $(id)\n[[profile \u001b[2J]]\n=\n"),
    env: { AWS_CONFIG_FILE: "../aws", AWS_PROFILE: "__proto__" },
    holds: ({ config }) => expect(config.environments.dev?.region).toBe("us-east-1"),
  },
];

function laughs(): string {
  const lines = Array.from({ length: 12 }, (_, at) => `a${at + 1}: &a${at + 1} [${Array(9).fill(`*a${at}`)}]`);
  return ["a0: &a0 [x, x]", ...lines].join("\n");
}

export const ANSWERS: readonly Case[] = [...WRONG_FILES, ...SAFE_FILES, ...NO_FILES, ...VARIABLES];
