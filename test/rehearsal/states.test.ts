import {
  CancelUpdateStackCommand,
  ContinueUpdateRollbackCommand,
  CreateChangeSetCommand,
  CreateStackCommand,
  DeleteChangeSetCommand,
  DescribeStackEventsCommand,
  DescribeStackResourcesCommand,
  ExecuteChangeSetCommand,
  GetTemplateSummaryCommand,
  SignalResourceCommand,
  UpdateStackCommand,
} from "@aws-sdk/client-cloudformation";
import { describe, expect, it } from "vitest";
import { broken, type Driver, refusal, rehearse, template, topic } from "./support/driver.ts";

const BODY = JSON.stringify(template({ A: topic() }));
const OTHER = JSON.stringify(template({ A: topic(), B: topic() }));
const draft = ({ cloudformation }: Driver, more: object = {}) =>
  cloudformation.send(
    new CreateChangeSetCommand({ StackName: "shop", ChangeSetName: "c", TemplateBody: OTHER, ...more }),
  );

describe("a stack without a running operation", () => {
  it("has no update to cancel, no rollback to continue and nothing to signal", async () => {
    const { create, cloudformation } = await rehearse();
    const { StackId } = await create("shop", template({ A: topic() }));
    const StackName = "shop";
    const calls = [
      cloudformation.send(new CancelUpdateStackCommand({ StackName })),
      cloudformation.send(new ContinueUpdateRollbackCommand({ StackName })),
      cloudformation.send(
        new SignalResourceCommand({ StackName, LogicalResourceId: "A", UniqueId: "1", Status: "SUCCESS" }),
      ),
    ];
    expect(await Promise.all(calls.map(refusal))).toEqual([
      "ValidationError: CancelUpdateStack cannot be called from current stack status",
      "ValidationError: RollbackUpdatedStack cannot be called from current stack status",
      `ValidationError: Stack ${StackId} is in CREATE_COMPLETE state and cannot be signaled`,
    ]);
  });

  it("created with DO_NOTHING cannot be updated, one whose rollback was disabled can", async () => {
    const { create, cloudformation } = await rehearse();
    await create("left", template({ Bad: broken() }), { OnFailure: "DO_NOTHING" });
    await create("kept", template({ Bad: broken() }), { DisableRollback: true });
    const update = (StackName: string) =>
      refusal(cloudformation.send(new UpdateStackCommand({ StackName, TemplateBody: BODY })));
    expect(await update("left")).toBe(
      "ValidationError: This stack cannot be updated from [CREATE_FAILED] state because it contains [on-failure: DO_NOTHING]. Please use disable-rollback option instead during stack creation.",
    );
    expect(await update("kept")).toBe("not refused");
  });
});

it("an update that is cancelled is undone in the name of the call that cancelled it", async () => {
  const { create, cloudformation, settled } = await rehearse();
  await create("shop", template({ A: topic() }));
  await cloudformation.send(
    new UpdateStackCommand({ StackName: "shop", TemplateBody: OTHER, ClientRequestToken: "u" }),
  );
  await cloudformation.send(new CancelUpdateStackCommand({ StackName: "shop", ClientRequestToken: "c" }));
  await settled("shop");
  const { StackEvents } = await cloudformation.send(new DescribeStackEventsCommand({ StackName: "shop" }));
  const tokens = (StackEvents ?? []).map((one) => `${one.ResourceStatus} ${one.ClientRequestToken}`);
  expect(tokens).toContain("UPDATE_IN_PROGRESS u");
  expect(tokens).toContain("UPDATE_ROLLBACK_IN_PROGRESS c");
});

describe("a call with contradicting parameters is refused", () => {
  it("about the template, the rollback, a parameter", async () => {
    const { create, cloudformation } = await rehearse();
    const parameters = { Parameters: { P: { Type: "String", Default: "p" } } };
    await create("shop", template({ A: topic() }, parameters));
    const [StackName, TemplateURL] = ["s", "https://s3.amazonaws.com/b/k"];
    const calls = [
      cloudformation.send(new CreateStackCommand({ StackName, TemplateBody: BODY, TemplateURL })),
      cloudformation.send(
        new CreateStackCommand({ StackName, TemplateBody: BODY, OnFailure: "DELETE", DisableRollback: false }),
      ),
      cloudformation.send(
        new UpdateStackCommand({
          StackName: "shop",
          UsePreviousTemplate: true,
          Parameters: [{ ParameterKey: "P", ParameterValue: "q", UsePreviousValue: true }],
        }),
      ),
      cloudformation.send(
        new UpdateStackCommand({ StackName: "shop", UsePreviousTemplate: true, TemplateBody: OTHER }),
      ),
      cloudformation.send(new DescribeStackResourcesCommand({ StackName: "shop", PhysicalResourceId: "x" })),
      cloudformation.send(new GetTemplateSummaryCommand({ StackName: "shop", TemplateBody: BODY })),
    ];
    expect(await Promise.all(calls.map(refusal))).toEqual([
      "ValidationError: You cannot specify both Template URL and Template Body.",
      "ValidationError: Either DisableRollback or OnFailure can be specified, not both.",
      "ValidationError: Invalid input for parameter key P. Cannot specify usePreviousValue as true and non empty value for a parameter",
      "ValidationError: You cannot specify both usePreviousTemplate and Template Body.",
      "ValidationError: Only one of StackName and PhysicalResourceId can be specified.",
      "ValidationError: Only one of StackName, TemplateBody and TemplateURL can be specified.",
    ]);
  });

  it("about what is to become of a change set's stack", async () => {
    const driver = await rehearse();
    const { cloudformation } = driver;
    const { Id } = await draft(driver, { ChangeSetType: "CREATE", OnStackFailure: "DELETE" });
    await driver.rehearsal.clock.sleep(5000);
    expect(
      await refusal(cloudformation.send(new ExecuteChangeSetCommand({ ChangeSetName: Id, DisableRollback: true }))),
    ).toMatch(/^ValidationError: DisableRollback cannot be specified/);
    await driver.create("old", template({ A: topic() }));
    expect(await refusal(draft(driver, { StackName: "old", OnStackFailure: "DELETE" }))).toMatch(
      /^ValidationError: OnStackFailure DELETE/,
    );
  });
});

describe("a change set", () => {
  it("of a name that is taken is refused, for its token if that is another", async () => {
    const driver = await rehearse();
    await driver.create("shop", template({ A: topic() }));
    await draft(driver, { ClientToken: "one" });
    expect(await refusal(draft(driver, { ClientToken: "one" }))).toBe("not refused");
    expect(await refusal(draft(driver, { ClientToken: "two" }))).toBe(
      "AlreadyExistsException: ChangeSet c cannot be created due to a mismatch with existing attribute ClientToken",
    );
  });

  it("cannot be deleted while it is executed", async () => {
    const driver = await rehearse();
    const { cloudformation, rehearsal } = driver;
    const { Id } = await draft(driver, { ChangeSetType: "CREATE" });
    await rehearsal.clock.sleep(5000);
    await cloudformation.send(new ExecuteChangeSetCommand({ ChangeSetName: Id }));
    expect(await refusal(cloudformation.send(new DeleteChangeSetCommand({ ChangeSetName: Id })))).toBe(
      `InvalidChangeSetStatusException: ChangeSet [${Id}] cannot be deleted in its current execution status of [EXECUTE_IN_PROGRESS]`,
    );
  });
});

describe("a rollback trigger is refused", () => {
  const attempt = async (Arn: string, Type: string) =>
    refusal(
      (await rehearse()).cloudformation.send(
        new CreateStackCommand({
          StackName: "shop",
          TemplateBody: BODY,
          RollbackConfiguration: { RollbackTriggers: [{ Arn, Type }] },
        }),
      ),
    );
  it("that is no alarm, or not an alarm's ARN", async () => {
    expect(await attempt("x", "Another")).toBe("ValidationError: Rollback Trigger Type not supported");
    expect(await attempt("arn:aws:cloudwatch:us-east-1:123456789012:name", "AWS::CloudWatch::Alarm")).toBe(
      "ValidationError: RelativeId of a Rollback Trigger's ARN is incorrect",
    );
  });
});
