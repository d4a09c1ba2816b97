import { beforeAll, describe, expect, it } from "vitest";
import { loadPricesFor, type Prices } from "../../src/cost/catalogue.ts";
import type { DeployedTemplate } from "../../src/plan/deployed.ts";
import { planDestroy } from "../../src/plan/destroy-plan.ts";
import { keptBy } from "../../src/plan/kept.ts";
import type { Template } from "../../src/template/types.ts";
import { keptWords } from "../../src/view/kept-words.ts";
import { outputOf, SITE } from "../support/stacks.ts";

let prices: Prices;
beforeAll(async () => {
  prices = await loadPricesFor([SITE.region]);
});

const deployed = (name: string, phase: string | undefined, Resources: Template["Resources"]): DeployedTemplate => ({
  name,
  region: SITE.region,
  id: `arn:aws:cloudformation:${SITE.region}:1:stack/${name}/1`,
  status: "CREATE_COMPLETE",
  outputs: {},
  tags: {},
  createdAt: new Date(0),
  terminationProtection: false,
  template: { ...(phase !== undefined && { Metadata: { "astro:phase": phase } }), Resources },
});
const topic = (read?: string) => ({
  T: { Type: "AWS::SNS::Topic", Properties: { DisplayName: read === undefined ? "x" : outputOf(read, "Out") } },
});

describe("a removal plan", () => {
  it("deletes in reverse order of creation, readers before what they read", () => {
    const plan = planDestroy(
      SITE,
      [
        deployed("shop-dev-network", "vpc", topic()),
        deployed("shop-dev-secrets", "data", topic()),
        deployed("shop-dev-database", "data", topic("shop-dev-secrets")),
        deployed("shop-dev-cdn", "dns", topic("shop-dev-network")),
      ],
      prices,
    );
    expect(plan.steps.map(({ stack }) => stack)).toEqual([
      "shop-dev-cdn",
      "shop-dev-database",
      "shop-dev-secrets",
      "shop-dev-network",
    ]);
    expect(plan.steps.find(({ stack }) => stack === "shop-dev-secrets")?.needs).toEqual(["shop-dev-database"]);
  });

  it("respects a dependency that only the template names", () => {
    const secrets = deployed("shop-dev-secrets", "data", topic());
    const cache = deployed("shop-dev-cache", "data", topic());
    const needing = {
      ...cache,
      template: { ...cache.template, Metadata: { "astro:phase": "data", "astro:needs": [secrets.name] } },
    };
    const { steps } = planDestroy(SITE, [needing, secrets], prices);
    expect(steps.map(({ stack }) => stack)).toEqual([needing.name, secrets.name]);
    expect(steps[1]?.needs).toEqual([needing.name]);
  });

  // Template Reference, "Fn::ImportValue": "You can't delete a stack if another stack references one of its outputs"; the
  // CDK ties an app's stacks so (AWS CDK Developer Guide, "Resources", "Referencing resources in a different stack").
  it("deletes a stack only after those that import from it, without a phase or a dependency named", () => {
    const name = { "Fn::Sub": "${AWS::StackName}:Vpc" };
    const network = deployed("Network", undefined, topic());
    const exporting = {
      ...network,
      template: { ...network.template, Outputs: { Vpc: { Value: "v", Export: { Name: name } } } },
    };
    const web = deployed("Web", undefined, {
      T: { Type: "AWS::SNS::Topic", Properties: { DisplayName: { "Fn::ImportValue": "Network:Vpc" } } },
    });
    for (const stacks of [
      [exporting, web],
      [web, exporting],
    ]) {
      const { steps } = planDestroy(SITE, stacks, prices);
      expect(steps.map(({ stack }) => stack)).toEqual(["Web", "Network"]);
      expect(steps[1]?.needs).toEqual(["Web"]);
    }
  });

  it("refuses an environment that is protected, and says how to lift it", () => {
    const guarded = { ...deployed("shop-dev-network", "vpc", topic()), terminationProtection: true };
    expect(() => planDestroy(SITE, [guarded], prices)).toThrow(/shop-dev-network has termination protection/);
  });

  it("names what policies keep, a snapshot that AWS takes unasked included, and what that goes on costing", () => {
    const stacks = [
      deployed("shop-dev-database", "data", {
        Asked: { Type: "AWS::RDS::DBInstance", DeletionPolicy: "Snapshot", Properties: { AllocatedStorage: "20" } },
        Unasked: { Type: "AWS::RDS::DBInstance" },
        Gone: { Type: "AWS::RDS::DBInstance", DeletionPolicy: "Delete" },
        Key: { Type: "AWS::KMS::Key", DeletionPolicy: "Retain" },
        Role: { Type: "AWS::IAM::Role", DeletionPolicy: "RetainExceptOnCreate" },
        Topic: { Type: "AWS::SNS::Topic" },
      }),
    ];
    expect(keptBy(SITE, stacks, prices).map(keptWords)).toEqual([
      "a final snapshot of Asked (AWS::RDS::DBInstance) is retained: at most $1.90/mo",
      "a final snapshot of Unasked (AWS::RDS::DBInstance) is retained",
      "Key (AWS::KMS::Key) is retained: $1.00/mo",
      "Role (AWS::IAM::Role) is retained",
    ]);
    expect(planDestroy(SITE, stacks, prices).monthly.after).toBeCloseTo(2.9);
  });

  it("names what has no price, of what is removed and of what is kept", () => {
    const Db = { Type: "AWS::RDS::DBInstance", Properties: { Engine: "db2-se" } };
    const stacks = [deployed("shop-dev-database", "data", { Db, Old: { ...Db, DeletionPolicy: "Retain" } })];
    expect(planDestroy(SITE, stacks, prices).unpriced?.map(({ resource }) => resource)).toEqual(["Db", "Old"]);
    expect(keptBy(SITE, stacks, prices).map(keptWords)[1]).toBe(
      "Old (AWS::RDS::DBInstance) is retained; its price is not known",
    );
  });

  it("of an empty environment has no steps and no savings", () => {
    const plan = planDestroy(SITE, [], prices);
    expect([plan.steps, plan.monthly]).toEqual([[], { before: 0, after: 0 }]);
  });
});
