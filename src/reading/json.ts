import { DEEPEST, NO_KEYS } from "./limits.ts";
import { placeIn, ReadingError } from "./reading-error.ts";

/** Parses JSON. Throws a ReadingError, with its place, for invalid JSON or too deep nesting. */
export function readJson(content: string): unknown {
  const text = content.replace(/^\ufeff/, "");
  const deep = offsetTooDeep(text);
  if (deep !== undefined) throw new ReadingError(`nested more than ${DEEPEST} deep`, placeIn(text, deep));
  const value = parsed(text);
  const suspect = SUSPECT.exec(text);
  const key = suspect === null ? undefined : noKeyIn(value);
  if (key === undefined) return value;
  const written = text.indexOf(`"${key}"`);
  throw new ReadingError(`illegal key ${key}`, placeIn(text, written < 0 ? (suspect?.index ?? 0) : written));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : "";
    const found = / at position (\d+)/.exec(message);
    const words = message.replace(/^.*is not valid JSON$|( in JSON)? at position \d+.*$/s, "");
    const place = placeIn(text, found ? Number(found[1]) : text.length);
    throw new ReadingError(`not JSON${words === "" ? "" : `: ${words}`}`, place, error);
  }
}

/** The offset where brackets are first nested deeper than `DEEPEST`. */
function offsetTooDeep(text: string): number | undefined {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (quoted) {
      if (character === "\\") at += 1;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === "{" || character === "[") {
      depth += 1;
      if (depth > DEEPEST) return at;
    } else if (character === "}" || character === "]") depth -= 1;
  }
  return undefined;
}

/** Matches a text that may have such a key, escaped or not. */
const SUSPECT = new RegExp(`"(${NO_KEYS.join("|")})"|\\\\u`);

function noKeyIn(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const own = NO_KEYS.find((key) => Object.hasOwn(value, key));
  if (own !== undefined) return own;
  for (const part of Object.values(value)) {
    const below = noKeyIn(part);
    if (below !== undefined) return below;
  }
  return undefined;
}
