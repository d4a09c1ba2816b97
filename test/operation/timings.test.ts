import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ownFolder } from "../../src/folder.ts";
import { paceOf, stopwatch } from "../../src/operation/timings.ts";
import type { Event } from "../../src/provision/event.ts";
import { secondsFor } from "../../src/template/durations.ts";
import { stackOf } from "../support/stacks.ts";

let directory: string;
let file: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "astro-timings-"));
  file = join(directory, ".astro", "timings.json");
  await mkdir(dirname(file));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const DATABASE = { Type: "AWS::RDS::DBInstance", Properties: { MultiAZ: false } };
const source = stackOf("shop-dev-database", "data", { resources: { Database: DATABASE } });
const operation = (real = true) => ({ project: { own: ownFolder(directory, () => true) }, target: { real } });
const done = (status: string, elapsedSeconds?: number): Event => ({
  type: "resource.changed",
  at: "2026-01-01T00:00:00.000Z",
  environment: "dev",
  phase: "data",
  stack: source.name,
  resource: "Database",
  resourceType: DATABASE.Type,
  status,
  ...(elapsedSeconds === undefined ? {} : { elapsedSeconds }),
});

async function run(events: readonly Event[], real = true): Promise<void> {
  const watch = stopwatch(operation(real), [source]);
  for (const event of events) watch.emit(event);
  await watch.save();
}

describe("the durations of a run", () => {
  it("correct the next estimate, by the median of all runs", async () => {
    for (const seconds of [400, 420.4, 900]) {
      await run([done("CREATE_IN_PROGRESS"), done("CREATE_COMPLETE", seconds)]);
    }
    expect(JSON.parse(await readFile(file, "utf8"))).toEqual({ "AWS::RDS::DBInstance": { create: [400, 420, 900] } });
    expect((await paceOf(operation()))(DATABASE, "create")).toBe(420);
  });

  it("are not recorded where a run failed or was rolled back", async () => {
    await run([done("CREATE_FAILED"), done("ROLLBACK_COMPLETE", 3), done("DELETE_IN_PROGRESS")]);
    await expect(readFile(file)).rejects.toThrow("ENOENT");
  });

  it("are not recorded in a rehearsal or an emulator, nor used there", async () => {
    await run([done("CREATE_COMPLETE", 1)], false);
    await expect(readFile(file)).rejects.toThrow("ENOENT");
    await run([done("CREATE_COMPLETE", 1)]);
    expect((await paceOf(operation(false)))(DATABASE, "create")).toBe(secondsFor(DATABASE, "create"));
  });

  it.each(["not JSON", '{"AWS::RDS::DBInstance": {"create": ["soon"]}}', "null", "[1]"])(
    "is forgotten if the file holds %s",
    async (text) => {
      await writeFile(file, text);
      expect((await paceOf(operation()))(DATABASE, "create")).toBe(secondsFor(DATABASE, "create"));
      await run([done("CREATE_COMPLETE", 10)]);
      expect((await paceOf(operation()))(DATABASE, "create")).toBe(10);
    },
  );
});
