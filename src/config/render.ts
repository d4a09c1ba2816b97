import { stringify } from "yaml";
import { jsonSchemaOf, schemaAt } from "./json-schema.ts";
import { config, environment } from "./schema.ts";
import { type ConfigTree, isConfigTree } from "./values.ts";

/** Name of the JSON Schema's file, which astro.yaml's first line points editors to. */
export const SCHEMA_FILE = "astro.schema.json";

type Line = { readonly text: string; readonly note: string };

const EXAMPLES = {
  account: [{ text: 'account: "123456789012"', note: "Refuse any other AWS account." }],
  domain: [
    { text: "domain:", note: "app.example.com and api.example.com" },
    { text: "  name: example.com", note: "" },
    { text: "  zone: create", note: "Or a hosted zone's id, or elsewhere." },
    { text: "  names:", note: "Optional: the domain itself, or names below it." },
    { text: "    app: example.com", note: "" },
  ],
} as const satisfies { readonly [key: string]: readonly Line[] };

/**
 * A new astro.yaml with one environment, every key explained; `origin` says where its values came from, and `app` what is built
 * and deployed, of all environments.
 */
export function renderConfig(
  name: string,
  env: string,
  values: ConfigTree,
  origin: string,
  app: ConfigTree = {},
): string {
  const describe = explained(environment);
  const top = aligned(linesOf(app, "", explained(config)));
  const examples = Object.entries(EXAMPLES)
    .filter(([key]) => values[key] === undefined)
    .flatMap(([, lines]) => lines.map(({ text, note }) => ({ text: `    # ${text}`, note })));
  return `${[
    `# yaml-language-server: $schema=./${SCHEMA_FILE}`,
    "# The settings of this infrastructure. After a change: astro plan",
    "",
    `name: ${scalar(name)}`,
    "",
    ...(top.length > 0 ? [`# ${FOUND}`, ...top, ""] : []),
    "environments:",
    `  # ${origin}`,
    `  ${scalar(env)}:`,
    ...aligned([...linesOf(values, "    ", describe), ...examples]),
  ].join("\n")}\n`;
}

/** Written above what is built and deployed, where nobody typed it. */
export const FOUND = "Found in the repository: what astro deploy builds, runs and serves.";

function explained(schema: Parameters<typeof jsonSchemaOf>[0]) {
  const described = jsonSchemaOf(schema);
  return (path: readonly string[]) => String(schemaAt(described, path)?.description ?? "");
}

/** Lines of block YAML for a tree of values. */
export function block(tree: ConfigTree, indent: string): readonly string[] {
  return linesOf(tree, indent, () => "").map(({ text }) => text);
}

/** One plain value, or a list of whatever there is, as YAML on one line, quoted where it must be. */
export function scalar(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inList).join(", ")}]`;
  if (!isConfigTree(value)) return quoted(value, (one) => stringify(one, { lineWidth: 0 }).trimEnd());
  const pairs = Object.entries(value).map(([key, one]) => `${inList(key)}: ${inList(one)}`);
  return `{${pairs.join(", ")}}`;
}

/** In a list a comma or a bracket ends a value that is not quoted. */
function inList(value: unknown): string {
  if (typeof value === "object" && value !== null) return scalar(value);
  const flow = { lineWidth: 0, collectionStyle: "flow", flowCollectionPadding: false } as const;
  return quoted(value, (one) => stringify([one], flow).trimEnd().slice(1, -1));
}

/** JSON's texts are YAML's too; the library would write one of several lines on as many. */
function quoted(value: unknown, plain: (value: unknown) => string): string {
  return typeof value === "string" && /[\r\n]/.test(value) ? JSON.stringify(value) : plain(value);
}

function linesOf(
  tree: ConfigTree,
  indent: string,
  describe: (path: readonly string[]) => string,
  above: readonly string[] = [],
): readonly Line[] {
  return Object.entries(tree).flatMap(([key, value]): readonly Line[] => {
    const path = [...above, key];
    const line = { text: `${indent}${scalar(key)}:`, note: describe(path) };
    if (isConfigTree(value)) return [line, ...linesOf(value, `${indent}  `, describe, path)];
    return [{ ...line, text: `${line.text} ${scalar(value)}` }];
  });
}

/** Characters of a line beyond which the notes beside the others are not moved to the right for it. */
const LONG = 100;

function aligned(lines: readonly Line[]): readonly string[] {
  const width = Math.max(0, ...lines.map(({ text }) => text.length).filter((length) => length <= LONG));
  return lines.map(({ text, note }) => (note ? `${text.padEnd(width)}  # ${note}` : text));
}
