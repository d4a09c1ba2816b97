import { CreateStackCommand, DescribeStackEventsCommand, UpdateStackCommand } from "@aws-sdk/client-cloudformation";
import { describe, expect, it } from "vitest";
import { type Driver, rehearse, template, topic } from "./support/driver.ts";

const monitoring = (driver: Driver, operation: string, input: object) =>
  driver.json("monitoring", `GraniteServiceVersion20100801.${operation}`, input);

/** Makes an alarm that is in this state; a configuration that watches it for five minutes. */
async function watching(driver: Driver, StateValue: string) {
  await monitoring(driver, "PutMetricAlarm", { AlarmName: "errors", MetricName: "m", Namespace: "n" });
  await monitoring(driver, "SetAlarmState", { AlarmName: "errors", StateValue, StateReason: "told" });
  const Arn = `arn:aws:cloudwatch:us-east-1:${driver.rehearsal.credentials.accessKeyId}:alarm:errors`;
  return { RollbackTriggers: [{ Arn, Type: "AWS::CloudWatch::Alarm" }], MonitoringTimeInMinutes: 5 };
}

const events = async ({ cloudformation }: Driver) =>
  ((await cloudformation.send(new DescribeStackEventsCommand({ StackName: "shop" }))).StackEvents ?? []).toReversed();

/** Seconds between the last event before this state of the stack, and it. */
async function secondsBefore(driver: Driver, status: string): Promise<number> {
  const all = await events(driver);
  const at = all.findLastIndex((one) => one.LogicalResourceId === "shop" && one.ResourceStatus === status);
  return ((all[at]?.Timestamp?.getTime() ?? 0) - (all[at - 1]?.Timestamp?.getTime() ?? 0)) / 1000;
}

describe("rollback triggers", () => {
  it("are monitored for a while once all is created, and do nothing in state OK", async () => {
    const driver = await rehearse();
    const RollbackConfiguration = await watching(driver, "OK");
    const stack = await driver.create("shop", template({ A: topic() }), { RollbackConfiguration });
    expect(stack).toMatchObject({ StackStatus: "CREATE_COMPLETE", RollbackConfiguration });
    expect(await secondsBefore(driver, "CREATE_COMPLETE")).toBeCloseTo(300, 0);
  });

  it("roll a creation or an update back in state ALARM, also during monitoring", async () => {
    const driver = await rehearse();
    const RollbackConfiguration = await watching(driver, "OK");
    const create = new CreateStackCommand({
      StackName: "shop",
      TemplateBody: JSON.stringify(template({ A: topic() })),
      RollbackConfiguration,
    });
    await driver.cloudformation.send(create);
    await driver.rehearsal.clock.sleep(200_000);
    await monitoring(driver, "SetAlarmState", { AlarmName: "errors", StateValue: "ALARM", StateReason: "told" });
    expect((await driver.settled("shop")).StackStatus).toBe("ROLLBACK_COMPLETE");
    expect((await events(driver)).map((one) => one.ResourceStatusReason)).toContainEqual(
      expect.stringMatching(/alarm:errors\]\. Rollback requested by user\.$/),
    );
  });

  it("are reused by later updates", async () => {
    const driver = await rehearse();
    const RollbackConfiguration = await watching(driver, "OK");
    await driver.create("shop", template({ A: topic() }), { RollbackConfiguration });
    await monitoring(driver, "SetAlarmState", { AlarmName: "errors", StateValue: "ALARM", StateReason: "told" });
    const updated = await driver.update("shop", template({ A: topic({ DisplayName: "b" }) }));
    expect(updated.StackStatus).toBe("UPDATE_ROLLBACK_COMPLETE");
  });

  it("that are missing roll the operation back", async () => {
    const driver = await rehearse();
    const Arn = `arn:aws:cloudwatch:us-east-1:${driver.rehearsal.credentials.accessKeyId}:alarm:nobody`;
    const RollbackConfiguration = { RollbackTriggers: [{ Arn, Type: "AWS::CloudWatch::Alarm" }] };
    const stack = await driver.create("shop", template({ A: topic() }), { RollbackConfiguration });
    expect(stack.StackStatus).toBe("ROLLBACK_COMPLETE");
  });
});

it("a monitoring time without triggers puts off what an update cleans up, and no creation", async () => {
  const driver = await rehearse();
  const RollbackConfiguration = { MonitoringTimeInMinutes: 5 };
  await driver.create("shop", template({ A: topic(), B: topic() }), { RollbackConfiguration });
  expect(await secondsBefore(driver, "CREATE_COMPLETE")).toBeLessThan(60);
  const update = new UpdateStackCommand({ StackName: "shop", TemplateBody: JSON.stringify(template({ A: topic() })) });
  await driver.cloudformation.send(update);
  expect((await driver.settled("shop")).StackStatus).toBe("UPDATE_COMPLETE");
  expect(await secondsBefore(driver, "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS")).toBeCloseTo(300, 0);
});
