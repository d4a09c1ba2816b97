import { describe, expect, it } from "vitest";
import { AstroError } from "../../src/errors.ts";
import { appStatusOf } from "../../src/everyday/app-status.ts";
import type { DeployedTemplate } from "../../src/plan/deployed.ts";
import { DENIED } from "../../src/provision/workload/port.ts";
import { SITE } from "../support/stacks.ts";

const AT = new Date("2026-03-01T12:00:00Z");
const RELEASE = { number: 3, at: AT.toISOString(), who: "ada", image: { ref: "r@sha256:1", digest: "sha256:1" } };

const stack = (Type: string, outputs = {}) =>
  ({ template: { Resources: { One: { Type } } }, outputs }) as unknown as DeployedTemplate;
const deployed = [stack("AWS::ECS::Service"), stack("AWS::CloudFront::Distribution", { AppUrl: "https://x" })];

/** What is looked at, where `refused` calls are denied; every call is counted. */
function looks(refused: readonly string[] = []) {
  const calls: string[] = [];
  const asked = <T>(call: string, answer: T) => {
    calls.push(call);
    if (!refused.includes(call)) return Promise.resolve(answer);
    return Promise.reject(new AstroError("denied", "no", "ask", undefined, { call, words: "no" }));
  };
  const api = {
    name: "api",
    desired: 1,
    running: 1,
    pending: 0,
    targetGroups: ["group"],
    rollout: { definition: "d", at: AT },
  };
  return {
    calls,
    sessions: async () => ({ appServices: () => asked("ecs:DescribeServices", [api]) }),
    cloud: {
      listObjects: () => asked("s3:ListBucket", ["x/releases/000003.json"]),
      readObject: () => asked("s3:GetObject", JSON.stringify(RELEASE)),
      writeObject: () => Promise.reject(new Error("nothing is written")),
      targets: async () => {
        calls.push("targets");
        if (refused.includes("targets")) return DENIED;
        return ["healthy", "draining", "initial"].map((state) => ({ address: "10.0.0.1", state }));
      },
    },
  };
}

describe("the app in a status", () => {
  it("takes four calls, and none where no service is deployed", async () => {
    const seen = looks();
    expect(await appStatusOf(seen, SITE, deployed)).toEqual({
      release: RELEASE,
      services: [
        {
          name: "api",
          running: 1,
          desired: 1,
          pending: 0,
          healthy: 1,
          targets: 2,
          deployment: { at: AT.toISOString() },
        },
      ],
      urls: { AppUrl: "https://x" },
    });
    expect(seen.calls.length).toBe(4);
    const none = looks();
    expect(await appStatusOf(none, SITE, [stack("AWS::EC2::VPC")])).toBeUndefined();
    expect(none.calls).toEqual([]);
  });

  it("leaves out what may not be looked at, and names it", async () => {
    expect(await appStatusOf(looks(["s3:ListBucket", "targets"]), SITE, deployed)).toMatchObject({
      services: [{ name: "api", running: 1 }],
      denied: ["elasticloadbalancing:DescribeTargetHealth", "s3:ListBucket"],
    });
    expect(await appStatusOf(looks(["ecs:DescribeServices"]), SITE, deployed)).toMatchObject({
      release: RELEASE,
      services: [],
      denied: ["ecs:DescribeServices"],
    });
  });
});
