import { type Document, isAlias, isMap, isNode, isScalar, LineCounter, parseDocument, visit } from "yaml";
import { reasonOf } from "../errors.ts";
import { check, type Problem, refusal, said } from "./problems.ts";
import { type Config, config } from "./schema.ts";
import { isValues, type Values } from "./values.ts";

const CORRECT = "correct it there; astro.schema.json describes every key";

/**
 * Reads astro.yaml. Throws AstroError("config") naming `file`, line, column and value of the first thing that is wrong;
 * whatever else is wrong is listed in the hint.
 */
export function parseConfig(text: string, file: string): Config {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${line}:${col}`;
  };
  const broken = document.errors.map((error) => `${at(error.pos[0])}: not YAML: ${error.message}`);
  if (broken.length > 0) throw refusal("config", broken, CORRECT);
  const checked = check(config, plain(document, at));
  if (checked.ok) return checked.value;
  const [first] = checked.problems;
  const clauses = checked.problems.map((problem) => `${at(offsetOf(document, problem))}: ${said(problem)}`);
  throw refusal("config", clauses, first.legal.length > 0 ? `legal values: ${first.legal.join(", ")}` : CORRECT);
}

function plain(document: Document, at: (offset: number) => string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    let offset = 0;
    visit(document, {
      Alias: (_, alias) => {
        if (alias.resolve(document)) return undefined;
        offset = alias.range?.[0] ?? 0;
        return visit.BREAK;
      },
    });
    throw refusal("config", [`${at(offset)}: not YAML: ${reasonOf(error)}`], "write the values out");
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
  const values: unknown = parseDocument(text).toJS();
  return isValues(values) ? values : {};
}
