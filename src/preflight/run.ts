import pMap from "p-map";
import type { PreflightCheck, Scene } from "./check.ts";
import { CHECKS } from "./checks.ts";
import { type CheckVerdict, NotChecked, type PreflightFinding } from "./finding.ts";

/** Checks at one time. */
const SIDE_BY_SIDE = 6;

/** Makes every check that the plan has something for. A look-up that is denied is a finding, never an error. */
export async function preflight(scene: Scene): Promise<readonly PreflightFinding[]> {
  const found = await pMap(CHECKS, (check) => findingsOf(check, scene), { concurrency: SIDE_BY_SIDE });
  return found.flat();
}

async function findingsOf(check: PreflightCheck, scene: Scene): Promise<readonly PreflightFinding[]> {
  const { code, document } = check;
  return (await verdictsOf(check, scene)).map((verdict) => ({ code, document, ...verdict }));
}

async function verdictsOf(check: PreflightCheck, scene: Scene): Promise<readonly CheckVerdict[]> {
  try {
    return await check.of(scene);
  } catch (error) {
    if (error instanceof NotChecked) return [{ outcome: "not-checked", words: error.message }];
    throw error;
  }
}
