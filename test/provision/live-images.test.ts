import { describe, expect, it } from "vitest";
import { plannedImages } from "../../src/provision/live/images.ts";
import type { Json, Resource } from "../../src/template/types.ts";

const REPOSITORY = "111122223333.dkr.ecr.us-east-1.amazonaws.com/shop-dev";
const scope = { template: { Resources: {} }, stack: "shop-dev-service", region: "us-east-1" };
const task = (Image: Json): Resource => ({
  Type: "AWS::ECS::TaskDefinition",
  Properties: { ContainerDefinitions: [{ Name: "api", Image }] },
});
const joined = (reference: Json, tag: string): Json => ({ "Fn::Join": ["", [reference, tag]] });
const parameter = { Ref: "RepositoryUri" };

/** What the image of `wanted` is known to be, where that of `standing` came to `was`. */
const known = (wanted: Json, deployed: Json, was: string) =>
  plannedImages(task(wanted), scope, task(deployed), { api: was }).api;

describe("the image of a task definition that is to be made", () => {
  it("is what its template says", () => {
    expect(known("nginx:1.27", "nginx:1.26", "nginx:1.26")).toBe("nginx:1.27");
  });

  it.each([
    ["joined", joined(parameter, ":v7"), joined(parameter, ":v3")],
    ["with a digest", joined(parameter, "@sha256:7"), joined(parameter, ":v3")],
    ["in a Fn::Sub", { "Fn::Sub": "${RepositoryUri}:v7" }, { "Fn::Sub": "${RepositoryUri}:v3" }],
    ["as it was", joined(parameter, ":v3"), joined(parameter, ":v3")],
  ])("is known by the one before, where both refer to one repository: %s", (_, wanted, deployed) => {
    const tag = /[:@](v\d|sha256:7)/.exec(JSON.stringify(wanted))?.[0] ?? "";
    expect(known(wanted, deployed, `${REPOSITORY}:v3`)).toBe(`${REPOSITORY}${tag}`);
  });

  it.each([
    ["another repository", joined({ Ref: "OtherUri" }, ":v7"), joined(parameter, ":v3")],
    ["nothing alike", joined(parameter, ":v7"), "nginx:1.26"],
    ["two references", joined(parameter, ":v7"), joined(parameter, { Ref: "Tag" } as unknown as string)],
  ])("is not guessed: %s", (_, wanted, deployed) => {
    expect(known(wanted, deployed, `${REPOSITORY}:v3`)).toBeUndefined();
  });
});
