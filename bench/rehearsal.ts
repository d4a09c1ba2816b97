import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { median, node } from "./measure.ts";
import { type Row, seconds } from "./table.ts";

const ROUNDS = 3;

/** How long a rehearsal takes over a great many events, and the memory it needs, the client's included. */
export async function manyEvents(): Promise<readonly Row[]> {
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
  const runs: { readonly events: number; readonly seconds: number; readonly megabytes: number }[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const said = await node(["--import", tsx, join("bench", "many-events.ts")], process.cwd());
    runs.push(JSON.parse(said) as (typeof runs)[number]);
  }
  const of = (name: "events" | "seconds" | "megabytes") => median(runs.map((run) => run[name]));
  return [["500", of("events").toLocaleString("en"), seconds(of("seconds")), `${Math.round(of("megabytes"))} MB`]];
}
