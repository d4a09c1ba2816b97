import { AstroError } from "../../errors.ts";
import { ACTS, CALL_EFFECTS, type Fault, PLANS, REGISTRY_FAULTS, RESOURCE_EFFECTS } from "../state/faults.ts";
import { TASK_FAULTS, WORKLOADS } from "../state/workload.ts";
import { readFaultFile } from "./fault-file.ts";
import { type Entry, faultKind, faultOf, InvalidFault } from "./fault-kinds.ts";

/** `[EFFECT:]TARGET[@WHEN][#FIRST[-LAST]][=WORDS]`; the target is as short as it can be. */
const FORM = /^(?:([a-z-]+):)?(.+?)(?:@(create|update|delete))?(?:#(\d+)(?:-(\d+))?)?(?:=(.*))?$/s;

const HINT =
  "give TYPE=REASON, such as AWS::RDS::DBInstance; EFFECT:TARGET, such as stuck:AWS::ECS::Service or throttled:cloudformation:DescribeStacks#1-3; crash-loop, migration-fails, free-plan, push-denied, quota:vpc, undelegated:DOMAIN, updates:STACK; or a file: @faults.yaml";

/**
 * Reads `--fault`: words (README of the rehearsal, "Faults"), or `@FILE` with any number of faults. Throws
 * AstroError("usage") with the word, or the file's line, that is wrong.
 */
export function faultsOf(texts: readonly string[]): readonly Fault[] {
  return texts.flatMap((text) => {
    if (text.startsWith("@")) return readFaultFile(text.slice(1));
    try {
      return [faultOf(entryOf(text))];
    } catch (error) {
      if (!(error instanceof InvalidFault)) throw error;
      throw new AstroError("usage", `--fault ${text}: ${error.message}`, HINT);
    }
  });
}

/** The same as an entry of a fault file. */
function entryOf(text: string): Entry {
  const [, effect = "fails", target = "", on, first, last, words] = FORM.exec(text) ?? [];
  const from = first === undefined ? undefined : Number(first);
  const times = from === undefined ? undefined : (last === undefined ? from : Number(last)) - from + 1;
  const after = from === undefined ? undefined : from - 1;
  const isType = /^\w+::/.test(target);
  const value = words === undefined ? undefined : Number(words);
  const entry = {
    ...(isOne(RESOURCE_EFFECTS, effect) && isType && { type: target, effect, on, nth: from, times, reason: words }),
    ...(isOne(CALL_EFFECTS, effect) && { call: target, effect, after, times }),
    ...(isOne(ACTS, effect) && { actor: effect, stack: target === "*" ? undefined : target, after, times }),
    ...(effect === "quota" && { quota: target, value }),
    ...(isOne(WORKLOADS, target) && { workload: target, on, nth: from }),
    ...(isOne(TASK_FAULTS, target) && { task: target, nth: from }),
    ...(isOne(PLANS, target) && { account: target }),
    ...(isOne(REGISTRY_FAULTS, target) && { registry: target }),
    ...(effect === "undelegated" && { undelegated: target }),
  };
  if (faultKind(entry) === undefined) {
    throw new InvalidFault(isOne(RESOURCE_EFFECTS, effect) ? "not a resource type" : `${effect} is not an effect`);
  }
  return Object.fromEntries(Object.entries(entry).filter(([, given]) => given !== undefined));
}

function isOne(words: readonly string[], word: string): boolean {
  return words.includes(word);
}
