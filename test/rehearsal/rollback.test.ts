import {
  CreateStackCommand,
  DescribeStackEventsCommand,
  DescribeStackResourcesCommand,
  UpdateStackCommand,
} from "@aws-sdk/client-cloudformation";
import { describe, expect, it } from "vitest";
import { broken, type Driver, refusal, rehearse, template, topic } from "./support/driver.ts";
import { database } from "./support/rules.ts";

const reasons = async ({ cloudformation }: Driver, StackName: string) => {
  const { StackEvents } = await cloudformation.send(new DescribeStackEventsCommand({ StackName }));
  return (StackEvents ?? [])
    .flatMap((event) =>
      event.ResourceStatusReason
        ? [`${event.LogicalResourceId} ${event.ResourceStatus}: ${event.ResourceStatusReason}`]
        : [],
    )
    .toReversed();
};

/** Takes ten minutes: what fails meanwhile cancels it. */
const DATABASE = database();

describe("a creation that fails", () => {
  it("cancels what is under way, deletes in reverse order what was made, and can only be deleted then", async () => {
    const driver = await rehearse();
    const body = template({ First: topic(), Slow: DATABASE, Bad: broken({ DependsOn: "First" }) });
    const stack = await driver.create("shop", body);
    expect(stack.StackStatus).toBe("ROLLBACK_COMPLETE");
    expect(await driver.history("shop")).toEqual([
      "shop CREATE_IN_PROGRESS",
      "First CREATE_IN_PROGRESS",
      "Slow CREATE_IN_PROGRESS",
      "First CREATE_IN_PROGRESS",
      "Slow CREATE_IN_PROGRESS",
      "First CREATE_COMPLETE",
      "Bad CREATE_IN_PROGRESS",
      "Bad CREATE_FAILED",
      "Slow CREATE_FAILED",
      "shop ROLLBACK_IN_PROGRESS",
      "Slow DELETE_IN_PROGRESS",
      "Bad DELETE_COMPLETE",
      "First DELETE_IN_PROGRESS",
      "First DELETE_COMPLETE",
      "Slow DELETE_COMPLETE",
      "shop ROLLBACK_COMPLETE",
    ]);
    const said = await reasons(driver, "shop");
    expect(said).toContain("Slow CREATE_FAILED: Resource creation cancelled");
    expect(said).toContain(
      "shop ROLLBACK_IN_PROGRESS: The following resource(s) failed to create: [Bad, Slow]. Rollback requested by user.",
    );
    const again = driver.cloudformation.send(
      new UpdateStackCommand({ StackName: "shop", TemplateBody: JSON.stringify(body) }),
    );
    expect(await refusal(again)).toBe(
      `ValidationError: Stack:${stack.StackId} is in ROLLBACK_COMPLETE state and can not be updated.`,
    );
  });

  it("continues independent resources if rollback is disabled", async () => {
    const driver = await rehearse();
    const body = template({
      First: topic(),
      Bad: broken({ DependsOn: "First" }),
      After: topic({}, { DependsOn: "Bad" }),
      AfterThat: topic({}, { DependsOn: "After" }),
      Slow: DATABASE,
      Beside: topic({}, { DependsOn: "Slow" }),
    });
    const stack = await driver.create("shop", body, { DisableRollback: true });
    expect(stack).toMatchObject({
      StackStatus: "CREATE_FAILED",
      StackStatusReason: "The following resource(s) failed to create: [Bad]. ",
    });
    const { StackResources } = await driver.cloudformation.send(
      new DescribeStackResourcesCommand({ StackName: "shop" }),
    );
    expect(
      Object.fromEntries((StackResources ?? []).map((one) => [one.LogicalResourceId, one.ResourceStatus])),
    ).toEqual({ First: "CREATE_COMPLETE", Bad: "CREATE_FAILED", Slow: "CREATE_COMPLETE", Beside: "CREATE_COMPLETE" });
  });

  it("keeps what it created with OnFailure DO_NOTHING, and deletes the stack with DELETE", async () => {
    const driver = await rehearse();
    const body = template({ Good: topic(), Bad: broken({ DependsOn: "Good" }) });
    expect((await driver.create("kept", body, { OnFailure: "DO_NOTHING" })).StackStatus).toBe("CREATE_FAILED");
    const { StackResources } = await driver.cloudformation.send(
      new DescribeStackResourcesCommand({ StackName: "kept" }),
    );
    expect(StackResources?.map((one) => [one.LogicalResourceId, one.ResourceStatus])).toEqual([
      ["Good", "CREATE_COMPLETE"],
      ["Bad", "CREATE_FAILED"],
    ]);
    expect((await driver.create("gone", body, { OnFailure: "DELETE" })).StackStatus).toBe("DELETE_COMPLETE");
  });

  it("is accepted and fails at once when it imports a missing export", async () => {
    const driver = await rehearse();
    const body = template({ A: topic({ DisplayName: { "Fn::ImportValue": "nobody" } }) });
    expect((await driver.create("shop", body)).StackStatus).toBe("ROLLBACK_COMPLETE");
    expect(await reasons(driver, "shop")).toEqual([
      "shop CREATE_IN_PROGRESS: User Initiated",
      "shop ROLLBACK_IN_PROGRESS: No export named nobody found. Rollback requested by user.",
    ]);
  });

  it("names a property that the type does not have, and one that is missing", async () => {
    const driver = await rehearse();
    await driver.create(
      "shop",
      template({ A: { Type: "AWS::SSM::Parameter", Properties: { Typ: "String", Value: "v" } } }),
    );
    expect(await reasons(driver, "shop")).toContain(
      "A CREATE_FAILED: Properties validation failed for resource A with message:\n[#: required key [Type] not found, #: extraneous key [Typ] is not permitted]",
    );
  });

  it("ends at its timeout", async () => {
    const driver = await rehearse();
    expect((await driver.create("shop", template({ Slow: DATABASE }), { TimeoutInMinutes: 2 })).StackStatus).toBe(
      "ROLLBACK_COMPLETE",
    );
    expect(await reasons(driver, "shop")).toContain(
      "shop ROLLBACK_IN_PROGRESS: Stack creation time exceeded the specified timeout. Rollback requested by user.",
    );
  });
});

describe("a resource fault", () => {
  it("happens to the first resource of its type, with the reason given, and not again", async () => {
    const driver = await rehearse({
      faults: [{ resourceType: "AWS::RDS::DBInstance", reason: "no room in this zone" }],
    });
    expect((await driver.create("one", template({ Slow: DATABASE }))).StackStatus).toBe("ROLLBACK_COMPLETE");
    expect((await reasons(driver, "one")).find((line) => line.startsWith("Slow CREATE_FAILED"))).toContain(
      '"no room in this zone"',
    );
    expect((await driver.create("two", template({ Slow: DATABASE }))).StackStatus).toBe("CREATE_COMPLETE");
  });

  it("does not touch the stacks of its type that do not change", async () => {
    const driver = await rehearse({ faults: [{ resourceType: "AWS::SNS::Topic" }] });
    const body = JSON.stringify(
      template({ P: { Type: "AWS::SSM::Parameter", Properties: { Type: "String", Value: "v" } } }),
    );
    await driver.cloudformation.send(new CreateStackCommand({ StackName: "other", TemplateBody: body }));
    expect((await driver.settled("other")).StackStatus).toBe("CREATE_COMPLETE");
  });
});
