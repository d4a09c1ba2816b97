import { describe, expect, it } from "vitest";
import { NotChecked } from "../../src/preflight/finding.ts";
import type { Json } from "../../src/template/types.ts";
import { fixWords, found } from "../support/preflight.ts";
import { stackOf } from "../support/stacks.ts";

const ARN = "AppSecretArn";
const secret = (Name: string, key = Name): Json => ({
  Name,
  ValueFrom: { "Fn::Join": ["", [{ Ref: ARN }, `:${key}::`]] },
});
const ifThere = (one: Json): Json => ({ "Fn::If": ["HasImage", one, { Ref: "AWS::NoValue" }] });

/** The service's stack, with the image that was deployed to it. */
function service(Secrets: readonly Json[], image = "") {
  const stack = stackOf("shop-dev-service", "ecs", {
    parameters: {
      Image: { Type: "String", Default: "" },
      [ARN]: { Type: "AWS::SSM::Parameter::Value<String>", Default: "/shop/dev/secrets/AppSecretArn" },
      Other: { Type: "AWS::SSM::Parameter::Value<String>", Default: "/shop/dev/secrets/JwtSecretArn" },
    },
    resources: {
      Definition: {
        Type: "AWS::ECS::TaskDefinition",
        Properties: { ContainerDefinitions: [{ Name: "api", Secrets }] },
      },
    },
    given: { Image: image },
  });
  const Conditions = { HasImage: { "Fn::Not": [{ "Fn::Equals": [{ Ref: "Image" }, ""] }] } };
  return { ...stack, template: { ...stack.template, Conditions } };
}

const jwt: Json = { Name: "JWT_SECRET", ValueFrom: { "Fn::Join": ["", [{ Ref: "Other" }, ":secret::"]] } };
const own = [jwt, ifThere(secret("STRIPE_KEY")), ifThere(secret("SENTRY_DSN"))];
const has = (...keys: readonly string[]) => ({ look: { secretKeys: async () => keys } });

describe("secrets that tasks are given", () => {
  it("are good if all of them are set, which one look tells", async () => {
    const asked: string[] = [];
    expect(await found("secrets", [service(own, "i")], { ...has("SENTRY_DSN", "STRIPE_KEY"), asked })).toEqual([
      { code: "secrets", outcome: "ok", words: "2 of 2 secrets of the tasks are set in shop/dev/app" },
    ]);
    expect(asked.filter((look) => look === "secretKeys")).toHaveLength(1);
  });

  it("are a problem each that is not set, with the command that sets it", async () => {
    const [good, bad] = await found("secrets", [service(own, "i")], has("SENTRY_DSN"));
    expect(good?.words).toBe("1 of 2 secrets of the tasks are set in shop/dev/app");
    expect(bad).toMatchObject({
      outcome: "problem",
      words: "STRIPE_KEY is not set in shop/dev/app: no task would start",
    });
    expect(fixWords(bad)).toBe("set it:  astro secret set --env dev STRIPE_KEY");
  });

  it("are not looked at while the placeholder runs, which is given none, nor where there are none", async () => {
    const asked: string[] = [];
    expect(await found("secrets", [service(own)], { asked })).toEqual([]);
    expect(await found("secrets", [service([jwt], "i")], { asked })).toEqual([]);
    expect(asked).not.toContain("secretKeys");
  });

  it("cannot be set before the secret is there, and say how to get it", async () => {
    const look = { secretKeys: async () => undefined };
    const [bad] = await found("secrets", [service([secret("STRIPE_KEY")])], { look });
    expect(fixWords(bad)).toMatch(/^leave STRIPE_KEY out of service\.secrets.* until the environment is provisioned/);
  });

  it("that may not be read are not checked", async () => {
    const look = {
      secretKeys: () => Promise.reject(new NotChecked("these credentials do not allow secretsmanager:GetSecretValue")),
    };
    expect(await found("secrets", [service(own, "i")], { look })).toMatchObject([{ outcome: "not-checked" }]);
  });
});
