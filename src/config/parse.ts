import { parseDocument } from "yaml";
import { ReadingError } from "../reading/reading-error.ts";
import { readYaml, valuesOf, type Yaml } from "../reading/yaml.ts";
import { clauseOf, offsetOf } from "./place.ts";
import { check, refusal } from "./problems.ts";
import { type Config, config } from "./schema.ts";
import { type ConfigTree, isTree } from "./values.ts";
import { hintOf } from "./words.ts";

/**
 * Reads astro.yaml. Throws AstroError("config") naming `file`, line, column and value of the first thing that is wrong;
 * whatever else is wrong is listed in the hint.
 */
export function parseConfig(text: string, file: string): Config {
  const yaml = readYaml(text, { merge: true });
  const { document, placeOf, faults } = yaml;
  if (faults.length > 0) throw refusal("config", faults.map(notYaml(file)), hintOf([]));
  const checked = check(config, plain(yaml, file));
  if (checked.ok) return checked.value;
  const clauses = checked.problems.map((problem) =>
    new ReadingError(clauseOf(document, problem), placeOf(offsetOf(document, problem))).in(file),
  );
  const more = checked.more > 0 ? [`and ${checked.more} more`] : [];
  throw refusal("config", [...clauses, ...more], hintOf(checked.problems));
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

/** The values of a valid astro.yaml as they are written, without defaults. */
export function writtenValues(text: string): ConfigTree {
  const values: unknown = parseDocument(text, { uniqueKeys: false, merge: true }).toJS();
  return isTree(values) ? values : {};
}
