import { describe, expect, it } from "vitest";
import { bootstrapStack } from "../../src/plan/bootstrap.ts";
import { type CheckedTemplate, checkTemplates } from "../../src/rules/check-templates.ts";
import { synthesise } from "../template/app/synth.ts";

const ACCOUNT = "123456789012";

/** That they break no rule, whatever the options, is what `template/app/options.test.ts` shows beside the rest. */
describe("the app's own templates", () => {
  it("are looked into: subnets that are all in one zone are found by what other stacks put into them", () => {
    const stacks = stacksOf({ region: "eu-west-1" }).map((stack) =>
      stack.name === "astro-dev-network" ? { ...stack, template: inOneZone(stack.template) } : stack,
    );
    const found = checkTemplates(stacks, ACCOUNT).map(({ stack, id, rule }) => `${stack} ${id} ${rule}`);
    expect(found).toEqual([
      "astro-dev-database DatabaseSubnets db-subnet-zones",
      "astro-dev-load-balancer LoadBalancer alb-two-zones",
      "astro-dev-load-balancer LoadBalancer load-balancer-zones",
    ]);
  });
});

function stacksOf(environment: Parameters<typeof synthesise>[0]): readonly CheckedTemplate[] {
  const made = synthesise(environment).map(({ stackName, template, environment: { region } }) => {
    return { name: stackName, region, template, body: JSON.stringify(template) };
  });
  return [bootstrapStack(environment.region), ...made];
}

/** Every subnet in the first zone. */
function inOneZone(template: CheckedTemplate["template"]): CheckedTemplate["template"] {
  const first = { "Fn::Select": [0, { "Fn::GetAZs": "" }] };
  const moved = Object.entries(template.Resources).map(([id, resource]) => {
    if (resource.Type !== "AWS::EC2::Subnet") return [id, resource];
    return [id, { ...resource, Properties: { ...resource.Properties, AvailabilityZone: first } }];
  });
  return { ...template, Resources: Object.fromEntries(moved) };
}
