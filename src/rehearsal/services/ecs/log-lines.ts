import { partOf, rowsOf, textOf } from "../../resources/properties.ts";
import { hex } from "../../state/hash.ts";
import { resourcesAt } from "../../state/resource-store.ts";
import type { Simulator } from "../../state/simulator.ts";
import type { ServiceResource } from "../../state/state.ts";
import { isFatal, type WorkloadKind } from "../../state/workload.ts";
import { groupOf, SERVICE } from "./rollouts.ts";
import { firstContainer, taskDefinitionOfRollout } from "./stop-reasons.ts";
import { type SimulatedTask, tasksOf } from "./tasks.ts";

/** A task's log line, and when it is written: milliseconds after it runs. */
type Line = readonly [after: number, message: string];

type Facts = {
  /** Absent for what answers no requests. */
  readonly port: string | undefined;
  readonly path: string;
  readonly interval: number;
  /** Milliseconds since it runs, of which it ran, and after which it was healthy. */
  readonly ago: number;
  readonly lived: number;
  readonly healthy: number | undefined;
};
type Says = (facts: Facts) => readonly Line[];

const starting: readonly Line[] = [
  [900, "INFO:     Started server process [1]"],
  [1000, "INFO:     Waiting for application startup."],
];
const up = (after: number, port = "80"): readonly Line[] => [
  [after, "INFO:     Application startup complete."],
  [after + 20, `INFO:     Uvicorn running on http://0.0.0.0:${port} (Press CTRL+C to quit)`],
];

/** A traceback of an API whose database refuses the connection; with the password of the database URL. */
const CRASH: readonly string[] = [
  "INFO:     connecting to postgresql://app:rehearsed-Pa55word@database.internal:5432/app",
  "ERROR:    Traceback (most recent call last):",
  '  File "/usr/local/lib/python3.12/site-packages/sqlalchemy/engine/base.py", line 146, in __init__',
  "    self._dbapi_connection = engine.raw_connection()",
  '  File "/usr/local/lib/python3.12/site-packages/psycopg2/__init__.py", line 122, in connect',
  "    conn = _connect(dsn, connection_factory=connection_factory, **kwasync)",
  'psycopg2.OperationalError: connection to server at "database.internal", port 5432 failed: timeout expired',
  "",
  "The above exception was the direct cause of the following exception:",
  "",
  "Traceback (most recent call last):",
  '  File "/usr/local/lib/python3.12/site-packages/starlette/routing.py", line 693, in lifespan',
  "    async with self.lifespan_context(app) as maybe_state:",
  '  File "/app/main.py", line 31, in lifespan',
  "    await check_database()",
  'sqlalchemy.exc.OperationalError: (psycopg2.OperationalError) connection to server at "database.internal", port 5432 failed: timeout expired',
  "(Background on this error at: https://sqlalche.me/e/20/e3q8)",
  "",
  "ERROR:    Application startup failed. Exiting.",
];

const asked = (path: string, answer: string, index: number) =>
  `INFO:     10.0.0.${20 + (index % 2)}:${40_000 + ((17 * index) % 20_000)} - "GET ${path} HTTP/1.1" ${answer}`;

/** Milliseconds between two jobs of a worker, and for how long back what goes well is told: not a log of months. */
const JOBS = 20_000;
const TOLD = 3_600_000;

/** What goes well: an API that answers health checks, a worker that has something to do. */
const well: Says = ({ port, path, interval, lived, ago }) => {
  const pace = port === undefined ? JOBS : interval;
  const first = Math.max(0, Math.floor((ago - TOLD) / pace));
  const times = Array.from({ length: Math.max(0, Math.floor(lived / pace) - first) }, (_, index) => first + index);
  if (port !== undefined)
    return [
      ...starting,
      ...up(1900, port),
      ...times.map((index): Line => [(index + 1) * pace, asked(path, "200 OK", index)]),
    ];
  const job = (index: number) => `app.jobs.tidy[${hex(8, "job", index)}]`;
  return [
    [1400, "[INFO/MainProcess] Connected to rediss://:**@cache.internal:6379/0"],
    [2100, "[INFO/MainProcess] celery@worker ready."],
    ...times.flatMap((index): readonly Line[] => [
      [(index + 1) * pace, `[INFO/MainProcess] Task ${job(index)} received`],
      [(index + 1) * pace + 150, `[INFO/ForkPoolWorker-1] Task ${job(index)} succeeded in 0.14s: None`],
    ]),
  ];
};

const SAYS: { readonly [workload in WorkloadKind]?: Says } = {
  architecture: () => [[600, "exec /usr/local/bin/uvicorn: exec format error"]],
  "crash-loop": () => [...starting, ...CRASH.map((message, index): Line => [8000 + index, message])],
  "health-check": ({ port, path, interval, lived }) => [
    ...starting,
    ...up(1900, port),
    ...Array.from(
      { length: Math.floor(lived / interval) },
      (_, index): Line => [(index + 1) * interval, asked(path, "404 Not Found", index)],
    ),
  ],
  "health-check-timeout": () => starting,
  "slow-start": ({ port, healthy }) => [...starting, ...(healthy === undefined ? [] : up(healthy, port))],
};

/** A line of a log group, as CloudWatch Logs keeps it. */
export type LogLine = {
  readonly timestamp: number;
  readonly message: string;
  readonly ingestionTime: number;
  readonly stream: string;
};

/** The log lines of all services' tasks in a log group until now, oldest first. */
export function taskLines(simulator: Simulator, group: ServiceResource): readonly LogLine[] {
  const services = resourcesAt(simulator.state, SERVICE, group).filter(({ state }) => state.rollouts !== undefined);
  return services
    .flatMap((service) => tasksOf(simulator, service).flatMap((task) => linesOf(simulator, service, task, group.id)))
    .toSorted((a, b) => a.timestamp - b.timestamp);
}

function linesOf(
  simulator: Simulator,
  service: ServiceResource,
  task: SimulatedTask,
  group: string,
): readonly LogLine[] {
  const { workload } = task.rollout;
  const says = isFatal(workload) || workload === "slow-start" ? workload && SAYS[workload] : well;
  const { started } = task;
  if (says === undefined || started === undefined) return [];
  const container = firstContainer(taskDefinitionOfRollout(simulator, service, task.rollout));
  const options = partOf(partOf(container.LogConfiguration).Options);
  if (options["awslogs-group"] !== group) return [];
  const target = groupOf(simulator, service, task.rollout.groups[0] ?? "")?.properties ?? {};
  const facts: Facts = {
    port: rowsOf(container.PortMappings)[0]?.ContainerPort?.toString(),
    path: textOf(target, "HealthCheckPath", "/"),
    interval: Number(target.HealthCheckIntervalSeconds ?? 30) * 1000,
    ago: simulator.state.now - started,
    lived: (task.stopping ?? simulator.state.now) - started,
    healthy: task.healthy === undefined ? undefined : task.healthy - started,
  };
  const stream = [textOf(options, "awslogs-stream-prefix"), textOf(container, "Name"), task.id].join("/");
  return says(facts).flatMap(([after, message]) => {
    const timestamp = started + after;
    if (timestamp > Math.min(simulator.state.now, task.stopped ?? Infinity)) return [];
    return [{ timestamp, message, ingestionTime: timestamp, stream }];
  });
}
