import type { CallResult, ResultValue } from "./call.ts";

/** A list whose items have a name of their own instead of the protocol's. */
type Named = { readonly $item: string; readonly items: readonly ResultValue[] };

/** An element that is written already. */
type Written = { readonly $xml: string };

/** Writes an item of a list of the Query protocol once for all: what is told often and never changes. */
export function written(value: CallResult): ResultValue {
  return { $xml: element("member", value, "member") };
}

/** Names the items of a list, as RDS, ElastiCache and the REST-XML services do: `<DBInstances><DBInstance>…`. */
export function named(item: string, items: readonly ResultValue[]): ResultValue {
  return { $item: item, items };
}

/** A list without an element around it: its items repeat the list's own name. */
export function flat(items: readonly ResultValue[]): ResultValue {
  return { $item: "", items };
}

/** An XML element and all in it; lists become elements of `item`s. */
export function element(name: string, value: ResultValue, item: string, attributes = ""): string {
  if (value === undefined || value === null) return "";
  if (Array.isArray(value)) return wrap(name, items(item, value, item), attributes);
  if (typeof value === "object") {
    const { $xml } = value as Partial<Written>;
    if ($xml !== undefined) return $xml;
    const list = value as Named;
    if (list.$item === "") return items(name, list.items, item);
    if (list.$item !== undefined) return wrap(name, items(list.$item, list.items, item), attributes);
    return wrap(name, content(value as { readonly [key: string]: ResultValue }, item), attributes);
  }
  return wrap(name, escapeXml(String(value)), attributes);
}

/** The elements of a structure, one after the other. */
export function content(value: { readonly [key: string]: ResultValue }, item: string): string {
  return Object.entries(value)
    .map(([name, inner]) => element(name, inner, item))
    .join("");
}

function items(name: string, values: readonly ResultValue[], item: string): string {
  return values.map((value) => element(name, value, item)).join("");
}

const wrap = (name: string, inner: string, attributes: string) => `<${name}${attributes}>${inner}</${name}>`;

/** What XML would take for something else in the text of an element, and what it would read as a line feed. */
const TAKEN = /[&<>\r]/;

/** Text of an element, escaped for XML. */
export function escapeXml(text: string): string {
  // Most has nothing to be escaped.
  if (!TAKEN.test(text)) return text;
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("\r", "&#13;");
}
