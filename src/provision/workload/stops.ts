import type { TaskCode } from "../diagnosis/code.ts";
import type { EcsTask } from "./port.ts";

/** Why a task ended that would end so again. */
export type TaskFailure = {
  readonly code: TaskCode;
  /** AWS's words, without what differs from task to task. */
  readonly reason: string;
  /** The container to ask for its log; absent if none has run. */
  readonly container?: string;
  readonly exitCode?: number;
  /** Of two failures that are equal, the same. */
  readonly key: string;
};

/** A task that failed, and why. */
export type FailedTask = { readonly task: EcsTask; readonly failure: TaskFailure };

/** What stops a task for no fault of its own (ECS API Reference, Task, "stopCode"). */
const EXPECTED_STOPS = new Set(["SpotInterruption", "TerminationNotice", "UserInitiated", "ServiceSchedulerInitiated"]);

/** What AWS gets over by itself: no room at the moment, or something of its own. */
const PASSING = /capacity is unavailable|unexpected EC2 error|network interface provisioning|internal ?error/i;

/** The ARN of a target group, of which its name says enough. */
const TARGET_GROUP = /arn:[\w-]+:elasticloadbalancing:[^\s)]*:targetgroup\/([\w-]+)\/\w+/;

/** Killed for using more memory than it has (128 + SIGKILL). */
const KILLED = 137;

/**
 * Why a stopped task failed, if it did so in a way that the next one will too (ECS Developer Guide, "Amazon ECS stopped
 * tasks error messages"); `undefined` for one that was scaled in, replaced, interrupted or has done its work.
 */
export function failureOf({ stopCode, reason = "", containers }: EcsTask): TaskFailure | undefined {
  const [first] = containers;
  if (/failed (ELB|container|Elastic Load Balanc\w+)?.*health checks?/i.test(reason)) {
    return {
      code: "health-check",
      reason: reason.replace(TARGET_GROUP, "$1"),
      key: "health",
      ...(first && { container: first.name }),
    };
  }
  if (EXPECTED_STOPS.has(stopCode ?? "") || PASSING.test(reason)) return undefined;
  const pull = [reason, ...containers.map((one) => one.reason ?? "")].find((words) => /CannotPull\w*/.test(words));
  if (pull !== undefined) return { code: pullCode(pull), reason: short(pull), key: `image ${alike(pull)}` };
  if (/ResourceInitializationError|TaskFailedToStart/.test(`${reason} ${stopCode}`)) {
    const own = containers.flatMap((one) =>
      one.reason === undefined || reason.includes(one.reason) ? [] : one.reason,
    );
    const words = [reason, ...own].filter((said) => said !== "").join(": ");
    const code = startCode(reason);
    return { code, reason: short(words), key: `${code} ${alike(words)}` };
  }
  const ended = containers.find(({ exitCode }) => (exitCode ?? 0) !== 0);
  if (ended === undefined) return undefined;
  const { name, exitCode = 0 } = ended;
  const isKilled = /OutOfMemory/i.test(`${reason} ${ended.reason ?? ""}`) || exitCode === KILLED;
  const code = isKilled ? "out-of-memory" : "container-exit";
  const words = `${reason || "a container ended"}: ${name} ended with exit code ${exitCode}${ended.reason ? ` (${ended.reason})` : ""}`;
  return { code, reason: words, container: name, exitCode, key: `${code} ${name} ${exitCode}` };
}

/** What an image says that was built for another processor: the kernel in the log, or the registry as it is pulled. */
const OTHER_PROCESSOR = /exec format error|descriptor matching platform|no matching manifest/i;

/** The line of a log that tells of an image for another processor. */
export function processorLine(log: readonly string[]): string | undefined {
  return log.findLast((line) => OTHER_PROCESSOR.test(line));
}

/** Why an image cannot be pulled, by ECS's words for it (ECS Developer Guide, "CannotPullContainer task errors"). */
function pullCode(words: string): TaskCode {
  if (OTHER_PROCESSOR.test(words)) return "image-platform";
  if (/denied|not authorized|forbidden|403|no basic auth/i.test(words) && !/not found|does not exist/i.test(words))
    return "image-denied";
  if (/toomanyrequests|429|rate limit/i.test(words)) return "image-rate-limit";
  return /time(d )?out|connection|deadline|dial tcp/i.test(words) ? "image-unreachable" : "image-missing";
}

function startCode(words: string): TaskCode {
  if (!/secret|ssm|parameter/i.test(words)) return "task-start";
  return /not authorized|AccessDenied/i.test(words) ? "secret-denied" : "secret-unavailable";
}

/** The failures among stopped tasks, in the order in which they ended. */
export function failuresIn(tasks: readonly EcsTask[]): readonly FailedTask[] {
  return tasks
    .flatMap((task) => {
      const failure = task.stoppedAt && failureOf(task);
      return failure ? [{ task, failure }] : [];
    })
    .toSorted((a, b) => (a.task.stoppedAt?.getTime() ?? 0) - (b.task.stoppedAt?.getTime() ?? 0));
}

/** Failures of one rollout that are equal, the newest last, if there are as many as `enough`. */
export function equalFailures(failures: readonly FailedTask[], enough: number): readonly FailedTask[] | undefined {
  const keyOf = ({ task, failure }: FailedTask) => `${task.deployment} ${failure.key}`;
  return failures
    .map((one) => failures.filter((other) => keyOf(other) === keyOf(one)))
    .filter(({ length }) => length >= enough)
    .toSorted((a, b) => b.length - a.length)[0];
}

/** Without the numbers and ids that make two of the same differ. */
function alike(words: string): string {
  return words.replaceAll(/[0-9a-f]{8}[0-9a-f-]*|\d+/gi, "#");
}

/** AWS's words without how often it tried, which request it was, and what they say twice. */
function short(words: string): string {
  return words
    .replace(/execution resource retrieval failed: .*? from (secrets|systems) manager: /i, "")
    .replace(/(:assumed-role\/[\w+=,.@-]+)\/[\w+=,.@-]+/g, "$1")
    .replace(/(service call|pull image manifest) has been retried \d+ time\(s\): /g, "")
    .replace(/,? ?(status code: \d+, )?request id: [\w-]+/gi, "")
    .replace(/(\S+): \1: /g, "$1: ")
    .trim();
}
