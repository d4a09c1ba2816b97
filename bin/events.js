// Writes docs/events.md from the types of the events (src/provision/event.ts) and of what a line of `--json` has:
//   node bin/events.js           writes it anew
//   node bin/events.js --check   fails if it is not what the types say
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");
const DOCUMENT = join(ROOT, "docs", "events.md");
const read = (file) => readFileSync(join(ROOT, file), "utf8");

/** Where a text that begins at `from` ends: before the first of `ends` that stands in no bracket, comment or quotes. */
function endOf(text, from, ends) {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    if (text.startsWith("/*", at)) at = text.indexOf("*/", at) + 1;
    else if (text[at] === '"') at = text.indexOf('"', at + 1);
    else if (depth === 0 && ends.includes(text[at])) return at;
    else if ("{[(<".includes(text[at])) depth += 1;
    else if ("}])".includes(text[at]) || (text[at] === ">" && text[at - 1] !== "=")) depth -= 1;
  }
  throw new Error(`no end of ${text.slice(from, from + 60)}`);
}

/** The words of a doc comment on one line. */
const worded = (comment = "") =>
  comment
    .replace(/^\s*\/\*\*|\*\/\s*$/g, "")
    .replace(/^\s*\* ?/gm, "")
    .replace(/\s+/g, " ")
    .trim();

/** The type aliases of a file, by name: their text, and what is said of them. */
function aliasesIn(text) {
  const found = [...text.matchAll(/^(?:(\/\*\*(?:(?!\*\/)[\s\S])*\*\/)\n)?(?:export )?type (\w+) =/gm)];
  return new Map(
    found.map((match) => {
      const start = match.index + match[0].length;
      return [match[2], { text: text.slice(start, endOf(text, start, ";")).trim(), about: worded(match[1]) }];
    }),
  );
}

/** The members of an object type's text: name, whether it may be left out, type, and what is said of it. */
function membersOf(text) {
  const members = [];
  // The last one on a line of its own has no semicolon.
  const body = text
    .trim()
    .slice(1, -1)
    .trimEnd()
    .replace(/(?<!;)$/, ";");
  const head = /\s*(\/\*\*(?:(?!\*\/)[\s\S])*\*\/)?\s*readonly ("[^"]+"|\w+)(\?)?:\s*/y;
  for (let at = 0; ; ) {
    head.lastIndex = at;
    const match = head.exec(body);
    if (match === null) {
      if (body.slice(at).trim() !== "" && body.trim() !== ";")
        throw new Error(`not understood: ${body.slice(at, at + 80)}`);
      return members;
    }
    const end = endOf(body, head.lastIndex, ";");
    const type = body.slice(head.lastIndex, end).trim();
    members.push({ name: match[2].replaceAll('"', ""), optional: match[3] === "?", type, about: worded(match[1]) });
    at = end + 1;
  }
}

/** The members of an intersection of object types, by name or written out. */
function fieldsOf(text, aliases) {
  const fields = [];
  for (let at = 0; at < text.length; ) {
    const end = endOf(`${text}&`, at, "&");
    const part = text.slice(at, end).trim();
    const alias = aliases.get(part)?.text;
    if (part.startsWith("{")) fields.push(...membersOf(part));
    else if (alias !== undefined) fields.push(...fieldsOf(alias, aliases));
    else throw new Error(`no type ${part}`);
    at = end + 1;
  }
  return fields;
}

const cell = (text) => text.replaceAll("|", "\\|");
const typeWords = (type) =>
  cell(
    `\`${type
      .replaceAll("readonly ", "")
      .replace(/\/\*[\s\S]*?\*\//g, "")
      .replace(/\s+/g, " ")
      .replace(/(^|: )\| /g, "$1")}\``,
  );

function table(fields) {
  const rows = fields.map(
    ({ name, optional, type, about }) =>
      `| \`${name}\`${optional ? " (optional)" : ""} | ${typeWords(type)} | ${cell(about)} |`,
  );
  return ["| field | type | meaning |", "| --- | --- | --- |", ...rows];
}

/** The names that the types of fields mention. */
const mentioned = (fields) => fields.flatMap(({ type }) => type.match(/\b[A-Z]\w+\b/g) ?? []);

function document() {
  const events = aliasesIn(read("src/provision/event.ts"));
  const codes = aliasesIn(read("src/provision/diagnosis/code.ts"));
  const errors = aliasesIn(read("src/errors.ts"));
  const elsewhere = [
    "src/plan/kept.ts",
    "src/provision/cloud.ts",
    "src/provision/warning.ts",
    "src/provision/release-facts.ts",
  ].map((file) => aliasesIn(read(file)));
  const outline = membersOf(aliasesIn(read("src/view/json.ts")).get("PlanOutline").text);
  const exits = /const KINDS = (\{[\s\S]*?\n\}) as const/.exec(read("src/errors.ts"))[1];
  const kinds = [...exits.matchAll(/^ {2}"?([a-z-]+)"?: \{ exit: (\d)/gm)].map(
    ([, code, exit]) => `\`${code}\` (${exit})`,
  );
  const all = membersOf(events.get("EventFacts").text).map(({ name, type, about }) => {
    const fields = fieldsOf(type, events).flatMap((field) => (field.type === "Plan" ? outline : [field]));
    return { name, about, fields };
  });
  const known = new Map([
    ...elsewhere.flatMap((one) => [...one]),
    ...events,
    ...codes,
    ...errors,
    ["CommandLine", { text: "string[]", about: "A command as its words, none of them quoted." }],
  ]);
  const used = new Set();
  const use = (name) => {
    const alias = known.get(name);
    if (alias === undefined || used.has(name)) return;
    used.add(name);
    for (const more of alias.text.match(/\b[A-Z]\w+\b/g) ?? []) use(more);
  };
  for (const name of all.flatMap(({ fields }) => mentioned(fields))) use(name);
  used.delete("ErrorCode");
  return `${[
    "# What `--json` prints while a run is under way",
    "",
    "<!-- Written by `node bin/events.js` from src/provision/event.ts: change the types, not this file. -->",
    "",
    "`astro provision`, `astro destroy` and `astro attach` print one JSON object a line: an event of the run. Every line has",
    "`type`, `at` (when, ISO 8601) and `environment`; what else it has depends on its type. New types and fields may be added;",
    "programs should ignore those they do not know. The last event is `result`. What ends a command before or instead of a run",
    'is a line of its own: `{"error": {"code", "message", "hint", "hints", "refusal"?}}`, where `hint` is for a person to read,',
    '`hints` has the same as data, and `refusal` is there where AWS refused a call: `{"call", "words"}`.',
    "",
    "## Events",
    ...all.flatMap(({ name, about, fields }) => ["", `### \`${name}\``, "", about, "", ...table(fields)]),
    "",
    "## Types",
    "",
    "| type | is | meaning |",
    "| --- | --- | --- |",
    ...[...used]
      .sort()
      .map((name) => `| \`${name}\` | ${typeWords(known.get(name).text)} | ${cell(known.get(name).about)} |`),
    `| \`ErrorCode\` | ${kinds.join(", ")} | The kinds of failure, and the exit code of a command that ends with one. |`,
  ].join("\n")}\n`;
}

/** Tables with their columns under each other, as the formatter has them. */
function aligned(text) {
  return text.replace(/(?:^\|.*\n)+/gm, (table) => {
    const rows = table
      .trimEnd()
      .split("\n")
      .map((line) => line.slice(2, -2).split(" | "));
    const widths = rows[0].map((_, at) =>
      Math.max(3, ...rows.map((row) => (row[at].startsWith("---") ? 0 : row[at].trim().length))),
    );
    const pad = (row) =>
      row.map((one, at) => (one.startsWith("---") ? "-".repeat(widths[at]) : one.trim().padEnd(widths[at])));
    return rows.map((row) => `| ${pad(row).join(" | ")} |\n`).join("");
  });
}

const text = aligned(document());
if (!process.argv.includes("--check")) writeFileSync(DOCUMENT, text);
else if (readFileSync(DOCUMENT, "utf8") !== text) {
  process.stderr.write("docs/events.md is not what the types say: node bin/events.js\n");
  process.exitCode = 1;
}
