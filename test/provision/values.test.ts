import { describe, expect, it } from "vitest";
import { isPhase } from "../../src/config/phases.ts";
import type { EnvironmentInput } from "../../src/config/schema.ts";
import type { Stack } from "../../src/synth/assembly.ts";
import { putByHand, storedUnder } from "../support/parameter-store.ts";
import { type Rehearsed, rehearsed } from "../support/rehearsed.ts";
import { outputOf, SITE, stackOf, storedAs, storedFrom } from "../support/stacks.ts";
import { synthesise } from "../template/app/synth.ts";

/** The generated app's stacks as the engine has them. */
function appOf(environment: EnvironmentInput): readonly Stack[] {
  const made = synthesise(environment, SITE.project, SITE.environment);
  const names = made.map(({ stackName }) => stackName);
  return made.map(({ stackName, template, tags, environment: { region }, needs }) => {
    const phase = template.Metadata?.["astro:phase"];
    if (!isPhase(phase)) throw new Error(`${stackName} has no phase`);
    const body = JSON.stringify(template);
    return stackOf(stackName, phase, {
      template,
      body,
      tags,
      region,
      needs: needs.filter((one) => names.includes(one)),
    });
  });
}

const zone = "Z0123456789ABCDEFGHIJ";
const withDomain = (name: string): EnvironmentInput => ({
  region: "eu-west-1",
  domain: { name, zone },
  service: { image: "public.ecr.aws/nginx/nginx:1" },
});
const changed = (outcomes: { readonly [stack: string]: string }) =>
  Object.entries(outcomes).flatMap(([stack, outcome]) => (outcome === "unchanged" ? [] : [`${stack} ${outcome}`]));

describe("the generated environment", () => {
  it("hands values on: another domain's certificate to the listener, what was moved by hand, and nothing to bring back", async () => {
    const lab = await rehearsed();
    const [first, second] = [appOf(withDomain("example.com")), appOf(withDomain("example.org"))];
    expect((await lab.provision(first)).result).toMatchObject({ outcome: "done", failed: [] });
    expect(changed((await lab.provision(first)).outcomes)).toEqual([]);

    // Nobody has touched anything: with drift looked for, nothing is changed either, the CDN's weak references neither.
    expect(changed((await lab.provision(first, { revertDrift: true })).outcomes)).toEqual([]);

    const listens = async () => {
      const dns = await lab.cloud.resources({ name: "shop-dev-dns", region: SITE.region });
      return dns.map(({ logicalId, physicalId }) => `${logicalId} ${physicalId}`);
    };
    const before = await listens();
    const { plan, result, outcomes } = await lab.provision(second);
    expect(result).toMatchObject({ outcome: "done", failed: [] });
    const dns = plan.steps.find(({ stack }) => stack === "shop-dev-dns");
    expect(dns?.changes).toContainEqual(
      expect.objectContaining({ logicalId: "HttpsListener", action: "change", causes: ["Certificates"] }),
    );
    expect(outcomes).toMatchObject({ "shop-dev-certificate": "updated", "shop-dev-dns": "updated" });
    expect(await listens()).toEqual(expect.arrayContaining(before.filter((one) => one.startsWith("HttpsListener"))));
    const resolved = (await lab.cloud.stack({ name: "shop-dev-dns", region: SITE.region }))?.resolved;
    const [certificate] = await lab.cloud.resources({ name: "shop-dev-certificate", region: SITE.region });
    expect(resolved?.CertificateCertificateArn).toBe(certificate?.physicalId);

    // Somebody writes another value over one of the environment's own: who reads it follows, and nobody else.
    const Name = "/shop/dev/load-balancer/DnsName";
    await lab.meanwhile(() => putByHand(lab, Name, "other.example.com"));
    const moved = await lab.provision(second);
    expect(moved.plan.steps.flatMap(({ stack, because }) => (because ? [`${stack}: ${because}`] : []))).toEqual([
      `shop-dev-dns: ${Name}, which it reads, has changed`,
    ]);
    expect(changed(moved.outcomes)).toEqual(["shop-dev-dns updated"]);
  }, 180_000);
});

describe("what is read from Parameter Store", () => {
  const source = (stack: string, path: string) =>
    stackOf(stack, "vpc", {
      resources: { T: { Type: "AWS::SNS::Topic" }, Kept: storedAs(path, { "Fn::GetAtt": ["T", "TopicName"] }) },
    });
  const reader = (needs: string, path: string) =>
    stackOf("shop-dev-reader", "data", {
      needs: [needs],
      parameters: { Kept: storedFrom(path) },
      resources: { R: { Type: "AWS::SNS::Topic", Properties: { DisplayName: { Ref: "Kept" } } } },
    });
  const shown = async (lab: Rehearsed) =>
    (await lab.cloud.stack({ name: "shop-dev-reader", region: SITE.region }))?.resolved?.Kept;

  it.each([
    ["the value has another name", "shop-dev-one", "/shop/dev/one/Other"],
    ["its stack's file, and so its stack, has another name", "shop-dev-two", "/shop/dev/two/Value"],
  ])("is followed where %s", async (_, stack, path) => {
    const lab = await rehearsed();
    await lab.provision([source("shop-dev-one", "/shop/dev/one/Value"), reader("shop-dev-one", "/shop/dev/one/Value")]);
    const before = await shown(lab);
    const after = [source(stack, path), reader(stack, path)];
    const { plan, result, outcomes } = await lab.provision(after);
    expect(plan.steps.find((step) => step.stack === "shop-dev-reader")?.foreseen).toEqual({
      by: "templates",
      why: `${path}, which it reads, does not exist yet`,
    });
    expect(result).toMatchObject({ outcome: "done", failed: [] });
    const written = await storedUnder(lab, path);
    expect(written).toMatch(`${stack}-T-`);
    expect(await shown(lab)).toBe(written);
    if (stack !== "shop-dev-one") {
      expect(await shown(lab)).not.toBe(before);
      expect(outcomes["shop-dev-one"]).toBe("removed");
    }
    expect(changed((await lab.provision(after)).outcomes)).toEqual([]);
  });

  it("is looked up anew where it is written between a change set and its execution", async () => {
    const path = "/shop/dev/one/Value";
    const lab = await rehearsed();
    const first = [source("shop-dev-one", path), reader("shop-dev-one", path)];
    await lab.provision(first);
    const [one, two] = first;
    if (one === undefined || two === undefined) throw new Error("there are two");
    const next = [one, { ...two, template: { ...two.template, Description: "more" } }];
    const bodies = next.map((stack) => ({ ...stack, body: JSON.stringify(stack.template) }));
    let written = false;
    const cloud = lab.opened();
    const racing = {
      ...cloud,
      executeChangeSet: async (...given: Parameters<typeof cloud.executeChangeSet>) => {
        if (!written) await putByHand(lab, path, "fresh");
        written = true;
        return cloud.executeChangeSet(...given);
      },
    };
    const retopic = {
      ...bodies[1],
      template: { ...two.template, Resources: { ...two.template.Resources, N: { Type: "AWS::SNS::Topic" } } },
    };
    const reading = { ...two, ...retopic, body: JSON.stringify(retopic.template) };
    const ran = await lab.provision([one, reading], { cloud: racing });
    expect(ran.noticed).toContain("shop-dev-reader: a parameter it reads has just changed, retrying");
    expect(ran.result.outcome).toBe("done");
    expect(await shown(lab)).toBe("fresh");
  });

  it("leaves a stack alone that AWS says has drifted only because it reads weakly (coverage-roadmap#2559)", async () => {
    const lab = await rehearsed();
    const weak = stackOf("shop-dev-weak", "data", {
      needs: ["shop-dev-one"],
      resources: { R: { Type: "AWS::SNS::Topic", Properties: { TopicName: outputOf("shop-dev-one", "O") } } },
    });
    const stacks = [stackOf("shop-dev-one", "vpc", { outputs: { O: { Value: "name" } } }), weak];
    await lab.provision(stacks);
    expect(changed((await lab.provision(stacks, { revertDrift: true })).outcomes)).toEqual([]);
  });
});
