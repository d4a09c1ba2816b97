import { DeleteStackCommand, DescribeStacksCommand } from "@aws-sdk/client-cloudformation";
import { describe, expect, it } from "vitest";
import { refusal, rehearse, template, topic } from "./support/driver.ts";

describe("a stack", () => {
  it("is made in dependency order, each resource announced twice before it is complete", async () => {
    const { create, history } = await rehearse();
    const stack = await create("shop", template({ B: topic({ DisplayName: { Ref: "A" } }), A: topic() }));
    expect(stack.StackStatus).toBe("CREATE_COMPLETE");
    expect(await history("shop")).toEqual([
      "shop CREATE_IN_PROGRESS",
      "A CREATE_IN_PROGRESS",
      "A CREATE_IN_PROGRESS",
      "A CREATE_COMPLETE",
      "B CREATE_IN_PROGRESS",
      "B CREATE_IN_PROGRESS",
      "B CREATE_COMPLETE",
      "shop CREATE_COMPLETE",
    ]);
  });

  it("is deleted in the reverse order, and found afterwards by its id alone", async () => {
    const { create, history, settled, cloudformation } = await rehearse();
    const { StackId = "" } = await create("shop", template({ B: topic({ DisplayName: { Ref: "A" } }), A: topic() }));
    await cloudformation.send(new DeleteStackCommand({ StackName: "shop" }));
    expect((await settled(StackId)).StackStatus).toBe("DELETE_COMPLETE");
    expect((await history(StackId)).slice(8)).toEqual([
      "shop DELETE_IN_PROGRESS",
      "B DELETE_IN_PROGRESS",
      "B DELETE_COMPLETE",
      "A DELETE_IN_PROGRESS",
      "A DELETE_COMPLETE",
      "shop DELETE_COMPLETE",
    ]);
    const gone = cloudformation.send(new DescribeStacksCommand({ StackName: "shop" }));
    expect(await refusal(gone)).toBe("ValidationError: Stack with id shop does not exist");
  });
});
