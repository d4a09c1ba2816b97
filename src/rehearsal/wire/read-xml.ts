import { XMLParser } from "fast-xml-parser";
import { isObject } from "../../template/json.ts";

/** What an XML body holds under its root element, `lists` naming the elements that may repeat; empty for no body. */
export function readXml(body: Buffer, lists: readonly string[]): { readonly [name: string]: unknown } {
  if (body.length === 0) return {};
  const parser = new XMLParser({
    ignoreAttributes: true,
    parseTagValue: false,
    // A key may begin or end with white space, and a client writes a carriage return as a numeric reference.
    trimValues: false,
    tagValueProcessor: (_name, value, _path, _attributes, isLeaf) => (isLeaf ? value : value.trim()),
    htmlEntities: true,
    isArray: (name) => lists.includes(name),
  });
  const parsed = parser.parse(body.toString("utf8")) as { readonly [name: string]: unknown };
  const root = Object.entries(parsed).find(([name]) => !name.startsWith("?"))?.[1];
  return isObject(root) ? root : {};
}
