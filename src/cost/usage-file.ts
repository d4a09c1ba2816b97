import { type Document, isAlias, isMap, isNode, isScalar } from "yaml";
import { startOf } from "../config/place.ts";
import { readYaml } from "../reading/yaml.ts";
import type { Usage, UsageInput } from "./usage.ts";
import { BY_GEOGRAPHY, refused } from "./usage-check.ts";
import { ACCOUNT_NAMES, GEOGRAPHIES, USAGE_NAMES, type UsageName } from "./usage-names.ts";

/** The usage in `text` (YAML or JSON); anything unknown, negative or no number is an `AstroError` naming file and line. */
export function parseUsage(text: string, file: string, otherwise: Usage["otherwise"]): Usage {
  const { document, placeOf, faults } = readYaml(text);
  const source: Source = { document, at: (offset) => `${file}:${placeOf(offset).line}` };
  const [fault] = faults;
  if (fault !== undefined) {
    const at = `${file}:${fault.place?.line ?? 1}`;
    throw refused(at, fault.message, "a usage file is YAML or JSON");
  }
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

type Source = { readonly document: Document; readonly at: (offset: number) => string };
type Entry = { readonly key: string; readonly node: unknown; readonly at: string };

/** Any name some type has: which type a logical id belongs to, only the templates know. */
const ANY: { readonly [name: string]: UsageName } = Object.assign({}, ...Object.values(USAGE_NAMES));

function entries({ key, node, at }: Entry, source: Source): readonly Entry[] {
  const value = followed(node, source);
  // A key with nothing under it, or an empty file, gives nothing.
  if (value === null || value === undefined || (isScalar(value) && value.value === null)) return [];
  if (!isMap(value)) throw refused(at, `${key} is ${shown(value)}, not a map of names`, "write name: value under it");
  return value.items.map((pair) => ({
    key: String(isScalar(pair.key) ? pair.key.value : pair.key),
    node: pair.value,
    at: source.at(startOf(pair.value) ?? startOf(pair.key) ?? 0),
  }));
}

function given(from: readonly Entry[], source: Source, names: { readonly [name: string]: UsageName }): UsageInput {
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

function shown(node: unknown): string {
  if (isScalar(node)) return typeof node.value === "string" ? JSON.stringify(node.value) : String(node.value);
  return isNode(node) ? (isMap(node) ? "a map" : "a list") : "nothing";
}
