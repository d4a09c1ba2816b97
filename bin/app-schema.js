// How bin/app-config.js writes a Zod schema of src/config: as the table that the generated app reads, and as a type.
import * as rules from "../src/config/rules.ts";

/** A name, where a value would be written as it is. */
export class Code {
  constructor(text) {
    this.text = text;
  }
}

/** What a schema is inside of what makes it optional or gives it a default. */
export function unwrapped(schema) {
  const { type, innerType, defaultValue } = schema._zod.def;
  if (!["optional", "default", "prefault"].includes(type)) return { inner: schema };
  return { ...(type === "optional" ? { optional: true } : { default: defaultValue }), ...unwrapped(innerType) };
}

/**
 * An entry of the table that templates/app/lib/astro-yaml/check.ts reads. A name of `rules` is a Code, and added to `used`;
 * a schema in `apart` is written by its name there.
 */
export function node(wrapped, used, apart = new Map()) {
  if (apart.has(wrapped)) return apart.get(wrapped);
  const { inner, ...outer } = unwrapped(wrapped);
  const { def } = inner._zod;
  const checks = (def.checks ?? []).map(({ _zod }) => ({ ..._zod.def, rule: _zod.check.rule }));
  const named = (value) => {
    const found = Object.entries(rules).find(([, rule]) => rule === value);
    if (!found) throw new Error(`not exported by src/config/rules.ts: ${value}`);
    used.add(found[0]);
    return new Code(found[0]);
  };
  const message = (error) => (error?.length ? named(error) : error?.());
  const rule = checks.flatMap((check) => (check.rule ? [named(check.rule)] : []))[0];
  const own = def.error && { message: message(def.error) };
  switch (def.type) {
    case "object": {
      const properties = Object.entries(def.shape).map(([key, value]) => [key, node(value, used, apart)]);
      return { type: "object", ...outer, properties: Object.fromEntries(properties), ...(rule && { rule }) };
    }
    case "record":
      return { type: "object", ...outer, names: node(def.keyType, used), each: node(def.valueType, used, apart) };
    case "array":
      return { type: "array", ...outer, items: node(def.element, used) };
    case "boolean":
      return { type: "boolean", ...outer };
    case "enum":
      return { type: "string", enum: Object.values(def.entries), ...own, ...outer };
    case "literal":
      return { type: "number", enum: def.values, ...outer };
    case "number":
      return { ...Object.assign({ type: "number" }, ...[def, ...checks].map(bound)), ...outer };
    case "string":
      return {
        type: "string",
        ...own,
        ...outer,
        ...checksOf([...(def.check ? [def] : []), ...checks], message, named),
      };
    default:
      throw new Error(`no word for ${def.type}`);
  }
}

function bound({ check, format, value, inclusive }) {
  if (check === "number_format" && format === "safeint") return { type: "integer" };
  if (check === "greater_than") return inclusive ? { minimum: value } : { exclusiveMinimum: value };
  if (check === "less_than" && inclusive) return { maximum: value };
  if (check === undefined) return {};
  throw new Error(`no word for ${check}`);
}

function checksOf(all, message, named) {
  const checks = all.map(({ check, pattern, minimum, maximum, rule, error }) => {
    if (rule) return { rule: named(rule) };
    const legal = pattern ? { pattern } : check === "min_length" ? { minLength: minimum } : { maxLength: maximum };
    if (legal.maxLength === undefined && check === "max_length") throw new Error(`no word for ${check}`);
    return { ...legal, ...(error && { message: message(error) }) };
  });
  return checks.length > 0 ? { checks } : {};
}

export function literal(value) {
  if (value instanceof Code) return value.text;
  if (value instanceof RegExp) return String(value);
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([key, one]) => `${/^\w+$/.test(key) ? key : JSON.stringify(key)}: ${literal(one)}`)
    .join(", ")}}`;
}

/** The type of what is read, each key under its description. */
export function typeOf(wrapped) {
  const { inner } = unwrapped(wrapped);
  const { def } = inner._zod;
  const options = def.type === "enum" ? Object.values(def.entries) : def.type === "literal" ? def.values : [];
  if (options.length > 0 && options.length <= 12) return options.map(literal).join(" | ");
  if (def.type === "object") {
    const keys = Object.entries(def.shape).map(([key, value]) => {
      const { optional, inner: own } = unwrapped(value);
      const comment = value.description ?? own.description;
      return `${comment ? comments(comment) : ""}${key}${optional ? "?" : ""}: ${typeOf(value)};`;
    });
    return `{\n${keys.join("\n")}\n}`;
  }
  if (def.type === "record") return `{ [name: string]: ${typeOf(def.valueType)} }`;
  if (def.type === "array") return `${typeOf(def.element)}[]`;
  return def.type === "enum" ? "string" : def.type;
}

function comments(words) {
  const lines = (words.match(/.{1,105}(?: |$)/g) ?? []).map((line) => line.trim());
  return lines.length === 1 ? `/** ${words} */\n` : `/**\n${lines.map((line) => ` * ${line}`).join("\n")}\n */\n`;
}
