import { type Step, stackFor } from "../../plan/plan.ts";
import { redact } from "../../redact.ts";
import { taskArchitecture } from "../../template/task-architecture.ts";
import type { Diagnosis, TaskCode } from "../diagnosis/code.ts";
import { OF_TASKS } from "../diagnosis/tasks.ts";
import type { Run } from "../engine.ts";
import { DENIED, type HealthCheck, type ServiceRef } from "./port.ts";
import { type FailedTask, processorLine } from "./stops.ts";

/** Why a service will never be steady. */
export type ServiceVerdict = {
  readonly resource: string;
  readonly resourceType: string;
  /** AWS's words. */
  readonly reason: string;
  readonly code: TaskCode;
  readonly diagnosis: Diagnosis;
  /** The last lines that its container wrote, without what looks like a secret. */
  readonly log: readonly string[];
  /** When the tasks ended that it is built on. */
  readonly stops: readonly Date[];
  /** CloudFormation has given up by itself. */
  readonly isOver: boolean;
};

/** A service in question, and what is known of it beside its tasks. */
type FailingService = {
  readonly resource: string;
  readonly ref: ServiceRef;
  /** What its load balancer says of its health checks. */
  readonly check?: string;
  readonly port?: number;
  readonly failed?: true;
};

/** Lines of a log that are shown, and tasks that are asked for theirs. */
const LINES = 20;
const ASKED = 2;

/** The verdict on a service whose tasks failed with the same error, the newest last: AWS's reason, what it means, its log. */
export async function verdictOn(
  run: Run,
  step: Step,
  accused: FailingService,
  equal: readonly FailedTask[],
): Promise<ServiceVerdict | undefined> {
  const last = equal.at(-1);
  if (!last) return undefined;
  const { failure, task } = last;
  const { resource, port, failed = false } = accused;
  const log = await logOf(run, accused, equal);
  const image = (task.containers.find(({ name }) => name === failure.container) ?? task.containers[0])?.image;
  const line = failure.code === "container-exit" ? processorLine(log) : undefined;
  const check = failure.code === "health-check" ? accused.check : undefined;
  const said = [failure.reason, line, check].filter((words) => words !== undefined);
  const code = line === undefined ? failure.code : "image-platform";
  const reason = redact(said.join(": "));
  const { exitCode } = failure;
  return {
    resource,
    resourceType: "AWS::ECS::Service",
    reason,
    code,
    diagnosis: OF_TASKS[code]({
      reason: failure.reason,
      architecture: taskArchitecture(stackFor(run.stacks, step)?.template ?? { Resources: {} }),
      log,
      ...(exitCode !== undefined && { exitCode }),
      ...(image !== undefined && { image }),
      ...(check !== undefined && { check: healthCheck(check) }),
      ...(port !== undefined && { port }),
      ...(step.parametersOnly && { released: true as const }),
    }),
    log,
    stops: equal.flatMap(({ task: { stoppedAt } }) => (stoppedAt ? [stoppedAt] : [])),
    isOver: failed,
  };
}

/** What a load balancer's words for its health checks say (ELB API Reference, TargetHealth, Description). */
export function healthCheck(words: string): HealthCheck {
  const codes = /codes: \[([\d,\s]+)\]/.exec(words)?.[1];
  if (codes !== undefined) return { codes };
  return /time/i.test(words) ? { timedOut: true } : {};
}

/** The last lines of the newest of the tasks that wrote any. */
async function logOf(run: Run, { ref }: FailingService, equal: readonly FailedTask[]): Promise<readonly string[]> {
  for (const { task, failure } of equal.slice(-ASKED).toReversed()) {
    if (failure.container === undefined) return [];
    const tail = await run.cloud.logTail(ref.region, task, failure.container, LINES).catch(() => undefined);
    if (tail === DENIED) return [];
    if (tail && tail.length > 0) return tail.slice(-LINES).map(redact);
  }
  return [];
}
