import fc from "fast-check";
import { hostileText } from "../support/hostile.ts";

type Json = unknown;

const nested = (depth: number, wrap: (inner: Json) => Json): Json => {
  let value: Json = "x";
  for (let level = 0; level < depth; level += 1) value = wrap(value);
  return value;
};

const OBJECTS: readonly ((inner: Json) => Json)[] = [
  (inner) => [inner],
  (inner) => ({ a: inner }),
  (inner) => ({ "Fn::Join": ["", [inner]] }),
  (inner) => ({ "Fn::Sub": ["${a}", { a: inner }] }),
  // A copy: one branch that stood in both places would be put into itself by later changes, 256 times each time.
  (inner) => ({ "Fn::If": ["C", inner, structuredClone(inner)] }),
  (inner) => ({ "Fn::Not": [inner] }),
];

/** Values that stand where nobody expects them. */
const strange: fc.Arbitrary<Json> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom<Json>(null, true, false, 0, -1, 0.5, 1e308, -1e308, 2 ** 53, "", [], {}, [[]], [null]),
  },
  { weight: 4, arbitrary: hostileText },
  {
    weight: 4,
    arbitrary: fc.constantFrom<Json>(
      "__proto__",
      "constructor",
      "toString",
      "AWS::constructor::toString",
      "{{resolve:ssm:x}}",
      "us-east-1",
      "10.0.0.0/99",
      "A",
      "1e999",
      "-0",
    ),
  },
  {
    weight: 4,
    arbitrary: fc.constantFrom<Json>(
      { Ref: "A" },
      { Ref: "AWS::NoValue" },
      { Ref: 5 },
      { Ref: "toString" },
      { "Fn::GetAtt": "A" },
      { "Fn::GetAtt": ["A", { Ref: "A" }] },
      { "Fn::Sub": "${A.B.C}${!x}${" },
      { "Fn::Sub": [] },
      { "Fn::If": ["C", 1] },
      { "Fn::Join": null },
      { "Fn::Split": [",", { Ref: "P" }] },
      { "Fn::Select": [1e9, []] },
      { "Fn::Cidr": ["10.0.0.0/16", 1e9, 8] },
      { "Fn::FindInMap": ["M", "a", "b"] },
      { "Fn::GetStackOutput": { StackName: "shop-dev-a", OutputName: "O" } },
      { "Fn::ImportValue": { Ref: "A" } },
      { "Fn::constructor": 1 },
      { Condition: "C" },
    ),
  },
  { weight: 1, arbitrary: fc.constantFrom("${", "a", "\u001b[", "a.", "-", "ab:").map((part) => part.repeat(20_000)) },
  {
    weight: 2,
    arbitrary: fc.tuple(fc.constantFrom(5, 60, 98, 101, 400), fc.constantFrom(...OBJECTS)).map(([depth, wrap]) =>
      // Two branches a level would be as many values as there are atoms.
      nested(wrap === OBJECTS[4] ? Math.min(depth, 8) : depth, wrap),
    ),
  },
  { weight: 2, arbitrary: fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json> },
);

const strangeKey: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    "__proto__",
    "constructor",
    "toString",
    "hasOwnProperty",
    "",
    "<<",
    "Fn::If",
    "Fn::ForEach::X",
    "Ref",
    "0",
  ),
  hostileText,
);

const HOW = ["replace", "remove", "rename", "add", "double", "swap"] as const;

/** One change of a document: where (any number leads somewhere), what happens there, and with what. */
type Mutation = {
  readonly where: number;
  readonly how: (typeof HOW)[number];
  readonly value: Json;
  readonly key: string;
};

const mutation: fc.Arbitrary<Mutation> = fc.record({
  where: fc.nat(),
  how: fc.constantFrom("replace", "replace", ...HOW),
  value: strange,
  key: strangeKey,
});

/** A document of which up to five places are no longer what they were. */
export function mutated(document: Json): fc.Arbitrary<Json> {
  return fc.array(mutation, { maxLength: 5 }).map((all) => all.reduce<Json>(mutate, structuredClone(document)));
}

/** Places of a document that a change is chosen from: one that branches over and over has more than there is room for. */
const MOST_PLACES = 50_000;

type Holder = { [key: string]: Json };

function mutate(document: Json, { where, how, value, key }: Mutation): Json {
  const places: [Holder, string][] = [];
  const waiting: [Json, number][] = [[document, 0]];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [at, level] = next;
    if (typeof at !== "object" || at === null || level > 40 || places.length > MOST_PLACES) continue;
    for (const name of Object.keys(at)) {
      places.push([at as Holder, name]);
      waiting.push([(at as Holder)[name], level + 1]);
    }
  }
  const place = places[where % Math.max(1, places.length)];
  // Its own: what is put in once more, or changed later, would come to hold itself, in this case or in the next.
  const given = copyOf(value);
  if (place === undefined) return given;
  const [holder, name] = place;
  const set = (to: string, what: Json) =>
    Object.defineProperty(holder, to, { value: what, enumerable: true, configurable: true, writable: true });
  if (how === "replace") set(name, given);
  else if (how === "remove") delete holder[name];
  else if (how === "add") set(key, given);
  else if (how === "rename") {
    set(key, holder[name]);
    delete holder[name];
  } else {
    const other = places[(where * 7 + 3) % places.length];
    const copied = copyOf(other?.[0][other[1]]);
    set(how === "double" ? `${name}2` : name, copied);
  }
  return document;
}

/** A copy, for what holds itself cannot be written down; nothing of what is too deep to be copied. */
function copyOf(value: Json): Json {
  try {
    return structuredClone(value);
  } catch {
    return null;
  }
}

/** What becomes of a file on its way: nothing, most of the time. */
export const damaged = (text: string): fc.Arbitrary<Uint8Array> =>
  fc.oneof(
    { weight: 5, arbitrary: fc.constant(new TextEncoder().encode(text)) },
    {
      weight: 2,
      arbitrary: fc
        .constantFrom<(text: string) => string>(
          (whole) => `\ufeff${whole}`,
          (whole) => whole.replaceAll("\n", "\r\n"),
          (whole) => whole.slice(0, whole.length / 2),
          (whole) => whole + whole,
          (whole) => `\u0000${whole}`,
          (whole) => whole.replaceAll('"', "'"),
          (whole) => whole.replaceAll(":", ": &a "),
          (whole) => whole.replaceAll(/: ("[^"]*"|\d+)/g, ": *a"),
          (whole) => `${"[".repeat(50_000)}${whole}`,
          (whole) => `a: &a\n  b: *a\n${whole}`,
          () => "",
          () => "null",
          () => "--- !!set {a}\n...\n---\nb",
          (whole) => `%YAML 1.1\n---\n${whole}`,
          (whole) => whole.replace("{", '{"a": 1, "a": 2, "<<": {"b": 1},'),
        )
        .map((change) => new TextEncoder().encode(change(text))),
    },
    {
      weight: 3,
      arbitrary: fc
        .array(fc.tuple(fc.nat(), fc.nat(255), fc.constantFrom("flip", "insert", "delete")), {
          minLength: 1,
          maxLength: 6,
        })
        .map((changes) => {
          const bytes = [...new TextEncoder().encode(text)];
          for (const [where, byte, how] of changes) {
            const at = where % Math.max(1, bytes.length);
            if (how === "flip") bytes[at] = byte;
            else if (how === "insert") bytes.splice(at, 0, byte);
            else bytes.splice(at, 1);
          }
          return Uint8Array.from(bytes);
        }),
    },
  );
