import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { astro, jsonLines, outcomes } from "../support/cli.ts";
import { type Served, serveRehearsal } from "../support/served.ts";
import { makeProject, type Project, ROUNDS, standingIn } from "./project.ts";

/** Races: every second one provisions from nothing, bootstrap and lock table included. */
const RACES = ROUNDS(2, 50);

let project: Project;
let copy: string;
let served: Served;
beforeAll(async () => {
  project = await makeProject();
  copy = project.copy();
  served = await serveRehearsal(copy);
}, 300_000);
afterAll(async () => {
  await served?.stop();
  project?.remove();
});

const run = (args: readonly string[]) =>
  astro([...args, "--json", "--env", "dev", "--dir", copy], { cwd: project.folder, env: served.environment });
const provision = (...more: string[]) => run(["provision", "--yes", "--assembly", project.first, ...more]);
const destroy = (...more: string[]) => run(["destroy", "--yes", "--confirm", "dev", "--bootstrap", ...more]);

describe("two runners at once", () => {
  it(
    `let exactly one work; the other leaves and names it, ${RACES} times`,
    async () => {
      for (let race = 0; race < RACES; race++) {
        const command = race % 2 === 0 ? provision : destroy;
        const both = await Promise.all([command(), command()]);
        const said = both
          .map(({ code, stdout, stderr }) => `${code}: ${stdout.split("\n").at(-2)} ${stderr}`)
          .join("\n");
        const [winner, loser] = both.toSorted((a, b) => (a.code ?? 9) - (b.code ?? 9));
        expect([winner?.code, loser?.code], said).toEqual([0, 1]);
        const word = race % 2 === 0 ? "created" : "removed";
        const changed = Object.values(outcomes(winner?.stdout ?? "")).filter((outcome) => outcome === word);
        expect(changed.length, said).toBeGreaterThanOrEqual(9);
        const error = jsonLines(loser?.stdout ?? "").at(-1)?.error;
        expect(error).toMatchObject({
          code: "locked",
          message: expect.stringMatching(/^shop\/dev is being worked on: arn:aws:iam::\S+ on \S+ began astro \w+/),
        });
        // At most the bootstrap was touched: it has no lock, and CloudFormation let only one in.
        const touched = Object.keys(outcomes(loser?.stdout ?? "")).filter((stack) => stack !== "astro-bootstrap");
        expect(touched, said).toEqual([]);
      }
    },
    RACES * 60_000,
  );

  it("work one after the other where the second is told to wait", async () => {
    await destroy();
    const both = await Promise.all([provision("--wait"), provision("--wait")]);
    const said = both.map(({ stdout, stderr }) => `${stdout}\n${stderr}`).join("\n");
    expect(
      both.map(({ code }) => code),
      said,
    ).toEqual([0, 0]);
    const kinds = both.map(({ stdout }) => new Set(Object.values(outcomes(stdout))));
    expect(kinds).toContainEqual(new Set(["created"]));
    const waited = both.filter(({ stdout }) => jsonLines(stdout).some(({ type }) => type === "lock.held"));
    expect(waited).toHaveLength(1);
    expect(Object.values(outcomes(waited[0]?.stdout ?? ""))).not.toContain("updated");
  }, 120_000);

  it("leave nothing behind", async () => {
    await served.stop();
    expect(standingIn(copy).left).toEqual([]);
  });
});
