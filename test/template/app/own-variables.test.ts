import { describe, expect, it } from "vitest";
import { OWN_VARIABLES, URL_VARIABLES } from "../../../src/config/variables.ts";
import type { JsonObject } from "../../../src/template/types.ts";
import { read } from "./designs.ts";

const command = ["celery", "-A", "app", "worker"];
const schedule = [{ name: "tidy", cron: "rate(1 hour)", command: ["true"] }];
const own = { environment: { LOG_LEVEL: "info", Empty_1: "" }, secrets: ["STRIPE_KEY", "SENTRY_DSN"] };
const region = "us-east-1";
const design = read({ region, service: own, worker: { command }, schedule });
const pinned = read({ region, service: { ...own, image: "v1.2" }, worker: { command }, schedule });
const without = read({ region, worker: { command }, schedule });
const plain = read({ region });

const TASKS = [
  ["service", "TaskDefinition"],
  ["worker", "TaskDefinition"],
  ["schedule", "Tasktidy"],
] as const;
const container = ({ at }: typeof design, [stack, id]: readonly [string, string] = TASKS[0]) =>
  (at(stack, id).ContainerDefinitions as readonly JsonObject[])[0] ?? {};
const keyOf = (valueFrom: unknown) => JSON.stringify(valueFrom).replace(/.*"(:\w+::)".*/, "$1");

describe("variables of one's own", () => {
  it.each(TASKS)("are in the task definition of %s, beside the app's", (...task) => {
    const all = container(design, task).Environment as readonly JsonObject[];
    expect(all.slice(-2)).toEqual([
      { Name: "LOG_LEVEL", Value: "info" },
      { Name: "Empty_1", Value: "" },
    ]);
    expect(all.length).toBe((container(plain).Environment as readonly JsonObject[]).length + 2);
  });

  it.each(TASKS)(
    "that are secrets are read by ECS in %s once there is an image: the placeholder needs none",
    (...task) => {
      const given = (container(design, task).Secrets as readonly JsonObject[]).slice(6);
      const always = (container(pinned, task).Secrets as readonly JsonObject[]).slice(6);
      expect(given).toEqual(always.map((one) => ({ "Fn::If": ["HasImage", one, { Ref: "AWS::NoValue" }] })));
      expect(always.map(({ Name, ValueFrom }) => [Name, keyOf(ValueFrom)])).toEqual([
        ["STRIPE_KEY", ":STRIPE_KEY::"],
        ["SENTRY_DSN", ":SENTRY_DSN::"],
      ]);
      expect(JSON.stringify(always)).toContain("AppSecretArn");
    },
  );

  it.each(TASKS)(
    "that are secrets change %s before there is an image, or the first release would not have them",
    (...task) => {
      const told = (one: typeof design) => one.templates[task[0]]?.Resources[task[1]]?.Metadata?.["astro:with-image"];
      expect(told(design)).toEqual(expect.arrayContaining(own.secrets));
      expect(JSON.stringify(told(without) ?? [])).not.toContain("STRIPE_KEY");
      expect(told(pinned)).toBeUndefined();
    },
  );

  it("that are secrets are kept in one secret under the environment's key, empty at first, which only ECS may read", () => {
    expect(design.at("secrets", "AppSecret")).toMatchObject({
      Name: "astro/dev/app",
      SecretString: "{}",
      KmsKeyId: { "Fn::GetAtt": ["Key", "Arn"] },
    });
    expect(design.at("secrets", "AppSecret")).not.toHaveProperty("GenerateSecretString");
    expect(JSON.stringify(design.at("service", "ExecutionRole"))).toContain("AppSecretArn");
    expect(JSON.stringify(design.at("service", "TaskRole"))).not.toContain("AppSecretArn");
    expect(plain.at("secrets", "AppSecret")).toEqual(design.at("secrets", "AppSecret"));
  });

  it("cannot be called like one that the app sets, but for the connection URLs", () => {
    const { Environment, Secrets } = container(plain);
    const names = [...(Environment as readonly JsonObject[]), ...(Secrets as readonly JsonObject[])];
    expect(names.map(({ Name }) => String(Name)).sort()).toEqual([...OWN_VARIABLES, ...URL_VARIABLES].sort());
  });
});
