/** An ECS service's address. */
export type ServiceRef = { readonly region: string; readonly cluster: string; readonly name: string };

/** `arn:aws:ecs:REGION:ACCOUNT:service/CLUSTER/NAME`; the older form without the cluster says too little. */
export function serviceAt(arn: string): ServiceRef | undefined {
  const found = /^arn:[\w-]+:ecs:([\w-]+):\d+:service\/([^/]+)\/([^/]+)$/.exec(arn);
  const [, region, cluster, name] = found ?? [];
  return region && cluster && name ? { region, cluster, name } : undefined;
}

/** An ECS service as DescribeServices tells of it. */
export type EcsService = {
  /** Its rollouts that still have tasks, and when each began. */
  readonly deployments: readonly { readonly id: string; readonly createdAt: Date }[];
  /** Tasks that run, of all rollouts. */
  readonly running: number;
  /** ARNs of its target groups, and the port its tasks answer on. */
  readonly targetGroups: readonly string[];
  readonly port?: number;
};

/** One of its tasks as DescribeTasks tells of it. */
export type EcsTask = {
  /** The last part of its ARN. */
  readonly id: string;
  /** Id of the rollout it was started for. */
  readonly deployment: string;
  /** ARN of its task definition. */
  readonly definition: string;
  readonly createdAt: Date;
  readonly startedAt?: Date;
  readonly stoppedAt?: Date;
  readonly stopCode?: string;
  readonly reason?: string;
  readonly address?: string;
  readonly containers: readonly EcsContainer[];
};

type EcsContainer = {
  readonly name: string;
  readonly image?: string;
  readonly exitCode?: number;
  readonly reason?: string;
};

/** What a load balancer gets for its health checks, as far as it says. */
export type HealthCheck = {
  /** The HTTP status codes that came instead of a good one, `502, 503` for two. */
  readonly codes?: string;
  /** No answer came in time. */
  readonly timedOut?: true;
};

/** The health of a target of a load balancer (DescribeTargetHealth). */
export type TargetHealth = { readonly address: string; readonly state: string; readonly why?: string };

/** What an answer is when the caller may not ask. */
export const DENIED = "denied";
/** An answer, or that it may not be asked for. */
export type OrDenied<T> = T | typeof DENIED;

/**
 * What the engine looks up while CloudFormation waits for an ECS service. None changes anything; each is a few calls at
 * most; what is not there is `undefined` or an empty list.
 */
export type Workloads = {
  readonly service: (ref: ServiceRef) => Promise<OrDenied<EcsService | undefined>>;
  /** Tasks that are to run, or that stopped within the last hour: a hundred at most. */
  readonly serviceTasks: (ref: ServiceRef, which: "RUNNING" | "STOPPED") => Promise<OrDenied<readonly EcsTask[]>>;
  readonly targets: (region: string, targetGroup: string) => Promise<OrDenied<readonly TargetHealth[]>>;
  /** The last `most` lines a container of a task wrote to CloudWatch Logs; `undefined` if it writes elsewhere. */
  readonly logTail: (
    region: string,
    task: Pick<EcsTask, "id" | "definition">,
    container: string,
    most: number,
  ) => Promise<OrDenied<readonly string[] | undefined>>;
};
