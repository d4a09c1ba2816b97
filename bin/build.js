// Compiles src and commands to dist, puts what is used of EC2's client into the one module that uses it, and writes oclif's
// manifest and the list of commands, so that help needs to load no command.
import { spawnSync } from "node:child_process";
import { cpSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const require = createRequire(import.meta.url);
const { dependencies } = require("../package.json");

rmSync(join(root, "dist"), { recursive: true, force: true });
rmSync(join(root, "oclif.manifest.json"), { force: true });
const tsc = join(dirname(require.resolve("typescript/package.json")), "bin", "tsc");
const compiled = spawnSync(process.execPath, [tsc, "-p", join(root, "tsconfig.json")], { stdio: "inherit" });
if (compiled.status !== 0) process.exit(compiled.status ?? 1);

// The price lists are read by name, which the compiler does not follow.
const prices = join("src", "cost", "prices");
cpSync(join(root, prices), join(root, "dist", prices), { recursive: true, filter: (path) => !path.endsWith(".md") });

const ec2 = join(root, "dist", "src", "aws", "ec2.js");
await build({
  entryPoints: [ec2],
  outfile: ec2,
  allowOverwrite: true,
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node20",
  mainFields: ["module", "main"],
  // What every client of the SDK shares is installed, and loaded once.
  external: [...Object.keys(dependencies), "@aws-sdk/types"].flatMap((name) => [name, `${name}/*`]),
  logLevel: "warning",
});

const { Plugin } = await import("@oclif/core");
const plugin = new Plugin({ root, type: "core", ignoreManifest: true, errorOnManifestCreate: true });
await plugin.load();
writeFileSync(join(root, "oclif.manifest.json"), `${JSON.stringify(plugin.manifest)}\n`);

const help = spawnSync(process.execPath, [join(root, "bin", "run.js"), "--help"], {
  env: { ...process.env, NO_COLOR: "1" },
});
if (help.status !== 0) process.exit(1);
writeFileSync(join(root, "dist", "help.txt"), String(help.stdout).replace(/ \S+ node-v\S+$/m, " PLATFORM"));
