import { describe, expect, it } from "vitest";
import { isPhase } from "../../src/config/phases.ts";
import type { EnvironmentInput } from "../../src/config/schema.ts";
import { loadPricesFor } from "../../src/cost/catalogue.ts";
import type { DeployedTemplate } from "../../src/plan/deployed.ts";
import { planProvision } from "../../src/plan/provision-plan.ts";
import type { Stack } from "../../src/synth/assembly.ts";
import { isObject } from "../../src/template/json.ts";
import { itemsOf, storedReads, storedWrites } from "../../src/template/stored.ts";
import type { Json, Template } from "../../src/template/types.ts";
import { outputOf, SITE, stackOf } from "../support/stacks.ts";
import { synthesise } from "../template/app/synth.ts";

const CHOSEN: EnvironmentInput = {
  region: "eu-west-1",
  network: { azs: 2 },
  database: { key: "own" },
  domain: { name: "example.com", zone: "Z0123456789ABCDEFGHIJ" },
  alarms: { email: "ops@example.com" },
};

const stacks: readonly Stack[] = synthesise(CHOSEN, SITE.project, SITE.environment).map(
  ({ stackName, template, tags, environment: { region }, needs }) => {
    const phase = template.Metadata?.["astro:phase"];
    if (!isPhase(phase)) throw new Error(`${stackName} has no phase`);
    return stackOf(stackName, phase, { template, body: JSON.stringify(template), tags, region, needs });
  },
);

/** Where a value is written, and what its items would be called as outputs. */
const written = new Map(
  stacks.flatMap((stack) =>
    storedWrites(stack.template).map(
      ({ logicalId, name, value }) => [String(name), { stack, logicalId, value }] as const,
    ),
  ),
);

/** The stack as an earlier release of the app made it: every value read by a weak reference to an output of its own. */
function weakly({ template }: Stack): Template {
  const reads = new Map(storedReads(template).map((read) => [read.parameter, read]));
  const { Parameters: _, ...rest } = JSON.parse(JSON.stringify(template), (_, inner: Json) => {
    const read = isObject(inner) ? reads.get(String(inner.Ref)) : undefined;
    const from = read && written.get(read.path);
    if (!read || !from) return inner;
    const each = itemsOf(from.value).map((_, index) => outputOf(from.stack.name, `${from.logicalId}${index}`));
    return read.list ? each : each[0];
  }) as Template;
  const outputs = storedWrites(template).flatMap(({ logicalId, value }) =>
    itemsOf(value).map((Value, index) => [`${logicalId}${index}`, { Value }] as const),
  );
  const resources = Object.entries(rest.Resources).filter(([, { Type }]) => Type !== "AWS::SSM::Parameter");
  return {
    ...rest,
    Resources: Object.fromEntries(resources),
    Outputs: { ...rest.Outputs, ...Object.fromEntries(outputs) },
  };
}

describe("an environment whose stacks still read each other's outputs by weak references", () => {
  it("gets its values into Parameter Store, and nothing else of it is changed or replaced", async () => {
    const deployed = stacks.map((stack): DeployedTemplate => {
      const template = weakly(stack);
      return {
        name: stack.name,
        region: stack.region,
        id: `arn:aws:cloudformation:${stack.region}:1:stack/${stack.name}/1`,
        status: "UPDATE_COMPLETE",
        outputs: Object.fromEntries(Object.keys(template.Outputs ?? {}).map((key) => [key, key])),
        tags: stack.tags,
        createdAt: new Date(0),
        terminationProtection: stack.terminationProtection,
        template,
      };
    });
    expect(JSON.stringify(deployed)).toContain("Fn::GetStackOutput");
    const prices = await loadPricesFor([SITE.region, "us-east-1"]);
    const { steps } = await planProvision({ site: SITE, stacks, deployed, values: new Map(), prices });
    const standing = steps.filter(({ phase }) => phase !== "bootstrap");
    expect(standing.map(({ action }) => action)).not.toContain("create");
    const other = standing.flatMap(({ stack, changes }) =>
      changes.flatMap(({ action, type, logicalId }) =>
        action === "add" && type === "AWS::SSM::Parameter" ? [] : [`${stack}: ${logicalId} ${action}`],
      ),
    );
    expect(other).toEqual([]);
    expect(standing.flatMap(({ access = [] }) => access)).toEqual([]);
    const database = standing.find(({ stack }) => stack === "shop-dev-database");
    expect(database).toMatchObject({
      action: "update",
      foreseen: { by: "templates", why: "/shop/dev/network/DatabaseSubnets, which it reads, does not exist yet" },
    });
  });
});
