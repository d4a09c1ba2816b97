import type { CommandLine } from "../command-line.ts";
import type { ServiceRef } from "../provision/workload/port.ts";

/** How a service runs its tasks: all that a task of its own needs to have the same network, roles and secrets. */
export type TaskPlace = {
  readonly region: string;
  /** The cluster's name. */
  readonly cluster: string;
  /** ARN of the task definition that the service runs, or is coming to run. */
  readonly definition: string;
  /** Its container that the app is in, and that container's image. */
  readonly container: string;
  readonly image: string;
  readonly subnets: readonly string[];
  readonly securityGroups: readonly string[];
  readonly publicIp: boolean;
  /** Where the container's lines go, if that is CloudWatch Logs: to a stream PREFIX/CONTAINER/TASK of the group. */
  readonly log?: { readonly group: string; readonly prefix: string };
};

/** A task that runs to its end and is of no service (DescribeTasks). */
export type OneOffTask = {
  /** The last part of its ARN. */
  readonly id: string;
  /** ECS's word for where it is: `PROVISIONING`, `RUNNING`, `STOPPED`. */
  readonly status: string;
  /** What whoever started it calls the start. */
  readonly startedBy: string;
  readonly definition: string;
  readonly image?: string;
  readonly exitCode?: number;
  readonly stopCode?: string;
  /** AWS's words for why it stopped; of its container's where that has some. */
  readonly reason?: string;
  readonly createdAt: Date;
  readonly stoppedAt?: Date;
};

/** The next lines of a log stream, and where those after them begin. */
type LogPage = { readonly lines: readonly string[]; readonly next?: string };

/** Tasks that are started by themselves, as a release asks for them. Throws AstroError. */
export type Tasks = {
  /** What a service's tasks are like; `undefined` if there is no such service. */
  readonly taskPlace: (service: ServiceRef) => Promise<TaskPlace | undefined>;
  /**
   * A revision of `family` that is the place's definition with another image, command and prefix of its log: the newest
   * one if that is it, else a new one. Its ARN.
   */
  readonly registerTask: (
    place: TaskPlace,
    task: {
      readonly family: string;
      readonly image: string;
      readonly command: CommandLine;
      readonly prefix: string;
      readonly tags: { readonly [key: string]: string };
    },
  ) => Promise<string>;
  /** Takes a revision back. Does nothing where the caller may not: no policy can keep that to one environment. */
  readonly deregisterTask: (region: string, definition: string) => Promise<void>;
  /**
   * Starts a task on Fargate's own capacity (one on Spot could be taken away in the middle); its id. A `token` starts one
   * task only, however often it is sent; `undefined` if it has started another one.
   */
  readonly startTask: (
    place: TaskPlace,
    task: {
      readonly definition: string;
      readonly startedBy: string;
      readonly token: string;
      readonly command?: CommandLine;
      readonly cpu?: number;
      readonly memory?: number;
    },
  ) => Promise<string | undefined>;
  /** Tasks of a family that are to run, or that stopped within the last hour; the oldest first. */
  readonly tasksOfFamily: (
    place: Pick<TaskPlace, "region" | "cluster">,
    family: string,
    which: "RUNNING" | "STOPPED",
  ) => Promise<readonly OneOffTask[]>;
  /** `undefined` for one that ECS does not know, not yet or no more. */
  readonly oneOffTask: (
    place: Pick<TaskPlace, "region" | "cluster" | "container">,
    id: string,
  ) => Promise<OneOffTask | undefined>;
  readonly stopTask: (place: Pick<TaskPlace, "region" | "cluster">, id: string, reason: string) => Promise<void>;
  /** Lines that a stream has after `next`, its first ones without it; none of a stream that is not there yet. */
  readonly logPage: (region: string, group: string, stream: string, next?: string) => Promise<LogPage>;
};
