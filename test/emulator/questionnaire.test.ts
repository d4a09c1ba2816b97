import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { jsonLines, run } from "../support/cli.ts";
import { ACCOUNT } from "../support/lab.ts";
import { startMinistack } from "../support/ministack.ts";
import { emulatorTools } from "../support/python.ts";
import { serve } from "../support/served.ts";

const FOLDER = join(process.cwd(), "test", "emulator", "questionnaire");

/** What a question is about, which AWS document answers it, and what is wrong with the answer that came. */
type Answer = {
  readonly family: string;
  readonly question: string;
  readonly source: string;
  readonly wrong: string | null;
};

type Environment = { readonly [name: string]: string };

/** Has every `parts`-th question put over boto3 to the AWS that the environment leads to. */
async function ask(environment: Environment, part: number, parts: number): Promise<readonly Answer[]> {
  const env = {
    ...environment,
    PYTHONDONTWRITEBYTECODE: "1",
    QUESTION_PART: `${part}/${parts}`,
    // An emulator that does not model something may wait for it for ever.
    ...(parts === 1 && { QUESTION_PATIENCE: "4" }),
  };
  const done = await run(join(emulatorTools(), "python"), [FOLDER], { cwd: FOLDER, env });
  expect(done.code, done.stderr).toBe(0);
  return jsonLines(done.stdout) as unknown as readonly Answer[];
}

async function askRehearsal(part: number, parts: number): Promise<readonly Answer[]> {
  const served = await serve([]);
  try {
    return await ask(served.environment, part, parts);
  } finally {
    await served.stop();
  }
}

async function askMinistack(): Promise<readonly Answer[]> {
  const emulator = await startMinistack(ACCOUNT);
  try {
    return await ask(emulator.environment, 0, 1);
  } finally {
    await emulator.stop();
  }
}

const named = ({ family, question }: Answer) => `${family}: ${question}`;
const wrongIn = (answers: readonly Answer[]) => answers.filter(({ wrong }) => wrong !== null);

let ours: readonly Answer[];
let theirs: readonly Answer[];
beforeAll(async () => {
  const [first, second, others] = await Promise.all([askRehearsal(0, 2), askRehearsal(1, 2), askMinistack()]);
  ours = [...first, ...second];
  theirs = others;
}, 600_000);

describe("a questionnaire on CloudFormation's behaviour, put over boto3", () => {
  it("is answered by the rehearsal as AWS documents it", () => {
    expect(ours.length).toBeGreaterThan(280);
    expect(wrongIn(ours).map((one) => `${named(one)} (${one.source}): ${one.wrong}`)).toEqual([]);
  });

  it("is answered alike by ministack, but for what is listed with ministack's answer", () => {
    const listed = JSON.parse(readFileSync(join(FOLDER, "ministack.json"), "utf8")) as Environment;
    expect(theirs.map(named).sort()).toEqual(ours.map(named).sort());
    const surprising = wrongIn(theirs).filter((one) => listed[named(one)] === undefined);
    expect(surprising.map((one) => `${named(one)}: ${one.wrong}`)).toEqual([]);
    // What is listed and answered alike after all has no business there.
    const wrong = new Set(wrongIn(theirs).map(named));
    expect(Object.keys(listed).filter((name) => !wrong.has(name))).toEqual([]);
  });
});
