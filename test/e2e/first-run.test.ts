import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { astro } from "../support/cli.ts";
import { rehearsalIn, stacksIn } from "../support/kept.ts";

const folder = mkdtempSync(join(tmpdir(), "astro-first-run-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Commands that touch an account, and so can be rehearsed. */
const REHEARSED = /^(doctor|plan|provision|status|destroy)$/;

/** The astro commands of a page's blocks of shell, each in words, in their order. */
function commandsOf(page: string): readonly (readonly string[])[] {
  const blocks = [...page.matchAll(/```sh\n(.*?)```/gs)].map(([, block = ""]) => block);
  return blocks
    .flatMap((block) => block.split("\n"))
    .filter((line) => line.startsWith("astro "))
    .map((line) => line.replace(/ > .*/, "").split(" ").slice(1));
}

it("the page for the first run says commands that work one after the other, and take away what they made", async () => {
  const commands = commandsOf(readFileSync("docs/first-run.md", "utf8"));
  expect(new Set(commands.map(([command]) => command))).toEqual(
    new Set(["init", "cost", "doctor", "plan", "provision", "status", "destroy"]),
  );
  let cwd = folder;
  for (const [command = "", ...args] of commands) {
    const asks = command === "provision" && !args.includes("--yes") ? ["--yes"] : [];
    const rehearsed = REHEARSED.test(command) ? ["--rehearse", "--speed", "max"] : [];
    const { code, stdout, stderr } = await astro([command, ...args, ...asks, ...rehearsed], { cwd });
    expect(code, `${command} ${args.join(" ")}\n${stdout}\n${stderr}`).toBe(0);
    if (command === "init" && cwd === folder) cwd = join(folder, "trial");
  }
  expect(stacksIn(rehearsalIn(cwd)).filter(({ status }) => status !== "DELETE_COMPLETE")).toEqual([]);
});
