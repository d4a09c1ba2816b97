import { readFileSync } from "node:fs";
import { isMap, isSeq, LineCounter, type Node, parseDocument, type YAMLMap } from "yaml";
import { AstroError, reasonOf } from "../errors.ts";
import { type Entry, faultOf, Wrong } from "./fault-kinds.ts";
import type { Fault } from "./faults.ts";

const HINT = "a fault file is a YAML or JSON list, one fault an entry, such as  - type: AWS::RDS::DBInstance";

/** Reads a fault file (README of the rehearsal, "Fault files"). Throws AstroError("usage") naming file, line and value. */
export function readFaultFile(file: string): readonly Fault[] {
  const lines = new LineCounter();
  const document = parseDocument(textOf(file), { lineCounter: lines });
  const refuse = (offset: number, words: string) =>
    new AstroError("usage", `${file}:${lines.linePos(offset).line}: ${words}`, HINT);
  const [broken] = document.errors;
  if (broken) throw refuse(broken.pos[0], broken.message.split("\n")[0]?.replace(/ at line \d+.*$/, "") ?? "");
  const list = document.contents;
  if (!isSeq(list)) throw refuse(0, "it is not a list");
  return list.items.map((item) => {
    const node = item as Node;
    if (!isMap(node)) throw refuse(startOf(node), `${JSON.stringify(node.toJSON())} is not a fault`);
    try {
      return faultOf(node.toJSON() as Entry);
    } catch (error) {
      if (!(error instanceof Wrong)) throw error;
      throw refuse(fieldOf(node, error.field), error.message);
    }
  });
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new AstroError("usage", `--fault @${file}: ${reasonOf(error)}`, "name a file that can be read");
  }
}

/** Where a field of an entry stands, or the entry itself. */
function fieldOf(map: YAMLMap, field: string | undefined): number {
  const pair = map.items.find(({ key }) => String(key) === field);
  return startOf((pair?.key ?? map) as Node);
}

function startOf(node: Node): number {
  return node.range?.[0] ?? 0;
}
