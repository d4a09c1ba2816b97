import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { outcomes } from "../support/cli.ts";
import { ACCOUNT, type Lab, openLab } from "../support/lab.ts";

let lab: Lab;
beforeAll(async () => {
  lab = await openLab();
});
afterAll(() => lab?.close());

const provision = (from: string) => lab.ours(["provision", "--env", "dev", "--yes", "--json", "--assembly", from]);

describe("the dev environment on a third party's AWS", () => {
  let first: string;

  it("is provisioned, every stack created", async () => {
    await lab.ours([
      "init",
      "infra",
      "--yes",
      "--name",
      "astro",
      "--env",
      "dev",
      "--preset",
      "dev",
      "--region",
      "us-east-1",
    ]);
    first = (await lab.assembly("dev", "first")).copy;
    const before = JSON.parse(await lab.ours(["plan", "--env", "dev", "--json", "--assembly", first])) as {
      stacks: { action: string }[];
    };
    expect(new Set(before.stacks.map((stack) => stack.action))).toEqual(new Set(["create"]));
    const made = outcomes(await provision(first));
    expect(Object.keys(made)).toHaveLength(before.stacks.length);
    expect(new Set(Object.values(made))).toEqual(new Set(["created"]));
  });

  it("is there for another client to see", async () => {
    const { Stacks } = (await lab.aws("cloudformation", "describe-stacks")) as {
      Stacks: { StackName: string; StackStatus: string; Tags: { Key: string; Value: string }[] }[];
    };
    expect(Stacks.length).toBeGreaterThanOrEqual(10);
    expect(Stacks.map(({ StackStatus }) => StackStatus)).toEqual(Stacks.map(() => "CREATE_COMPLETE"));
    const network = Stacks.find(({ StackName }) => StackName === "astro-dev-network");
    expect(network?.Tags).toContainEqual({ Key: "Environment", Value: "dev" });
    const { Vpcs } = (await lab.aws("ec2", "describe-vpcs", "--filters", "Name=cidr,Values=10.0.0.0/16")) as {
      Vpcs: unknown[];
    };
    expect(Vpcs).toHaveLength(1);
    const { DBInstances } = (await lab.aws("rds", "describe-db-instances")) as {
      DBInstances: { DBInstanceClass: string }[];
    };
    expect(DBInstances.map((instance) => instance.DBInstanceClass)).toEqual(["db.t3.micro"]);
    const bucket = `astro-bootstrap-${ACCOUNT}-us-east-1`;
    expect(await lab.aws("s3api", "get-bucket-versioning", "--bucket", bucket)).toMatchObject({ Status: "Enabled" });
  });

  it("is left alone by a second provisioning", async () => {
    const again = outcomes(await provision(first));
    expect(Object.keys(again).length).toBeGreaterThanOrEqual(10);
    expect(new Set(Object.values(again))).toEqual(new Set(["unchanged"]));
  });

  it("has only the one stack updated that a changed value concerns", async () => {
    const file = join(lab.folder, "infra", "astro.yaml");
    const text = readFileSync(file, "utf8");
    writeFileSync(file, text.replace(/memory: 512/, "memory: 1024"));
    const changed = (await lab.assembly("dev", "changed")).copy;
    const plan = JSON.parse(await lab.ours(["plan", "--env", "dev", "--json", "--assembly", changed])) as {
      stacks: { stack: string; action: string; changes: { causes: string[] }[] }[];
    };
    const moving = plan.stacks.filter((stack) => stack.action !== "unchanged");
    expect(moving.map(({ stack, action }) => [stack, action])).toEqual([["astro-dev-service", "update"]]);
    const after = Object.entries(outcomes(await provision(changed))).filter(([, outcome]) => outcome !== "unchanged");
    expect(after).toEqual([["astro-dev-service", "updated"]]);
    const { taskDefinition } = (await lab.aws(
      "ecs",
      "describe-task-definition",
      "--task-definition",
      "astro-dev-api",
    )) as {
      taskDefinition: { memory: string };
    };
    expect(taskDefinition.memory).toBe("1024");
  });

  it("is removed, buckets that were filled meanwhile included, and a plan leaves nothing behind", async () => {
    const file = join(lab.folder, "report.pdf");
    writeFileSync(file, "%PDF");
    await lab.aws(
      "s3api",
      "put-object",
      "--bucket",
      `astro-dev-pdfs-${ACCOUNT}-us-east-1`,
      "--key",
      "report.pdf",
      "--body",
      file,
    );
    const gone = outcomes(await lab.ours(["destroy", "--env", "dev", "--yes", "--confirm", "dev", "--json"]));
    expect(new Set(Object.values(gone))).toEqual(new Set(["removed"]));
    await lab.ours(["plan", "--env", "dev", "--json", "--assembly", first]);
    const { Stacks } = (await lab.aws("cloudformation", "describe-stacks")) as { Stacks: { StackName: string }[] };
    expect(Stacks.map(({ StackName }) => StackName)).toEqual(["astro-bootstrap"]);
    const { Buckets } = (await lab.aws("s3api", "list-buckets")) as { Buckets: { Name: string }[] };
    expect(Buckets.map(({ Name }) => Name)).toEqual([`astro-bootstrap-${ACCOUNT}-us-east-1`]);
    expect(outcomes(await lab.ours(["destroy", "--env", "dev", "--yes", "--confirm", "dev", "--json"]))).toEqual({});
  });
});
