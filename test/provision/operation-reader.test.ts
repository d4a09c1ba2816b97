import { describe, expect, it } from "vitest";
import type { StackEvent } from "../../src/provision/cloud.ts";
import { operationReader } from "../../src/provision/operation-reader.ts";
import { step } from "../view/run.ts";

const STACK = "shop-dev-storage";
let count = 0;
const event = (logicalId: string, status: string, second: number, reason?: string): StackEvent => ({
  id: `${++count}`,
  at: new Date(second * 1000),
  logicalId,
  physicalId: logicalId === STACK ? `arn:aws:cloudformation:eu-west-1:1:stack/${STACK}/1` : `${logicalId}-1`,
  type: logicalId === STACK ? "AWS::CloudFormation::Stack" : "AWS::S3::Bucket",
  status,
  ...(reason !== undefined && { reason }),
});
const reader = () => operationReader(step("data", STACK), undefined, () => 42);

describe("the events of an operation on a stack", () => {
  it("name what failed first, and of a rollback that failed what keeps it from its end", () => {
    const { take, ending } = reader();
    const failed = ["Files", "UPDATE_FAILED", "no capacity"] as const;
    const stuck = ["Files", "UPDATE_FAILED", "was not found"] as const;
    take(event(failed[0], failed[1], 1, failed[2]));
    take(event(STACK, "UPDATE_ROLLBACK_IN_PROGRESS", 2));
    take(event(stuck[0], stuck[1], 3, stuck[2]));
    take(event(STACK, "UPDATE_ROLLBACK_FAILED", 4));
    expect(ending()?.culprit?.reason).toBe("was not found");
    const other = reader();
    other.take(event(failed[0], failed[1], 1, failed[2]));
    other.take(event(stuck[0], stuck[1], 3, stuck[2]));
    other.take(event(STACK, "UPDATE_ROLLBACK_COMPLETE", 4));
    expect(other.ending()?.culprit?.reason).toBe("no capacity");
  });

  it("tell of each resource: how long it is expected to take as it begins, and how long it took", () => {
    const { take } = reader();
    expect(take(event("Files", "CREATE_IN_PROGRESS", 10))).toEqual({
      phase: "data",
      stack: STACK,
      resource: "Files",
      resourceType: "AWS::S3::Bucket",
      status: "CREATE_IN_PROGRESS",
      expectedSeconds: 42,
    });
    // CloudFormation tells of the same stage twice; it began with the first.
    take(event("Files", "CREATE_IN_PROGRESS", 15, "Resource creation Initiated"));
    expect(take(event("Files", "CREATE_COMPLETE", 30))).toMatchObject({ elapsedSeconds: 20 });
  });

  it("end with an event of the stack's own that says so, and not before", () => {
    const { take, ending } = reader();
    expect(take(event(STACK, "CREATE_IN_PROGRESS", 1))).toBeUndefined();
    expect(ending()).toBeUndefined();
    take(event(STACK, "CREATE_COMPLETE", 9));
    expect(ending()).toEqual({ status: "CREATE_COMPLETE" });
  });

  it("name the first resource that failed of itself, and AWS's first words on the stack's trouble", () => {
    const { take, ending } = reader();
    const first = event("Files", "CREATE_FAILED", 3, "shop-dev-files already exists");
    take(event("Other", "CREATE_FAILED", 2, "Resource creation cancelled"));
    take(first);
    take(event("Third", "CREATE_FAILED", 4, "no"));
    take(event(STACK, "ROLLBACK_IN_PROGRESS", 5, "The following resource(s) failed to create: [Files]."));
    take(event(STACK, "ROLLBACK_COMPLETE", 9));
    const reason = "The following resource(s) failed to create: [Files].";
    expect(ending()).toEqual({ status: "ROLLBACK_COMPLETE", culprit: first, reason });
  });

  it("leave the culprit known where the stack was found ended without an event of that", () => {
    const { take, endedAs } = reader();
    const first = event("Files", "DELETE_FAILED", 3, "not empty");
    take(first);
    expect(endedAs("DELETE_FAILED")).toEqual({ status: "DELETE_FAILED", culprit: first });
  });
});
