import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writersWithoutLock } from "../support/journal.ts";
import { dice, oneOf } from "./dice.ts";
import { type Journey, journeysOf } from "./journeys.ts";
import { makeProject, type Project, ROUNDS, standingIn } from "./project.ts";
import { type Blow, type Point, travel } from "./travel.ts";

/** Points at which a run is struck, by turns in every way; so many at one time. */
const POINTS = ROUNDS(8, 320);
const SIDE_BY_SIDE = 2;
const SEED = 20_261_129;
const BLOWS: readonly [Blow, ...Blow[]] = ["killed", "suspended", "told to end", "its server killed"];

let project: Project;
let journeys: readonly [Journey, ...Journey[]];
beforeAll(async () => {
  project = await makeProject();
  journeys = journeysOf(project);
}, 600_000);
afterAll(() => project?.remove());

/** Strikes a journey at a point; true if it came that far. Fails unless all ends as if nothing had happened. */
async function strike(journey: Journey, point: Point): Promise<boolean> {
  const { calls, end } = await journey.way();
  const where = `${journey.name}, ${point.blow} at call ${point.call} of ${calls}, heard: ${point.heard}`;
  const { name: _, way: _way, ...how } = journey;
  const done = await travel(project, { ...how, from: await how.from(), point, waits: journey.changes }).catch(
    (error: Error) => {
      throw new Error(`${where}: ${error.message}`);
    },
  );
  const { first, second, again, journal, copy, wasStruck } = done;
  const said = [first, second, again].map((ended) => `${ended?.code}: ${ended?.stdout.slice(-800)}\n${ended?.stderr}`);
  const all = `${where}\n${said.join("\n---\n")}`;
  expect(again?.code, all).toBe(0);
  if (second) expect(second.code, all).toBe(0);
  if (point.blow === "its server killed") expect(first.code, all).toBe(0);
  else if (point.blow !== "killed") expect([0, 1, 3], all).toContain(first.code);
  expect(writersWithoutLock(journal), all).toEqual([]);
  const stands = standingIn(copy);
  project.drop(copy);
  expect(stands.left, all).toEqual([]);
  expect(stands, all).toEqual(end);
  return wasStruck;
}

describe("a run that is killed, suspended, told to end or loses its server anywhere, and run again", () => {
  it(
    `ends as if nothing had happened, and nobody writes without the lock, ${POINTS} times`,
    async () => {
      const roll = dice(SEED);
      const struck = new Map<string, number>();
      let count = 0;
      let turn = 0;
      const go = async () => {
        while (count < POINTS) {
          const blow = BLOWS[turn++ % BLOWS.length] ?? "killed";
          const journey = oneOf(roll, journeys);
          const part = roll();
          const heard = roll() < 0.5;
          const { calls } = await journey.way();
          // How often a run looks depends on the machine: one that was through sooner does not count.
          if (!(await strike(journey, { blow, call: 1 + Math.floor(part * (calls - 1)), heard }))) continue;
          count += 1;
          struck.set(blow, (struck.get(blow) ?? 0) + 1);
        }
      };
      await Promise.all(Array.from({ length: SIDE_BY_SIDE }, go));
      expect([...struck.keys()].sort()).toEqual([...BLOWS].sort());
    },
    POINTS * 180_000,
  );
});
