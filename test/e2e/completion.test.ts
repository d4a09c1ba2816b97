import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { astro } from "../support/cli.ts";
import { loadedModules } from "../support/loaded.ts";
import { openTerminal } from "../support/pty.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "astro-completion-"));
  mkdirSync(join(folder, "infra"));
  writeFileSync(join(folder, "infra", "astro.yaml"), "name: shop\nenvironments:\n  dev: {}\n  staging: {}\n");
  writeFileSync(join(folder, "answers.yaml"), "");
  const program = `#!/bin/sh\nexec '${process.execPath}' '${join(process.cwd(), "bin", "run.js")}' "$@"\n`;
  writeFileSync(join(folder, "astro"), program);
  chmodSync(join(folder, "astro"), 0o755);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it("is done by bash while somebody types: commands, flags, environments, regions, files", async () => {
  const env = { PATH: `${folder}:${process.env.PATH}`, HOME: folder, PS1: "$ " };
  const shell = openTerminal("bash", ["--norc", "--noprofile", "-i"], { cwd: folder, env });
  try {
    await shell.waitFor("$");
    shell.type("source <(astro autocomplete bash); clear; echo re''ady\r");
    await shell.waitFor("ready");
    for (const [typed, becomes] of [
      ["provi", "astro provision "],
      ["plan --env s", "astro plan --env staging "],
      ["plan --env=s", "astro plan --env=staging "],
      ["init --region eu-sou", "astro init --region eu-south-"],
      ["init --answers ans", "astro init --answers answers.yaml "],
      ["init --dir inf", "astro init --dir infra/"],
      ["secret li", "astro secret list "],
    ] as const) {
      // A letter more shows where the word ends that has been completed.
      shell.type(`astro ${typed}\t@`);
      await shell.waitFor(`$ ${becomes}@`);
      shell.type("\u0003");
      await shell.waitFor(/\^C\n\$ ?$/);
      shell.type("clear\r");
    }
    shell.type("exit\r");
    await shell.exit();
  } finally {
    shell.close();
  }
});

it("loads neither oclif nor anything that is not needed for a word", async () => {
  const coverage = join(folder, "coverage");
  const env = { NODE_V8_COVERAGE: coverage };
  const { stdout } = await astro(["complete", "--", "plan", "--env", ""], { cwd: folder, env });
  expect(stdout).toBe("dev\nstaging\n");
  const modules = loadedModules(coverage).flat();
  expect(modules).toContain("src/completion/complete.ts");
  expect(modules.filter((path) => path.startsWith("node_modules") || path.startsWith("src/view"))).toEqual([]);
});

it("says how each shell is set up, and refuses one it does not know", async () => {
  const { stdout } = await astro(["autocomplete"], { cwd: folder });
  expect(stdout).toContain("source <(astro autocomplete zsh)");
  expect((await astro(["autocomplete", "tcsh"], { cwd: folder })).code).toBe(2);
  const { stdout: script } = await astro(["autocomplete", "bash"], { cwd: folder });
  expect(spawnSync("bash", ["-n"], { input: script }).status).toBe(0);
});
