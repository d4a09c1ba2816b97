import { describe, expect, it } from "vitest";
import { command } from "../../src/command-line.ts";
import { AstroError } from "../../src/errors.ts";
import { refuseUnset } from "../../src/operation/release/unset-secrets.ts";
import type { DeployedTemplate } from "../../src/plan/deployed.ts";
import type { SecretPairs } from "../../src/release/port-secret.ts";
import type { Template } from "../../src/template/types.ts";
import { SITE, TAGS } from "../support/stacks.ts";

const FLAGS = { json: false, rehearse: false, speed: "60" };

/** A deployed stack whose tasks are given these variables of the environment's own secret once there is an image. */
function app(part: "api" | "worker", names: readonly string[]) {
  const ValueFrom = (name: string) => ({ "Fn::Join": ["", [{ Ref: "Arn" }, `:${name}::`]] });
  const Secrets = names.map((Name) => ({
    "Fn::If": ["HasImage", { Name, ValueFrom: ValueFrom(Name) }, { Ref: "AWS::NoValue" }],
  }));
  const template: Template = {
    Parameters: {
      Image: { Type: "String", Default: "" },
      Arn: { Type: "AWS::SSM::Parameter::Value<String>", Default: "/shop/dev/secrets/AppSecretArn" },
    },
    Conditions: { HasImage: { "Fn::Not": [{ "Fn::Equals": [{ Ref: "Image" }, ""] }] } },
    Resources: { Task: { Type: "AWS::ECS::TaskDefinition", Properties: { ContainerDefinitions: [{ Secrets }] } } },
  };
  const stack: DeployedTemplate = {
    name: `shop-dev-${part}`,
    region: SITE.region,
    id: `arn:aws:cloudformation:${SITE.region}:${SITE.account}:stack/shop-dev-${part}/1`,
    status: "CREATE_COMPLETE",
    outputs: {},
    parameters: { Image: "" },
    tags: TAGS,
    createdAt: new Date(0),
    terminationProtection: false,
    template,
  };
  return { part, parameter: "Image", stack, image: "" };
}

type Answer = SecretPairs | undefined | AstroError;

/** What comes of it before a first release, where the secret is read with this answer; how often it was read. */
async function refused(answer: Answer, ...apps: readonly ReturnType<typeof app>[]) {
  let reads = 0;
  const appSecret = async (_: string, name: string) => {
    reads += 1;
    expect(name).toBe("shop/dev/app");
    if (answer instanceof AstroError) throw answer;
    return answer;
  };
  const operation = { target: { app: async () => ({ appSecret }) }, site: SITE };
  const error = await refuseUnset(operation, FLAGS, { apps }).then(
    () => undefined,
    (thrown: unknown) => (thrown instanceof AstroError ? thrown : expect.fail(String(thrown))),
  );
  return { error, reads };
}

describe("a release whose tasks would be given secrets", () => {
  it("goes on where all of them are set", async () => {
    const set = { KEY: "hunter2", DSN: "", OTHER: "more" };
    expect(await refused(set, app("api", ["KEY", "DSN"]), app("worker", ["KEY"]))).toEqual({
      error: undefined,
      reads: 1,
    });
  });

  it("does not even read the secret where there is none to give", async () => {
    expect(await refused({}, app("api", []))).toEqual({ error: undefined, reads: 0 });
  });

  it("is refused where some are not set, each named once with the command that sets it, and no value", async () => {
    const { error } = await refused({ KEY: "hunter2" }, app("worker", ["DSN", "KEY"]), app("api", ["DSN", "TOKEN"]));
    expect(error).toMatchObject({
      code: "preflight",
      message: "DSN, TOKEN: not set in shop/dev/app, so no task would start; nothing was changed",
    });
    expect(error?.hints.map((hint) => hint.command)).toEqual([
      command`astro secret set DSN --env dev`,
      command`astro secret set TOKEN --env dev`,
    ]);
    expect(JSON.stringify(error)).not.toContain("hunter2");
  });

  it("is refused where a name is only what every object has", async () => {
    expect((await refused({}, app("api", ["constructor"]))).error?.message).toMatch(/^constructor: not set/);
  });

  it("is refused where the secret itself is gone", async () => {
    expect((await refused(undefined, app("api", ["KEY"]))).error?.message).toMatch(/^KEY: not set/);
  });

  it("goes on without this look for whoever may not read the secret, and for no other reason", async () => {
    const denied = new AstroError("denied", "not yours", "ask for secretsmanager:GetSecretValue");
    expect(await refused(denied, app("api", ["KEY"]))).toEqual({ error: undefined, reads: 1 });
    const broken = new AstroError("failed", "something else wrote it", "see when");
    expect((await refused(broken, app("api", ["KEY"]))).error).toBe(broken);
  });
});
