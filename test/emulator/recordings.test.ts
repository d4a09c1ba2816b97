import { readFileSync } from "node:fs";
import { CloudFormationClient, DescribeChangeSetCommand, DescribeStacksCommand } from "@aws-sdk/client-cloudformation";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Rehearsal, startRehearsal } from "../../src/rehearsal/rehearsal.ts";
import { asker } from "./recordings/asked.ts";
import { CHANGE_SETS } from "./recordings/change-sets.ts";
import { EXPLAINED, WHOLE } from "./recordings/others.ts";
import type { Facts, Step } from "./recordings/recording.ts";
import { RESOURCES } from "./recordings/resources.ts";
import { SERVICES } from "./recordings/services.ts";
import { STACKS } from "./recordings/stacks.ts";
import { TEMPLATES } from "./recordings/templates.ts";

const RECORDINGS = [...CHANGE_SETS, ...RESOURCES, ...SERVICES, ...STACKS, ...TEMPLATES];

let rehearsal: Rehearsal;
beforeAll(async () => {
  rehearsal = await startRehearsal({
    speed: "max",
    region: "us-east-1",
    clients: "inside",
    seed: 7,
    start: new Date("2026-03-01T12:00:00Z"),
  });
});
afterAll(() => rehearsal.close());

/** Facts as vitest compares them: a part of an object, a whole list, a pattern. */
function expected(facts: Facts): unknown {
  if (facts instanceof RegExp) return expect.stringMatching(facts);
  if (Array.isArray(facts)) return (facts as readonly Facts[]).map(expected);
  if (typeof facts !== "object") return facts;
  return expect.objectContaining(Object.fromEntries(Object.entries(facts).map(([name, one]) => [name, expected(one)])));
}

function at(value: unknown, path: string): unknown {
  let found = value;
  for (const name of path.split(".")) found = (found as { readonly [name: string]: unknown } | undefined)?.[name];
  return found;
}

/** Waits for a stack's operation, or (`stack change-set`) for a change set to be worked out. */
async function waited(account: string, what: string): Promise<void> {
  const { endpoint, region, clock } = rehearsal;
  const client = new CloudFormationClient({
    endpoint,
    region,
    credentials: { accessKeyId: account, secretAccessKey: "x" },
  });
  const [StackName = "", ChangeSetName] = what.split(" ");
  for (;;) {
    const status =
      ChangeSetName === undefined
        ? (await client.send(new DescribeStacksCommand({ StackName }))).Stacks?.[0]?.StackStatus
        : (await client.send(new DescribeChangeSetCommand({ StackName, ChangeSetName }))).Status;
    if (!status?.endsWith("_IN_PROGRESS") || status === "REVIEW_IN_PROGRESS") return;
    await clock.sleep(5000);
  }
}

/** A call's parameters with the account's own number in them. */
function owned(input: object, account: string): object {
  return JSON.parse(JSON.stringify(input).replaceAll("ACCOUNT", account)) as object;
}

async function take(ask: ReturnType<typeof asker>, account: string, step: Step): Promise<void> {
  const { call, with: input = {}, gives, lacks = [], refused, awaits } = step;
  const { answer, refused: refusal } = await ask(
    call,
    JSON.stringify(input).includes("ACCOUNT") ? owned(input, account) : input,
  );
  if (refused === undefined) expect(refusal, call).toBeUndefined();
  else expect(refusal, call).toEqual(refused instanceof RegExp ? expect.stringMatching(refused) : refused);
  if (gives !== undefined) expect(answer, call).toEqual(expected(gives));
  for (const path of lacks) expect(at(answer, path), `${call}: ${path}`).toBeUndefined();
  if (awaits !== undefined) await waited(account, awaits);
}

/** A row of a Markdown table, whatever the widths of its columns. */
const row = (what: string, cases: number) =>
  new RegExp(`\\| ${what.replaceAll(/[.*+?^$()[\]\\]/g, "\\$&")} +\\| +${cases} \\|`);

describe("what was recorded of AWS", () => {
  it.each(RECORDINGS.map((one, i) => [one.says, one, i] as const))("%s", async (_, { steps }, i) => {
    const account = String(100_000_000_000 + i);
    const ask = asker(rehearsal, account);
    for (const step of steps) await take(ask, account, step);
  });

  it("is told with its place and its day, once", () => {
    for (const { where, recorded } of RECORDINGS) {
      expect(where).toMatch(/^(localstack|moto): \S+\.py::\S+/);
      expect(recorded).toMatch(/^(20\d\d-\d\d-\d\d|unknown)$/);
    }
    const said = RECORDINGS.map(({ says }) => says);
    expect(new Set(said).size).toBe(said.length);
  });

  it("is counted, the whole set as its README has it", () => {
    const since = RECORDINGS.filter((one) => one.since !== undefined).length;
    const whole = WHOLE.reduce((sum, { cases }) => sum + cases, 0);
    process.stdout.write(
      `recorded cases told here: ${RECORDINGS.length}, answered as recorded: ${RECORDINGS.length - since}, as AWS is since: ${since}\n` +
        `recorded cases in all: ${whole}${WHOLE.map(({ what, cases }) => `\n  ${cases} ${what}`).join("")}\n`,
    );
    expect(EXPLAINED.filter(({ source }) => source === "")).toEqual([]);
    const table = readFileSync(new URL("README.md", import.meta.url), "utf8");
    for (const { what, cases } of WHOLE) expect(table).toMatch(row(what, cases));
    expect(table).toMatch(row("all", whole));
  });
});
