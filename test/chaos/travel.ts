import { CLOCK_SPEED } from "../../src/operation/target.ts";
import { astro, type Ended } from "../support/cli.ts";
import { type Call, callsIn } from "../support/journal.ts";
import { type Passing, serve, start, wayTo, withClock } from "../support/served.ts";
import type { Project } from "./project.ts";

/** What befalls a run at one of its calls. */
export type Blow = "killed" | "suspended" | "told to end" | "its server killed";

/** At which call, and whether AWS has heard that one. */
export type Point = { readonly blow: Blow; readonly call: number; readonly heard: boolean };

export type Traveller = {
  readonly args: readonly string[];
  /** A folder whose rehearsal is where it begins; absent: nothing was ever done there. */
  readonly from: string | undefined;
  readonly point?: Point;
  /** True if it waits for others who are at work. */
  readonly waits?: boolean;
  /** More of the runs' environment, and of the first one's alone. */
  readonly env?: { readonly [name: string]: string };
  readonly firstEnv?: { readonly [name: string]: string };
  /** Looks at what stands after each run, as whoever comes to the server sees it. */
  readonly look?: (endpoint: string) => Promise<void>;
};

export type Travelled = {
  /** The folder whose rehearsal keeps what became of it; the server is stopped. */
  readonly copy: string;
  readonly calls: number;
  readonly wasStruck: boolean;
  readonly first: Ended;
  /** What a second run did while the first was suspended. */
  readonly second?: Ended;
  /** The same command once more. */
  readonly again?: Ended;
  /** All calls that the server answered well, in order. */
  readonly journal: readonly Call[];
};

/** How much faster time goes where a lock must fall silent, and where nothing waits for that. */
const FAST = 10;

/**
 * Makes a journey on a copy of where it begins. With a point it is struck there, if it comes that far: a suspended run goes
 * on after another one of the same command has come to its end. Afterwards the same command is given once more.
 */
export async function travel(
  project: Pick<Project, "folder" | "copy">,
  { args, from, point, waits = false, env, firstEnv, look = async () => {} }: Traveller,
): Promise<Travelled> {
  const copy = project.copy(from);
  const speed = point?.blow === "suspended" ? FAST : 1;
  let server = await serveIn(copy);
  const said = [server.said];
  let back: Promise<void> = Promise.resolve();
  let strike = async () => {};
  let wasStruck = false;
  const at = (heard: boolean) => async (passing: Passing) => {
    await back;
    if (passing.call !== point?.call || heard !== point.heard || wasStruck) return "pass";
    wasStruck = true;
    await strike();
    // Whoever comes back has the answer: it was on its way.
    return point.blow === "suspended" ? "pass" : "drop";
  };
  const way = await wayTo(() => server.endpoint, { before: at(false), after: at(true) }, speed);
  const plain = await wayTo(() => server.endpoint, {}, speed);
  const environment = (name: string, endpoint: string) => ({
    ...server.environment,
    ...env,
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: name,
    ...(speed > 1 && { ...withClock(speed), [CLOCK_SPEED]: String(100 / speed) }),
  });
  const all = [...args, "--dir", copy];
  const run = (name: string, more: readonly string[] = []) =>
    astro([...all, ...more], { cwd: project.folder, env: environment(name, plain.endpoint) });
  let second: Ended | undefined;
  try {
    const first = start(all, { cwd: project.folder, env: { ...environment("FIRST", way.endpoint), ...firstEnv } });
    strike = async () => {
      if (point?.blow === "killed") first.signal("SIGKILL");
      // By a terminal that is closed, or by a request.
      if (point?.blow === "told to end") first.signal(point.heard ? "SIGTERM" : "SIGHUP");
      if (point?.blow === "suspended") {
        first.signal("SIGSTOP");
        second = await run("SECOND", waits ? ["--wait"] : []);
        first.signal("SIGCONT");
      }
      if (point?.blow === "its server killed") {
        const restart = async () => {
          await server.stop("SIGKILL");
          server = await serveIn(copy);
          said.push(server.said);
        };
        back = restart();
      }
    };
    const ended = await first.over;
    await back;
    await look(server.endpoint);
    const again = point ? await run("AGAIN") : undefined;
    if (again) await look(server.endpoint);
    return {
      copy,
      calls: way.calls(),
      wasStruck,
      first: ended,
      ...(second && { second }),
      ...(again && { again }),
      journal: callsIn(said.flatMap((lines) => lines().split("\n"))),
    };
  } finally {
    await back;
    await way.close();
    await plain.close();
    await server.stop();
  }
}

function serveIn(copy: string) {
  return serve(["--dir", copy, "--verbose"]);
}
