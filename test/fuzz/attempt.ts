import { randomInt } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect } from "vitest";
import { AstroError } from "../../src/errors.ts";
import { renderError } from "../../src/view/error.ts";
import { rawBytes } from "../support/hostile.ts";
import { paper } from "../view/screen.ts";

/** Cases of each test: some in `npm test`, all of those that are meant to be stood in `npm run test:fuzz`. */
export const CASES = (few: number, many: number) => (process.env.FUZZ === "full" ? many : few);

/** Milliseconds that any input may take. */
const PATIENCE = 10_000;

/**
 * Does `work` as a command does, with what it prints given to `write`. It ends well or with an AstroError, whose exit code
 * is in the table by its type; anything else thrown would be called a fault of astro. What is printed obeys nobody.
 */
export async function attempt(work: (write: (text: string) => void) => Promise<void> | void): Promise<void> {
  const screen = paper({ interactive: false });
  const started = performance.now();
  try {
    await work(screen.write);
  } catch (error) {
    if (!(error instanceof AstroError)) throw error;
    screen.write(renderError(error, screen));
  }
  expect(performance.now() - started).toBeLessThan(PATIENCE);
  expect(rawBytes(screen.text())).toEqual([]);
}

/** The few cases of `npm test` are always the same: what is new is looked for by `npm run test:fuzz`. */
const SEED = process.env.FUZZ_SEED ?? (process.env.FUZZ === "full" ? undefined : 20_261_129);

/** Holds `property` to be true of so many cases. */
export async function fuzz<T>(cases: number, arbitrary: fc.Arbitrary<T>, property: (value: T) => Promise<void>) {
  const seed = SEED === undefined ? randomInt(2 ** 31) : Number(SEED);
  // What ends the process leaves no other word of it.
  if (SEED === undefined) process.stderr.write(`FUZZ_SEED=${seed} for ${expect.getState().currentTestName}\n`);
  await fc.assert(fc.asyncProperty(arbitrary, property), { numRuns: cases, seed });
}

/** A folder that is there while `work` is done. */
export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "astro-fuzz-"));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
