import type { OneOffTask, TaskPlace, Tasks } from "../../src/release/port-tasks.ts";

/** Where the tests' tasks run. */
export const PLACE: TaskPlace = {
  region: "eu-west-1",
  cluster: "shop-dev",
  definition: "arn:aws:ecs:eu-west-1:111122223333:task-definition/shop-dev-api:7",
  container: "api",
  image: "shop-dev@sha256:0",
  subnets: ["subnet-1"],
  securityGroups: ["sg-1"],
  publicIp: false,
  log: { group: "/shop/dev/api", prefix: "api" },
};

type Held = { family: string; task: OneOffTask; looks: number; token: string };

/** ECS as far as one-off tasks go: a task runs for `lasts` looks and then ends as `ends` says. */
export type FakeTasks = Tasks & {
  /** Every changing call made, in words. */
  readonly calls: string[];
  readonly held: Held[];
  /** What the next tasks end with, 0 by default; `undefined` for one that never starts. */
  readonly ends: (number | undefined)[];
  readonly lines: string[];
  lasts: number;
};

export function fakeTasks(): FakeTasks {
  const held: Held[] = [];
  const calls: string[] = [];
  const ends: (number | undefined)[] = [];
  const lines: string[] = [];
  let count = 0;
  const fake: FakeTasks = {
    calls,
    held,
    ends,
    lines,
    lasts: 3,
    taskPlace: async () => PLACE,
    registerTask: async (_, { family, image, command }) => {
      calls.push(`register ${family} ${image} ${command.join(" ")}`);
      return `${family}:1`;
    },
    deregisterTask: async (_, definition) => void calls.push(`deregister ${definition}`),
    startTask: async (_, { definition, startedBy, token }) => {
      const known = held.find((one) => one.token === token);
      calls.push(`start ${definition} ${startedBy} ${token}`);
      if (known) return known.task.id;
      const id = `task${++count}`;
      const task = { id, status: "PROVISIONING", startedBy, definition, createdAt: new Date(count) };
      held.push({ family: definition.split(":")[0] ?? "", task, looks: 0, token });
      return id;
    },
    tasksOfFamily: async (_, family, which) =>
      held
        .filter((one) => one.family === family && (one.task.status === "STOPPED") === (which === "STOPPED"))
        .map(({ task }) => task),
    oneOffTask: async (_, id) => {
      const one = held.find(({ task }) => task.id === id);
      if (one === undefined) return undefined;
      one.looks += 1;
      if (one.task.status !== "STOPPED") {
        const isOver = one.looks > fake.lasts;
        const exitCode = isOver && ends.length > 0 ? ends.shift() : 0;
        const ended = { status: "STOPPED", ...(exitCode === undefined ? { reason: "no such image" } : { exitCode }) };
        one.task = { ...one.task, ...(isOver ? ended : { status: one.looks > 1 ? "RUNNING" : "PENDING" }) };
      }
      return one.task;
    },
    stopTask: async (_, id, reason) => {
      calls.push(`stop ${id} ${reason}`);
      const one = held.find(({ task }) => task.id === id);
      if (one) one.task = { ...one.task, status: "STOPPED", exitCode: 143, reason };
    },
    logPage: async (_region, _group, _stream, next = "0") => {
      const page = lines.slice(Number(next), Number(next) + 2);
      return { lines: page, next: String(Number(next) + page.length) };
    },
  };
  return fake;
}
