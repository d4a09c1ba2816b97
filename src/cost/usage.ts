import { type Document, isAlias, isMap, isNode, isScalar, LineCounter, parseDocument } from "yaml";
import { AstroError } from "../errors.ts";
import { ACCOUNT_NAMES, GEOGRAPHIES, USAGE_NAMES, type UsageName } from "./usage-names.ts";

/** A usage quantity: a number, or one for each edge geography. */
export type Quantity = number | { readonly [geography: string]: number };

/** Quantities by name, and where the file says so (`usage.yaml:3`). */
export type Given = { readonly [name: string]: { readonly value: Quantity; readonly at: string } };

/** What a month uses; what is not given is a small application's typical month, or nothing at all. */
export type Usage = {
  /** By logical id, or `STACK/LOGICALID` where an id is in several stacks. */
  readonly resources: { readonly [id: string]: Given };
  readonly account: Given;
  readonly otherwise: "typical" | "zero";
};

/** A small application's month; every quantity taken is listed among the assumptions. */
export const TYPICAL_USAGE: Usage = { resources: {}, account: {}, otherwise: "typical" };

/** Nothing is used: hours and sizes come from the templates, everything else is zero. */
export const NO_USAGE: Usage = { resources: {}, account: {}, otherwise: "zero" };

/** The usage in `text` (YAML or JSON); anything unknown, negative or no number is an `AstroError` naming file and line. */
export function parseUsage(text: string, file: string, otherwise: Usage["otherwise"]): Usage {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const source: Source = { document, at: (offset) => `${file}:${lines.linePos(offset).line}` };
  const [error] = document.errors;
  if (error !== undefined) throw refused(source.at(error.pos[0]), error.message, "a usage file is YAML or JSON");
  const top = entries({ key: "the file", node: document.contents, at: `${file}:1` }, source);
  const known = top.find(({ key }) => key !== "resources" && key !== "account");
  if (known !== undefined)
    throw refused(known.at, `${known.key} is no part of a usage file`, "a usage file has resources: and account:");
  const of = (key: string) => top.filter((entry) => entry.key === key).flatMap((entry) => entries(entry, source));
  return {
    resources: Object.fromEntries(of("resources").map((one) => [one.key, given(entries(one, source), source, ANY)])),
    account: given(of("account"), source, ACCOUNT_NAMES),
    otherwise,
  };
}

/**
 * Stops with an AstroError("config") where `usage` names a resource that no environment has, one that several stacks of
 * an environment have, or a quantity that its type has not. An environment is given as its stacks.
 */
export function checkUsage(usage: Usage, environments: readonly (readonly NamedStack[])[]): void {
  for (const [id, quantities] of Object.entries(usage.resources)) {
    const found = environments.map((stacks) => stacks.flatMap((stack) => typesOf(id, stack)));
    const types = found.flat();
    const { at } = Object.values(quantities)[0] ?? {};
    if (types.length === 0)
      throw refused(at, `no resource has the logical id ${id}`, "use the logical ids of the templates");
    if (found.some((one) => one.length > 1))
      throw refused(at, `${id} is a logical id in several stacks`, `write the stack's name before it: STACK/${id}`);
    const known = types.flatMap((type) => Object.entries(USAGE_NAMES[type] ?? {}));
    const names = [...new Set(known.map(([name]) => name))].join(", ");
    for (const [name, one] of Object.entries(quantities)) {
      const usageName = known.find(([other]) => other === name)?.[1];
      if (usageName === undefined)
        throw refused(one.at, `${id} has no quantity ${name}`, `${types[0]} has ${names || "no usage to give"}`);
      if ((usageName.kind === "geography") !== (typeof one.value === "object"))
        throw refused(one.at, `${name} of ${id} is ${JSON.stringify(one.value)}`, shapeHint(usageName));
    }
  }
}

type NamedStack = { readonly name: string; readonly template: { readonly Resources: Typed } };

function typesOf(id: string, { name, template }: NamedStack): readonly string[] {
  const own = id.startsWith(`${name}/`) ? id.slice(name.length + 1) : id;
  const resource = Object.hasOwn(template.Resources, own) ? template.Resources[own] : undefined;
  return resource === undefined ? [] : [resource.Type];
}

const shapeHint = ({ kind, unit }: UsageName) => (kind === "geography" ? BY_GEOGRAPHY : `give a number (${unit})`);

type Typed = { readonly [logicalId: string]: { readonly Type: string } };
type Source = { readonly document: Document; readonly at: (offset: number) => string };
type Entry = { readonly key: string; readonly node: unknown; readonly at: string };

/** Any name some type has: which type a logical id belongs to, only the templates know. */
const ANY: { readonly [name: string]: UsageName } = Object.assign({}, ...Object.values(USAGE_NAMES));

const BY_GEOGRAPHY = `give a map such as {United States: 100, EU: 20}; geographies are ${GEOGRAPHIES.join(", ")}`;

function entries({ key, node, at }: Entry, source: Source): readonly Entry[] {
  const value = followed(node, source);
  // A key with nothing under it, or an empty file, gives nothing.
  if (value === null || value === undefined || (isScalar(value) && value.value === null)) return [];
  if (!isMap(value)) throw refused(at, `${key} is ${shown(value)}, not a map of names`, "write name: value under it");
  return value.items.map((pair) => ({
    key: String(isScalar(pair.key) ? pair.key.value : pair.key),
    node: pair.value,
    at: source.at(offsetOf(pair.value) ?? offsetOf(pair.key) ?? 0),
  }));
}

function given(from: readonly Entry[], source: Source, names: { readonly [name: string]: UsageName }): Given {
  return Object.fromEntries(
    from.map((entry) => {
      const name = Object.hasOwn(names, entry.key) ? names[entry.key] : undefined;
      if (name === undefined)
        throw refused(entry.at, `${entry.key} is no usage quantity`, `known are ${Object.keys(names).join(", ")}`);
      // `requests` is a number for a key and a map for a distribution: `checkUsage` knows which is meant.
      const map = names === ANY && isMap(followed(entry.node, source));
      const value = map ? byGeography(entry, source) : quantity(entry, source, name);
      return [entry.key, { value, at: entry.at }];
    }),
  );
}

function byGeography(entry: Entry, source: Source): { readonly [geography: string]: number } {
  return Object.fromEntries(
    entries(entry, source).map((one) => {
      if (!GEOGRAPHIES.some((geography) => geography === one.key))
        throw refused(one.at, `${one.key} is no geography of CloudFront`, BY_GEOGRAPHY);
      return [one.key, quantity(one, source)];
    }),
  );
}

function quantity({ key, node, at }: Entry, source: Source, name?: UsageName): number {
  const value = followed(node, source);
  const number = isScalar(value) ? value.value : undefined;
  const most = name?.kind === "share" ? 1 : name?.kind === "hours" ? LONGEST_MONTH : MOST;
  if (typeof number === "number" && number >= 0 && number <= most) return number;
  const bounds = most === MOST ? "a number, zero or more" : `a number from 0 to ${most}`;
  throw refused(at, `${key} is ${shown(value)}`, `give ${bounds}${name === undefined ? "" : ` (${name.unit})`}`);
}

/** Hours of a month of 31 days. */
const LONGEST_MONTH = 744;
/** More than any bill holds, and still a number that adds up to the cent. */
const MOST = 1e12;

function followed(node: unknown, { document }: Source): unknown {
  return isAlias(node) ? node.resolve(document) : node;
}

function offsetOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}

function shown(node: unknown): string {
  if (isScalar(node)) return typeof node.value === "string" ? JSON.stringify(node.value) : String(node.value);
  return isNode(node) ? (isMap(node) ? "a map" : "a list") : "nothing";
}

function refused(at: string | undefined, message: string, hint: string): AstroError {
  return new AstroError("config", at === undefined ? message : `${at}: ${message}`, hint);
}
