import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { astro } from "../support/cli.ts";
import { type Passing, servedHere, start, wayTo } from "../support/served.ts";
import { makeProject, type Project, ROUNDS, type Standing, standingIn } from "./project.ts";

/** Where a client's process is killed: at which of its calls, and whether AWS still hears that one. */
type Point = { readonly call: number; readonly heard: boolean };

/** Points of death: some of each kind of run; so many at one time. */
const POINTS = ROUNDS(6, 200);
const SIDE_BY_SIDE = ROUNDS(2, 3);
const SEED = 20_260_301;

let project: Project;
/** Folders whose rehearsals remember nothing, and a finished environment. */
let empty: string;
let stands: string;

/** One run from a beginning to an end: its command, how many calls it makes undisturbed, what stands afterwards. */
type Journey = {
  readonly name: string;
  readonly from: () => string;
  readonly args: readonly string[];
  calls: number;
  end: Standing | undefined;
};
let journeys: readonly Journey[];

beforeAll(async () => {
  project = await makeProject();
  // Looking first changes nothing: whoever dies there has done nothing yet.
  const provision = ["provision", "--env", "dev", "--yes", "--json", "--no-preflight", "--assembly"];
  const destroy = ["destroy", "--env", "dev", "--yes", "--confirm", "dev", "--json"];
  empty = project.copy();
  const journey = (name: string, from: () => string, args: readonly string[]): Journey => {
    return { name, from, args, calls: 0, end: undefined };
  };
  journeys = [
    journey("a creation", () => empty, [...provision, project.first]),
    journey("an update", () => stands, [...provision, project.changed]),
    journey("a removal", () => stands, destroy),
  ];
  for (const one of journeys) {
    const { copy, calls } = await travel(one);
    one.calls = calls;
    one.end = standingIn(copy);
    if (one.name === "a creation") stands = copy;
  }
}, 600_000);
afterAll(() => project?.remove());

type Travelled = { readonly copy: string; readonly calls: number; readonly wasKilled: boolean };

/** Makes the journey on a copy of where it begins; dies at `point`, if it comes that far, and then makes it again. */
async function travel(journey: Journey, point?: Point): Promise<Travelled> {
  const from = journey.from();
  const copy = project.copy(from === empty ? undefined : from);
  const served = await servedHere(copy);
  const args = [...journey.args, "--dir", copy];
  let kill = () => {};
  let wasKilled = false;
  const die = (heard: boolean) => async (passing: Passing) => {
    if (passing.call !== point?.call || heard !== point.heard) return "pass";
    kill();
    return "drop";
  };
  const way = await wayTo(served.endpoint, { before: die(false), after: die(true) });
  const env = { ...served.environment, AWS_ENDPOINT_URL: way.endpoint };
  try {
    if (point) {
      const run = start(args, { cwd: project.folder, env });
      kill = () => run.signal("SIGKILL");
      wasKilled = (await run.over).code === null;
    }
    const again = await astro(args, { cwd: project.folder, env });
    expect(again.code, `${again.stdout.split("\n").slice(-5).join("\n")}\n${again.stderr}`).toBe(0);
  } finally {
    await way.close();
    await served.stop();
  }
  return { copy, calls: way.calls(), wasKilled };
}

/** Numbers between 0 and 1, the same in every run (a linear congruential generator, Numerical Recipes' constants). */
function dice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

describe("a run that is killed anywhere, and run again", () => {
  it(
    `ends as if nothing had happened, ${POINTS} times`,
    async () => {
      const roll = dice(SEED);
      let rolled = 0;
      let killed = 0;
      const kill = async () => {
        while (killed < POINTS) {
          const journey = journeys[rolled % journeys.length];
          if (journey === undefined) throw new Error("no journey");
          rolled += 1;
          const point = { call: 1 + Math.floor(roll() * (journey.calls - 1)), heard: roll() < 0.5 };
          const where = `${journey.name} killed at call ${point.call} of ${journey.calls}, heard: ${point.heard}`;
          const { copy, wasKilled } = await travel(journey, point).catch((error: Error) => {
            throw new Error(`${where}: ${error.message}`);
          });
          const end = standingIn(copy);
          project.drop(copy);
          expect(end.left, where).toEqual([]);
          expect(end, where).toEqual(journey.end);
          // How often a run looks depends on the machine: one that was through sooner does not count.
          if (wasKilled) killed += 1;
        }
      };
      await Promise.all(Array.from({ length: SIDE_BY_SIDE }, kill));
    },
    POINTS * 180_000,
  );
});
