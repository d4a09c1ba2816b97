import { XMLParser } from "fast-xml-parser";
import { isObject } from "../../template/json.ts";

/** What an XML body holds under its root element, `lists` naming the elements that may repeat; empty for no body. */
export function readXml(body: Buffer, lists: readonly string[]): { readonly [name: string]: unknown } {
  if (body.length === 0) return {};
  const parser = new XMLParser({
    ignoreAttributes: true,
    parseTagValue: false,
    isArray: (name) => lists.includes(name),
  });
  const parsed = parser.parse(body.toString("utf8")) as { readonly [name: string]: unknown };
  const root = Object.entries(parsed).find(([name]) => !name.startsWith("?"))?.[1];
  return isObject(root) ? root : {};
}
