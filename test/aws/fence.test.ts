import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CloudWatchLogsClient, CreateLogGroupCommand } from "@aws-sdk/client-cloudwatch-logs";
import { ECRClient, PutImageCommand } from "@aws-sdk/client-ecr";
import { ChangeResourceRecordSetsCommand, Route53Client } from "@aws-sdk/client-route-53";
import { CreateBucketCommand, CreateMultipartUploadCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { CreateSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { afterAll, describe, expect, it } from "vitest";
import { openAppCloud } from "../../src/aws/app.ts";
import { openCloud } from "../../src/aws/cloud.ts";
import { type Confirmed, isReading, openFence } from "../../src/aws/fence.ts";
import { openLookUps } from "../../src/aws/look-ups.ts";
import type { Moment } from "../../src/clock.ts";
import { AstroError } from "../../src/errors.ts";
import type { Fixes } from "../../src/preflight/look-ups.ts";
import type { Cloud } from "../../src/provision/cloud.ts";
import type { Fault } from "../../src/rehearsal/state/faults.ts";
import type { AppCloud } from "../../src/release/port-app.ts";
import { rehearsed } from "../support/rehearsed.ts";
import { SITE, stackOf } from "../support/stacks.ts";

const folder = mkdtempSync(join(tmpdir(), "astro-fence-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** An asset manifest with a file that is not there yet. */
function manifest(): string {
  writeFileSync(join(folder, "file.txt"), "content");
  const destination = { bucketName: "shop-dev-full", objectKey: "file.txt", region: SITE.region };
  const files = { a: { source: { path: "file.txt", packaging: "file" }, destinations: { d: destination } } };
  writeFileSync(join(folder, "assets.json"), JSON.stringify({ version: "48.0.0", files, dockerImages: {} }));
  return join(folder, "assets.json");
}

const ref = { name: "shop-dev-any", region: SITE.region };
const region = SITE.region;
const place = {
  region,
  cluster: "shop-dev",
  definition: "shop-dev-api:1",
  container: "api",
  image: "i",
  subnets: [],
  securityGroups: [],
  publicIp: false,
};
const some = { bucket: "shop-dev-some" };
const template = { body: JSON.stringify({ Resources: { T: { Type: "AWS::SNS::Topic" } } }) };

/** Each call that changes something, by the operation of AWS that it comes down to. */
const CHANGES: {
  readonly [operation: string]: (cloud: Cloud, fixes: Fixes, zone: string, app: AppCloud) => Promise<unknown>;
} = {
  CreateChangeSet: (cloud) =>
    cloud.createChangeSet({ stack: ref, changeSet: "c", kind: "CREATE", template, tags: {}, token: "t" }),
  ExecuteChangeSet: (cloud) => cloud.executeChangeSet(ref, "c", "t"),
  DeleteChangeSet: (cloud) => cloud.deleteChangeSet(ref, "c"),
  UpdateTerminationProtection: (cloud) => cloud.setTerminationProtection(ref, false),
  DeleteStack: (cloud) => cloud.deleteStack(ref, "t"),
  CancelUpdateStack: (cloud) => cloud.cancelUpdate(ref, "t"),
  ContinueUpdateRollback: (cloud) => cloud.continueRollback(ref, "t", []),
  RollbackStack: (cloud) => cloud.rollBack(ref, "t"),
  PutObject: (cloud) => cloud.upload(region, "shop-dev-some", "key", "{}"),
  DeleteObjects: (cloud) => cloud.emptyBucket(region, "shop-dev-full"),
  // A key that XML cannot hold is deleted by its address.
  DeleteObject: (cloud) => cloud.emptyBucket(region, "shop-dev-strange"),
  AbortMultipartUpload: (cloud) => cloud.emptyBucket(region, "shop-dev-uploads"),
  BatchDeleteImage: (cloud) => cloud.emptyRepository(region, "shop-dev-full"),
  ChangeResourceRecordSets: (cloud, _, zone) => cloud.dropValidations(zone),
  DeleteLogGroup: (cloud) => cloud.clearLeftover(SITE, region, "AWS::Logs::LogGroup", "shop-dev-log"),
  DeleteBucket: (cloud) => cloud.clearLeftover(SITE, region, "AWS::S3::Bucket", "shop-dev-left"),
  DeleteSecret: (cloud) => cloud.clearLeftover(SITE, region, "AWS::SecretsManager::Secret", "shop-dev-secret"),
  CopyObject: (_cloud, _fixes, _zone, app) =>
    app.copyObject(
      region,
      { ...some, key: "key" },
      { ...some, key: "copy" },
      { type: "a", cacheControl: "b", sha256: "c" },
    ),
  CreateInvalidation: (_cloud, _fixes, _zone, app) => app.invalidate(region, "E1", ["/"], "reference"),
  PutSecretValue: (_cloud, _fixes, _zone, app) =>
    app.putAppSecret(region, "shop-dev-secret", { KEY: "value" }, "0123456789abcdef0123456789abcdef"),
  CreateServiceLinkedRole: (_, fixes) => fixes.createLinkedRole("ecs.amazonaws.com"),
  RegisterTaskDefinition: (_cloud, _fixes, _zone, app) =>
    app.registerTask(place, { family: "shop-dev-migrate", image: "i", command: ["c"], prefix: "migrate", tags: {} }),
  DeregisterTaskDefinition: (_cloud, _fixes, _zone, app) => app.deregisterTask(region, "shop-dev-migrate:1"),
  RunTask: (_cloud, _fixes, _zone, app) =>
    app.startTask(place, { definition: "shop-dev-migrate:1", startedBy: "me", token: "t" }),
  StopTask: (_cloud, _fixes, _zone, app) => app.stopTask(place, "0", "enough"),
  UpdateService: (_cloud, _fixes, _zone, app) => app.forceDeployment(region, "shop-dev", "api"),
  ExecuteCommand: (_cloud, _fixes, _zone, app) =>
    app.executeCommand(region, { cluster: "shop-dev", task: "0", container: "api", line: "sh" }),
  StartSession: (_cloud, _fixes, _zone, app) =>
    app.startForwarding(region, { target: "ecs:shop-dev_0_0-1", host: "h", port: 1, localPort: 1 }),
  TerminateSession: (_cloud, _fixes, _zone, app) => app.endSession(region, "me-0"),
  RequestServiceQuotaIncrease: (_, fixes) => fixes.raiseQuota(region, "vpc", "L-F678F1CE", 10),
};

/** The lock's own, which ask the table by themselves. */
const OF_THE_LOCK = ["PutItem", "UpdateItem", "DeleteItem"];

const sources = (at: string): readonly string[] =>
  readdirSync(at, { withFileTypes: true }).flatMap((entry) => {
    const path = join(at, entry.name);
    return entry.isDirectory() ? sources(path) : [path];
  });
const texts = sources(join("src", "aws")).map((file) => ({ file, text: readFileSync(file, "utf8") }));

describe("the fence", () => {
  it("is before every call of src/aws that changes something: none is missing here", () => {
    const sent = texts.flatMap(({ text }) =>
      [...text.matchAll(/new (?:\w+\.)?(\w+)Command\(/g)].map(([, name = ""]) => name),
    );
    const changing = [...new Set(sent)].filter((name) => !isReading(name) && !OF_THE_LOCK.includes(name));
    expect(changing.toSorted()).toEqual(Object.keys(CHANGES).toSorted());
  });

  it("is before every client: each is made by the session, which puts it behind the fence", () => {
    const made = texts.flatMap(({ file, text }) =>
      [...text.matchAll(/^.*\bnew (?:\w+\.)?\w+Client\(.*$/gm)].map(([line]) => `${file}: ${line.trim()}`),
    );
    expect(made.length).toBeGreaterThan(15);
    // Of the session: its own through `client` or `guardClient`, and two that only find or name credentials.
    const apart = [
      /new STSClient\(bare\(region\)\)\.config/,
      /whoIs: .* accountOf\(new STSClient/,
      /guardClient\(retryTruncated\(new DynamoDBClient/,
    ];
    const own = [/const made = new CloudFormationClient\(settings\)/, ...apart];
    const loose = made.filter((line) => !/\(?settings\)? => new/.test(line) && !own.some((one) => one.test(line)));
    expect(loose).toEqual([]);
  });

  it.each(Object.entries(CHANGES))(
    "lets %s through while the lock is held, and not once it is lost",
    async (operation, call) => {
      const { endpoint, credentials, asked, zone } = await account(operation);
      const fence = openFence();
      const access = { endpoint, credentials, fence };
      const [cloud, fixes] = [openCloud(access, region), openLookUps(access, region)];
      const app = openAppCloud(access, region);
      const before = asked();
      const lost = async (): Promise<Confirmed> => {
        fence.shut(new AstroError("locked", "gone", "stop"));
        return "lost";
      };
      fence.hold({ confirm: lost });
      await expect(call(cloud, fixes, zone, app)).rejects.toMatchObject({ code: "locked", message: "gone" });
      expect(asked()).toBe(before);
      // The same call, seen to come through: what was not asked before could have been.
      fence.hold({ confirm: async () => "no-table" });
      await call(cloud, fixes, zone, app).catch(() => undefined);
      expect(asked()).toBe(before + 1);
    },
  );

  it("is before what a library of others sends for us: the files of an asset manifest", async () => {
    const { endpoint, credentials, asked } = await account("PutObject");
    const fence = openFence();
    const cloud = openCloud({ endpoint, credentials, fence }, region);
    const before = asked();
    fence.shut(new AstroError("locked", "gone", "stop"));
    await expect(cloud.publishAssets(region, manifest())).rejects.toMatchObject({
      message: expect.stringContaining("gone"),
    });
    expect(asked()).toBe(before);
    fence.hold({ confirm: async () => "no-table" });
    await cloud.publishAssets(region, manifest());
    expect(asked()).toBe(before + 1);
  });

  it("is asked before each try: what is sent again after a wait may have lost the lock meanwhile", async () => {
    const { endpoint, credentials, asked } = await account("DeleteStack", {
      call: "cloudformation:DeleteStack",
      effect: "unavailable",
    });
    const fence = openFence();
    const cloud = openCloud({ endpoint, credentials, fence }, region);
    let confirmations = 0;
    fence.hold({
      confirm: async () => {
        confirmations += 1;
        if (confirmations === 2) fence.shut(new AstroError("locked", "gone", "stop"));
        return confirmations === 2 ? "lost" : "no-table";
      },
    });
    await expect(cloud.deleteStack(ref, "t")).rejects.toMatchObject({ code: "locked" });
    expect([asked(), confirmations]).toEqual([1, 2]);
  });
});

/** An account with something to change for every call, and how often it was asked for one. */
async function account(operation: string, fault?: Fault) {
  const { rehearsal, provision, s3, cloud } = await rehearsed(fault ? { faults: [fault] } : {});
  const { endpoint, credentials } = rehearsal;
  const resources = {
    Full: { Type: "AWS::S3::Bucket", Properties: { BucketName: "shop-dev-full" } },
    Strange: { Type: "AWS::S3::Bucket", Properties: { BucketName: "shop-dev-strange" } },
    Uploads: { Type: "AWS::S3::Bucket", Properties: { BucketName: "shop-dev-uploads" } },
    Images: { Type: "AWS::ECR::Repository", Properties: { RepositoryName: "shop-dev-full" } },
    Zone: { Type: "AWS::Route53::HostedZone", Properties: { Name: "example.com" } },
  };
  const stack = stackOf("shop-dev-full", "data", { resources });
  await provision([stack]);
  await s3.send(new PutObjectCommand({ Bucket: "shop-dev-full", Key: "a", Body: "a" }));
  await s3.send(new PutObjectCommand({ Bucket: "shop-dev-strange", Key: "a\u0001", Body: "a" }));
  await s3.send(new CreateMultipartUploadCommand({ Bucket: "shop-dev-uploads", Key: "a" }));
  await s3.send(new CreateBucketCommand({ Bucket: "shop-dev-left" }));
  const config = { endpoint, credentials, region };
  await new SecretsManagerClient(config).send(new CreateSecretCommand({ Name: "shop-dev-secret", SecretString: "s" }));
  await new ECRClient(config).send(
    new PutImageCommand({ repositoryName: "shop-dev-full", imageManifest: "{}", imageTag: "v1" }),
  );
  await new CloudWatchLogsClient(config).send(new CreateLogGroupCommand({ logGroupName: "shop-dev-log" }));
  const zone = (await cloud.resources(stack)).find(({ logicalId }) => logicalId === "Zone")?.physicalId ?? "";
  const record = {
    Name: "_a1.example.com.",
    Type: "CNAME" as const,
    TTL: 300,
    ResourceRecords: [{ Value: "_b1.x.acm-validations.aws." }],
  };
  await new Route53Client(config).send(
    new ChangeResourceRecordSetsCommand({
      HostedZoneId: zone,
      ChangeBatch: { Changes: [{ Action: "CREATE", ResourceRecordSet: record }] },
    }),
  );
  const asked = () =>
    [...rehearsal.requests]
      .filter(([name]) => name.endsWith(`:${operation}`))
      .reduce((sum, [, count]) => sum + count, 0);
  return { endpoint, credentials, asked, zone };
}

describe("a lock that was confirmed", () => {
  const second = 1000;
  /** A fence, the moment it is there, and how often the table was asked. */
  function scene() {
    let moment: Moment = { steady: 0, wall: 0 };
    let asked = 0;
    const fence = openFence(() => moment);
    const hold = () => fence.hold({ at: moment, confirm });
    const confirm = async (): Promise<Confirmed> => {
      asked += 1;
      hold();
      return "kept";
    };
    hold();
    const pass = async (steady: number, wall = steady, command = "ExecuteChangeSet") => {
      moment = { steady: moment.steady + steady, wall: moment.wall + wall };
      const before = asked;
      await fence.pass(command);
      return asked - before;
    };
    return pass;
  }

  it("is good for a heartbeat, and is asked for again after that", async () => {
    const pass = scene();
    expect([await pass(29 * second), await pass(2 * second), await pass(second)]).toEqual([0, 1, 0]);
  });

  it("is asked for again after a sleep, which only one of the two clocks has seen", async () => {
    expect(await scene()(second, 600 * second)).toBe(1);
    expect(await scene()(600 * second, second)).toBe(1);
  });

  it("is asked for again when the clock was set back: nobody knows how long the machine slept", async () => {
    expect(await scene()(second, -3600 * second)).toBe(1);
  });

  it("is good for five seconds only to what deletes", async () => {
    expect([
      await scene()(6 * second, 6 * second, "DeleteStack"),
      await scene()(4 * second, 4 * second, "DeleteObjects"),
    ]).toEqual([1, 0]);
  });

  it("opens nothing any more once it was lost: the answer was on its way", async () => {
    const fence = openFence();
    const kept = async (): Promise<Confirmed> => "kept";
    fence.hold({ at: fence.now(), confirm: kept });
    fence.shut(new AstroError("locked", "gone", "stop"));
    fence.renew({ at: fence.now(), confirm: kept });
    await expect(fence.pass("DeleteStack")).rejects.toMatchObject({ message: "gone" });
  });

  it("is not asked for to take back a change set of one's own: nobody else knows of it, and nothing has changed", async () => {
    const { rehearsal, cloud } = await rehearsed();
    const { endpoint, credentials } = rehearsal;
    const fence = openFence();
    const runner = openCloud({ endpoint, credentials, fence }, region);
    fence.hold({ confirm: async () => "no-table" });
    const access = { endpoint, credentials, fence };
    await CHANGES.CreateChangeSet?.(runner, openLookUps(access, region), "", openAppCloud(access, region));
    await cloud.createChangeSet({ stack: ref, changeSet: "theirs", kind: "CREATE", template, tags: {}, token: "t2" });
    fence.shut(new AstroError("locked", "gone", "stop"));
    await expect(runner.deleteChangeSet(ref, "theirs")).rejects.toMatchObject({ message: "gone" });
    await expect(runner.executeChangeSet(ref, "c", "t")).rejects.toMatchObject({ message: "gone" });
    await runner.deleteChangeSet(ref, "c");
    expect(await cloud.changeSets(ref)).toEqual(["theirs"]);
  });

  it("that always comes too late lets nothing through", async () => {
    let wall = 0;
    const fence = openFence(() => ({ steady: wall, wall }));
    const slow = async (): Promise<Confirmed> => {
      const at = { steady: wall, wall };
      wall += 40 * second;
      fence.hold({ at, confirm: slow });
      return "kept";
    };
    fence.hold({ at: { steady: -60 * second, wall: 0 }, confirm: slow });
    await expect(fence.pass("DeleteStack")).rejects.toMatchObject({ code: "locked" });
  });
});

describe("credentials that change in mid-run", () => {
  it("to another account's are refused before the next call, and looked up once", async () => {
    const fence = openFence();
    const [first, renewed, other] = ["A", "B", "C"].map((accessKeyId) => ({ accessKeyId }));
    let asked = 0;
    const whoIs = (account: string) => async () => {
      asked += 1;
      return account;
    };
    fence.know(first ?? { accessKeyId: "" }, "111122223333");
    await fence.passAccount(first, whoIs("nobody"));
    await fence.passAccount(renewed, whoIs("111122223333"));
    await fence.passAccount(renewed, whoIs("nobody"));
    const refused = { code: "wrong-account", message: expect.stringMatching(/111122223333.*444455556666/) };
    await expect(fence.passAccount(other, whoIs("444455556666"))).rejects.toMatchObject(refused);
    await expect(fence.passAccount(other, whoIs("nobody"))).rejects.toMatchObject(refused);
    expect(asked).toBe(2);
  });
});
