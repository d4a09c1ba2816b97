import { describe, expect, it, onTestFinished } from "vitest";
import { openCloud } from "../../src/aws/cloud.ts";
import { loadPricesFor } from "../../src/cost/catalogue.ts";
import { busyWhileCalling } from "../../src/operation/target.ts";
import { withBootstraps } from "../../src/plan/bootstrap.ts";
import { planProvision, type Site } from "../../src/plan/provision-plan.ts";
import { everyStack, lookAt } from "../../src/provision/look.ts";
import { previewed } from "../../src/provision/preview.ts";
import { carryOut } from "../../src/provision/run.ts";
import { storedFor } from "../../src/provision/stored.ts";
import { startRehearsal } from "../../src/rehearsal/rehearsal.ts";
import { SITE, stackOf } from "../support/stacks.ts";

const ENVIRONMENTS: readonly Site[] = [SITE, { ...SITE, environment: "test" }];

/** Six stacks of an environment, some of which read from each other. */
function stacksOf({ project, environment }: Site) {
  const tags = { Project: project, Environment: environment, ManagedBy: "astro" };
  const name = (short: string) => `${project}-${environment}-${short}`;
  const path = `/${project}/${environment}/network/Name`;
  const first = stackOf(name("network"), "vpc", {
    tags,
    resources: {
      T: { Type: "AWS::SNS::Topic" },
      P: {
        Type: "AWS::SSM::Parameter",
        Properties: { Name: path, Type: "String", Value: { "Fn::GetAtt": ["T", "TopicName"] } },
      },
    },
  });
  const readers = ["secrets", "storage", "database", "service", "cdn"].map((short) =>
    stackOf(name(short), short === "service" ? "ecs" : short === "cdn" ? "dns" : "data", {
      tags,
      needs: [first.name],
      parameters: { Name: { Type: "AWS::SSM::Parameter::Value<String>", Default: path } },
      resources: { T: { Type: "AWS::SNS::Topic", Properties: { DisplayName: { Ref: "Name" } } } },
    }),
  );
  return [first, ...readers];
}

describe("a provisioning of two environments that stand", () => {
  it("makes no change set, and at most two calls a stack", async () => {
    const rehearsal = await startRehearsal({
      speed: "max",
      region: SITE.region,
      account: SITE.account,
      clients: "inside",
    });
    onTestFinished(rehearsal.close);
    const { endpoint, credentials, clock, busy, requests } = rehearsal;
    const cloud = busyWhileCalling(openCloud({ endpoint, credentials }, SITE.region), busy);
    const prices = await loadPricesFor([SITE.region]);
    const signal = new AbortController().signal;
    let count = 0;
    const token = () => `t${++count}`;

    const provision = async (site: Site) => {
      const stacks = stacksOf(site);
      await cloud.identity();
      const [values, found] = await Promise.all([storedFor(cloud, stacks), everyStack(cloud, [site.region])]);
      const { deployed } = await lookAt(cloud, site, found, { wanted: stacks });
      const plan = await previewed(
        { cloud, clock, signal, token },
        await planProvision({ site, stacks, deployed, values, prices }),
        stacks,
        deployed,
      );
      const all = withBootstraps(site.region, stacks);
      return carryOut(plan, all, { cloud, clock, signal, token, emit: () => undefined }, { deployed, values });
    };
    for (const site of ENVIRONMENTS) expect(await provision(site)).toMatchObject({ outcome: "done" });

    const before = new Map(requests);
    for (const site of ENVIRONMENTS) expect(await provision(site)).toMatchObject({ outcome: "done", changed: 0 });
    const made = [...requests].map(([call, times]) => [call, times - (before.get(call) ?? 0)] as const);
    const calls = Object.fromEntries(made.filter(([, times]) => times > 0));
    // Of each environment: who am I, what stands in Parameter Store, the region's stacks, and seven templates.
    expect(calls).toEqual({
      "sts:GetCallerIdentity": 2,
      "ssm:GetParameters": 2,
      "cloudformation:DescribeStacks": 2,
      "cloudformation:GetTemplate": 14,
    });
    const stacks = ENVIRONMENTS.length * 7;
    expect(Object.values(calls).reduce((sum, times) => sum + times, 0)).toBeLessThanOrEqual(2 * stacks);
  });
});
