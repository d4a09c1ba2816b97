// Writes what the generated app knows of astro.yaml, templates/app/lib/astro-yaml/, from the schema in src/config:
//   node bin/app-config.js [--check]
// Types, bounds, patterns and defaults come from the Zod schema; rules between values, and words, are the sources astro uses
// itself. With --check nothing is written: the exit code is 1 if something there is not what this would write.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { register } from "tsx/esm/api";

register();
const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const rules = await import("../src/config/rules.ts");
const { config, environment } = await import("../src/config/schema.ts");

const SOURCES = join(root, "src", "config");
const TARGET = join(root, "templates", "app", "lib", "astro-yaml");

const HEAD = "// As astro itself reads astro.yaml: made from its schema. It is yours, like all of this app.";

/** A name, where a value would be written as it is. */
class Code {
  constructor(text) {
    this.text = text;
  }
}

const files = {
  "schema.ts": schemaFile(),
  "rules.ts": bundled(["sizes.ts", "image.ts", "domain.ts", "zones.ts", "cron.ts", "rules.ts"]),
  "values.ts": bundled(["values.ts"], ["withValue", "leaves"]),
  "words.ts": bundled(["words.ts"]),
  "place.ts": bundled(["place.ts"]),
};

const stale = Object.entries(files).filter(([name, text]) => {
  const path = join(TARGET, name);
  return !existsSync(path) || readFileSync(path, "utf8") !== text;
});
for (const [name, text] of stale) {
  if (!process.argv.includes("--check")) writeFileSync(join(TARGET, name), text);
  else console.error(`templates/app/lib/astro-yaml/${name} is not what src/config says: node bin/app-config.js`);
}
if (process.argv.includes("--check") && stale.length > 0) process.exitCode = 1;

/** The text as this repository formats it. */
function formatted(name, text) {
  const biome = createRequire(import.meta.url).resolve("@biomejs/biome/bin/biome");
  const args = [biome, "check", "--write", `--stdin-file-path=templates/app/lib/astro-yaml/${name}`];
  const done = spawnSync(process.execPath, args, { cwd: root, input: text, encoding: "utf8" });
  if (done.status !== 0) throw new Error(`${name}: ${done.stderr}`);
  return done.stdout;
}

/** Sources of src/config as one file of the app, without the functions that it has no use for. */
function bundled(names, unused = []) {
  const texts = names.map((name) => readFileSync(join(SOURCES, name), "utf8"));
  const imports = texts
    .flatMap((text) => text.match(/^import .*;$/gm) ?? [])
    .filter((line) => !names.some((name) => line.includes(`"./${name}"`)));
  const bodies = texts.flatMap((text) =>
    text
      .replace(/^import .*;\n/gm, "")
      .trim()
      .split(/\n\n(?=\S)/),
  );
  const used = bodies.filter((body) => !unused.some((name) => body.includes(`export function ${name}(`)));
  const parts = [HEAD, [...new Set(imports)].join("\n").replaceAll('.ts";', '";'), ...used];
  return formatted(names.at(-1), parts.join("\n\n"));
}

function schemaFile() {
  const used = new Set();
  const table = literal(node(config, used));
  return formatted(
    "schema.ts",
    `${HEAD}

import type { Schema } from "./check";
import { ${[...used].sort().join(", ")} } from "./rules";

/** One environment of astro.yaml, every default filled in. */
export type Environment = ${typeOf(environment)};

/** astro.yaml. */
export type Config = ${typeOf(config).replace(typeOf(environment), "Environment")};

/** What astro.yaml may hold, and what is taken for what it leaves out. */
export const SCHEMA: Schema = ${table};
`,
  );
}

/** What a schema is inside of what makes it optional or gives it a default. */
function unwrapped(schema) {
  const { type, innerType, defaultValue } = schema._zod.def;
  if (!["optional", "default", "prefault"].includes(type)) return { inner: schema };
  return { ...(type === "optional" ? { optional: true } : { default: defaultValue }), ...unwrapped(innerType) };
}

/** An entry of the table that templates/app/lib/astro-yaml/check.ts reads; a name of `rules` is a Code. */
function node(wrapped, used) {
  const { inner, ...outer } = unwrapped(wrapped);
  const { def } = inner._zod;
  const checks = (def.checks ?? []).map(({ _zod }) => ({ ..._zod.def, rule: _zod.check.rule }));
  const named = (value) => {
    const found = Object.entries(rules).find(([, rule]) => rule === value);
    if (!found) throw new Error(`not exported by src/config/rules.ts: ${value}`);
    used.add(found[0]);
    return new Code(found[0]);
  };
  const message = (error) => (error?.length ? named(error) : error?.());
  const rule = checks.flatMap((check) => (check.rule ? [named(check.rule)] : []))[0];
  const own = def.error && { message: message(def.error) };
  switch (def.type) {
    case "object": {
      const properties = Object.entries(def.shape).map(([key, value]) => [key, node(value, used)]);
      return { type: "object", ...outer, properties: Object.fromEntries(properties), ...(rule && { rule }) };
    }
    case "record":
      return { type: "object", ...outer, names: node(def.keyType, used), each: node(def.valueType, used) };
    case "array":
      return { type: "array", ...outer, items: node(def.element, used) };
    case "boolean":
      return { type: "boolean", ...outer };
    case "enum":
      return { type: "string", enum: Object.values(def.entries), ...own, ...outer };
    case "literal":
      return { type: "number", enum: def.values, ...outer };
    case "number":
      return { ...Object.assign({ type: "number" }, ...[def, ...checks].map(bound)), ...outer };
    case "string":
      return {
        type: "string",
        ...own,
        ...outer,
        ...checksOf([...(def.check ? [def] : []), ...checks], message, named),
      };
    default:
      throw new Error(`no word for ${def.type}`);
  }
}

function bound({ check, format, value, inclusive }) {
  if (check === "number_format" && format === "safeint") return { type: "integer" };
  if (check === "greater_than") return inclusive ? { minimum: value } : { exclusiveMinimum: value };
  if (check === "less_than" && inclusive) return { maximum: value };
  if (check === undefined) return {};
  throw new Error(`no word for ${check}`);
}

function checksOf(all, message, named) {
  const checks = all.map(({ check, pattern, minimum, maximum, rule, error }) => {
    if (rule) return { rule: named(rule) };
    const legal = pattern ? { pattern } : check === "min_length" ? { minLength: minimum } : { maxLength: maximum };
    if (legal.maxLength === undefined && check === "max_length") throw new Error(`no word for ${check}`);
    return { ...legal, ...(error && { message: message(error) }) };
  });
  return checks.length > 0 ? { checks } : {};
}

function literal(value) {
  if (value instanceof Code) return value.text;
  if (value instanceof RegExp) return String(value);
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([key, one]) => `${/^\w+$/.test(key) ? key : JSON.stringify(key)}: ${literal(one)}`)
    .join(", ")}}`;
}

/** The type of what is read, each key under its description. */
function typeOf(wrapped) {
  const { inner } = unwrapped(wrapped);
  const { def } = inner._zod;
  const options = def.type === "enum" ? Object.values(def.entries) : def.type === "literal" ? def.values : [];
  if (options.length > 0 && options.length <= 12) return options.map(literal).join(" | ");
  if (def.type === "object") {
    const keys = Object.entries(def.shape).map(([key, value]) => {
      const { optional, inner: own } = unwrapped(value);
      const comment = value.description ?? own.description;
      return `${comment ? comments(comment) : ""}${key}${optional ? "?" : ""}: ${typeOf(value)};`;
    });
    return `{\n${keys.join("\n")}\n}`;
  }
  if (def.type === "record") return `{ [name: string]: ${typeOf(def.valueType)} }`;
  if (def.type === "array") return `${typeOf(def.element)}[]`;
  return def.type === "enum" ? "string" : def.type;
}

function comments(words) {
  const lines = (words.match(/.{1,105}(?: |$)/g) ?? []).map((line) => line.trim());
  return lines.length === 1 ? `/** ${words} */\n` : `/**\n${lines.map((line) => ` * ${line}`).join("\n")}\n */\n`;
}
