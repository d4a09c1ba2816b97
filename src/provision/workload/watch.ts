import { secondsBetween } from "../../clock.ts";
import type { Step } from "../../plan/plan.ts";
import type { StackEvent } from "../cloud.ts";
import { type Run, tellOf } from "../engine.ts";
import { failedOfItself } from "../stack-events.ts";
import { DENIED, type EcsService, type EcsTask, type ServiceRef, serviceAt } from "./port.ts";
import { equalFailures, type FailedTask, failuresIn } from "./stops.ts";
import { healthCheck, type ServiceVerdict, verdictOn } from "./verdict.ts";

const SERVICE = "AWS::ECS::Service";

/** Seconds between two looks at a service, and equal failures that make a verdict. */
const INTERVAL = 15;
const ENOUGH = 2;

/** Looks in a row that fail after which a service is not looked at any more. */
const PATIENCE = 3;

/** Seconds after which a task without a load balancer that still runs counts as one that works. */
const WORKS = 60;

/** The first look comes at once, while nothing can have happened yet: what it takes to ask is loaded by then. */
const NEVER = new Date(0);

/** A service that CloudFormation waits for, and what was seen of it. */
type Watched = {
  readonly resource: string;
  ref: ServiceRef;
  /** When CloudFormation began with it: what was there before is not its doing. */
  readonly began: Date;
  /** Rollouts from before. */
  readonly old: Set<string>;
  /** That a task failed was said. */
  isTold: boolean;
  looked: Date;
  failures: number;
  check?: string;
  port?: number;
  /** CloudFormation has given up by itself. */
  failed?: true;
};

const named = ({ resource }: Watched) => ({ resource, resourceType: SERVICE });

/** Looks after the ECS services that a stack operation waits for. */
export type ServiceWatch = {
  /** Takes note of what CloudFormation says of a resource. */
  readonly note: (event: StackEvent) => void;
  /** Looks after none any more, for the operation has turned round; what has failed until now is still looked into. */
  readonly forget: () => void;
  /** Seconds until there is something to look at; `undefined` if there is nothing. */
  readonly due: () => number | undefined;
  /** Looks at what is due; a verdict, if one can be given now. Never throws: it only helps to know sooner. */
  readonly look: () => Promise<ServiceVerdict | undefined>;
};

/** The watch over one step's services. What may not be looked up is not looked at. */
export function watchWorkload(run: Run, step: Step): ServiceWatch {
  const watched = new Map<string, Watched>();
  const begun = new Map<string, Date>();
  // Its calls come out of the same budget as looks at stacks: a watch counts as one more of those.
  let leave: (() => void) | undefined;
  let isOver = false;
  const blind = new Set<string>();
  const drop = (resource: string) => {
    watched.delete(resource);
    if (watched.size > 0) return;
    leave?.();
    leave = undefined;
  };
  const dueIn = ({ looked, failed }: Watched) =>
    failed ? 0 : Math.max(0, INTERVAL - secondsBetween(looked, run.clock.now()));
  return {
    note: (event) => {
      const { logicalId, physicalId, status, type } = event;
      if (type !== SERVICE || isOver || blind.has(logicalId)) return;
      const known = watched.get(logicalId);
      if (/^(CREATE|UPDATE)_IN_PROGRESS$/.test(status)) {
        const began = begun.get(logicalId) ?? event.at;
        begun.set(logicalId, began);
        const ref = serviceAt(physicalId);
        if (!ref) return;
        if (known) {
          // A replacement has another address than what it replaces.
          known.ref = ref;
          return;
        }
        leave ??= run.poll.enter();
        watched.set(logicalId, {
          resource: logicalId,
          ref,
          began,
          old: new Set(),
          isTold: false,
          looked: NEVER,
          failures: 0,
        });
      } else if (known && /^(CREATE|UPDATE)_/.test(status) && failedOfItself(event)) {
        known.failed = true;
      } else drop(logicalId);
    },
    forget: () => {
      isOver = true;
      for (const { resource, failed } of [...watched.values()]) if (!failed) drop(resource);
    },
    due: () => (watched.size === 0 ? undefined : Math.min(...[...watched.values()].map(dueIn))),
    look: async () => {
      for (const one of [...watched.values()].filter((each) => dueIn(each) === 0)) {
        one.looked = run.clock.now();
        const verdict = await lookAt(run, step, one).catch(() => "failed" as const);
        one.failures = verdict === "failed" ? one.failures + 1 : 0;
        const isBlind = verdict === DENIED || one.failures === PATIENCE;
        if (isBlind) {
          blind.add(one.resource);
          const because = verdict === DENIED ? "denied" : "no-answer";
          tellOf(run, step, "service.unwatched", { ...named(one), because });
        }
        if (isBlind || one.failed || typeof verdict === "object") drop(one.resource);
        if (typeof verdict === "object") return verdict;
      }
      return undefined;
    },
  };
}

async function lookAt(run: Run, step: Step, one: Watched): Promise<ServiceVerdict | typeof DENIED | undefined> {
  const service = await run.cloud.service(one.ref);
  if (service === DENIED) return DENIED;
  if (service) await learn(run, step, one, service);
  const stopped = await run.cloud.serviceTasks(one.ref, "STOPPED");
  if (stopped === DENIED) return DENIED;
  const failures = failuresIn(stopped.filter((task) => isNew(one, task)));
  const [first] = failures;
  if (first && !one.isTold && !one.failed) {
    one.isTold = true;
    const { code, exitCode } = first.failure;
    tellOf(run, step, "task.stopped", { ...named(one), code, ...(exitCode !== undefined && { exitCode }) });
  }
  const equal = equalFailures(failures, one.failed ? 1 : ENOUGH);
  if (!equal || (!one.failed && (await works(run, one, equal)))) return undefined;
  return verdictOn(run, step, one, equal);
}

/** Whether the task is of what CloudFormation does now: neither from before nor of a rollout from before. */
function isNew({ began, old }: Watched, { createdAt, deployment }: EcsTask): boolean {
  return createdAt >= began && !old.has(deployment);
}

/** Notes which rollouts are from before, and what the load balancer says of targets that run. */
async function learn(run: Run, step: Step, one: Watched, service: EcsService): Promise<void> {
  for (const { id, createdAt } of service.deployments) if (createdAt < one.began) one.old.add(id);
  if (service.port !== undefined) one.port = service.port;
  if (service.running === 0) return;
  for (const group of service.targetGroups) {
    const targets = await run.cloud.targets(one.ref.region, group);
    const why = targets === DENIED ? undefined : targets.find(({ state }) => state === "unhealthy")?.why;
    if (why === undefined) continue;
    if (one.check === undefined) tellOf(run, step, "service.unhealthy", { ...named(one), ...healthCheck(why) });
    one.check = why;
  }
}

/** Whether a task of the same rollout does work meanwhile: then not all of them will fail. */
async function works(run: Run, one: Watched, equal: readonly FailedTask[]): Promise<boolean> {
  const deployment = equal[0]?.task.deployment;
  const running = await run.cloud.serviceTasks(one.ref, "RUNNING");
  if (running === DENIED) return false;
  const own = running.filter((task) => task.deployment === deployment && task.startedAt !== undefined);
  if (own.length === 0) return false;
  const service = await run.cloud.service(one.ref);
  const groups = service === DENIED ? [] : (service?.targetGroups ?? []);
  if (groups.length === 0) {
    return own.some(({ startedAt }) => startedAt && secondsBetween(startedAt, run.clock.now()) > WORKS);
  }
  for (const group of groups) {
    const targets = await run.cloud.targets(one.ref.region, group);
    if (targets === DENIED) continue;
    const healthy = new Set(targets.flatMap(({ state, address }) => (state === "healthy" ? [address] : [])));
    if (own.some(({ address }) => address !== undefined && healthy.has(address))) return true;
  }
  return false;
}
