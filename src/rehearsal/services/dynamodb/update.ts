import { type Path, type Placeholders, pathIn, placeholder, valueAtPath, withAt } from "./path.ts";
import { type Tokens, tokensOf, validationError } from "./tokens.ts";
import { type AttributeValue, type Item, members, typeOf } from "./value.ts";

type Change = (before: Item, item: Item) => Item;
type Source = (before: Item) => AttributeValue;

/** An update expression (Developer Guide, "Update expressions"), parsed to a function. */
export function updateOf(text: string, placeholders: Placeholders): (item: Item) => Item {
  const tokens = tokensOf(text, "UpdateExpression");
  const changes: Change[] = [];
  while (tokens.peek() !== undefined) {
    const clause = tokens.next().toUpperCase();
    const read = CLAUSES[clause];
    if (!read) throw validationError(`Invalid UpdateExpression: Syntax error; token: "${clause}"`);
    do changes.push(read(tokens, placeholders));
    while (tokens.accept(","));
  }
  return (before) => changes.reduce((item, change) => change(before, item), before);
}

const CLAUSES: { readonly [clause: string]: (tokens: Tokens, placeholders: Placeholders) => Change } = {
  SET: (tokens, placeholders) => {
    const path = pathIn(tokens, placeholders);
    tokens.expect("=");
    const value = sum(tokens, placeholders);
    return (before, item) => withAt(item, path, value(before));
  },
  REMOVE: (tokens, placeholders) => {
    const path = pathIn(tokens, placeholders);
    return (_, item) => (valueAtPath(item, path) === undefined ? item : withAt(item, path, undefined));
  },
  ADD: (tokens, placeholders) => {
    const path = pathIn(tokens, placeholders);
    const value = placeholder(tokens.next(), placeholders);
    return (_, item) => withAt(item, path, added(valueAtPath(item, path), value));
  },
  DELETE: (tokens, placeholders) => {
    const path = pathIn(tokens, placeholders);
    const value = placeholder(tokens.next(), placeholders);
    return (_, item) => withAt(item, path, without(valueAtPath(item, path), value));
  },
};

function sum(tokens: Tokens, placeholders: Placeholders): Source {
  const first = source(tokens, placeholders);
  const sign = tokens.accept("+") ? 1 : tokens.accept("-") ? -1 : 0;
  if (sign === 0) return first;
  const second = source(tokens, placeholders);
  return (before) => {
    const [a, b] = [first(before), second(before)];
    if (typeOf(a) !== "N" || typeOf(b) !== "N")
      throw validationError("An operand in the update expression has an incorrect data type");
    return { N: String(Number(a.N) + sign * Number(b.N)) };
  };
}

function source(tokens: Tokens, placeholders: Placeholders): Source {
  const token = tokens.peek() ?? "";
  if (token.startsWith(":")) {
    const value = placeholder(tokens.next(), placeholders);
    return () => value;
  }
  const name = token.toLowerCase();
  if (name !== "if_not_exists" && name !== "list_append") return existing(pathIn(tokens, placeholders));
  tokens.next();
  tokens.expect("(");
  const path: Path | undefined = name === "if_not_exists" ? pathIn(tokens, placeholders) : undefined;
  const first = path ? existing(path) : source(tokens, placeholders);
  tokens.expect(",");
  const second = source(tokens, placeholders);
  tokens.expect(")");
  if (path) return (before) => valueAtPath(before, path) ?? second(before);
  return (before) => ({
    L: [
      ...((first(before).L ?? []) as readonly AttributeValue[]),
      ...((second(before).L ?? []) as readonly AttributeValue[]),
    ],
  });
}

const existing =
  (path: Path): Source =>
  (before) => {
    const value = valueAtPath(before, path);
    if (!value) throw validationError("The provided expression refers to an attribute that does not exist in the item");
    return value;
  };

function added(there: AttributeValue | undefined, value: AttributeValue): AttributeValue {
  if (!there) return value;
  if (typeOf(value) === "N") return { N: String(Number(there.N) + Number(value.N)) };
  return { [typeOf(value)]: [...new Set([...members(there), ...members(value)])] };
}

function without(there: AttributeValue | undefined, value: AttributeValue): AttributeValue | undefined {
  if (!there) return undefined;
  const gone = new Set(members(value));
  const left = members(there).filter((one) => !gone.has(one));
  return left.length === 0 ? undefined : { [typeOf(there)]: left };
}
