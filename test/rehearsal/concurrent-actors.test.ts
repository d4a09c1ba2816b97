import {
  CreateChangeSetCommand,
  DeleteStackCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
} from "@aws-sdk/client-cloudformation";
import { describe, expect, it } from "vitest";
import { type Driver, refusal, rehearse, template, topic } from "./support/driver.ts";

const OBSOLETE =
  /^InvalidChangeSetStatusException: ChangeSet \[.*\] cannot be executed in its current execution status of \[OBSOLETE\]$/;

const bucket = { Type: "AWS::S3::Bucket" };
const repository = { Type: "AWS::ECR::Repository" };

async function reasonsOf({ cloudformation }: Driver, StackName: string): Promise<string> {
  const { StackResources = [] } = await cloudformation.send(new DescribeStackResourcesCommand({ StackName }));
  return StackResources.map(({ ResourceStatusReason }) => ResourceStatusReason ?? "").join("\n");
}

describe("a resource that gets content while it is being deleted", () => {
  it.each([
    ["AWS::S3::Bucket", bucket, "The bucket you tried to delete is not empty"],
    ["AWS::ECR::Repository", repository, "cannot be deleted because it still contains images"],
  ])("stays: %s", async (resourceType, resource, words) => {
    const driver = await rehearse({ faults: [{ resourceType, effect: "filled" }] });
    const { StackId = "" } = await driver.create("shop", template({ Thing: resource }));
    await driver.cloudformation.send(new DeleteStackCommand({ StackName: "shop" }));
    expect((await driver.settled(StackId)).StackStatus).toBe("DELETE_FAILED");
    expect(await reasonsOf(driver, StackId)).toContain(words);
  });
});

describe("a concurrent actor", () => {
  const before = template({ T: topic({ DisplayName: "1" }) });
  const after = template({ T: topic({ DisplayName: "2" }) });

  async function changeSet({ cloudformation, rehearsal }: Driver, type: "CREATE" | "UPDATE"): Promise<void> {
    const TemplateBody = JSON.stringify(type === "CREATE" ? before : after);
    const names = { StackName: "shop", ChangeSetName: `cs-${type.toLowerCase()}` };
    await cloudformation.send(new CreateChangeSetCommand({ ...names, ChangeSetType: type, TemplateBody }));
    await rehearsal.clock.sleep(5000);
  }
  const execute = ({ cloudformation }: Driver, type: string) =>
    cloudformation.send(new ExecuteChangeSetCommand({ StackName: "shop", ChangeSetName: `cs-${type}` }));
  const tags = async ({ cloudformation }: Driver) => {
    const { Stacks = [] } = await cloudformation.send(new DescribeStacksCommand({ StackName: "shop" }));
    return Stacks[0]?.Tags;
  };

  it("updates the stack after our change set was created: ours becomes obsolete", async () => {
    const driver = await rehearse({ faults: [{ actor: "updates", stack: "shop" }] });
    await driver.create("shop", before);
    await changeSet(driver, "UPDATE");
    expect(await refusal(execute(driver, "update"))).toMatch(OBSOLETE);
    expect((await driver.settled("shop")).StackStatus).toBe("UPDATE_COMPLETE");
    expect(await tags(driver)).toEqual([{ Key: "changed-by", Value: "somebody-else" }]);
    expect(await refusal(execute(driver, "update"))).toMatch(OBSOLETE);
  });

  it("deletes the stack while it is being created", async () => {
    const driver = await rehearse({ faults: [{ actor: "deletes" }] });
    await changeSet(driver, "CREATE");
    const { Stacks = [] } = await driver.cloudformation.send(new DescribeStacksCommand({ StackName: "shop" }));
    await execute(driver, "create");
    const { StackId = "", StackStatus } = await driver.settled(Stacks[0]?.StackId ?? "");
    expect(StackStatus).toBe("DELETE_COMPLETE");
    expect(await driver.history(StackId)).toContain("shop CREATE_IN_PROGRESS");
  });

  it("cancels our update, once there is one to cancel", async () => {
    const driver = await rehearse({ faults: [{ actor: "cancels" }] });
    for (const type of ["CREATE", "UPDATE"] as const) {
      await changeSet(driver, type);
      await execute(driver, type.toLowerCase());
      const { StackStatus } = await driver.settled("shop");
      expect(StackStatus).toBe(type === "CREATE" ? "CREATE_COMPLETE" : "UPDATE_ROLLBACK_COMPLETE");
    }
  });
});
