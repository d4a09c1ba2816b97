import { DeleteStackCommand, DescribeStacksCommand } from "@aws-sdk/client-cloudformation";
import { ListBucketsCommand } from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import type { CallEffect } from "../../src/rehearsal/state/faults.ts";
import { refusal, rehearse, template, topic } from "./support/driver.ts";

describe("a call that is made to fail", () => {
  const REFUSED: readonly (readonly [CallEffect, string, string, string])[] = [
    ["throttled", "Throttling: Rate exceeded", "ThrottlingException", "SlowDown: Please reduce your request rate."],
    [
      "error",
      "InternalFailure: The request processing has failed because of an unknown error, exception or failure.",
      "InternalServerError",
      "InternalError: We encountered an internal error. Please try again.",
    ],
    [
      "unavailable",
      "ServiceUnavailable: The request has failed due to a temporary failure of the server.",
      "ServiceUnavailableException",
      "ServiceUnavailable: Please reduce your request rate.",
    ],
    [
      "expired",
      "ExpiredToken: The security token included in the request is expired",
      "ExpiredTokenException",
      "ExpiredToken: The provided token has expired.",
    ],
    [
      "skewed",
      "SignatureDoesNotMatch: Signature expired: it is now earlier than the time allowed",
      "InvalidSignatureException",
      "RequestTimeTooSkewed: The difference between the request time and the current time is too large.",
    ],
  ];

  it.each(REFUSED)("is %s in the words of each protocol, so many times", async (effect, query, json, s3) => {
    const faults = ["cloudformation:DescribeStacks", "dynamodb:*", "s3:ListBuckets"].map((call) => ({ call, effect }));
    const driver = await rehearse({ faults });
    const describeStacks = () => refusal(driver.cloudformation.send(new DescribeStacksCommand({})));
    expect([await describeStacks(), await describeStacks()]).toEqual([query, "not refused"]);
    const { __type } = await driver.json("dynamodb", "DynamoDB_20120810.ListTables", {});
    expect(__type).toBe(json);
    expect(await refusal(driver.s3.send(new ListBucketsCommand({})))).toBe(s3);
    expect(await refusal(driver.s3.send(new ListBucketsCommand({})))).toBe("not refused");
  });

  it.each([
    ["reset", "has had no effect", false],
    ["reset-after", "has had its effect, which the client cannot know", true],
    ["truncated", "has had its effect, which the client cannot know", true],
  ] as const)("%s: its connection breaks when it %s", async (effect, _, made) => {
    const driver = await rehearse({ faults: [{ call: "cloudformation:CreateStack", effect, after: 1 }] });
    await driver.create("first", template({ T: topic() }));
    await expect(driver.create("second", template({ T: topic() }))).rejects.toThrow();
    const found = await refusal(driver.cloudformation.send(new DescribeStacksCommand({ StackName: "second" })));
    expect(found).toBe(made ? "not refused" : "ValidationError: Stack with id second does not exist");
  });
});

describe("a resource that is made to fail", () => {
  const body = template({ A: topic(), B: topic({ DisplayName: { Ref: "A" } }) });
  const resourceType = "AWS::SNS::Topic";

  it("may be the second of its type", async () => {
    const driver = await rehearse({ faults: [{ resourceType, nth: 2, reason: "no more" }] });
    expect((await driver.create("shop", body)).StackStatus).toBe("ROLLBACK_COMPLETE");
    expect(await driver.history("shop")).toEqual(expect.arrayContaining(["A CREATE_COMPLETE", "B CREATE_FAILED"]));
  });

  it("may fail when it is changed, and when it is deleted, and then no more", async () => {
    const driver = await rehearse({
      faults: [
        { resourceType, on: "update" },
        { resourceType, on: "delete" },
      ],
    });
    const { StackId = "", StackStatus } = await driver.create("shop", template({ A: topic({ DisplayName: "1" }) }));
    expect(StackStatus).toBe("CREATE_COMPLETE");
    const changed = template({ A: topic({ DisplayName: "2" }) });
    expect((await driver.update("shop", changed)).StackStatus).toBe("UPDATE_ROLLBACK_COMPLETE");
    expect((await driver.update("shop", changed)).StackStatus).toBe("UPDATE_COMPLETE");
    for (const end of ["DELETE_FAILED", "DELETE_COMPLETE"]) {
      await driver.cloudformation.send(new DeleteStackCommand({ StackName: StackId }));
      expect((await driver.settled(StackId)).StackStatus).toBe(end);
    }
  });

  it("may take ten times as long, or never end", async () => {
    const { rehearsal, create } = await rehearse({ faults: [{ resourceType, effect: "slow" }] });
    const began = rehearsal.clock.now().getTime();
    expect((await create("shop", template({ A: topic() }))).StackStatus).toBe("CREATE_COMPLETE");
    expect(rehearsal.clock.now().getTime() - began).toBeGreaterThan(20_000);
    const stuck = await rehearse({ faults: [{ resourceType, effect: "stuck" }] });
    const timed = await stuck.create("shop", template({ A: topic() }), { TimeoutInMinutes: 10 });
    expect(timed.StackStatus).toBe("ROLLBACK_COMPLETE");
    expect(stuck.rehearsal.clock.now().getTime() - began).toBeGreaterThan(10 * 60_000);
  });
});
