#!/usr/bin/env node
// The SDK warns on Node 20 about a support date that is ours to watch, not the user's; it reads this as it loads.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { guard, isUnsafe } from "../dist/src/terminal.js";
import { tellUnwritten } from "../dist/src/unwritten.js";

// What prints by itself has nobody's words but those of the command line: with none that a terminal obeys it may have colours.
const trusted = !process.argv.some(isUnsafe);
for (const stream of [process.stdout, process.stderr]) guard(stream, trusted);

const asked = completionAsked(process.argv.slice(2));
const help = asked === undefined ? writtenHelp(process.argv.slice(2), process.stdout) : await completed(asked);
if (help === undefined && !isSomewhere()) {
  process.stderr.write(" failed: the folder that you are in is gone; go to another one, and run it again\n");
  process.exit(1);
}
const oclif = help === undefined ? await import("@oclif/core") : undefined;

// oclif lets what cannot be written end the process with a trace.
process.stdout.removeAllListeners("error");
tellUnwritten(process);

if (oclif === undefined) process.stdout.write(help);
else await oclif.execute({ dir: import.meta.url });

/** Whether the folder that this was started in is still there. */
function isSomewhere() {
  try {
    return process.cwd() !== "";
  } catch {
    return false;
  }
}

/**
 * The list of commands as the build wrote it, where that is all that is asked for and lines of 80 columns fit: to load oclif
 * takes longer than Node itself.
 */
function writtenHelp(args, { isTTY, columns }) {
  if (args.length > 1 || !["--help", "-h", "help", undefined].includes(args[0])) return undefined;
  if (isTTY && columns < 80) return undefined;
  try {
    const written = readFileSync(new URL("../dist/help.txt", import.meta.url), "utf8");
    return written.replace("PLATFORM", `${process.platform}-${process.arch} node-${process.version}`);
  } catch {
    return undefined;
  }
}

/** The words that a shell wants to have completed. */
function completionAsked([command, end, ...words]) {
  return command === "complete" && end === "--" ? words : undefined;
}

/** What they may become. Nothing is a fault here: it would be written into the line that somebody types. */
async function completed(words) {
  try {
    const { completion } = await import("../dist/src/complete.js");
    return completion(words, { cwd: process.cwd(), env: process.env }, fileURLToPath(new URL("..", import.meta.url)));
  } catch {
    return "";
  }
}
