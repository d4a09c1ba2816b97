import { entryOf } from "../../template/json.ts";
import { QUOTA_NAMES } from "../rules/quota-table.ts";
import { ACTS, CALL_EFFECTS, type Fault, PLANS, REGISTRY_FAULTS, RESOURCE_EFFECTS } from "../state/faults.ts";
import { TASK_FAULTS, WORKLOADS } from "../state/workload.ts";

/** A fault as a fault file has it. */
export type Entry = { readonly [field: string]: unknown };

/** Thrown for an invalid fault: what is wrong, and in which field. */
export class InvalidFault extends Error {
  readonly field: string | undefined;

  constructor(message: string, field?: string) {
    super(message);
    this.field = field;
  }
}

type Field = { readonly wants: string; readonly fits: (value: unknown) => boolean };

const like = (wants: string, pattern: RegExp): Field => ({
  wants,
  fits: (value) => typeof value === "string" && pattern.test(value),
});
const oneOf = (words: readonly string[]): Field => ({
  wants: `one of ${words.join(", ")}`,
  fits: (value) => words.includes(String(value)),
});
const from = (least: number): Field => ({
  wants: `a whole number of at least ${least}`,
  fits: (value) => Number.isInteger(value) && Number(value) >= least,
});

const TEXT = like("words", /\S/);
const CALL = like("a call such as cloudformation:DescribeStacks or s3:*", /^[a-z0-9-]+:(\w+|\*)$/);

/** Fields of each kind of fault; the first one identifies the kind and is required. */
const KINDS: readonly { readonly [field: string]: Field }[] = [
  {
    type: like("a resource type such as AWS::RDS::DBInstance", /^\w+::\w+::\w+$/),
    effect: oneOf(RESOURCE_EFFECTS),
    on: oneOf(["create", "update", "delete"]),
    nth: from(1),
    times: from(1),
    reason: TEXT,
  },
  {
    actor: oneOf(ACTS),
    stack: like("a stack's name", /^[a-zA-Z][-a-zA-Z0-9]*$/),
    call: CALL,
    times: from(1),
    after: from(0),
  },
  { call: CALL, effect: oneOf(CALL_EFFECTS), times: from(1), after: from(0) },
  { workload: oneOf(WORKLOADS), on: oneOf(["create", "update"]), nth: from(1) },
  { task: oneOf(TASK_FAULTS), nth: from(1) },
  { quota: oneOf(QUOTA_NAMES), value: from(0) },
  { account: oneOf(PLANS) },
  { registry: oneOf(REGISTRY_FAULTS) },
  { undelegated: like("a domain", /^([a-z0-9-]+\.)+[a-z]+\.?$/) },
];

/** The kind of fault that an entry is of; `undefined` if of none. */
export function faultKind(entry: Entry): (typeof KINDS)[number] | undefined {
  return KINDS.find((kind) => Object.hasOwn(entry, Object.keys(kind)[0] ?? ""));
}

/** The fault of an entry. Throws an InvalidFault that says what is wrong and what is allowed. */
export function faultOf(entry: Entry): Fault {
  const kind = faultKind(entry);
  if (!kind) {
    const heads = KINDS.map((one) => Object.keys(one)[0]);
    throw new InvalidFault(
      `a fault has one of ${heads.join(", ")}; this one has ${Object.keys(entry).join(", ") || "nothing"}`,
    );
  }
  for (const [name, value] of Object.entries(entry)) {
    const field = entryOf(kind, name);
    if (!field)
      throw new InvalidFault(
        `${name} is not a field of this kind of fault, which has ${Object.keys(kind).join(", ")}`,
        name,
      );
    if (!field.fits(value)) throw new InvalidFault(`${name} ${JSON.stringify(value)} is not ${field.wants}`, name);
  }
  if ("call" in entry && !("actor" in entry) && entry.effect === undefined) {
    throw new InvalidFault(`a call fault needs an effect: ${CALL_EFFECTS.join(", ")}`, "call");
  }
  const { type, ...rest } = entry;
  return (type === undefined ? rest : { resourceType: type, ...rest }) as Fault;
}
