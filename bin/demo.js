// The main job from end to end on an AWS that is not there: choose, price, plan, provision, look again, destroy.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const cli = join(dirname(fileURLToPath(import.meta.url)), "run.js");
const folder = mkdtempSync(join(tmpdir(), "astro-demo-"));
// About a minute to watch at a terminal, a few seconds where nobody looks.
const speed = process.stderr.isTTY ? "60" : "max";
const rehearse = ["--env", "dev", "--rehearse", "--speed", speed];

const steps = [
  [
    "Choose: an environment of the dev design",
    "init",
    "--yes",
    "--name",
    "astro",
    "--env",
    "dev",
    "--region",
    "us-east-1",
  ],
  ["Price it", "cost", "--env", "dev"],
  ["Plan it", "plan", ...rehearse],
  ["Provision it: bootstrap, vpc, data, ecs, dns", "provision", "--yes", ...rehearse],
  ["Provision it again: nothing changes", "provision", "--yes", ...rehearse],
  ["Destroy it", "destroy", "--yes", "--confirm", "dev", ...rehearse],
];

try {
  for (const [words, command, ...args] of steps) {
    process.stdout.write(`\n── ${words}\n   $ astro ${[command, ...args].join(" ")}\n\n`);
    const done = spawnSync(process.execPath, [cli, command, ...args], { cwd: folder, stdio: "inherit" });
    if (done.status !== 0) {
      process.stderr.write(`\nthe demo stopped: astro ${command} ended with ${done.status ?? done.signal}\n`);
      process.exitCode = 1;
      break;
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
if (process.exitCode === undefined)
  process.stdout.write(
    "\n── Done. Now yours:  npx @astro-infra/cli init   (in a clone: npm link makes astro a command)\n",
  );
