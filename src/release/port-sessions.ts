/** An ECS service as the everyday commands see it (DescribeServices). */
export type AppService = {
  readonly name: string;
  /** Tasks that it is to have, that run, and that are on their way. */
  readonly desired: number;
  readonly running: number;
  readonly pending: number;
  /** ARNs of its target groups. */
  readonly targetGroups: readonly string[];
  /** Its newest rollout, and ECS's words for how that goes: `IN_PROGRESS`, `COMPLETED`, `FAILED`. */
  readonly rollout?: {
    readonly definition: string;
    readonly at: Date;
    readonly state?: string;
    readonly reason?: string;
  };
};

/** A container that somebody may be let into. */
export type AppContainer = {
  readonly name: string;
  /** Its id with whatever runs it; absent until it runs. */
  readonly runtimeId?: string;
  /** ECS's word for the state of its ECS Exec agent: `RUNNING`, `PENDING`, `STOPPED`. */
  readonly agent?: string;
};

/** A task that is to run (DescribeTasks). */
export type AppTask = {
  /** The last part of its ARN. */
  readonly id: string;
  /** `service:api`, `family:shop-dev-migrate`. */
  readonly group: string;
  readonly status: string;
  readonly startedAt?: Date;
  /** Whether ECS Exec was turned on when it was started. */
  readonly exec: boolean;
  readonly containers: readonly AppContainer[];
};

/** A session of Session Manager that was begun: what its plugin needs to take part in it. The token is a secret. */
export type OpenSession = {
  readonly id: string;
  readonly token: string;
  readonly url: string;
  /** Where the plugin asks Systems Manager, and by which of the user's profiles. */
  readonly endpoint: string;
  readonly profile?: string;
};

/** Where a tunnel leads: a container, and what it reaches from there. */
export type Forwarding = {
  /** `ecs:CLUSTER_TASK_RUNTIME`. */
  readonly target: string;
  readonly host: string;
  readonly port: number;
  readonly localPort: number;
};

/** The document by which Session Manager forwards a port through a target to another host. */
export const FORWARDING_DOCUMENT = "AWS-StartPortForwardingSessionToRemoteHost";

/** The way into running tasks. Throws AstroError. */
export type Sessions = {
  /** Those of a cluster that are called so; none if there is no such cluster. */
  readonly appServices: (region: string, cluster: string, names: readonly string[]) => Promise<readonly AppService[]>;
  /** Tasks of a cluster, or of one of its services, that are to run; none if there is no such cluster or service. */
  readonly appTasks: (region: string, cluster: string, service?: string) => Promise<readonly AppTask[]>;
  /** Replaces the tasks of a service by new ones of the same definition (UpdateService); returns before it is done. */
  readonly forceDeployment: (region: string, cluster: string, service: string) => Promise<void>;
  /** Starts a command in a container (ExecuteCommand). */
  readonly executeCommand: (
    region: string,
    command: {
      readonly cluster: string;
      readonly task: string;
      readonly container: string;
      /** One line, which the agent takes apart as a shell does. */
      readonly line: string;
    },
  ) => Promise<OpenSession>;
  /** Begins to forward a port (StartSession). */
  readonly startForwarding: (region: string, forwarding: Forwarding) => Promise<OpenSession>;
  /** Ends a session; does nothing where that is not allowed, or it has ended: Session Manager ends what is idle by itself. */
  readonly endSession: (region: string, id: string) => Promise<void>;
  /** The value that a secret has now; `undefined` if there is no such secret. */
  readonly secretValue: (region: string, name: string) => Promise<string | undefined>;
};
