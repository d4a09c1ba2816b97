import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { outcomes } from "../support/cli.ts";
import { ACCOUNT, type Lab, openLab } from "../support/lab.ts";

let lab: Lab;
beforeAll(async () => {
  lab = await openLab();
});
afterAll(() => lab?.close());

type Stack = {
  readonly StackName: string;
  readonly StackStatus: string;
  readonly Tags: readonly { readonly Key: string; readonly Value: string }[];
};
const stacks = async () => (await lab.aws<{ Stacks: Stack[] }>("cloudformation", "describe-stacks")).Stacks;

describe("the dev environment on a third party's AWS", () => {
  let first: string;

  it("is provisioned, every stack created", async () => {
    await lab.init("dev", "--preset", "dev", "--region", "us-east-1");
    first = (await lab.assembly("dev", "first")).copy;
    const before = JSON.parse(await lab.ours(["plan", "--env", "dev", "--json", "--assembly", first])) as {
      stacks: { action: string }[];
    };
    expect(new Set(before.stacks.map((stack) => stack.action))).toEqual(new Set(["create"]));
    const made = outcomes(await lab.provision("dev", first));
    expect(Object.keys(made)).toHaveLength(before.stacks.length);
    expect(new Set(Object.values(made))).toEqual(new Set(["created"]));
  });

  it("is there for another client to see", async () => {
    const seen = await stacks();
    expect(seen.length).toBeGreaterThanOrEqual(10);
    expect(new Set(seen.map(({ StackStatus }) => StackStatus))).toEqual(new Set(["CREATE_COMPLETE"]));
    const network = seen.find(({ StackName }) => StackName === "astro-dev-network");
    expect(network?.Tags).toContainEqual({ Key: "Environment", Value: "dev" });
    const { Vpcs } = await lab.aws<{ Vpcs: unknown[] }>(
      "ec2",
      "describe-vpcs",
      "--filters",
      "Name=cidr,Values=10.0.0.0/16",
    );
    expect(Vpcs).toHaveLength(1);
    expect(await lab.aws("rds", "describe-db-instances")).toMatchObject({
      DBInstances: [{ DBInstanceClass: "db.t4g.micro", DeletionProtection: false }],
    });
    const pdfs = ["--bucket", `astro-dev-pdfs-${ACCOUNT}-us-east-1`];
    const { Policy } = await lab.aws<{ Policy: string }>("s3api", "get-bucket-policy", ...pdfs);
    expect(JSON.parse(Policy).Statement).toMatchObject([
      { Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": "false" } } },
    ]);
    const bucket = `astro-bootstrap-${ACCOUNT}-us-east-1`;
    expect(await lab.aws("s3api", "get-bucket-versioning", "--bucket", bucket)).toMatchObject({ Status: "Enabled" });
  });

  it("has its connection URLs composed of the passwords that its database and cache were made with", async () => {
    const value = async (name: string) => {
      const read = ["get-secret-value", "--secret-id", `astro/dev/${name}`];
      return (await lab.aws<{ SecretString: string }>("secretsmanager", ...read)).SecretString;
    };
    const { password } = JSON.parse(await value("database")) as { password: string };
    const { token } = JSON.parse(await value("redis")) as { token: string };
    // There passwords have punctuation, whatever the template says: what is composed of them is no JSON then.
    const urls = await value("urls");
    expect(urls).toMatch(
      /^\{"DATABASE_URL":"postgresql:\/\/app:.+@[\w.-]+:5432\/app","REDIS_URL":"rediss:\/\/:.+@[\w.-]+:6379\/0\?/,
    );
    expect(urls).toContain(`postgresql://app:${password}@`);
    expect(urls).toContain(`rediss://:${token}@`);
    const template = ["get-template", "--stack-name", "astro-dev-service"];
    expect(JSON.stringify(await lab.aws("cloudformation", ...template))).not.toContain(
      JSON.stringify(password).slice(1, -1),
    );
  });

  it("is left alone by a second provisioning", async () => {
    const again = outcomes(await lab.provision("dev", first));
    expect(Object.keys(again).length).toBeGreaterThanOrEqual(10);
    expect(new Set(Object.values(again))).toEqual(new Set(["unchanged"]));
  });

  it("has only the one stack updated that a changed value concerns", async () => {
    lab.edit("dev", { "service.memory": 1024 });
    const changed = (await lab.assembly("dev", "changed")).copy;
    const plan = JSON.parse(await lab.ours(["plan", "--env", "dev", "--json", "--assembly", changed])) as {
      stacks: { stack: string; action: string }[];
    };
    const moving = plan.stacks.filter((stack) => stack.action !== "unchanged");
    expect(moving.map(({ stack, action }) => [stack, action])).toEqual([["astro-dev-service", "update"]]);
    const after = Object.entries(outcomes(await lab.provision("dev", changed)));
    expect(after.filter(([, outcome]) => outcome !== "unchanged")).toEqual([["astro-dev-service", "updated"]]);
    const family = ["--task-definition", "astro-dev-api"];
    expect(await lab.aws("ecs", "describe-task-definition", ...family)).toMatchObject({
      taskDefinition: { memory: "1024" },
    });
  });

  it("grows by additions and changes in place alone: zones, a domain, no Spot, a larger database", async () => {
    const domain = { name: "example.com", zone: "Z0123456789ABCDEFGHIJ" };
    lab.edit("dev", { "network.azs": 3, "service.spot": false, "database.class": "db.t4g.medium", domain });
    const { copy } = await lab.assembly("dev", "grown");
    type Planned = { stack: string; action: string; changes: { logicalId: string; action: string }[] };
    const { stacks: planned } = JSON.parse(await lab.ours(["plan", "--env", "dev", "--json", "--assembly", copy])) as {
      stacks: Planned[];
    };
    const updates = planned.filter(({ action }) => action === "update");
    const changes = updates.flatMap(({ changes }) => changes);
    // With a name of its own the API answers everybody, and not the CDN alone.
    const others = changes.filter(({ action }) => action !== "add" && action !== "change");
    expect(others).toMatchObject([{ logicalId: "FromCdn", action: "remove" }]);
    expect(updates.map(({ stack }) => stack.replace("astro-dev-", "")).sort()).toEqual([
      "cache",
      "cdn",
      "database",
      "load-balancer",
      "network",
      "service",
      "storage",
    ]);
    expect(new Set(planned.map(({ action }) => action))).toEqual(new Set(["create", "update", "unchanged"]));
  });

  it("is removed, buckets that were filled meanwhile included, and a plan leaves nothing behind", async () => {
    writeFileSync(join(lab.folder, "report.pdf"), "%PDF");
    const bucket = ["--bucket", `astro-dev-pdfs-${ACCOUNT}-us-east-1`];
    await lab.aws("s3api", "put-object", ...bucket, "--key", "report.pdf", "--body", "report.pdf");
    const gone = outcomes(await lab.destroy("dev"));
    expect(new Set(Object.values(gone))).toEqual(new Set(["removed"]));
    await lab.ours(["plan", "--env", "dev", "--json", "--assembly", first]);
    expect((await stacks()).map(({ StackName }) => StackName)).toEqual(["astro-bootstrap"]);
    const { Buckets } = await lab.aws<{ Buckets: { Name: string }[] }>("s3api", "list-buckets");
    expect(Buckets.map(({ Name }) => Name)).toEqual([`astro-bootstrap-${ACCOUNT}-us-east-1`]);
    expect(outcomes(await lab.destroy("dev"))).toEqual({});
  });
});
