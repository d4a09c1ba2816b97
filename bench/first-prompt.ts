import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openTerminal } from "../test/support/pty.ts";
import { interleaved, node } from "./measure.ts";
import { type Row, ratioRow } from "./table.ts";

const ROUNDS = 15;
/** Starts of Node alone that a person waits for the first question. */
const GOAL = 5;

/** How long after Enter `astro init` has its first question on the screen, beside the start of Node alone. */
export async function firstPrompt(): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), "astro-first-prompt-"));
  let screen: ReturnType<typeof openTerminal> | undefined;
  const leave = async () => {
    screen?.close();
    await screen?.exit();
    screen = undefined;
  };
  try {
    const { bare, asked } = await interleaved(ROUNDS, {
      bare: { before: leave, run: () => node(["-e", "0"], folder) },
      asked: {
        run: () => {
          screen = openTerminal(process.execPath, [join(process.cwd(), "bin", "run.js"), "init"], { cwd: folder });
          return screen.waitFor("? Project name");
        },
      },
    });
    return [ratioRow("`astro init`, until its first question", asked, "`node -e 0`", bare, GOAL)];
  } finally {
    await leave();
    rmSync(folder, { recursive: true, force: true });
  }
}
