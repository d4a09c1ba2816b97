import { Fault, placeIn } from "./fault.ts";
import { DEEPEST } from "./limits.ts";

/** The value that a text is as JSON. Throws a Fault, with its place, for what is none or nested too deep to be used. */
export function readJson(written: string): unknown {
  const text = written.replace(/^\ufeff/, "");
  const deep = offsetTooDeep(text);
  if (deep !== undefined) throw new Fault(`nested more than ${DEEPEST} deep`, placeIn(text, deep));
  const value = parsed(text);
  // A key that JavaScript takes for something else is in nobody's file by accident.
  const key = /__proto__|\\u005f/i.exec(text);
  if (key && hasProto(value)) throw new Fault("a key is called __proto__", placeIn(text, key.index));
  return value;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : "";
    const found = / at position (\d+)/.exec(message);
    const words = message.replace(/^.*is not valid JSON$|( in JSON)? at position \d+.*$/s, "");
    const place = placeIn(text, found ? Number(found[1]) : text.length);
    throw new Fault(`not JSON${words === "" ? "" : `: ${words}`}`, place, error);
  }
}

/** Where brackets first stand deeper in one another than `DEEPEST`. */
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

function hasProto(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return Object.hasOwn(value, "__proto__") || Object.values(value).some(hasProto);
}
