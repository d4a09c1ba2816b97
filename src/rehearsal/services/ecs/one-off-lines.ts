import { listOf, partOf, rowsOf, textOf } from "../../resources/properties.ts";
import { resourceAt, resourcesAt } from "../../state/resource-store.ts";
import type { Simulator } from "../../state/simulator.ts";
import type { ServiceResource } from "../../state/state.ts";
import { TASK_DEFINITION } from "./definitions.ts";
import type { LogLine } from "./log-lines.ts";
import { CLUSTER, type OneOff, oneOffNow, oneOffsOf } from "./one-off.ts";

/** Lines of Alembic, when it has something to do (its "Tutorial": running our first migration). */
const ALEMBIC: readonly string[] = [
  "INFO  [alembic.runtime.migration] Context impl PostgresqlImpl.",
  "INFO  [alembic.runtime.migration] Will assume transactional DDL.",
  "INFO  [alembic.runtime.migration] Running upgrade  -> 3f1c2a9b7d10, the first tables",
  "INFO  [alembic.runtime.migration] Running upgrade 3f1c2a9b7d10 -> 8b0d1e5c4f22, an index on orders",
];

/** What a migration writes that fails, with the password of the database's URL. */
const FAILURE: readonly string[] = [
  "INFO  [alembic.runtime.migration] Context impl PostgresqlImpl.",
  "INFO  [alembic.runtime.migration] Will assume transactional DDL.",
  "INFO  [alembic.runtime.migration] connected to postgresql://app:rehearsed-Pa55word@database.internal:5432/app",
  "INFO  [alembic.runtime.migration] Running upgrade 3f1c2a9b7d10 -> 8b0d1e5c4f22, an index on orders",
  "Traceback (most recent call last):",
  '  File "/usr/local/lib/python3.12/site-packages/sqlalchemy/engine/base.py", line 1963, in _exec_single_context',
  "    self.dialect.do_execute(",
  '  File "/usr/local/lib/python3.12/site-packages/sqlalchemy/engine/default.py", line 943, in do_execute',
  "    cursor.execute(statement, parameters)",
  'psycopg2.errors.UndefinedColumn: column "customer" does not exist',
  "",
  "The above exception was the direct cause of the following exception:",
  "",
  "Traceback (most recent call last):",
  '  File "/usr/local/bin/alembic", line 8, in <module>',
  "    sys.exit(main())",
  '  File "/usr/local/lib/python3.12/site-packages/alembic/config.py", line 641, in main',
  "    CommandLine(prog=prog).main(argv=argv)",
  '  File "/app/migrations/versions/8b0d1e5c4f22_orders.py", line 21, in upgrade',
  '    op.create_index("orders_customer", "orders", ["customer"])',
  'sqlalchemy.exc.ProgrammingError: (psycopg2.errors.UndefinedColumn) column "customer" does not exist',
  "[SQL: CREATE INDEX orders_customer ON orders (customer)]",
  "(Background on this error at: https://sqlalche.me/e/20/f405)",
];

/** Milliseconds between two lines, and from the start to the first. */
const PACE = 3000;
const QUICK = 300;
const FIRST = 1500;

/** The log lines of all one-off tasks in a log group until now, oldest first. */
export function oneOffLines(simulator: Simulator, group: ServiceResource): readonly LogLine[] {
  const clusters = resourcesAt(simulator.state, CLUSTER, group);
  return clusters.flatMap((cluster) => oneOffsOf(cluster).flatMap((task) => linesOf(simulator, task, group)));
}

function linesOf(simulator: Simulator, task: OneOff, group: ServiceResource): readonly LogLine[] {
  const { started, stopping } = oneOffNow(simulator, task);
  const definition = resourceAt(simulator.state, TASK_DEFINITION, group, task.definition);
  const [container = {}] = rowsOf(definition?.properties.ContainerDefinitions);
  const options = partOf(partOf(container.LogConfiguration).Options);
  if (started === undefined || options["awslogs-group"] !== group.id) return [];
  const stream = [textOf(options, "awslogs-stream-prefix"), textOf(container, "Name"), task.id].join("/");
  const words = (task.command ?? listOf(container, "Command")).join(" ");
  const pace = task.fault ? QUICK : PACE;
  return written(task, words).flatMap((message, index) => {
    const timestamp = started + FIRST + index * pace;
    if (timestamp > Math.min(simulator.state.now, stopping ?? Infinity)) return [];
    return [{ timestamp, message, ingestionTime: timestamp, stream }];
  });
}

/** No container runs here: lines that stand for those of what it would run. */
function written({ fault }: OneOff, words: string): readonly string[] {
  if (fault === "migration-fails") return FAILURE;
  return [
    `rehearsal: no container runs here; this task stands for: ${words}`,
    ...(/\balembic\b/.test(words) ? ALEMBIC : []),
  ];
}
