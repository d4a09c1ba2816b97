import { expect } from "vitest";
import type { Case } from "./world.ts";

/** Text that means something to YAML, a shell, a terminal, a path, JavaScript or a template; none of it is a name. */
export const METACHARACTERS: readonly (readonly [what: string, text: string])[] = [
  ["a command substitution", "$(touch owned)"],
  ["a backquoted command", "`touch owned`"],
  ["a second command", "shop; touch owned"],
  ["a pipe", "shop|sh"],
  ["a redirection", "shop>owned"],
  ["a variable", "${HOME}"],
  ["an ampersand", "shop&"],
  ["a quote", "shop'"],
  ["a double quote", 'shop"'],
  ["a backslash", "shop\\"],
  ["a glob", "*"],
  ["a home", "~"],
  ["a flag", "--yes"],
  ["a YAML map", "shop: {a: b}"],
  ["a YAML comment", "shop # dev"],
  ["a YAML anchor", "&shop"],
  ["a YAML alias", "*shop"],
  ["a YAML tag", "!!js/function x"],
  ["a YAML document's end", "shop\n...\n---\nname: evil"],
  ["a second line of YAML", "shop\nenvironments: {}"],
  ["a YAML block", "|\n  shop"],
  ["a YAML merge", "<<"],
  ["the way up", "../shop"],
  ["an absolute path", "/etc/passwd"],
  ["a path of Windows", "..\\shop"],
  ["an escape", "sh\u001b[2Jop"],
  ["a bell", "shop\u0007"],
  ["a null", "shop\u0000"],
  ["a carriage return", "shop\revil"],
  ["a tab", "shop\t"],
  ["a right-to-left override", "shop\u202e"],
  ["a zero width", "sh\u200bop"],
  ["a byte order mark", "\ufeffshop"],
  ["half a character", "shop\ud800"],
  ["an emoji", "shop🚀"],
  ["another alphabet's letter", "shоp"],
  ["full width", "ｓｈｏｐ"],
  ["a capital", "Shop"],
  ["a blank within", "my shop"],
  ["nothing but blanks", "   "],
  ["JavaScript's prototype", "__proto__"],
  ["a template of CloudFormation", "${AWS::AccountId}"],
  ["an expression of GitHub's", "${{ secrets.TOKEN }}"],
  ["a template of Handlebars", "{{name}}"],
  ["XML", "<shop/>"],
  ["SQL", "shop' OR 1=1 --"],
  ["a format", "%s%n"],
  ["a megabyte", "a".repeat(2 ** 20)],
  ["a name that AWS reserves", "internal-shop"],
];

const isOfName = (flag: string) => new RegExp(`--${flag} is `);

const NAMES: readonly Case[] = METACHARACTERS.map(([what, text]) => ({
  name: `--name with ${what}`,
  flags: { name: text },
  refused: ["usage", isOfName("name")],
}));

const ENVIRONMENTS: readonly Case[] = METACHARACTERS.filter(
  ([what]) => !/reserves|GitHub|SQL|XML|Handlebars/.test(what),
).map(([what, text]) => ({
  name: `--env with ${what}`,
  flags: { env: text },
  refused: ["usage", isOfName("env")],
}));

/** Legal names that mean something else to YAML or to JavaScript. */
const WORDS = [
  "null",
  "true",
  "false",
  "yes",
  "no",
  "on",
  "off",
  "y",
  "n",
  "e1",
  "nan",
  "inf",
  "x0",
  "default",
  "then",
];
const LEGAL: readonly Case[] = WORDS.flatMap((word): readonly Case[] => [
  {
    name: `a project and an environment called ${word}`,
    flags: { name: word, env: word },
    holds: ({ config }) => expect([config.name, Object.keys(config.environments)]).toEqual([word, [word]]),
  },
]);

/** Values of each kind of question that its schema has no room for, or that YAML and the app have to carry unharmed. */
const VALUES: readonly (readonly [flag: string, text: string])[] = [
  ["azs", "0"],
  ["azs", "-1"],
  ["azs", "1e9"],
  ["azs", "2.5"],
  ["azs", "0x2"],
  ["azs", "２"],
  ["azs", "NaN"],
  ["azs", "9".repeat(400)],
  ["nat", "one\nper-az"],
  ["cpu", "256; rm -rf /"],
  ["memory", "Infinity"],
  ["tasks", "1,000"],
  ["tasks", "9007199254740993"],
  ["port", "65536"],
  ["port", "80 81"],
  ["port", "0"],
  ["health-path", "no-slash"],
  ["health-path", "/a b"],
  ["health-path", "/\u001b[2J"],
  ["health-path", "/x\ny"],
  ["image", "-v /:/host"],
  ["image", "a:b:c d"],
  ["image", "$(id)"],
  ["image", "x\ny"],
  ["db-class", "db.t3.micro\nmultiAz: true"],
  ["db-class", "../db"],
  ["db-storage", "20GB"],
  ["cache-node", "cache.t3.micro #"],
  ["cache-replicas", "٣"],
  ["domain", "exa mple.com"],
  ["domain", "example.com\nzone: evil"],
  ["domain", "-example.com"],
  ["domain", "https://$(id)/"],
  ["domain", `${"a".repeat(64)}.com`],
  ["domain", "a\u202ecom.evil"],
  ["domain", "*.example.com"],
  ["zone", "Z'; DROP"],
  ["account", "12345678901"],
  ["account", "１２３４５６７８９０１２"],
  ["account", "0x1234567890"],
  ["order", "sequence overlap"],
  ["region", "../us-east-1"],
  ["region", "us-east-1\u0000"],
  ["region", "toString"],
  ["preset", "../dev"],
  ["preset", "constructor"],
  ["preset", "__proto__"],
  ["worker-tasks", "-0"],
];

const WRONG: readonly Case[] = VALUES.map(([flag, text], at) => ({
  name: `--${flag} with ${JSON.stringify(text).slice(0, 40)} (${at})`,
  flags: {
    [flag]: text,
    ...(flag === "zone" && { domain: "example.com" }),
    ...(flag === "worker-tasks" && { worker: "run" }),
  },
  refused: ["usage", isOfName(flag)],
}));

const command = (text: string): Case => ({
  name: `a worker's command with ${JSON.stringify(text)}`,
  flags: { worker: text },
  holds: ({ config }) => expect(config.environments.dev?.worker?.command.join("")).not.toBe(""),
});
const CARRIED: readonly Case[] = [
  "celery -A 'my app' worker",
  'sh -c "echo $(id) > /tmp/x; rm -rf /"',
  "a # b",
  "a: b {c} [d] & * ! | > %",
  "- --- ...",
  "'null' 'true' '1'",
  "${AWS::AccountId} {{resolve:secretsmanager:x}}",
].map(command);

/** An address, of which the name alone is taken. */
const ADDRESSES: readonly Case[] = ["https://example.com", "example.com/../x", "EXAMPLE.com."].map((domain) => ({
  name: `--domain with ${JSON.stringify(domain)}`,
  flags: { domain },
  holds: ({ config }) => expect(config.environments.dev?.domain?.name).toBe("example.com"),
}));

export const GIVEN: readonly Case[] = [...ADDRESSES, ...NAMES, ...ENVIRONMENTS, ...LEGAL, ...WRONG, ...CARRIED];
