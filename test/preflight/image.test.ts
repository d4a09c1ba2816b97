import { describe, expect, it } from "vitest";
import { command } from "../../src/command-line.ts";
import { NotChecked } from "../../src/preflight/finding.ts";
import type { Json } from "../../src/template/types.ts";
import { deployedAs, found } from "../support/preflight.ts";
import { outputOf, stackOf } from "../support/stacks.ts";

const REGISTRY = stackOf("shop-dev-registry", "data", {
  resources: { Repository: { Type: "AWS::ECR::Repository", Properties: { RepositoryName: "shop-dev" } } },
  outputs: { Uri: { Value: { "Fn::GetAtt": ["Repository", "RepositoryUri"] } } },
});
const service = (Image: Json, architecture?: string) =>
  stackOf("shop-dev-service", "ecs", {
    resources: {
      Definition: {
        Type: "AWS::ECS::TaskDefinition",
        Properties: {
          ...(architecture !== undefined && { RuntimePlatform: { CpuArchitecture: architecture } }),
          ContainerDefinitions: [{ Name: "api", Image }],
        },
      },
    },
  });
const TAGGED: Json = { "Fn::Join": ["", [outputOf("shop-dev-registry", "Uri"), ":v1"]] };
const STANDS = [deployedAs(REGISTRY, "CREATE_COMPLETE")];
const at = (...platforms: readonly string[]) => ({ deployed: STANDS, look: { image: async () => platforms } });

describe("an image", () => {
  it("is good if it is there and built for the tasks", async () => {
    expect(await found("image", [REGISTRY, service(TAGGED)], at("linux/amd64"))).toMatchObject([
      { outcome: "ok", words: "v1 is in shop-dev, for linux/amd64" },
    ]);
    expect(await found("image", [REGISTRY, service(TAGGED, "ARM64")], at("linux/amd64", "linux/arm64"))).toMatchObject([
      { outcome: "ok", words: "v1 is in shop-dev, for linux/arm64" },
    ]);
  });

  it("is asked for by registry, repository and tag or digest", async () => {
    const seen: unknown[] = [];
    const look = {
      image: async (ref: unknown) => {
        seen.push(ref);
        return ["linux/amd64"];
      },
    };
    const full = "999988887777.dkr.ecr.us-west-2.amazonaws.com/team/api@sha256:0a1b";
    await found("image", [REGISTRY, service(TAGGED)], { deployed: STANDS, look });
    await found("image", [service(full)], { look });
    expect(seen).toEqual([
      { registry: "111122223333", region: "eu-west-1", repository: "shop-dev", version: "v1" },
      { registry: "999988887777", region: "us-west-2", repository: "team/api", version: "sha256:0a1b" },
    ]);
  });

  it("built on a machine of another architecture is a problem, before tasks fail with an exec format error", async () => {
    expect(await found("image", [REGISTRY, service(TAGGED)], at("linux/arm64"))).toMatchObject([
      {
        outcome: "problem",
        words: "v1 is built for linux/arm64, and the tasks are linux/amd64: none would start",
        fix: {
          hints: [
            {
              text: "if astro.yaml names it, build it for them",
              command: command`docker build --platform linux/amd64 .`,
            },
            {
              text: "if it was deployed, deploy one first that is for both",
              command: command`astro deploy --image NAME`,
            },
            { text: "or set service.architecture: arm64 in astro.yaml" },
          ],
        },
      },
    ]);
  });

  it("that was deployed, and that a provisioning keeps, is looked at like one that astro.yaml names", async () => {
    const image = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop-dev@sha256:0a1b";
    const { template, ...stack } = service({ Ref: "Image" }, "ARM64");
    const parameterised = {
      ...stack,
      template: { ...template, Parameters: { Image: { Type: "String", Default: "" } } },
      parameters: { Image: image },
    };
    expect(await found("image", [REGISTRY, parameterised], at("linux/amd64"))).toMatchObject([
      {
        outcome: "problem",
        words: "sha256:0a1b is built for linux/amd64, and the tasks are linux/arm64: none would start",
      },
    ]);
  });

  it("that is not there is a problem", async () => {
    const look = { image: async () => undefined };
    expect(await found("image", [REGISTRY, service(TAGGED)], { deployed: STANDS, look })).toMatchObject([
      { outcome: "problem", words: "shop-dev has no image v1" },
    ]);
  });

  it("in a repository that this very run makes is a problem, and nobody need be asked", async () => {
    const asked: string[] = [];
    expect(await found("image", [REGISTRY, service(TAGGED)], { asked })).toMatchObject([
      { outcome: "problem", words: "v1 cannot be in shop-dev yet: this provisioning makes the repository" },
    ]);
    expect(asked).not.toContain("image");
  });

  it("that does not tell its platform is good as far as anybody knows", async () => {
    expect(await found("image", [REGISTRY, service(TAGGED)], at())).toMatchObject([{ outcome: "ok" }]);
  });

  it("of another registry is not looked for", async () => {
    const asked: string[] = [];
    expect(await found("image", [service("public.ecr.aws/docker/library/node:24-alpine")], { asked })).toEqual([]);
    expect(asked).not.toContain("image");
  });

  it("is not checked where the look-up is denied", async () => {
    const look = { image: () => Promise.reject(new NotChecked("denied")) };
    expect(await found("image", [REGISTRY, service(TAGGED)], { deployed: STANDS, look })).toMatchObject([
      { outcome: "not-checked" },
    ]);
  });
});
