import { bootstrapBucket, stateFolder } from "../plan/bootstrap.ts";
import type { Site } from "../plan/provision-plan.ts";
import type { ReadRecord } from "../plan/read-values.ts";
import { readJson } from "../reading/json.ts";
import { map, shaped, text as words } from "../reading/shape.ts";
import type { Cloud } from "./cloud.ts";
import type { Run } from "./engine.ts";

/** Reads what each stack was last deployed with; empty if nothing was recorded or the record cannot be understood. */
export async function loadRecord(cloud: Cloud, site: Site): Promise<ReadRecord> {
  const text = await cloud.readObject(site.region, bootstrapBucket(site.account, site.region), keyOf(site));
  if (text === undefined) return {};
  try {
    return shaped<ReadRecord>(map(map(words)), readJson(text));
  } catch {
    // A lost record costs one change set a stack and nothing else, so it must not stop a run.
    return {};
  }
}

/** Keeps what each stack was deployed with, for the next run on any machine. */
export async function saveRecord(run: Run): Promise<void> {
  const { site, record } = run;
  const text = JSON.stringify(Object.fromEntries(record), null, 2);
  await run.cloud.writeObject(site.region, bootstrapBucket(site.account, site.region), keyOf(site), text);
}

function keyOf(site: Site): string {
  return `${stateFolder(site)}reads.json`;
}
