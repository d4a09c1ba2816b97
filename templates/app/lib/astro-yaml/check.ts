import { type ConfigTree, isConfigTree, valueAt } from "./values";
import { badKey, type Problem, sortedProblems, unknownKey, valueProblem } from "./words";

/** What a value of astro.yaml may be: words as in a JSON Schema, and the rules that go beyond one. */
export type Schema = {
  readonly type: "object" | "array" | "string" | "integer" | "number" | "boolean";
  /** Taken where there is no value; without it, and if not optional, a value must be there. */
  readonly default?: unknown;
  readonly optional?: boolean;
  /** Why a value of another type, or none of `enum`, is refused; left out, what is expected is listed. */
  readonly message?: string;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  /** Of a text, one after the other. */
  readonly checks?: readonly TextCheck[];
  /** Of a section with keys of its own. */
  readonly properties?: { readonly [key: string]: Schema };
  /** Of a section whose keys are names: what a name may be, and what is below each. */
  readonly names?: Schema;
  readonly each?: Schema;
  /** Of a list. */
  readonly items?: Schema;
  /** Between the values of a section, once each is legal by itself. */
  readonly rule?: Rule;
};

type Rule = (value: never) => readonly { readonly path: Path; readonly message: string }[];

type TextCheck = {
  readonly pattern?: RegExp;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly rule?: Rule;
  readonly message?: string | ((value: { readonly input: unknown }) => string);
};

type Path = readonly (string | number)[];

/** One thing wrong; `stops` if it says nothing yet of how the value goes with others. */
type Fault = {
  readonly path: Path;
  readonly kind: "value" | "rule" | "unknown" | "name";
  readonly message: string;
  readonly stops?: boolean;
};

type Read = { readonly value: unknown; readonly faults: readonly Fault[] };

/** Problems of one file that are told at once. */
const MOST_TOLD = 20;

/** The value with every default filled in, and what is wrong with it; `more` problems there are beyond those. */
export function check(
  schema: Schema,
  written: unknown,
): { readonly value: unknown; readonly problems: readonly Problem[]; readonly more: number } {
  const { value, faults } = read(schema, written, []);
  const problems = faults.slice(0, MOST_TOLD).map(({ path, kind, message }) => {
    if (kind === "name") return badKey(path, message);
    if (kind === "unknown") return unknownKey(path, Object.keys(schemaAt(schema, path.slice(0, -1))?.properties ?? {}));
    return valueProblem(
      path,
      valueAt(written, path),
      { message, isRule: kind === "rule" },
      schemaAt(schema, path) ?? {},
    );
  });
  return { value, problems: sortedProblems(problems), more: Math.max(0, faults.length - MOST_TOLD) };
}

function schemaAt(schema: Schema, path: Path): Schema | undefined {
  return path.reduce<Schema | undefined>(
    (at, key) => at?.properties?.[key] ?? (typeof key === "number" ? at?.items : at?.each),
    schema,
  );
}

function read(schema: Schema, written: unknown, path: Path): Read {
  const value = written === undefined ? schema.default : written;
  if (value === undefined && schema.optional) return { value, faults: [] };
  const illegal = (): Read => ({
    value,
    faults: [{ path, kind: "value", message: schema.message ?? "", stops: true }],
  });
  if (schema.enum !== undefined) return schema.enum.includes(value) ? { value, faults: [] } : illegal();
  switch (schema.type) {
    case "object":
      return isConfigTree(value) ? section(schema, value, path) : illegal();
    case "array":
      return Array.isArray(value) ? list(schema, value, path) : illegal();
    case "boolean":
      return typeof value === "boolean" ? { value, faults: [] } : illegal();
    case "string":
      return typeof value === "string" ? { value, faults: textFaults(schema, value, path) } : illegal();
    default:
      return isNumber(value, schema.type) ? { value, faults: numberFaults(schema, value, path) } : illegal();
  }
}

function section(schema: Schema, written: ConfigTree, path: Path): Read {
  const { properties, names, each } = schema;
  const value: { [key: string]: unknown } = {};
  const faults: Fault[] = [];
  const add = (key: string, below: Schema) => {
    const found = read(below, written[key], [...path, key]);
    if (found.value !== undefined) value[key] = found.value;
    faults.push(...found.faults);
  };
  for (const [key, below] of Object.entries(properties ?? {})) add(key, below);
  for (const key of Object.keys(written)) {
    const [wrong] = names === undefined ? [] : textFaults(names, key, [...path, key]);
    if (wrong !== undefined) faults.push({ ...wrong, kind: "name", stops: true });
    else if (each !== undefined) add(key, each);
    else if (properties?.[key] === undefined) faults.push({ path: [...path, key], kind: "unknown", message: "" });
  }
  if (schema.rule !== undefined && !faults.some(({ stops }) => stops)) faults.push(...broken(schema.rule, value, path));
  return { value, faults };
}

function list({ items }: Schema, written: readonly unknown[], path: Path): Read {
  const found = written.map((item, index) =>
    items ? read(items, item, [...path, index]) : { value: item, faults: [] },
  );
  return { value: found.map(({ value }) => value), faults: found.flatMap(({ faults }) => faults) };
}

function textFaults({ checks = [] }: Schema, value: string, path: Path): readonly Fault[] {
  return checks.flatMap(({ pattern, minLength = 0, maxLength = Infinity, rule, message = "" }): readonly Fault[] => {
    if (rule !== undefined) return broken(rule, value, path);
    const isLegal = value.length >= minLength && value.length <= maxLength && (pattern?.test(value) ?? true);
    if (isLegal) return [];
    return [{ path, kind: "value", message: typeof message === "string" ? message : message({ input: value }) }];
  });
}

function isNumber(value: unknown, type: Schema["type"]): value is number {
  return typeof value === "number" && Number.isFinite(value) && (type === "number" || Number.isInteger(value));
}

function numberFaults(schema: Schema, value: number, path: Path): readonly Fault[] {
  const { minimum = -Infinity, exclusiveMinimum = -Infinity, maximum = Infinity } = schema;
  const isLegal = value >= minimum && value > exclusiveMinimum && value <= maximum;
  const isExact = schema.type === "number" || Number.isSafeInteger(value);
  return isLegal && isExact ? [] : [{ path, kind: "value", message: "" }];
}

function broken(rule: Rule, value: unknown, path: Path): readonly Fault[] {
  // The rule is for values of this schema, and this one is legal by it.
  const found = rule(value as never);
  return found.map((one) => ({ path: [...path, ...one.path], kind: "rule", message: one.message }));
}
