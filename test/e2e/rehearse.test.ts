import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
} from "@aws-sdk/client-cloudformation";
import { DynamoDBClient, GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { astro, INIT } from "../support/cli.ts";
import { type Served, serve, serveRehearsal } from "../support/served.ts";

let folder: string;
let running: Served[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "astro-served-"));
  running = [];
});
afterEach(async () => {
  for (const one of running) await one.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** A rehearsal outside a project, gone with the test. */
async function fresh(...flags: readonly string[]): Promise<Served> {
  const served = await serve(flags, folder);
  running.push(served);
  return served;
}

function clientsOf({ endpoint, environment }: Served) {
  const { AWS_ACCESS_KEY_ID = "", AWS_SECRET_ACCESS_KEY = "" } = environment;
  const credentials = { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY };
  const config = { endpoint, region: "us-east-1", credentials };
  const cloudformation = new CloudFormationClient(config);
  return {
    cloudformation,
    s3: new S3Client({ ...config, forcePathStyle: true, maxAttempts: 1 }),
    dynamodb: new DynamoDBClient({ ...config, maxAttempts: 1 }),
    /** Waits until nothing is under way; the stack's state. */
    settled: async (StackName: string): Promise<string> => {
      for (;;) {
        const { Stacks = [] } = await cloudformation.send(new DescribeStacksCommand({ StackName }));
        const status = Stacks[0]?.StackStatus ?? "";
        if (!status.endsWith("_IN_PROGRESS")) return status;
        await new Promise((resolve) => setTimeout(resolve, 30));
      }
    },
  };
}

const topics = (count: number, word: string) =>
  JSON.stringify({
    Resources: Object.fromEntries(
      Array.from({ length: count }, (_, i) => [
        `T${i}`,
        {
          Type: "AWS::SNS::Topic",
          Properties: { DisplayName: word },
          ...(i % 10 > 0 && { DependsOn: `T${i - (i % 10)}` }),
        },
      ]),
    ),
  });

async function eventsOf(client: CloudFormationClient, StackName: string): Promise<readonly unknown[]> {
  const events: unknown[] = [];
  let NextToken: string | undefined;
  do {
    const page = await client.send(new DescribeStackEventsCommand({ StackName, NextToken }));
    events.push(...(page.StackEvents ?? []));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return events;
}

describe("astro rehearse", () => {
  it("serves a fresh account outside a project, says how to reach it, and stops neatly on Ctrl-C", async () => {
    const served = await fresh("--seed", "7");
    expect(served.environment).toMatchObject({
      AWS_ENDPOINT_URL: served.endpoint,
      AWS_ACCESS_KEY_ID: "123456789012",
      AWS_REGION: "us-east-1",
    });
    const { cloudformation } = clientsOf(served);
    expect((await cloudformation.send(new DescribeStacksCommand({}))).Stacks).toEqual([]);
    await cloudformation.send(new DescribeStacksCommand({ StackName: "none" })).catch(() => undefined);
    expect(await served.stop("SIGINT")).toBe(0);
    const [first = "", edge = "", refusal = "", last = ""] = served.said().trimEnd().split("\n");
    expect(first).toContain(
      `rehearsal of account 123456789012 at ${served.endpoint}; simulated time 2026-01-01T00:00:00Z`,
    );
    expect(edge).toMatch(/^ what its CDN serves, for a browser: {2}http:\/\/127\.0\.0\.1:\d+$/);
    expect(refusal).toMatch(
      /2026-01-01T00:00:0\dZ cloudformation:DescribeStacks refused: ValidationError: Stack with id none/,
    );
    expect(last).toMatch(/^ rehearsal stopped at simulated time 2026-01-01T00:00:0\dZ$/);
  });

  it("refuses a fault file with the line that is wrong", async () => {
    writeFileSync(join(folder, "faults.yaml"), "- type: AWS::RDS::DBInstance\n  effect: explode\n");
    const done = await astro(["rehearse", "--fault", "@faults.yaml"], { cwd: folder });
    expect(done.code).toBe(2);
    expect(done.stderr).toContain('faults.yaml:2: effect "explode" is not one of fails, stuck, slow');
  });
});

describe("the same seed", () => {
  /** Everything that CloudFormation tells of a stack that was made, changed, refused a change and removed. */
  async function history(seed: string): Promise<string> {
    const { cloudformation, settled } = clientsOf(await fresh("--seed", seed));
    const { StackId = "" } = await cloudformation.send(
      new CreateStackCommand({ StackName: "shop", TemplateBody: topics(12, "one") }),
    );
    await settled(StackId);
    await cloudformation.send(new UpdateStackCommand({ StackName: "shop", TemplateBody: topics(15, "two") }));
    await settled(StackId);
    const same = new UpdateStackCommand({ StackName: "shop", TemplateBody: topics(15, "two") });
    await cloudformation.send(same).catch(() => undefined);
    await cloudformation.send(new DeleteStackCommand({ StackName: "shop" }));
    expect(await settled(StackId)).toBe("DELETE_COMPLETE");
    return JSON.stringify(await eventsOf(cloudformation, StackId));
  }

  it("gives the same event log in another process, byte for byte; another seed gives another", async () => {
    const first = await history("7");
    expect(await history("7")).toBe(first);
    expect(await history("8")).not.toBe(first);
  });

  it("gives the same run of astro provision --rehearse, but for the real seconds it took", async () => {
    const events = async (name: string) => {
      const cwd = join(folder, name);
      mkdirSync(cwd);
      expect(await astro(INIT, { cwd })).toMatchObject({ code: 0 });
      const rehearse = ["provision", "--env", "dev", "--rehearse", "--speed", "max", "--seed", "7", "--yes", "--json"];
      const done = await astro(rehearse, { cwd });
      expect(done.code, done.stderr).toBe(0);
      return done.stdout.replace(/"elapsedSeconds":[\d.]+,"simulatedSeconds"/, '"simulatedSeconds"');
    };
    expect(await events("first")).toBe(await events("second"));
  });

  it("belongs to the state that was begun with it", async () => {
    expect(await astro(INIT, { cwd: folder })).toMatchObject({ code: 0 });
    const served = await serve(["--dir", join(folder, "infra"), "--seed", "7"]);
    await served.stop();
    const other = await astro(["rehearse", "--dir", join(folder, "infra"), "--seed", "8"], { cwd: folder });
    expect(other.code).toBe(2);
    expect(other.stderr.replace(/\s+/g, " ")).toMatch(/--seed 8: the rehearsal in .* has the random seed 7/);
  });
});

describe("a rehearsal that is killed", () => {
  /** Numbers that look random and are the same each time. */
  const points = [3, 8, 14, 21, 27];

  it("has lost no write that it acknowledged, wherever it was", async () => {
    expect(await astro(INIT, { cwd: folder })).toMatchObject({ code: 0 });
    const project = join(folder, "infra");
    const written: string[] = [];
    let served = await serveRehearsal(project);
    const table = JSON.stringify({
      Resources: {
        Table: {
          Type: "AWS::DynamoDB::Table",
          Properties: {
            TableName: "things",
            KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
            AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
            BillingMode: "PAY_PER_REQUEST",
          },
        },
      },
    });
    const first = clientsOf(served);
    await first.cloudformation.send(new CreateStackCommand({ StackName: "data", TemplateBody: table }));
    expect(await first.settled("data")).toBe("CREATE_COMPLETE");
    await first.s3.send(new CreateBucketCommand({ Bucket: "kept-things" }));
    for (const point of points) {
      const { s3, dynamodb, cloudformation } = clientsOf(served);
      let dead = false;
      const kill = async () => {
        // In the middle of whatever the writers below have on the way.
        while (written.length < point) await new Promise((resolve) => setTimeout(resolve, 1));
        dead = true;
        await served.stop("SIGKILL");
      };
      const writer = async (name: string, write: (id: string) => Promise<unknown>) => {
        for (let i = 0; !dead; i += 1) {
          const id = `${name}-${point}-${i}`;
          try {
            await write(id);
            written.push(id);
          } catch {
            // Not acknowledged: it may be there or not.
          }
        }
      };
      await Promise.all([
        kill(),
        writer("object", (Key) => s3.send(new PutObjectCommand({ Bucket: "kept-things", Key, Body: Key }))),
        writer("item", (id) => dynamodb.send(new PutItemCommand({ TableName: "things", Item: { id: { S: id } } }))),
        writer("stack", (StackName) =>
          cloudformation.send(new CreateStackCommand({ StackName, TemplateBody: topics(1, "x") })),
        ),
      ]);
      served = await serveRehearsal(project);
    }
    running.push(served);
    const { s3, dynamodb, cloudformation, settled } = clientsOf(served);
    expect(written.length).toBeGreaterThanOrEqual(points.at(-1) ?? 0);
    for (const id of written) {
      if (id.startsWith("object")) {
        const { Body } = await s3.send(new GetObjectCommand({ Bucket: "kept-things", Key: id }));
        expect(await Body?.transformToString()).toBe(id);
      } else if (id.startsWith("item")) {
        const { Item } = await dynamodb.send(new GetItemCommand({ TableName: "things", Key: { id: { S: id } } }));
        expect(Item).toEqual({ id: { S: id } });
      } else {
        expect(await settled(id)).toBe("CREATE_COMPLETE");
        expect((await eventsOf(cloudformation, id)).length).toBe(5);
      }
    }
  });
});

describe("ten thousand events of five hundred resources", () => {
  it("take less than 150 MB", async () => {
    const served = await fresh("--seed", "7");
    const { cloudformation, settled } = clientsOf(served);
    await cloudformation.send(new CreateStackCommand({ StackName: "big", TemplateBody: topics(500, "0") }));
    expect(await settled("big")).toBe("CREATE_COMPLETE");
    for (let round = 1; round <= 9; round += 1) {
      await cloudformation.send(new UpdateStackCommand({ StackName: "big", TemplateBody: topics(500, `${round}`) }));
      expect(await settled("big")).toBe("UPDATE_COMPLETE");
    }
    const kilobytes = Number(execFileSync("ps", ["-o", "rss=", "-p", String(served.pid)], { encoding: "utf8" }));
    expect((await eventsOf(cloudformation, "big")).length).toBeGreaterThan(10_000);
    expect(kilobytes / 1024).toBeLessThan(150);
  });
});
