import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { astro, type Ended, jsonLines, outcomes } from "../support/cli.ts";
import { servedHere, wayTo } from "../support/served.ts";
import { makeProject, type Project, ROUNDS, standingIn } from "./project.ts";

/** Races: every second one provisions from nothing, bootstrap and lock table included. */
const RACES = ROUNDS(3, 50);

let project: Project;
let copy: string;
let served: Awaited<ReturnType<typeof servedHere>>;
beforeAll(async () => {
  project = await makeProject();
  copy = project.copy();
  served = await servedHere(copy);
}, 300_000);
afterAll(async () => {
  await served?.stop();
  project?.remove();
});

const run = (args: readonly string[], endpoint = served.endpoint) =>
  astro([...args, "--json", "--env", "dev", "--dir", copy], {
    cwd: project.folder,
    env: { ...served.environment, AWS_ENDPOINT_URL: endpoint },
  });
const PROVISION = () => ["provision", "--yes", "--no-preflight", "--assembly", project.first];
const DESTROY = () => ["destroy", "--yes", "--confirm", "dev", "--bootstrap"];

/** Two runs of the same command, neither of which is answered before both have called. */
async function race(args: readonly string[]): Promise<readonly [Ended, Ended]> {
  let waiting = 2;
  let start = () => {};
  const started = new Promise<void>((resolve) => {
    start = resolve;
  });
  const knock = () => {
    waiting -= 1;
    if (waiting === 0) start();
    return started;
  };
  const held = () => {
    let open: Promise<void> | undefined;
    const before = async () => {
      open ??= knock();
      await open;
      return "pass" as const;
    };
    return wayTo(served.endpoint, { before });
  };
  const ways = await Promise.all([held(), held()]);
  const both = await Promise.all(ways.map(({ endpoint }) => run(args, endpoint)));
  for (const way of ways) await way.close();
  return both.toSorted((a, b) => (a.code ?? 9) - (b.code ?? 9)) as [Ended, Ended];
}

const touched = ({ stdout }: Ended) =>
  Object.entries(outcomes(stdout)).flatMap(([stack, outcome]) => (outcome === "unchanged" ? [] : [stack]));

describe("two runners at once", () => {
  it(
    `let exactly one work; the other leaves and names it, ${RACES} times`,
    async () => {
      let stands = false;
      for (let refused = 0; refused < RACES; stands = !stands) {
        const [winner, loser] = await race(stands ? DESTROY() : PROVISION());
        const said = `${winner.stdout}\n${winner.stderr}\n${loser.stdout}\n${loser.stderr}`;
        expect(winner.code, said).toBe(0);
        // At most the bootstrap was touched by the other: it has no lock, and CloudFormation lets only one in.
        const workers = [winner, loser].filter((one) => touched(one).some((stack) => stack !== "astro-bootstrap"));
        expect(workers, said).toHaveLength(1);
        // On a busy machine one may come when the other is through: that is no race, and does not count.
        if (loser.code === 0) continue;
        expect([loser.code, jsonLines(loser.stdout).at(-1)?.error], said).toEqual([
          1,
          expect.objectContaining({
            code: "locked",
            message: expect.stringMatching(/^shop\/dev is being worked on: arn:aws:iam::\S+ on \S+ began astro \w+/),
          }),
        ]);
        refused += 1;
      }
    },
    RACES * 180_000,
  );

  it("work one after the other where the second is told to wait", async () => {
    await run(DESTROY());
    const both = await race([...PROVISION(), "--wait"]);
    const said = both.map(({ stdout, stderr }) => `${stdout}\n${stderr}`).join("\n");
    expect(
      both.map(({ code }) => code),
      said,
    ).toEqual([0, 0]);
    // Who makes the bootstrap and who then has the lock first need not be the same.
    const kinds = both.map(({ stdout }) => {
      const { "astro-bootstrap": _, ...others } = outcomes(stdout);
      return [...new Set(Object.values(others))];
    });
    expect(kinds.toSorted(), said).toEqual([["created"], ["unchanged"]]);
  }, 600_000);

  it("leave nothing behind", async () => {
    await served.stop();
    expect(standingIn(copy).left).toEqual([]);
  });
});
