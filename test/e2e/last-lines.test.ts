import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pMap from "p-map";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { astro } from "../support/cli.ts";
import { EXIT_CODES, FAULTS, type FaultCase, type Start } from "./last-lines.ts";

/** What each fault's run ends with; written anew with `npx vitest run -u`, and then read line by line. */
const GOLDEN = "last-lines.golden.txt";

let root: string;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "astro-last-"));
  const empty = join(root, "empty");
  const init = ["init", empty, "--yes", "--name", "shop", "--env", "dev", "--preset", "dev", "--region", "us-east-1"];
  expect(await astro(init, { cwd: root })).toMatchObject({ code: 0 });
  const stands = copy("empty", "stands");
  const made = await astro(["provision", "--yes", ...REHEARSE], { cwd: stands });
  expect(made.code, made.stderr).toBe(0);
  const changed = copy("stands", "changed");
  const file = join(changed, "astro.yaml");
  writeFileSync(file, readFileSync(file, "utf8").replace("storage: 20", "storage: 40"));
}, 120_000);
afterAll(() => rmSync(root, { recursive: true, force: true }));

const REHEARSE = ["--env", "dev", "--rehearse", "--speed", "max", "--seed", "7"];

function copy(from: Start, to: string): string {
  cpSync(join(root, from), join(root, to), { recursive: true });
  return join(root, to);
}

/** What the run says last, without what no two runs have in common. */
function lastLines(text: string): string {
  const lines = text.trimEnd().split("\n").slice(-10).join("\n");
  return lines
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "ID")
    .replaceAll(/\b(\d+h )?(\d+m )?\d+s\b/g, "TIME")
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "WHEN");
}

async function ending({ name, start, command, faults }: FaultCase, index: number): Promise<string> {
  const cwd = copy(start, `case-${index}`);
  const more = command === "destroy" ? ["--confirm", "dev"] : [];
  const given = faults.flatMap((fault) => ["--fault", fault]);
  const { code, stdout, stderr } = await astro([command, "--yes", ...more, ...REHEARSE, ...given], { cwd });
  rmSync(cwd, { recursive: true, force: true });
  expect(EXIT_CODES, `${name}: ${code}\n${stderr}\n${stdout}`).toContain(code);
  return `== ${name}\n   ${command} ${faults.map((fault) => `--fault '${fault}'`).join(" ")}\n\n${lastLines(stderr)}\n`;
}

describe("the last ten lines of a run that failed", () => {
  it("tell by themselves what failed, why, what it means and what to do, whatever it was", async () => {
    const endings = await pMap(FAULTS, ending, { concurrency: 3 });
    await expect(endings.join("\n")).toMatchFileSnapshot(GOLDEN);
  }, 600_000);
});
