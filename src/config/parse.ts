import { type Document, isAlias, isMap, isNode, isScalar, parseDocument } from "yaml";
import { Fault } from "../reading/fault.ts";
import { readYaml, valuesOf, type Yaml } from "../reading/yaml.ts";
import { check, type Problem, refusal, said } from "./problems.ts";
import { type Config, config } from "./schema.ts";
import { isValues, type Values } from "./values.ts";

const CORRECT = "correct it there; astro.schema.json describes every key";

/**
 * Reads astro.yaml. Throws AstroError("config") naming `file`, line, column and value of the first thing that is wrong;
 * whatever else is wrong is listed in the hint.
 */
export function parseConfig(text: string, file: string): Config {
  const yaml = readYaml(text);
  const { document, placeOf, faults } = yaml;
  if (faults.length > 0) throw refusal("config", faults.map(notYaml(file)), CORRECT);
  const checked = check(config, plain(yaml, file));
  if (checked.ok) return checked.value;
  const [first] = checked.problems;
  const clauses = checked.problems.map((problem) =>
    new Fault(said(problem), placeOf(offsetOf(document, problem))).in(file),
  );
  const more = checked.more > 0 ? [`and ${checked.more} more`] : [];
  const hint = first.legal.length > 0 ? `legal values: ${first.legal.join(", ")}` : CORRECT;
  throw refusal("config", [...clauses, ...more], hint);
}

const notYaml = (file: string) => (fault: Fault) => new Fault(`not YAML: ${fault.message}`, fault.place).in(file);

function plain(yaml: Yaml, file: string): unknown {
  try {
    return valuesOf(yaml);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    throw refusal("config", [notYaml(file)(error)], "write the values out");
  }
}

/** Where in the text a problem sits: at the value, at the key, or at the nearest key above what is missing. */
function offsetOf(document: Document, problem: Problem): number {
  let node: unknown = document.contents;
  let offset = 0;
  for (const [index, key] of problem.path.entries()) {
    const map = isAlias(node) ? node.resolve(document) : node;
    if (!isMap(map)) break;
    const pair = map.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key));
    if (!pair) break;
    const last = index === problem.path.length - 1 && problem.kind === "value";
    offset = startOf(last ? pair.value : pair.key) ?? startOf(pair.key) ?? offset;
    node = pair.value;
  }
  return offset;
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}

/** The values of a valid astro.yaml as they are written, without defaults. */
export function writtenValues(text: string): Values {
  const values: unknown = parseDocument(text, { uniqueKeys: false }).toJS();
  return isValues(values) ? values : {};
}
