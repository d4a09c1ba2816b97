/**
 * IAM's judgement of one request, as its User Guide has it: "Policy evaluation logic", "IAM JSON policy elements" (Action,
 * NotAction, Resource, NotResource, Condition operators), "Single-valued vs. multivalued context keys", "Variables and
 * tags". Where the guide leaves room, the wider reading: what is denied here is denied there.
 */
type List = string | readonly string[];

/** A policy of one principal, as wide as IAM's grammar and not only as ours. */
export type AnyDocument = { readonly Statement: readonly AnyStatement[] };
type AnyStatement = {
  readonly Effect: "Allow" | "Deny";
  readonly Action?: List;
  readonly NotAction?: List;
  readonly Resource?: List;
  readonly NotResource?: List;
  readonly Condition?: { readonly [operator: string]: { readonly [key: string]: List } };
};

/** One request as IAM judges it: the action, the ARN it is on, and what its condition keys say; a list has many values. */
export type Asked = {
  readonly action: string;
  readonly resource: string;
  readonly context?: Context;
};
type Context = { readonly [key: string]: List };

/** A denial that is written down beats every allowance; what nothing allows is denied as well. */
export function decide(documents: readonly AnyDocument[], asked: Asked): "allowed" | "denied" | "not allowed" {
  const matching = documents.flatMap(({ Statement }) => Statement.filter((statement) => matches(statement, asked)));
  if (matching.some(({ Effect }) => Effect === "Deny")) return "denied";
  return matching.length > 0 ? "allowed" : "not allowed";
}

/** Whether the policies allow the request. */
export function allows(documents: readonly AnyDocument[], asked: Asked): boolean {
  return decide(documents, asked) === "allowed";
}

function matches(statement: AnyStatement, { action, resource, context = {} }: Asked): boolean {
  const { Action, NotAction, Resource, NotResource, Condition = {} } = statement;
  const named = (list: List) => listOf(list).some((pattern) => fits(pattern.toLowerCase(), action.toLowerCase()));
  const there = (list: List) => listOf(list).some((pattern) => fits(filledIn(pattern, context), resource));
  return (
    (Action === undefined ? !named(NotAction ?? []) : named(Action)) &&
    (Resource === undefined ? !there(NotResource ?? []) : there(Resource)) &&
    Object.entries(Condition).every(([operator, keys]) =>
      Object.entries(keys).every(([key, values]) => holds(operator, keyOf(context, key), listOf(values), context)),
    )
  );
}

/** Whether one key satisfies one operator: the policy's values are alternatives. */
function holds(operator: string, value: List | undefined, values: readonly string[], context: Context): boolean {
  const [, set, name = "", ifExists] = /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(operator) ?? [];
  if (name === "Null") return values.some((word) => (word.toLowerCase() === "true") === (value === undefined));
  const isNegated = name.includes("Not");
  const compare = COMPARISONS[name.replace("Not", "")];
  if (compare === undefined) throw new Error(`no such condition operator: ${operator}`);
  const wanted = values.map((one) => filledIn(one, context));
  const one = (given: string) => wanted.some((pattern) => compare(pattern, given)) !== isNegated;
  if (value === undefined || (set !== undefined && value.length === 0)) {
    return set === "ForAnyValue" ? false : set === "ForAllValues" || ifExists !== undefined || isNegated;
  }
  if (set === "ForAllValues") return listOf(value).every(one);
  if (set === "ForAnyValue") return listOf(value).some(one);
  if (typeof value !== "string") throw new Error(`${operator} on a key of many values: IAM asks for a set operator`);
  return one(value);
}

type Comparison = (pattern: string, given: string) => boolean;

const number =
  (compare: (given: number, pattern: number) => boolean): Comparison =>
  (pattern, given) =>
    compare(Number(given), Number(pattern));

/** By the operator's name, `Not` left out. */
const COMPARISONS: { readonly [operator: string]: Comparison } = {
  StringEquals: (pattern, given) => pattern === given,
  StringEqualsIgnoreCase: (pattern, given) => pattern.toLowerCase() === given.toLowerCase(),
  StringLike: (pattern, given) => fits(pattern, given),
  Bool: (pattern, given) => pattern.toLowerCase() === given.toLowerCase(),
  NumericEquals: number((given, pattern) => given === pattern),
  NumericLessThan: number((given, pattern) => given < pattern),
  NumericLessThanEquals: number((given, pattern) => given <= pattern),
  NumericGreaterThan: number((given, pattern) => given > pattern),
  NumericGreaterThanEquals: number((given, pattern) => given >= pattern),
  // The same as ArnLike, and the other way round.
  ArnEquals: (pattern, given) => fitsArn(pattern, given),
  ArnLike: (pattern, given) => fitsArn(pattern, given),
};

/** Each of an ARN's six parts is compared by itself. */
function fitsArn(pattern: string, given: string): boolean {
  const [wanted, found] = [pattern, given].map(sixParts);
  return wanted?.length === found?.length && (wanted ?? []).every((part, index) => fits(part, found?.[index] ?? ""));
}

function sixParts(arn: string): readonly string[] {
  const parts = arn.split(":");
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(":")];
}

/** Names of condition keys are the same in whatever case. */
function keyOf(context: Context, key: string): List | undefined {
  return Object.entries(context).find(([name]) => name.toLowerCase() === key.toLowerCase())?.[1];
}

/** `${key}` is the request's value, with `, 'other'` behind it that where there is none; `${*}` is a star itself. */
function filledIn(pattern: string, context: Context): string {
  return pattern.replace(/\$\{([^},]+)(?:,\s*'([^']*)')?\}/g, (_, key: string, otherwise: string | undefined) => {
    if (["*", "?", "$"].includes(key)) return LITERALS[key] ?? key;
    const value = keyOf(context, key) ?? otherwise;
    // Without a value nothing fits.
    return typeof value === "string" ? value : "\u0000";
  });
}

/** Stand for characters that a pattern would take for more. */
const LITERALS: { readonly [character: string]: string } = { "*": "\u0001", "?": "\u0002", $: "$" };

/** Patterns as they are matched, which are the same few for thousands of requests. */
const PATTERNS = new Map<string, RegExp>();

/** `*` is any text, `?` any one character; a star may reach beyond a colon (IAM JSON policy elements, "Resource"). */
function fits(pattern: string, text: string): boolean {
  const made = PATTERNS.get(pattern) ?? compiled(pattern);
  PATTERNS.set(pattern, made);
  return made.test(text);
}

function compiled(pattern: string): RegExp {
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".")
    .replaceAll("\u0001", "\\*")
    .replaceAll("\u0002", "\\?");
  return new RegExp(`^${source}$`, "s");
}

function listOf(value: List): readonly string[] {
  return typeof value === "string" ? [value] : value;
}
