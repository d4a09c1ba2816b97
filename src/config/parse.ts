import { type Document, isAlias, isMap, isNode, isScalar, isSeq, type Pair, parseDocument } from "yaml";
import { ReadingError } from "../reading/reading-error.ts";
import { isMerge, readYaml, valuesOf, type Yaml } from "../reading/yaml.ts";
import { check, type Problem, refusal, said } from "./problems.ts";
import { type Config, config } from "./schema.ts";
import { type ConfigTree, isTree } from "./values.ts";

const CORRECT = "correct it there; astro.schema.json describes every key";

/**
 * Reads astro.yaml. Throws AstroError("config") naming `file`, line, column and value of the first thing that is wrong;
 * whatever else is wrong is listed in the hint.
 */
export function parseConfig(text: string, file: string): Config {
  const yaml = readYaml(text, { merge: true });
  const { document, placeOf, faults } = yaml;
  if (faults.length > 0) throw refusal("config", faults.map(notYaml(file)), CORRECT);
  const checked = check(config, plain(yaml, file));
  if (checked.ok) return checked.value;
  const [first] = checked.problems;
  const clauses = checked.problems.map((problem) =>
    new ReadingError(misread(document, problem) ?? said(problem), placeOf(offsetOf(document, problem))).in(file),
  );
  const more = checked.more > 0 ? [`and ${checked.more} more`] : [];
  const hint = first.legal.length > 0 ? `legal values: ${first.legal.join(", ")}` : CORRECT;
  throw refusal("config", [...clauses, ...more], hint);
}

const notYaml = (file: string) => (fault: ReadingError) =>
  new ReadingError(`not YAML: ${fault.message}`, fault.place).in(file);

function plain(yaml: Yaml, file: string): unknown {
  try {
    return valuesOf(yaml);
  } catch (error) {
    if (!(error instanceof ReadingError)) throw error;
    throw refusal("config", [notYaml(file)(error)], "write the values out");
  }
}

/** Where in the text a problem sits: at the value, at the key, or at the nearest key above what is missing. */
function offsetOf(document: Document, problem: Problem): number {
  let node: unknown = document.contents;
  let offset = 0;
  for (const [index, key] of problem.path.entries()) {
    const pair = pairIn(document, node, key);
    if (!pair) break;
    const last = index === problem.path.length - 1 && problem.kind === "value";
    offset = startOf(last ? pair.value : pair.key) ?? startOf(pair.key) ?? offset;
    node = pair.value;
  }
  return offset;
}

/** The pair of a key in a map, or in one that it merges. */
function pairIn(document: Document, node: unknown, key: PropertyKey): Pair | undefined {
  const map = isAlias(node) ? node.resolve(document) : node;
  if (isSeq(map)) return map.items.map((item) => pairIn(document, item, key)).find(Boolean);
  if (!isMap(map)) return undefined;
  const own = map.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key));
  const merged = map.items.filter((item) => isMerge(item.key));
  return own ?? merged.map(({ value }) => pairIn(document, value, key)).find(Boolean);
}

/** What YAML reads as something else than text, by the kind of value that it makes of it. */
const READ_AS: { readonly [type: string]: string } = {
  number: "a number",
  boolean: "true or false",
  object: "nothing",
};

/** Words for a text that YAML took for something else, an image's tag `1.10` for one; as it is written. */
function misread(document: Document, problem: Problem): string | undefined {
  if (problem.kind !== "value" || !problem.isText || typeof problem.value === "string") return undefined;
  let node: unknown = document.contents;
  for (const key of problem.path) node = pairIn(document, node, key)?.value;
  const written = isScalar(node) && node.type === "PLAIN" ? (node.source ?? "") : "";
  if (written === "") return undefined;
  const name = problem.path.map(String).join(".");
  return `${name} is ${written}, which YAML reads as ${READ_AS[typeof problem.value]}: write it in quotes, "${written}"`;
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}

/** The values of a valid astro.yaml as they are written, without defaults. */
export function writtenValues(text: string): ConfigTree {
  const values: unknown = parseDocument(text, { uniqueKeys: false, merge: true }).toJS();
  return isTree(values) ? values : {};
}
