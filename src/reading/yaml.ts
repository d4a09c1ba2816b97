import { type Document, isMap, isScalar, LineCounter, type ParseOptions, parseDocument } from "yaml";
import { reasonOf } from "../errors.ts";
import { DEEPEST, MOST_SAID, MOST_TOKENS } from "./limits.ts";
import { placeIn, ReadingError } from "./reading-error.ts";
import { extentOf, type Found, faultsIn, firstAlias, type Having, tooMuch, unknownTags } from "./yaml-faults.ts";

/**
 * A YAML text as its nodes, the place of each, and its errors; `repeated` are duplicate keys, in a kind of file where
 * the last one is used.
 */
export type Yaml = {
  readonly document: Document;
  readonly placeOf: (offset: number) => NonNullable<ReadingError["place"]>;
  readonly faults: readonly ReadingError[];
  readonly repeated: readonly ReadingError[];
};

/**
 * Parses YAML. Reports at most `MOST_SAID` errors: syntax, too deep nesting, duplicate keys, aliases that contain
 * themselves, and what its kind of file does not allow.
 */
export function readYaml(text: string, options: Having = {}): Yaml {
  const lineCounter = new LineCounter();
  const placeOf = (offset: number) => {
    const { line, col } = lineCounter.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const most = tooMuch(text);
  if (most !== undefined) {
    const fault = new ReadingError(most.message, placeIn(text, most.offset));
    return {
      document: parseDocument(""),
      placeOf: () => fault.place ?? { line: 1, column: 1 },
      faults: [fault],
      repeated: [],
    };
  }
  const document = parseDocument(text, { ...options, ...SETTINGS, lineCounter });
  const broken = document.errors.map(({ pos, code, message }) => ({
    offset: pos[0],
    message: code === "MULTIPLE_DOCS" ? "a second document begins here: one alone is read" : message,
  }));
  const strange = options.customTags === undefined ? unknownTags(document, text) : [];
  const told = (found: readonly Found[]) =>
    found.slice(0, MOST_SAID).map(({ offset, message }) => new ReadingError(message, placeOf(offset)));
  if (broken.length > 0) return { document, placeOf, faults: told(broken), repeated: [] };
  const wrong = faultsIn(document, options);
  const faults = told([...strange, ...wrong.filter(({ repeats }) => !repeats)]);
  return { document, placeOf, faults, repeated: told(wrong.filter(({ repeats }) => repeats)) };
}

/**
 * The library compares every key with every other, which takes minutes for many keys. Where it is to be silent it says nothing
 * of a second document either.
 */
const SETTINGS: ParseOptions & { readonly logLevel: "error" } = {
  uniqueKeys: false,
  prettyErrors: false,
  logLevel: "error",
};

/** The plain values of a YAML text. Throws a ReadingError where aliases expand to more than astro reads. */
export function valuesOf({ document, placeOf }: Yaml): unknown {
  const where = firstAlias(document);
  let value: unknown;
  try {
    value = document.toJS();
  } catch (error) {
    throw new ReadingError(reasonOf(error), placeOf(where), error);
  }
  const { height, size } = extentOf(value, new Map(), 0);
  if (height > DEEPEST) throw new ReadingError(`nested more than ${DEEPEST} deep`, placeOf(where));
  if (size > MOST_TOKENS) throw new ReadingError("aliases expand to more than astro reads", placeOf(where));
  return value;
}

/** The place of the value under these keys and indexes; undefined where the text has none there, as for what is merged. */
export function placeOfKey({ document, placeOf }: Yaml, path: readonly (string | number)[]): ReadingError["place"] {
  const parent = document.getIn(path.slice(0, -1), true);
  const key = path.at(-1);
  const pair = isMap(parent) ? parent.items.find((item) => isScalar(item.key) && item.key.value === key) : undefined;
  const offset = isScalar(pair?.key) ? pair.key.range?.[0] : undefined;
  return offset === undefined ? undefined : placeOf(offset);
}
