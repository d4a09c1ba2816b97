import { type Path, type Placeholders, pathIn, placeholder, valueAtPath } from "./path.ts";
import { type Tokens, tokensOf, validationError } from "./tokens.ts";
import { type AttributeValue, equal, type Item, members, order, sizeOf, typeOf } from "./value.ts";

type Test = (item: Item | undefined) => boolean;
type Operand = (item: Item | undefined) => AttributeValue | undefined;

/**
 * A condition, filter or key condition (Developer Guide, "Comparison operator and function reference"), parsed to a
 * predicate.
 */
export function conditionOf(text: string, placeholders: Placeholders, kind = "ConditionExpression"): Test {
  const tokens = tokensOf(text, kind);
  const test = either(tokens, placeholders);
  if (tokens.peek() !== undefined) throw validationError(`Invalid ${kind}: Syntax error; token: "${tokens.peek()}"`);
  return test;
}

function either(tokens: Tokens, placeholders: Placeholders): Test {
  let left = both(tokens, placeholders);
  while (tokens.accept("OR")) {
    const [one, other] = [left, both(tokens, placeholders)];
    left = (item) => one(item) || other(item);
  }
  return left;
}

function both(tokens: Tokens, placeholders: Placeholders): Test {
  let left = single(tokens, placeholders);
  while (tokens.accept("AND")) {
    const [one, other] = [left, single(tokens, placeholders)];
    left = (item) => one(item) && other(item);
  }
  return left;
}

function single(tokens: Tokens, placeholders: Placeholders): Test {
  if (tokens.accept("NOT")) {
    const inner = single(tokens, placeholders);
    return (item) => !inner(item);
  }
  if (tokens.accept("(")) {
    const inner = either(tokens, placeholders);
    tokens.expect(")");
    return inner;
  }
  const name = tokens.peek()?.toLowerCase() ?? "";
  const call = FUNCTIONS[name];
  if (call) {
    tokens.next();
    tokens.expect("(");
    const test = call(tokens, placeholders);
    tokens.expect(")");
    return test;
  }
  return comparison(tokens, placeholders);
}

type Function = (tokens: Tokens, placeholders: Placeholders) => Test;

const FUNCTIONS: { readonly [name: string]: Function } = {
  attribute_exists: (tokens, placeholders) => has(pathIn(tokens, placeholders), true),
  attribute_not_exists: (tokens, placeholders) => has(pathIn(tokens, placeholders), false),
  attribute_type: (tokens, placeholders) => two(tokens, placeholders, (value, type) => typeOf(value) === type.S),
  begins_with: (tokens, placeholders) =>
    two(tokens, placeholders, (value, start) => String(value.S ?? "").startsWith(String(start.S))),
  contains: (tokens, placeholders) => two(tokens, placeholders, holds),
};

const has =
  (path: Path, wanted: boolean): Test =>
  (item) =>
    (valueAtPath(item, path) !== undefined) === wanted;

function two(
  tokens: Tokens,
  placeholders: Placeholders,
  test: (a: AttributeValue, b: AttributeValue) => boolean,
): Test {
  const first = operand(tokens, placeholders);
  tokens.expect(",");
  const second = operand(tokens, placeholders);
  return (item) => {
    const [a, b] = [first(item), second(item)];
    return a !== undefined && b !== undefined && test(a, b);
  };
}

function holds(value: AttributeValue, part: AttributeValue): boolean {
  if (typeOf(value) === "S") return String(value.S).includes(String(part.S));
  if (typeOf(value) === "L") return (value.L as readonly AttributeValue[]).some((one) => equal(one, part));
  return members(value).includes(String(Object.values(part)[0]));
}

function operand(tokens: Tokens, placeholders: Placeholders): Operand {
  const token = tokens.peek() ?? "";
  if (token.startsWith(":")) {
    const value = placeholder(tokens.next(), placeholders);
    return () => value;
  }
  if (token.toLowerCase() === "size") {
    tokens.next();
    tokens.expect("(");
    const path = pathIn(tokens, placeholders);
    tokens.expect(")");
    return (item) => {
      const value = valueAtPath(item, path);
      const size = value && sizeOf(value);
      return size === undefined ? undefined : { N: String(size) };
    };
  }
  const path = pathIn(tokens, placeholders);
  return (item) => valueAtPath(item, path);
}

const COMPARE: {
  readonly [operator: string]: (a: AttributeValue | undefined, b: AttributeValue | undefined) => boolean;
} = {
  "=": equal,
  "<>": (a, b) => !equal(a, b),
  "<": (a, b) => (order(a, b) ?? Number.NaN) < 0,
  "<=": (a, b) => (order(a, b) ?? Number.NaN) <= 0,
  ">": (a, b) => (order(a, b) ?? Number.NaN) > 0,
  ">=": (a, b) => (order(a, b) ?? Number.NaN) >= 0,
};

function comparison(tokens: Tokens, placeholders: Placeholders): Test {
  const left = operand(tokens, placeholders);
  if (tokens.accept("BETWEEN")) {
    const low = operand(tokens, placeholders);
    tokens.expect("AND");
    const high = operand(tokens, placeholders);
    return (item) => (order(left(item), low(item)) ?? -1) >= 0 && (order(left(item), high(item)) ?? 1) <= 0;
  }
  if (tokens.accept("IN")) {
    tokens.expect("(");
    const options = [operand(tokens, placeholders)];
    while (tokens.accept(",")) options.push(operand(tokens, placeholders));
    tokens.expect(")");
    return (item) => options.some((option) => equal(left(item), option(item)));
  }
  const compare = COMPARE[tokens.next()];
  if (!compare) throw validationError("Invalid expression: Syntax error; an operator was expected");
  const right = operand(tokens, placeholders);
  return (item) => compare(left(item), right(item));
}
