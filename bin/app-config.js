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
const { config, environment } = await import("../src/config/schema.ts");
const { Code, literal, node, typeOf, unwrapped } = await import("./app-schema.js");

const SOURCES = join(root, "src", "config");
const TARGET = join(root, "templates", "app", "lib", "astro-yaml");

const HEAD = "// As astro itself reads astro.yaml: made from its schema. It is yours, like all of this app.";

const files = Object.fromEntries([
  ["types.ts", typesFile()],
  ["schema.ts", schemaFile()],
  ["sections.ts", sectionsFile()],
  ...["sizes", "image", "domain", "host-names", "zones", "cron", "variables", "rules", "words", "place"].map((name) => [
    `${name}.ts`,
    copied(`${name}.ts`),
  ]),
  ["values.ts", copied("values.ts", ["withValue", "leaves"])],
]);

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

/** A source of src/config as the app has it, without the functions that it has no use for. */
function copied(name, unused = []) {
  const text = readFileSync(join(SOURCES, name), "utf8");
  const imports = (text.match(/^import .*;$/gm) ?? []).join("\n").replaceAll('.ts";', '";');
  const bodies = text
    .replace(/^import .*;\n/gm, "")
    .trim()
    .split(/\n\n(?=\S)/)
    .filter((body) => !unused.some((one) => body.includes(`export function ${one}(`)));
  return formatted(name, [HEAD, imports, ...bodies].join("\n\n"));
}

/** The sections of an environment: their names in astro.yaml and their schemas. */
function sections() {
  return Object.entries(environment._zod.def.shape).filter(
    ([, value]) => unwrapped(value).inner._zod.def.type === "object",
  );
}

/** `loadBalancer` as LOAD_BALANCER. */
function constantOf(key) {
  return key.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}

function imported(names, file) {
  return names.size > 0 ? `import { ${[...names].sort().join(", ")} } from "./${file}";` : "";
}

function sectionsFile() {
  const used = new Set();
  const tables = sections().map(
    ([key, value]) => `export const ${constantOf(key)}: Schema = ${literal(node(value, used))};`,
  );
  return formatted(
    "sections.ts",
    `${HEAD}

import type { Schema } from "./check";
${imported(used, "rules")}

${tables.join("\n\n")}
`,
  );
}

function typesFile() {
  return formatted(
    "types.ts",
    `${HEAD}

/** One environment of astro.yaml, every default filled in. */
export type Environment = ${typeOf(environment)};

/** astro.yaml. */
export type Config = ${typeOf(config).replace(typeOf(environment), "Environment")};
`,
  );
}

function schemaFile() {
  const used = new Set();
  const apart = new Map(sections().map(([key, value]) => [value, new Code(constantOf(key))]));
  const table = literal(node(config, used, apart));
  const constants = new Set([...apart.values()].map(({ text }) => text));
  return formatted(
    "schema.ts",
    `${HEAD}

import type { Schema } from "./check";
${imported(used, "rules")}
${imported(constants, "sections")}

/** What astro.yaml may hold, and what is taken for what it leaves out. */
export const SCHEMA: Schema = ${table};
`,
  );
}
