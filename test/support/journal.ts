import { isReading } from "../../src/aws/fence.ts";

/** One call that the server answered well: when it came among all, what it asked for, whose it was. */
export type Call = {
  readonly service: string;
  readonly operation: string;
  readonly stack?: string;
  /** The access key that signed it. */
  readonly by: string;
};

/** The calls of a server's journal that tells every one (`verbose`), in the order they were answered. */
export function callsIn(lines: readonly string[]): readonly Call[] {
  return lines.flatMap((line) => {
    const [, service = "", operation = "", stack, by = ""] =
      /^\S+ ([\w-]+):(\w+)(?: (\S+))? by (\S+)$/.exec(line) ?? [];
    return service === "" ? [] : [{ service, operation, ...(stack !== undefined && { stack }), by }];
  });
}

/** What changes something that others can see; a change set that is only looked at does not, nor does the lock itself. */
export function isWrite({ service, operation }: Call): boolean {
  return service !== "dynamodb" && !isReading(operation) && !/^(Create|Delete)ChangeSet$/.test(operation);
}

/**
 * Breaches of the rule that only who has the lock writes, in words; the bootstrap, which comes before there is a lock,
 * is CloudFormation's to keep apart. Every lock that was taken counts from the answer on. Those of `unlockers` write
 * nothing, and hold the lock until the run that they took it from must have noticed: until then it may still write.
 */
export function writersWithoutLock(
  calls: readonly Call[],
  unlockers: ReadonlySet<string> = new Set(),
): readonly string[] {
  const breaches: string[] = [];
  let holder: string | undefined;
  let leaving: string | undefined;
  for (const [index, call] of calls.entries()) {
    const { service, operation, stack, by } = call;
    if (service === "dynamodb" && operation === "PutItem") {
      leaving = unlockers.has(by) ? holder : undefined;
      holder = by;
    } else if (service === "dynamodb" && operation === "DeleteItem") {
      leaving = undefined;
      holder = undefined;
    } else if (isWrite(call) && stack !== "astro-bootstrap" && by !== holder && by !== leaving) {
      breaches.push(
        `call ${index}: ${service}:${operation} ${stack ?? ""} by ${by} while ${holder ?? "nobody"} has the lock`,
      );
    }
  }
  return breaches;
}
