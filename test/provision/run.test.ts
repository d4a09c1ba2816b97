import { describe, expect, it } from "vitest";
import { AstroError } from "../../src/errors.ts";
import { bootstrapBucket } from "../../src/plan/bootstrap.ts";
import type { Plan, Step } from "../../src/plan/plan.ts";
import { storedKey } from "../../src/plan/stored-values.ts";
import type { Event } from "../../src/provision/event.ts";
import { carryOut, type Known } from "../../src/provision/run.ts";
import type { Stack } from "../../src/synth/assembly.ts";
import { fakeClock } from "../support/fake-clock.ts";
import { type FakeCloud, fakeCloud } from "../support/fake-cloud.ts";
import { type HandMadeStep, planned, SITE, stackOf, storedFrom } from "../support/stacks.ts";

const network = stackOf("network", "vpc", {
  outputs: { VpcId: { Value: "v", Description: "shown" }, Other: { Value: "o" } },
});
const secrets = stackOf("secrets", "data");
const database = stackOf("database", "data", { needs: ["secrets", "network"] });
const service = stackOf("service", "ecs", { needs: ["database"] });
const ALL = [network, secrets, database, service];

const stepOf = (stack: Stack, action: Step["action"] = "create"): HandMadeStep => ({
  stack: stack.name,
  region: stack.region,
  phase: stack.phase,
  action,
  changes: Object.entries(stack.template.Resources).map(([logicalId, { Type }]) => ({
    logicalId,
    type: Type,
    action: action === "delete" ? ("remove" as const) : ("add" as const),
    causes: [],
  })),
  resources: 1,
  needs: stack.needs,
  source: stack,
});

async function run(
  cloud: FakeCloud,
  handMade: readonly HandMadeStep[],
  options: {
    known?: Known;
    direction?: Plan["direction"];
    revertDrift?: boolean;
    onEvent?: (event: Event, abort: () => void) => void;
  } = {},
) {
  const events: Event[] = [];
  const controller = new AbortController();
  let count = 0;
  const { steps, stacks } = await planned(handMade);
  const plan: Plan = { ...SITE, direction: options.direction ?? "provision", steps, monthly: { before: 0, after: 1 } };
  const result = await carryOut(
    plan,
    stacks,
    {
      cloud,
      clock: fakeClock(),
      signal: controller.signal,
      revertDrift: options.revertDrift ?? false,
      token: () => `t${++count}`,
      emit: (event) => {
        events.push(event);
        options.onEvent?.(event, () => controller.abort(new Error("interrupted")));
      },
    },
    options.known ?? { deployed: [], values: new Map() },
  );
  const outcomes = events.flatMap((event) => (event.type === "stack.done" ? [[event.stack, event.outcome]] : []));
  const phases = events.flatMap((event) => (event.type === "phase.started" ? [event.phase] : []));
  return { result, events, outcomes: Object.fromEntries(outcomes), phases };
}

describe("a plan and the assembly it was made from", () => {
  const carried = async (stacks: readonly Stack[]) => {
    const cloud = fakeCloud();
    const { steps } = await planned([stepOf(network)]);
    const plan: Plan = { ...SITE, direction: "provision", steps, monthly: { before: 0, after: 1 } };
    const engine = { cloud, clock: fakeClock(), signal: new AbortController().signal, token: () => "t" };
    const running = carryOut(plan, stacks, { ...engine, emit: () => {} }, { deployed: [], values: new Map() });
    return { running, calls: cloud.calls };
  };

  it("belong together: another template, other tags or no stack at all is refused before anything is begun", async () => {
    const others: readonly (readonly Stack[])[] = [
      [{ ...network, template: { Resources: {} } }],
      [{ ...network, tags: { ...network.tags, Owner: "eve" } }],
      [{ ...network, parameters: { Size: "2" } }],
      [{ ...network, region: "us-east-1" }],
      [],
    ];
    for (const stacks of others) {
      const { running, calls } = await carried(stacks);
      await expect(running).rejects.toThrow(/^network in eu-west-1 is (no longer the one|not in the assembly)/);
      expect(calls).toEqual([]);
    }
    const { running } = await carried([network]);
    expect(await running).toMatchObject({ outcome: "done" });
  });
});

describe("a provisioning", () => {
  it("runs phase after phase, and in a phase a stack after those it needs", async () => {
    const cloud = fakeCloud();
    const { events, outcomes, phases, result } = await run(
      cloud,
      ALL.map((stack) => stepOf(stack)),
    );
    expect(phases).toEqual(["vpc", "data", "ecs"]);
    expect(outcomes).toEqual({ network: "created", secrets: "created", database: "created", service: "created" });
    const order = events.filter(({ type }) => type === "stack.started" || type === "stack.done");
    expect(order.map((event) => `${event.type} ${"stack" in event ? event.stack : ""}`)).toEqual([
      "stack.started network",
      "stack.done network",
      "stack.started secrets",
      "stack.done secrets",
      "stack.started database",
      "stack.done database",
      "stack.started service",
      "stack.done service",
    ]);
    expect(result).toMatchObject({ outcome: "done", finished: 4, changed: 4, failed: [] });
  });

  it("starts stacks of a phase that do not need each other before either is done", async () => {
    const pair = [stackOf("one", "data"), stackOf("two", "data")];
    const { events } = await run(
      fakeCloud(),
      pair.map((stack) => stepOf(stack)),
    );
    const types = events.flatMap(({ type }) => (type === "stack.started" || type === "stack.done" ? [type] : []));
    expect(types).toEqual(["stack.started", "stack.started", "stack.done", "stack.done"]);
  });

  it("shows only the outputs that are described", async () => {
    const { result } = await run(fakeCloud(), [stepOf(network)]);
    expect(result.outputs).toEqual({ VpcId: "network.VpcId" });
  });

  it("touches nothing in a stack that is unchanged", async () => {
    const cloud = fakeCloud();
    const deployed = [cloud.put(network, network.template)];
    const { outcomes } = await run(cloud, [stepOf(network, "unchanged")], { known: { deployed, values: new Map() } });
    expect([outcomes, cloud.calls]).toEqual([{ network: "unchanged" }, []]);
  });

  it("deletes a change set that changes nothing and calls the stack unchanged", async () => {
    const cloud = fakeCloud();
    cloud.put(network, network.template);
    const { outcomes } = await run(cloud, [stepOf(network, "update")]);
    expect(outcomes).toEqual({ network: "unchanged" });
    expect(cloud.calls).toEqual(["createChangeSet network", "deleteChangeSet network"]);
  });

  it("sends a template over 51,200 bytes through the bootstrap bucket", async () => {
    const cloud = fakeCloud();
    const big = stackOf("big", "vpc", {
      resources: { Topic: { Type: "AWS::SNS::Topic", Properties: { DisplayName: "x".repeat(51_200) } } },
    });
    const { outcomes } = await run(cloud, [stepOf(big)]);
    expect(outcomes).toEqual({ big: "created" });
    expect([...cloud.objects.keys()][0]).toMatch(
      `${bootstrapBucket(SITE.account, SITE.region)}/environments/shop/dev/templates/big/`,
    );
  });

  it("compares every stack that stands with what is really there where drift is to be brought back", async () => {
    const cloud = fakeCloud();
    const known = { deployed: [cloud.put(network, network.template)], values: new Map() };
    await run(cloud, [stepOf(network, "unchanged"), stepOf(secrets)], { known, revertDrift: true });
    expect(cloud.calls).toEqual([
      "createChangeSet:revertDrift network",
      "deleteChangeSet network",
      "createChangeSet secrets",
      "executeChangeSet secrets",
    ]);
  });

  it("publishes file assets before the stack that needs them", async () => {
    const cloud = fakeCloud();
    await run(cloud, [stepOf(stackOf("jobs", "ecs", { assetManifests: ["/out/jobs.assets.json"] }))]);
    expect(cloud.calls).toEqual([
      "publishAssets /out/jobs.assets.json",
      "createChangeSet jobs",
      "executeChangeSet jobs",
    ]);
  });

  it("sets the termination protection the app asks for", async () => {
    const cloud = fakeCloud();
    await run(cloud, [stepOf(stackOf("network", "vpc", { terminationProtection: true }))]);
    expect(cloud.calls).toContain("protect:true network");
  });

  it("looks at an unchanged reader once more when what it reads has moved in this very run", async () => {
    const moved = async (now: string) => {
      const cloud = fakeCloud();
      const path = "/shop/dev/network/VpcId";
      const reader = stackOf("reader", "data", {
        needs: ["network"],
        parameters: { VpcId: storedFrom(path) },
        resources: { T: { Type: "AWS::SNS::Topic", Properties: { DisplayName: { Ref: "VpcId" } } } },
      });
      const deployed = [
        cloud.put(network, { Resources: {} }),
        cloud.put(reader, reader.template, { resolved: { VpcId: "old" } }),
      ];
      const values = new Map([[storedKey(SITE.region, path), "old"]]);
      cloud.stored.set(path, now);
      const steps = [stepOf(network, "update"), stepOf(reader, "unchanged")];
      await run(cloud, steps, { known: { deployed, values } });
      return cloud.calls.filter((call) => call.endsWith(" reader"));
    };
    expect(await moved("new")).toContain("createChangeSet reader");
    expect(await moved("old")).toEqual([]);
  });
});

describe("a provisioning that fails", () => {
  const fault = { resource: "Topic", type: "AWS::SNS::Topic", reason: "quota exceeded" };

  it("names the first resource that failed of itself and starts no later phase", async () => {
    const cloud = fakeCloud();
    const two = {
      Aaa: { Type: "AWS::SNS::Topic" },
      Topic: { Type: "AWS::SNS::Topic" },
    };
    cloud.faults.set("secrets", fault);
    const broken = { ...secrets, ...stackOf("secrets", "data", { resources: two }) };
    const { result, phases } = await run(cloud, [stepOf(network), stepOf(broken), stepOf(service)]);
    expect(phases).toEqual(["vpc", "data"]);
    expect(result).toMatchObject({ outcome: "failed", finished: 1 });
    expect(result.failed).toMatchObject([
      {
        stack: "secrets",
        phase: "data",
        resource: "Topic",
        resourceType: "AWS::SNS::Topic",
        reason: "quota exceeded",
        status: "ROLLBACK_COMPLETE",
      },
    ]);
  });

  it("lets neighbours finish but starts nothing that was waiting", async () => {
    const cloud = fakeCloud();
    cloud.faults.set("secrets", fault);
    const neighbour = stackOf("registry", "data");
    const { outcomes } = await run(cloud, [stepOf(secrets), stepOf(neighbour), stepOf(database)]);
    expect(outcomes).toEqual({ registry: "created" });
  });

  it("deletes what a failed creation left, says so, and creates it again", async () => {
    const cloud = fakeCloud();
    cloud.put(secrets, { Resources: {} }, { status: "ROLLBACK_COMPLETE" });
    const { events, outcomes } = await run(cloud, [stepOf(secrets)]);
    expect(outcomes).toEqual({ secrets: "created" });
    expect(cloud.calls).toEqual(["deleteStack secrets", "createChangeSet secrets", "executeChangeSet secrets"]);
    const recovering = events.filter(({ type }) => type === "stack.recovering");
    expect(recovering).toMatchObject([{ from: "ROLLBACK_COMPLETE", how: "delete-and-create" }]);
  });

  it("waits for an operation that somebody else has begun", async () => {
    const cloud = fakeCloud();
    cloud.put(secrets, secrets.template, { status: "CREATE_IN_PROGRESS" });
    const { outcomes } = await run(cloud, [stepOf(secrets, "update")]);
    expect(outcomes).toEqual({ secrets: "unchanged" });
  });

  it("ends the whole run when the credentials are refused", async () => {
    const cloud = fakeCloud();
    cloud.errors.set("createChangeSet", new AstroError("credentials", "expired", "sign in"));
    const { result } = await run(cloud, [stepOf(network), stepOf(secrets)]);
    expect(result.outcome).toBe("failed");
    expect(result.error?.code).toBe("credentials");
    expect(result.failed).toEqual([]);
  });

  it("takes any other refused call for that stack's failure", async () => {
    const cloud = fakeCloud();
    cloud.errors.set("createChangeSet", new AstroError("failed", "not allowed", "ask"));
    const { result } = await run(cloud, [stepOf(network)]);
    expect(result.failed).toMatchObject([{ stack: "network", reason: "not allowed" }]);
  });
});

describe("an interrupted provisioning", () => {
  it("stops watching, starts nothing more and calls nothing failed", async () => {
    const cloud = fakeCloud();
    const { result, phases } = await run(cloud, [stepOf(network), stepOf(secrets)], {
      onEvent: (event, abort) => event.type === "stack.started" && abort(),
    });
    expect(result).toMatchObject({ outcome: "interrupted", failed: [] });
    expect(phases).toEqual(["vpc"]);
  });
});

describe("a removal", () => {
  const storage = stackOf("storage", "data", {
    resources: {
      Files: { Type: "AWS::S3::Bucket" },
      Images: { Type: "AWS::ECR::Repository" },
      Kept: { Type: "AWS::S3::Bucket", DeletionPolicy: "Retain" },
    },
  });

  it("asks AWS first, then empties what AWS could not delete and nothing else, and deletes the stack again", async () => {
    const cloud = fakeCloud();
    cloud.put(storage, storage.template);
    cloud.faults.set("storage", { resource: "Files", type: "AWS::S3::Bucket", reason: "not empty" });
    cloud.contents.set("files-1", 12);
    const step = stepOf(storage, "delete");
    const changes = step.changes.map((change) =>
      change.logicalId === "Kept" ? { ...change, kept: true as const } : change,
    );
    const { outcomes, events } = await run(cloud, [{ ...step, changes }], { direction: "destroy" });
    expect(outcomes).toEqual({ storage: "removed" });
    expect(cloud.calls).toEqual(["deleteStack storage", "emptyBucket files-1", "deleteStack storage"]);
    expect(events).toContainEqual(
      expect.objectContaining({
        type: "resource.emptied",
        resource: "Files",
        count: 12,
      }),
    );
  });

  it("goes through the phases backwards", async () => {
    const cloud = fakeCloud();
    for (const stack of ALL) cloud.put(stack, stack.template);
    const steps = [...ALL].reverse().map((stack) => ({
      ...stepOf(stack, "delete"),
      needs: ALL.filter((other) => other.needs.includes(stack.name)).map((other) => other.name),
    }));
    const { phases } = await run(cloud, steps, { direction: "destroy" });
    expect(phases).toEqual(["ecs", "data", "vpc"]);
    expect(cloud.calls).toEqual(["service", "database", "secrets", "network"].map((name) => `deleteStack ${name}`));
  });

  it("names the resource AWS cannot delete", async () => {
    const cloud = fakeCloud();
    cloud.put(network, network.template);
    const blocked = () => {
      cloud.faults.set("network", { resource: "Vpc", type: "AWS::EC2::VPC", reason: "has dependencies" });
    };
    blocked();
    const { result } = await run(cloud, [stepOf(network, "delete")], {
      direction: "destroy",
      onEvent: (event) => event.type === "stack.recovering" && blocked(),
    });
    expect(result.failed).toMatchObject([{ status: "DELETE_FAILED", resource: "Vpc", reason: "has dependencies" }]);
  });

  it("takes a stack that is gone already for removed", async () => {
    const { outcomes } = await run(fakeCloud(), [stepOf(network, "delete")], { direction: "destroy" });
    expect(outcomes).toEqual({ network: "removed" });
  });
});
