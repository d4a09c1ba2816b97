// Bundles commands and what they need into dist, and writes oclif's manifest and the list of commands, so that help needs to
// load no command. A file for each module would be seven hundred to load for one command, half the time of a short one.
import { spawnSync } from "node:child_process";
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const { dependencies } = createRequire(import.meta.url)("../package.json");

rmSync(join(root, "dist"), { recursive: true, force: true });
rmSync(join(root, "oclif.manifest.json"), { force: true });

const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: [
    ...readdirSync(join(root, "commands"), { recursive: true })
      .filter((file) => file.endsWith(".ts"))
      .map((file) => join("commands", file)),
    // What is loaded by its name: by bin/run.js, and by oclif.
    ...["complete", "help", "not-found", "terminal", "unwritten"].map((name) => join("src", `${name}.ts`)),
  ],
  outdir: "dist",
  outbase: ".",
  chunkNames: "chunks/[name]-[hash]",
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20",
  mainFields: ["module", "main"],
  // Where a small part of a package is used, as of the AWS SDK's clients, it is a devDependency, and that part is in the bundle.
  external: Object.keys(dependencies).flatMap((name) => [name, `${name}/*`]),
  // What is CommonJS, as yaml for Node is, asks for Node's own modules by a function that a module of ECMAScript has not.
  banner: {
    js: 'import { createRequire as requireFrom } from "node:module";\nconst require = requireFrom(import.meta.url);',
  },
  metafile: true,
  logLevel: "warning",
});
// The price lists are read by name, from beside the chunk that reads them.
cpSync(join(root, "src", "cost", "prices"), join(root, "dist", "chunks", "prices"), {
  recursive: true,
  filter: (path) => !path.endsWith(".md"),
});

// What is in the bundle of others keeps its licence.
const folders = new Set(
  Object.keys(metafile.inputs).flatMap((file) => /^node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []),
);
const licences = [...folders].sort().map((folder) => {
  const { name, version, license } = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8"));
  const file = readdirSync(join(root, folder)).find((one) => /^licen[cs]e/i.test(one));
  const text = file === undefined ? "" : readFileSync(join(root, folder, file), "utf8");
  return `${name} ${version} (${license})\n\n${text.trim()}\n`;
});
writeFileSync(join(root, "dist", "LICENSES.txt"), licences.join(`\n${"-".repeat(80)}\n\n`));

const { Plugin } = await import("@oclif/core");
const plugin = new Plugin({ root, type: "core", ignoreManifest: true, errorOnManifestCreate: true });
await plugin.load();
writeFileSync(join(root, "oclif.manifest.json"), `${JSON.stringify(plugin.manifest)}\n`);

const help = spawnSync(process.execPath, [join(root, "bin", "run.js"), "--help"], {
  env: { ...process.env, NO_COLOR: "1" },
});
if (help.status !== 0) process.exit(1);
writeFileSync(join(root, "dist", "help.txt"), String(help.stdout).replace(/ \S+ node-v\S+$/m, " PLATFORM"));
