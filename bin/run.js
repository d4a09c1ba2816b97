#!/usr/bin/env node
// The SDK warns on Node 20 about a support date that is ours to watch, not the user's; it reads this as it loads.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

import { execute } from "@oclif/core";
import { guard, isUnsafe } from "../dist/src/terminal.js";
import { tellUnwritten } from "../dist/src/unwritten.js";

// What prints by itself has nobody's words but those of the command line: with none that a terminal obeys it may have colours.
const trusted = !process.argv.some(isUnsafe);
for (const stream of [process.stdout, process.stderr]) guard(stream, trusted);

// oclif lets what cannot be written end the process with a trace.
process.stdout.removeAllListeners("error");
tellUnwritten(process);

await execute({ dir: import.meta.url });
