import { CreateStackCommand } from "@aws-sdk/client-cloudformation";
import { describe, expect, it } from "vitest";
import { followRun } from "../../src/provision/attach.ts";
import type { Event } from "../../src/provision/event.ts";
import { idOf } from "../../src/provision/lock.ts";
import { everyStack, lookAt } from "../../src/provision/look.ts";
import { lastRun } from "../../src/provision/recorder.ts";
import type { RunResult } from "../../src/provision/run.ts";
import { readHistory } from "../../src/provision/run-history.ts";
import type { Stack } from "../../src/synth/assembly.ts";
import { type Rehearsed, rehearsed } from "../support/rehearsed.ts";
import { outputOf, SITE, stackOf } from "../support/stacks.ts";

const tags = { ManagedBy: "astro", Project: SITE.project, Environment: SITE.environment };
const bucket = (name: string) => ({ Type: "AWS::S3::Bucket", Properties: { BucketName: name } });

const stackIn = (phase: Stack["phase"], name: string, more: Parameters<typeof stackOf>[2] = {}): Stack => {
  const stack = stackOf(`shop-dev-${name}`, phase, { tags, ...more });
  const template = { ...stack.template, Metadata: { "astro:phase": phase } };
  return { ...stack, template, body: JSON.stringify(template) };
};
const network = stackIn("vpc", "network", {
  resources: { Logs: bucket("shop-dev-logs") },
  outputs: { Url: { Value: "u", Description: "shown" } },
});
const secrets = stackIn("data", "secrets");
const service = stackIn("ecs", "service", {
  resources: {
    Files: bucket("shop-dev-files"),
    Topic: { Type: "AWS::SNS::Topic", DependsOn: "Files", Properties: { DisplayName: outputOf(network.name, "Url") } },
  },
});
const ALL = [network, secrets, service];
const BROKEN = { resourceType: "AWS::SNS::Topic", reason: "quota exceeded" };

type Seen = { readonly result: RunResult; readonly events: readonly Event[]; readonly words: readonly string[] };

/** Looks on as `astro attach` does, from another machine. */
async function look(aws: Rehearsed, signal = new AbortController().signal): Promise<Seen | undefined> {
  const { cloud, rehearsal, site } = aws;
  const found = await everyStack(cloud, [site.region]);
  const { deployed } = await lookAt(cloud, site, found);
  const [record, lock] = [await lastRun(cloud, site), await cloud.lock(site.region, idOf(site))];
  const past = await readHistory(cloud, site, { deployed, record, lock });
  if (past === undefined) return undefined;
  const events: Event[] = [];
  const emit = (event: Event) => void events.push(event);
  const again = ["astro", "provision"];
  const result = await followRun(
    { cloud, clock: rehearsal.clock, lockClock: rehearsal.clock, emit, signal, again },
    past,
  );
  return { result, events, words: words(events) };
}

/** What a reader of the events learns of stacks, in order. */
function words(events: readonly Event[]): readonly string[] {
  return events.flatMap((event) => {
    if (event.type === "stack.done") return [`${event.stack} ${event.outcome}`];
    if (event.type === "stack.failed") return [`${event.stack} failed: ${event.resource}`];
    return event.type === "phase.started" || event.type === "phase.done" ? [`${event.type} ${event.phase}`] : [];
  });
}

const WHOLE = [
  "phase.started bootstrap",
  "astro-bootstrap created",
  "phase.done bootstrap",
  "phase.started vpc",
  "shop-dev-network created",
  "phase.done vpc",
  "phase.started data",
  "shop-dev-secrets created",
  "phase.done data",
  "phase.started ecs",
  "shop-dev-service created",
  "phase.done ecs",
];

describe("attaching to a run", () => {
  it("finds nothing where there was no run", async () => {
    expect(await look(await rehearsed())).toBeUndefined();
  });

  it("replays a finished run, each event at the time it happened", async () => {
    const aws = await rehearsed();
    const own = await aws.provision(ALL);
    const seen = await look(aws);
    expect(seen?.words).toEqual(WHOLE);
    expect(words(own.events)).toEqual(WHOLE);
    expect(seen?.result).toMatchObject({ outcome: "done", outputs: { Url: "u" }, finished: 4, changed: 4, failed: [] });
    const changes = (events: readonly Event[]) =>
      events.flatMap((event) =>
        event.type === "resource.changed" ? [`${event.stack} ${event.resource} ${event.status}`] : [],
      );
    expect(changes(seen?.events ?? [])).toEqual(changes(own.events));
    const times = seen?.events.map(({ at }) => at) ?? [];
    expect(times).toEqual(times.toSorted());
  });

  it("follows a run in progress from its past events to its end", async () => {
    const aws = await rehearsed();
    let looking: Promise<Seen | undefined> | undefined;
    await aws.provision(ALL, {
      onEvent: (event) => {
        if (event.type === "resource.changed" && event.stack === network.name) looking ??= look(aws);
      },
    });
    const seen = await looking;
    expect(seen?.words).toEqual(WHOLE);
    expect(seen?.result).toMatchObject({ outcome: "done", finished: 4 });
  });

  it("names the same failure as the failed run did", async () => {
    const aws = await rehearsed({ faults: [BROKEN] });
    const own = await aws.provision([network, secrets]);
    const seen = await look(aws);
    expect(seen?.words).toEqual(words(own.events));
    expect(seen?.result.outcome).toBe("failed");
    expect(seen?.result.failed).toMatchObject([
      {
        stack: secrets.name,
        phase: "data",
        status: "ROLLBACK_COMPLETE",
        resource: "Topic",
        resourceType: "AWS::SNS::Topic",
      },
    ]);
    expect(seen?.result.failed[0]?.reason).toBe(own.result.failed[0]?.reason);
  });

  it("reports a run that changed nothing", async () => {
    const aws = await rehearsed();
    await aws.provision(ALL);
    await aws.pass(60);
    await aws.provision(ALL);
    const seen = await look(aws);
    expect(seen?.result).toMatchObject({ outcome: "done", finished: 4, changed: 0 });
  });

  it("ends a run that was left with what AWS had begun", async () => {
    const aws = await rehearsed();
    const leave = new AbortController();
    await aws.provision(ALL, {
      signal: leave.signal,
      onEvent: (event) =>
        event.type === "resource.changed" && event.stack === network.name && leave.abort(new Error("left")),
    });
    const seen = await look(aws);
    expect(seen?.words).toEqual(WHOLE.slice(0, WHOLE.indexOf("phase.started data")));
    expect(seen?.result).toMatchObject({ outcome: "interrupted", failed: [] });
  });

  it("follows a removal through deleted stacks, and knows those deleted before", async () => {
    const aws = await rehearsed();
    await aws.provision(ALL);
    let looking: Promise<Seen | undefined> | undefined;
    const own = await aws.destroy({
      onEvent: (event) => {
        if (event.type === "resource.changed" && event.stack === network.name) looking ??= look(aws);
      },
    });
    const seen = await looking;
    expect(seen?.words).toEqual(words(own.events));
    expect(seen?.result).toMatchObject({ outcome: "done", finished: 3 });
    const afterwards = await look(aws);
    expect(afterwards?.words).toEqual(words(own.events));
  });

  it("shows operations begun without astro", async () => {
    const aws = await rehearsed();
    const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
    const input = { StackName: network.name, TemplateBody: network.body, Tags };
    await aws.cloudformation.send(new CreateStackCommand(input));
    const seen = await look(aws);
    expect(seen?.words).toEqual(["phase.started vpc", "shop-dev-network created", "phase.done vpc"]);
  });

  it("ends when interrupted, without any change in AWS", async () => {
    const aws = await rehearsed();
    const leave = new AbortController();
    let looking: Promise<Seen | undefined> | undefined;
    const { outcomes } = await aws.provision(ALL, {
      onEvent: (event) => {
        if (event.type === "resource.changed" && event.stack === network.name) looking ??= look(aws, leave.signal);
        if (event.type === "phase.started" && event.phase === "data") leave.abort(new Error("left"));
      },
    });
    expect((await looking)?.result.outcome).toBe("interrupted");
    expect(Object.keys(outcomes)).toHaveLength(4);
  });
});
