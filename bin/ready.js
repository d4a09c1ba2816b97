// Makes a fresh clone ready: installs what the lockfile says and builds, each only if it is missing or out of date.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const at = (...parts) => join(root, ...parts);

if (newest(at("package-lock.json")) > newest(at("node_modules", ".package-lock.json"))) {
  run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], "installing dependencies (once)");
}
const sources = ["src", "commands", "package.json", "tsconfig.json", join("bin", "build.js")];
if (Math.max(...sources.map((name) => newest(at(name)))) > newest(at("oclif.manifest.json"))) {
  run(process.execPath, [at("bin", "build.js")], "building");
}

/** Modification time in ms of a file, or of the newest file of a folder; 0 if there is none. */
function newest(path) {
  if (!existsSync(path)) return 0;
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

function run(command, args, words) {
  process.stderr.write(`· ${words}\n`);
  const done = spawnSync(command, args, {
    cwd: root,
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
  });
  if (done.status !== 0) process.exit(done.status ?? 1);
}
