import { CreateChangeSetCommand, ExecuteChangeSetCommand } from "@aws-sdk/client-cloudformation";
import { DescribeReplicationGroupsCommand, ElastiCacheClient } from "@aws-sdk/client-elasticache";
import { describe, expect, it } from "vitest";
import { stageTo } from "../../src/plan/stages.ts";
import type { ChangeSetInput, Cloud } from "../../src/provision/cloud.ts";
import type { Event } from "../../src/provision/event.ts";
import { DENIED } from "../../src/provision/workload/port.ts";
import type { Stack } from "../../src/synth/assembly.ts";
import type { JsonObject, Template } from "../../src/template/types.ts";
import { adviceOf } from "../support/hints.ts";
import { type Rehearsed, rehearsed } from "../support/rehearsed.ts";
import { SITE, stackOf } from "../support/stacks.ts";

const NAME = "shop-dev-cache";

/** A cache with so many replicas, and failover where it has one, as the app writes it. */
function cache(replicas: number, more: JsonObject = {}): Stack {
  const Properties = {
    ReplicationGroupId: "shop-dev",
    ReplicationGroupDescription: "Redis of shop-dev",
    Engine: "redis",
    EngineVersion: "7.1",
    CacheNodeType: "cache.t4g.micro",
    NumCacheClusters: 1 + replicas,
    AutomaticFailoverEnabled: replicas > 0,
    MultiAZEnabled: replicas > 0,
    ...more,
  };
  return stackOf(NAME, "data", { resources: { Cache: { Type: "AWS::ElastiCache::ReplicationGroup", Properties } } });
}

async function standing(stack: Stack): Promise<Rehearsed> {
  const aws = await rehearsed();
  const { result } = await aws.provision([stack]);
  expect(result.failed).toEqual([]);
  return aws;
}

async function live({ rehearsal }: Rehearsed) {
  const { endpoint, credentials } = rehearsal;
  const client = new ElastiCacheClient({ endpoint, credentials, region: SITE.region });
  const { ReplicationGroups = [] } = await client.send(new DescribeReplicationGroupsCommand({}));
  const [group] = ReplicationGroups;
  return [group?.MemberClusters?.length, group?.AutomaticFailover, group?.MultiAZ];
}

/** How often CloudFormation was told to go: its own events say that an update began. */
function updates(events: readonly Event[]): number {
  return events.filter((event) => event.type === "resource.changed" && event.status === "UPDATE_IN_PROGRESS").length;
}

describe("the first replica of a cache, and failover with it", () => {
  it("is refused by ElastiCache as one update, whoever asks", async () => {
    const aws = await standing(cache(0));
    const about = { StackName: NAME, ChangeSetName: "by-hand" };
    await aws.cloudformation.send(new CreateChangeSetCommand({ ...about, TemplateBody: cache(1).body }));
    await aws.pass(30);
    await aws.cloudformation.send(new ExecuteChangeSetCommand(about));
    expect(await aws.settled(NAME)).toBe("UPDATE_ROLLBACK_COMPLETE");
    const events = await aws.cloud.recentEvents({ name: NAME, region: SITE.region });
    expect(events.map(({ reason = "" }) => reason)).toContainEqual(
      expect.stringContaining("Replication group must have at least one read replica to enable autofailover."),
    );
    expect(await live(aws)).toEqual([1, "disabled", "disabled"]);
  });

  it("come in two updates of which the plan tells, and the first is waited for in express mode too", async () => {
    const aws = await standing(cache(0));
    const made: ChangeSetInput[] = [];
    const cloud = aws.opened();
    const createChangeSet: Cloud["createChangeSet"] = (input) => {
      made.push(input);
      return cloud.createChangeSet(input);
    };
    const given = { express: true, cloud: { ...cloud, createChangeSet } };
    const { plan, result, noticed, events, outcomes } = await aws.provision([cache(5)], given);
    const words =
      "in two updates: first the replicas of Cache, then failover, which AWS enables only with a running replica";
    expect(plan.steps.map(({ inTwo }) => inTwo)).toEqual([undefined, words]);
    expect([result.outcome, outcomes[NAME], noticed]).toEqual(["done", "updated", [`${NAME}: ${words}`]]);
    expect([updates(events), made.map(({ express }) => express)]).toEqual([2, [false, true]]);
    expect(await live(aws)).toEqual([6, "enabled", "enabled"]);
    const again = await aws.provision([cache(5)]);
    expect([again.outcomes[NAME], again.plan.steps.at(-1)?.action]).toEqual(["unchanged", "unchanged"]);
    expect(await aws.left()).toEqual([]);
  });

  it("goes on with the second update after a run that ended between them", async () => {
    const aws = await standing(cache(0));
    const ended = new AbortController();
    let seen = 0;
    const { result } = await aws.provision([cache(1)], {
      signal: ended.signal,
      onEvent: (event) => {
        if (event.type !== "resource.changed" || event.status !== "UPDATE_COMPLETE") return;
        seen++;
        ended.abort(new Error("killed"));
      },
    });
    expect([result.outcome, seen]).toEqual(["interrupted", 1]);
    expect(await aws.settled(NAME)).toBe("UPDATE_COMPLETE");
    expect(await live(aws)).toEqual([2, "disabled", "disabled"]);
    const next = await aws.provision([cache(1)]);
    expect([next.result.outcome, next.plan.steps.at(-1)?.inTwo, updates(next.events)]).toEqual(["done", undefined, 1]);
    expect(await live(aws)).toEqual([2, "enabled", "enabled"]);
  });

  it("is one update where replicas come later, or go, or failover comes alone", async () => {
    const aws = await standing(cache(1));
    for (const [stack, want] of [
      [cache(3), [4, "enabled", "enabled"]],
      [cache(0), [1, "disabled", "disabled"]],
      [cache(1, { AutomaticFailoverEnabled: false, MultiAZEnabled: false }), [2, "disabled", "disabled"]],
      [cache(1), [2, "enabled", "enabled"]],
    ] as const) {
      const { result, events } = await aws.provision([stack]);
      expect([result.outcome, updates(events), await live(aws)]).toEqual(["done", 1, want]);
    }
  });

  it("takes what stands now, where a kept plan's stack has meanwhile got its replica", async () => {
    const aws = await standing(cache(0));
    const half = cache(1, { AutomaticFailoverEnabled: false, MultiAZEnabled: false });
    let done = false;
    const cloud = aws.opened();
    const { result, events } = await aws.provision([cache(1)], {
      cloud: {
        ...cloud,
        // Somebody is faster, right before the stack's turn.
        stack: async (ref) => {
          if (!done && ref.name === NAME) {
            done = true;
            const about = { StackName: NAME, ChangeSetName: "by-hand" };
            const TemplateBody = half.body;
            await aws.cloudformation.send(new CreateChangeSetCommand({ ...about, TemplateBody, Tags: tagsOf(half) }));
            await aws.pass(30);
            await aws.cloudformation.send(new ExecuteChangeSetCommand(about));
            await aws.settled(NAME);
          }
          return cloud.stack(ref);
        },
      },
    });
    expect([done, result.outcome, updates(events)]).toEqual([true, "done", 1]);
    expect(await live(aws)).toEqual([2, "enabled", "enabled"]);
  });
});

function tagsOf({ tags }: Stack) {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

describe("the intermediate state", () => {
  const group = (properties: JsonObject): Template => ({
    Resources: { Cache: { Type: "AWS::ElastiCache::ReplicationGroup", Properties: properties } },
  });
  const between = (before: JsonObject, after: JsonObject) =>
    stageTo(group(before), group(after))?.template.Resources.Cache?.Properties;

  it("is all that is wanted, but failover as it was", () => {
    expect(
      between(
        { NumCacheClusters: 1, CacheNodeType: "cache.t3.micro" },
        {
          NumCacheClusters: 3,
          CacheNodeType: "cache.m7g.large",
          AutomaticFailoverEnabled: "true",
          MultiAZEnabled: "true",
        },
      ),
    ).toEqual({ NumCacheClusters: 3, CacheNodeType: "cache.m7g.large" });
    expect(
      between(
        { AutomaticFailoverEnabled: false, MultiAZEnabled: false },
        { NumNodeGroups: 1, ReplicasPerNodeGroup: 1, AutomaticFailoverEnabled: true, MultiAZEnabled: true },
      ),
    ).toEqual({
      NumNodeGroups: 1,
      ReplicasPerNodeGroup: 1,
      AutomaticFailoverEnabled: false,
      MultiAZEnabled: false,
    });
  });

  it.each<readonly [string, JsonObject, JsonObject]>([
    ["of several shards failover is always on", {}, { NumNodeGroups: 2, ReplicasPerNodeGroup: 1 }],
    ["a replica runs already", { NumCacheClusters: 2 }, { NumCacheClusters: 2 }],
    ["failover is on already", { ReplicasPerNodeGroup: 0, AutomaticFailoverEnabled: true }, { NumCacheClusters: 2 }],
    ["the number is not written down", { NumCacheClusters: { Ref: "Nodes" } }, { NumCacheClusters: 2 }],
  ])("is nothing where %s", (_, before, after) => {
    expect(between(before, { ...after, AutomaticFailoverEnabled: true })).toBeUndefined();
  });
});

describe("a node type that ElastiCache refuses after it has accepted it", () => {
  const larger = cache(0, { CacheNodeType: "cache.m7g.large" });
  const smaller = cache(0);

  it("is noticed, although CloudFormation says that it is done, and said with what helps", async () => {
    const aws = await standing(larger);
    const asked: string[] = [];
    const cloud = aws.opened();
    const { result } = await aws.provision([smaller], {
      cloud: {
        ...cloud,
        cache: async (_, id) => {
          asked.push(id);
          return { CacheNodeType: "cache.m7g.large" };
        },
      },
    });
    const [failed] = result.failed;
    expect(asked).toEqual(["shop-dev"]);
    expect(failed).toMatchObject({ stack: NAME, resource: "Cache", status: "UPDATE_COMPLETE" });
    expect(failed?.reason).toBe(
      "ElastiCache kept cache.m7g.large and did not change to cache.t4g.micro, although CloudFormation reports success",
    );
    expect(adviceOf(failed)).toContain("astro provision --env dev --revert-drift");
    expect(adviceOf(failed)).toContain("aws elasticache describe-events --source-identifier shop-dev");
  });

  it("is left alone where the type is the one that was asked for, nobody may look, or it did not change", async () => {
    const aws = await standing(larger);
    expect((await aws.provision([smaller])).result.outcome).toBe("done");
    expect(await aws.cloud.cache(SITE.region, "shop-dev")).toMatchObject({ CacheNodeType: "cache.t4g.micro" });
    let asked = 0;
    const cloud = { ...aws.opened(), cache: async () => void asked++ };
    const described = cache(0, { ReplicationGroupDescription: "another" });
    expect((await aws.provision([described], { cloud })).result.outcome).toBe("done");
    expect(asked).toBe(0);
    const denied: Cloud = { ...aws.opened(), cache: async () => DENIED };
    expect((await aws.provision([larger], { cloud: denied })).result.outcome).toBe("done");
  });
});
