import { isMap, isSeq, type Node, type YAMLMap } from "yaml";
import { AstroError, reasonOf } from "../../errors.ts";
import { readText } from "../../reading/file.ts";
import { MOST_BYTES } from "../../reading/limits.ts";
import { readYaml } from "../../reading/yaml.ts";
import type { Fault } from "../state/faults.ts";
import { type Entry, faultOf, InvalidFault } from "./fault-kinds.ts";

const HINT = "a fault file is a YAML or JSON list, one fault an entry, such as  - type: AWS::RDS::DBInstance";

/** Reads a fault file (README of the rehearsal, "Fault files"). Throws AstroError("usage") naming file, line and value. */
export function readFaultFile(file: string): readonly Fault[] {
  const { document, placeOf, faults } = readYaml(textOf(file));
  const said = (line: number, words: string) => new AstroError("usage", `${file}:${line}: ${words}`, HINT);
  const refuse = (offset: number, words: string) => said(placeOf(offset).line, words);
  const [broken] = faults;
  if (broken) throw said(broken.place?.line ?? 1, broken.message);
  const list = document.contents;
  if (!isSeq(list)) throw refuse(0, "it is not a list");
  return list.items.map((item) => {
    const node = item as Node;
    if (!isMap(node)) throw refuse(startOf(node), `${JSON.stringify(node.toJSON())} is not a fault`);
    try {
      return faultOf(node.toJSON() as Entry);
    } catch (error) {
      if (!(error instanceof InvalidFault)) throw error;
      throw refuse(fieldOf(node, error.field), error.message);
    }
  });
}

function textOf(file: string): string {
  try {
    return readText(file, MOST_BYTES.faults);
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
