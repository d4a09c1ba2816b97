import { ListBucketsCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CLOCK_SPEED } from "../../src/operation/target.ts";
import { astro, type Ended, jsonLines, outcomes } from "../support/cli.ts";
import { writersWithoutLock } from "../support/journal.ts";
import { servedHere, wayTo, withClock } from "../support/served.ts";
import { dice, oneOf } from "./dice.ts";
import { makeProject, type Project, ROUNDS, standingIn } from "./project.ts";

const DUELS = ROUNDS(4, 120);
const SEED = 20_261_130;

/** How much faster the runs' time goes, and by how many seconds their clocks are wrong. */
const SPEED = 10;
const SKEWS = [0, -3600, 3600] as const;

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

/** Every kind of operation; an unlocking is one that nobody is asked about. */
const OPERATIONS = {
  creation: () => ["provision", "--yes", "--no-preflight", "--assembly", project.assembly("dev", "first")],
  update: () => ["provision", "--yes", "--no-preflight", "--assembly", project.assembly("dev", "changed")],
  overlap: () => [...OPERATIONS.creation(), "--order", "overlap"],
  removal: () => ["destroy", "--yes", "--confirm", "dev", "--bootstrap"],
  unlocking: () => ["unlock", "--yes"],
  plan: () => ["plan", "--assembly", project.assembly("dev", "changed")],
} as const;
type Operation = keyof typeof OPERATIONS;
const KINDS = Object.keys(OPERATIONS) as [Operation, ...Operation[]];

const run = (name: string, args: readonly string[], endpoint: string, skew = 0) =>
  astro([...args, "--json", "--env", "dev", "--dir", copy], {
    cwd: project.folder,
    env: {
      ...served.environment,
      ...withClock(SPEED, skew),
      [CLOCK_SPEED]: String(100 / SPEED),
      AWS_ENDPOINT_URL: endpoint,
      AWS_ACCESS_KEY_ID: name,
    },
  });

/** Two runs, neither of which is answered before both have called. */
async function race(
  all: readonly { readonly args: readonly string[]; readonly skew: number }[],
): Promise<readonly Ended[]> {
  let waiting = all.length;
  let begin = () => {};
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const knocking = () => {
    let knocked = false;
    const before = async () => {
      if (!knocked) waiting -= 1;
      knocked = true;
      if (waiting === 0) begin();
      await begun;
      return "pass" as const;
    };
    return wayTo(served.endpoint, { before }, SPEED);
  };
  const ways = await Promise.all(all.map(knocking));
  const ended = await Promise.all(
    all.map(({ args, skew }, index) => run(`RUNNER${index}`, args, ways[index]?.endpoint ?? "", skew)),
  );
  for (const way of ways) await way.close();
  return ended;
}

/**
 * Whether a run stopped because the machine was too busy to confirm its lock: what deletes has half a second for that
 * here, five on a wall clock. That is no fault, and the same command goes on, as it says itself.
 */
const wasTooSlow = ({ stdout }: Ended) => /could not be confirmed in time/.test(errorOf(stdout)?.message ?? "");

/** One run with nobody beside it. */
async function alone(args: readonly string[], tries = 6): Promise<Ended> {
  const [ended] = await race([{ args, skew: 0 }]);
  if (ended && tries > 1 && wasTooSlow(ended)) return alone(args, tries - 1);
  if (ended?.code !== 0) throw new Error(`${args.join(" ")}: ${ended?.code}\n${ended?.stdout}\n${ended?.stderr}`);
  return ended;
}

const owner = () =>
  new S3Client({
    endpoint: served.endpoint,
    region: "us-east-1",
    forcePathStyle: true,
    credentials: { accessKeyId: "OWNER", secretAccessKey: "x" },
  });

/** Puts something into every bucket of the environment; returns what looks whether it is still there. */
async function written(): Promise<() => Promise<readonly string[]>> {
  const s3 = owner();
  const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
  const names = Buckets.flatMap(({ Name }) => (Name?.startsWith("shop-dev-") ? [Name] : []));
  for (const Bucket of names) await s3.send(new PutObjectCommand({ Bucket, Key: "of the owner", Body: "data" }));
  return async () => {
    const lost = await Promise.all(
      names.map(async (Bucket) => {
        const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket })).catch(() => ({ Contents: [] }));
        return Contents.some(({ Key }) => Key === "of the owner") ? [] : [Bucket];
      }),
    );
    return lost.flat();
  };
}

const LEAVES = [0, 1, 3];

describe("two operations at once, whose clocks are hours apart", () => {
  it(
    `have one writer at any time, lose nothing that nobody removes, and let the same command go on, ${DUELS} times`,
    async () => {
      const roll = dice(SEED);
      const kinds = new Set<string>();
      let refused = 0;
      for (let duel = 0; duel < DUELS; duel++) {
        const begins = roll() < 0.6;
        if (begins) await alone(OPERATIONS.creation());
        const lost = begins ? await written() : async () => [];
        const pair = [oneOf(roll, KINDS), oneOf(roll, KINDS)] as const;
        const waits = roll() < 0.3;
        const before = served.calls().length;
        const ended = await race(
          pair.map((kind) => ({
            args: [
              ...OPERATIONS[kind](),
              ...(waits && /provision|destroy/.test(OPERATIONS[kind]()[0] ?? "") ? ["--wait"] : []),
            ],
            skew: oneOf(roll, SKEWS),
          })),
        );
        const said = `${duel}: ${pair.join(" against ")}, stands: ${begins}\n${ended.map(({ code, stdout, stderr }) => `${code}: ${stdout.slice(-1500)}\n${stderr}`).join("\n---\n")}`;
        for (const { code } of ended) expect(LEAVES, said).toContain(code);
        const calls = served.calls().slice(before);
        const unlockers = new Set(pair.flatMap((kind, index) => (kind === "unlocking" ? [`RUNNER${index}`] : [])));
        expect(writersWithoutLock(calls, unlockers), said).toEqual([]);
        const removes = calls.some(({ operation, by }) => operation === "DeleteStack" && by !== "OWNER");
        if (!removes) expect(await lost(), said).toEqual([]);
        refused += ended.filter(({ stdout }) => errorOf(stdout)?.code === "locked").length;
        kinds.add(pair.toSorted().join(" "));
        // Whatever is left half-way, the same command goes on from there.
        await alone(roll() < 0.5 ? OPERATIONS.creation() : OPERATIONS.removal());
        if (roll() < 0.5) await alone(OPERATIONS.removal());
      }
      expect(kinds.size).toBeGreaterThan(DUELS / 10);
      // Of few it may be that none had to leave: that a loser is named is asked below.
      if (DUELS >= 20) expect(refused).toBeGreaterThan(DUELS / 20);
    },
    DUELS * 180_000,
  );

  it("name who is at work to the one that has to leave", async () => {
    await alone(OPERATIONS.removal());
    for (let named = false; !named; ) {
      const both = await race([OPERATIONS.creation(), OPERATIONS.creation()].map((args) => ({ args, skew: 0 })));
      const loser = both.find(({ code }) => code !== 0);
      await alone(OPERATIONS.removal());
      // On a busy machine one may come when the other is through: that is no race, and does not count.
      if (!loser) continue;
      expect(errorOf(loser.stdout)).toMatchObject({
        code: "locked",
        message: expect.stringMatching(/^shop\/dev is locked: arn:aws:iam::\S+ on \S+ started astro \w+/),
      });
      named = true;
    }
  }, 600_000);

  it("work one after the other where the second is told to wait", async () => {
    const waiting = [0, 1].map(() => ({ args: [...OPERATIONS.creation(), "--wait"], skew: 0 }));
    await alone(OPERATIONS.removal());
    const both = await race(waiting);
    const said = both.map(({ stdout, stderr }) => `${stdout}\n${stderr}`).join("\n");
    expect(
      both.map(({ code }) => code),
      said,
    ).toEqual([0, 0]);
    // Who makes the bootstrap and who then has the lock first need not be the same.
    const made = both.map(({ stdout }) => {
      const { "astro-bootstrap": _, ...others } = outcomes(stdout);
      return [...new Set(Object.values(others))];
    });
    expect(made.toSorted(), said).toEqual([["created"], ["unchanged"]]);
  }, 600_000);

  it("leave nothing behind", async () => {
    await served.stop();
    expect(standingIn(copy).left).toEqual([]);
  });
});

function errorOf(stdout: string): { readonly code?: string; readonly message?: string } | undefined {
  if (!stdout.trimStart().startsWith("{")) return undefined;
  try {
    return jsonLines(stdout).at(-1)?.error as { readonly code?: string } | undefined;
  } catch {
    // The one object of a command that prints its result over many lines.
    return undefined;
  }
}
