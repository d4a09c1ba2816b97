import { describe, expect, it } from "vitest";
import { AstroError } from "../../src/errors.ts";
import { checkedTemplates, sameTypes } from "../../src/operation/checked-templates.ts";
import type { Assembly } from "../../src/synth/assembly.ts";
import type { JsonObject, Resource, Template } from "../../src/template/types.ts";
import { stackOf } from "../support/stacks.ts";

const assembly = (groups: Readonly<Record<string, JsonObject>>): Assembly => {
  const resources = Object.entries(groups).map(([id, Properties]) => [id, { Type: "AWS::Logs::LogGroup", Properties }]);
  const template = { Resources: Object.fromEntries(resources) };
  const body = JSON.stringify(template);
  const stack = { name: "shop-dev-logs", region: "eu-west-1", phase: "data", template, body } as const;
  const plain = { needs: [], tags: {}, terminationProtection: false, assetManifests: [] };
  return { directory: "/app/cdk.out", stacks: [{ ...stack, ...plain }] };
};

describe("an assembly before anything is deployed", () => {
  it("is handed on where AWS would take it", async () => {
    const good = assembly({ Group: { RetentionInDays: 14 } });
    expect(await checkedTemplates(good, "123456789012")).toBe(good);
  });

  it("is refused with the resource, the value, AWS's words and the document", async () => {
    const thrown = await checkedTemplates(assembly({ Group: { RetentionInDays: 15 } }), "123456789012").catch(
      (error) => error,
    );
    expect(thrown).toBeInstanceOf(AstroError);
    expect(thrown.exit).toBe(5);
    expect(`${thrown.message}\n${thrown.hint}`).toMatchInlineSnapshot(`
      "AWS would refuse this:
      shop-dev-logs: Group (AWS::Logs::LogGroup), RetentionInDays 15: #/RetentionInDays: 15 is not a valid enum value
      see CloudWatch Logs API Reference, PutRetentionPolicy (retentionInDays)
      change it in the CDK app, then check again with:  astro plan"
    `);
  });

  it("is refused with ten findings said and the others counted", async () => {
    const many = Array.from({ length: 12 }, (_, i) => [`Group${i}`, { RetentionInDays: 15 }]);
    const thrown = await checkedTemplates(assembly(Object.fromEntries(many)), "123456789012").catch((error) => error);
    expect(thrown.message).toMatch(/^AWS would refuse 12 properties:\n/);
    expect(thrown.message).toMatch(/\nand 2 more$/);
  });
});

describe("a deployed resource whose type changes", () => {
  const of = (Type: string, more: Partial<Template> = {}, own: Partial<Resource> = {}): Template => ({
    Resources: { It: { Type, ...own } },
    ...more,
  });
  const refused = (before: Template, after: Template, status = "UPDATE_COMPLETE") => {
    const stack = stackOf("shop-dev-one", "data");
    const { name, region, tags, terminationProtection } = stack;
    const about = { name, region, tags, terminationProtection, id: "arn", outputs: {}, createdAt: new Date(0) };
    return () => sameTypes([{ ...stack, template: after }], [{ ...about, status, template: before }]);
  };
  const [queue, topic] = [of("AWS::SQS::Queue"), of("AWS::SNS::Topic")];

  it("is refused with what it is and what it cannot become, before anything is asked to go", () => {
    expect(refused(queue, topic)).toThrow(
      expect.objectContaining({
        exit: 5,
        message:
          "AWS cannot change a resource's type:\nshop-dev-one: It is AWS::SQS::Queue, and cannot become AWS::SNS::Topic",
        hint: "use a new logical id in the CDK app, then check again with:  astro plan",
      }),
    );
  });

  it("is left to AWS where only AWS can tell, and where nothing stands that is kept", () => {
    expect(refused(queue, queue)).not.toThrow();
    expect(refused(queue, of("AWS::SNS::Topic", { Transform: "AWS::Serverless-2016-10-31" }))).not.toThrow();
    expect(refused(of("AWS::SQS::Queue", {}, { Condition: "Never" }), topic)).not.toThrow();
    expect(refused(queue, topic, "ROLLBACK_COMPLETE")).not.toThrow();
  });
});
