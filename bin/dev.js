#!/usr/bin/env node
// astro from its sources, for whoever works on it: builds what has changed, then runs.
await import("./ready.js");
await import("./run.js");
