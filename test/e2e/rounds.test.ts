import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CloudWatchLogsClient, CreateLogGroupCommand } from "@aws-sdk/client-cloudwatch-logs";
import { ECRClient, PutImageCommand } from "@aws-sdk/client-ecr";
import { ChangeResourceRecordSetsCommand, ListHostedZonesCommand, Route53Client } from "@aws-sdk/client-route-53";
import {
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  PutObjectCommand,
  PutObjectLegalHoldCommand,
  PutObjectLockConfigurationCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { CreateSecretCommand, DeleteSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseDocument } from "yaml";
import { astro, type Ended } from "../support/cli.ts";
import { rehearsalIn, stateIn } from "../support/kept.ts";
import { carriedOut } from "../support/remedies.ts";
import { serveRehearsal } from "../support/served.ts";

const REGION = "us-east-1";
const ACCOUNT = "123456789012";

type Config = Parameters<typeof carriedOut>[0];

type Thing = { readonly id: string; readonly state: { readonly deletion?: number } };

/** A project of one environment, in a folder of its own, and what can be done to it. */
type Project = {
  readonly astro: (command: string, ...args: readonly string[]) => Promise<Ended>;
  readonly destroy: (...args: readonly string[]) => Promise<Ended>;
  /** Runs a command as a screen printed it, `astro …` or `aws …`. */
  readonly obey: (command: string) => Promise<Ended | undefined>;
  /** Does something to the account with other clients than astro. */
  readonly byHand: (work: (config: Config) => Promise<unknown>) => Promise<void>;
  readonly protect: (on: boolean) => void;
  /** What exists in the account, `TYPE id` each, but what astro itself needs. */
  readonly left: () => readonly string[];
  readonly close: () => void;
};

async function project(env: string): Promise<Project> {
  const folder = mkdtempSync(join(tmpdir(), `astro-rounds-${env}-`));
  const domain = ["--domain", "example.com", "--zone", "create"];
  const flags = ["--yes", "--name", "shop", "--env", env, "--preset", env, "--region", REGION, ...domain];
  expect(await astro(["init", ".", ...flags], { cwd: folder })).toMatchObject({ code: 0 });
  const run: Project["astro"] = (command, ...args) =>
    astro([command, "--env", env, "--rehearse", "--speed", "max", ...args], { cwd: folder });
  const byHand: Project["byHand"] = async (work) => {
    const served = await serveRehearsal(folder);
    const { AWS_ACCESS_KEY_ID: accessKeyId = "", AWS_SECRET_ACCESS_KEY: secretAccessKey = "" } = served.environment;
    try {
      await work({ endpoint: served.endpoint, region: REGION, credentials: { accessKeyId, secretAccessKey } });
    } finally {
      await served.stop();
    }
  };
  return {
    astro: run,
    destroy: (...args) => run("destroy", "--yes", "--confirm", env, ...args),
    obey: async (command) => {
      const [program, ...args] = command.split(" ");
      if (program === "astro") return astro([...args, "--yes"], { cwd: folder });
      await byHand((config) => carriedOut(config, command));
      return undefined;
    },
    byHand,
    protect: (on) => {
      const file = join(folder, "astro.yaml");
      const document = parseDocument(readFileSync(file, "utf8"));
      document.setIn(["environments", env, "protect"], on);
      writeFileSync(file, String(document));
    },
    left: () => {
      const file = join(stateIn(rehearsalIn(folder)), "world.json");
      const { resources } = JSON.parse(readFileSync(file, "utf8")) as {
        readonly resources: { readonly [type: string]: { readonly [key: string]: Thing } };
      };
      const waits = ({ state }: Thing) => (state.deletion === undefined ? "" : " waits to be deleted");
      return Object.entries(resources)
        .flatMap(([type, all]) => Object.values(all).map((thing) => `${type} ${thing.id}${waits(thing)}`))
        .filter((thing) => !/astro-(bootstrap|locks)|default/.test(thing));
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** A screen's words on one line: where it breaks them is no matter. */
const words = ({ stderr, stdout }: Ended) => `${stderr}${stdout}`.replaceAll(/\s+/g, " ");

describe.each([{ env: "dev" }, { env: "prod" }])("$env with a domain, made and destroyed three times", ({ env }) => {
  let shop: Project;
  beforeAll(async () => {
    shop = await project(env);
  });
  afterAll(() => shop.close());

  const bucket = (purpose: string) => `shop-${env}-${purpose}-${ACCOUNT}-${REGION}`;
  const Backups = { Bucket: bucket("backups") };

  const provisioned = async () => {
    const ended = await shop.astro("provision", "--yes");
    expect(ended.code, ended.stderr).toBe(0);
  };

  /** What people put into an environment: versions, markers, halves of uploads, images. */
  const fill = async (config: Config) => {
    const s3 = new S3Client({ ...config, forcePathStyle: true });
    for (const Bucket of ["frontend", "pdfs", "backups"].map(bucket)) {
      for (const Key of ["a", "a", "b"]) await s3.send(new PutObjectCommand({ Bucket, Key, Body: "x" }));
      await s3.send(new DeleteObjectCommand({ Bucket, Key: "b" }));
      await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: "half" }));
    }
    const ecr = new ECRClient(config);
    const [part, list] = ["1", "2"].map((digit) => `sha256:${digit.repeat(64)}`);
    for (const [imageDigest, imageManifest] of [
      [part, "{}"],
      [list, `{"manifests":[{"digest":"${part}"}]}`],
    ])
      await ecr.send(new PutImageCommand({ repositoryName: `shop-${env}`, imageManifest, imageDigest }));
  };

  /** What is left is what the last screen named, and nothing that costs more than it said. */
  const nothingLeft = (round: number, last: Ended) => {
    const kinds = shop.left().filter((thing) => !/TaskDefinition|KMS::Key .* waits to be deleted/.test(thing));
    expect(kinds).toHaveLength(round);
    expect(kinds.filter((thing) => !/^AWS::RDS::DBInstanceSnapshot /.test(thing))).toEqual([]);
    expect(words(last)).toContain(`${env} is gone`);
  };

  it("first with versions, delete markers and unfinished uploads in its buckets, and images", async () => {
    await provisioned();
    await shop.byHand(fill);
    if (env === "prod") {
      const refused = await shop.destroy();
      expect([refused.code, words(refused)]).toEqual([
        1,
        expect.stringMatching(
          /set protect: false for prod in astro\.yaml then deploy that: astro provision --env prod --rehearse --speed max then remove it: astro destroy --env prod --rehearse --speed max/,
        ),
      ]);
      shop.protect(false);
      await provisioned();
    }
    const gone = await shop.destroy();
    expect(gone.code, gone.stderr).toBe(0);
    expect(words(gone)).toContain("a final snapshot of Database (AWS::RDS::DBInstance) is retained: at most $1.90/mo");
    expect(gone.stderr).toMatch(/BackupsBucket: 5 objects deleted/);
    expect(gone.stderr).not.toContain("✖");
    nothingLeft(1, gone);
  });

  it("then with names taken by a secret in its recovery window and a log group that outlived it", async () => {
    await shop.byHand(async (config) => {
      const secrets = new SecretsManagerClient(config);
      const secret = { SecretId: `shop/${env}/jwt`, RecoveryWindowInDays: 7 };
      await secrets.send(new CreateSecretCommand({ Name: secret.SecretId, SecretString: "x" }));
      await secrets.send(new DeleteSecretCommand(secret));
      await new CloudWatchLogsClient(config).send(new CreateLogGroupCommand({ logGroupName: `/shop/${env}/api` }));
    });
    const refused = await shop.astro("provision", "--yes");
    expect(refused.code, refused.stderr).toBe(1);
    expect(words(refused)).toContain(`Secret shop/${env}/jwt was deleted recently; its name is reserved until`);
    // Each way leads past one of them, and names the way past both.
    const first = await shop.obey(/astro provision .* --delete-leftover JwtSecret/.exec(refused.stderr)?.[0] ?? "");
    expect([first?.code, first && words(first)]).toEqual([1, expect.not.stringContaining("was deleted recently")]);
    const both = /astro provision .* --delete-leftover LogGroup/.exec(first?.stderr ?? "")?.[0] ?? "";
    expect((await shop.obey(both))?.code).toBe(0);
    const gone = await shop.destroy();
    expect(gone.code, gone.stderr).toBe(0);
    nothingLeft(2, gone);
  });

  it("then with an object under a legal hold and a record of somebody else's, each named with its way out", async () => {
    await provisioned();
    await shop.byHand(async (config) => {
      await fill(config);
      const s3 = new S3Client({ ...config, forcePathStyle: true });
      const ObjectLockConfiguration = { ObjectLockEnabled: "Enabled" } as const;
      await s3.send(new PutObjectLockConfigurationCommand({ ...Backups, ObjectLockConfiguration }));
      await s3.send(new PutObjectLegalHoldCommand({ ...Backups, Key: "a", LegalHold: { Status: "ON" } }));
      const route53 = new Route53Client(config);
      const [zone] = (await route53.send(new ListHostedZonesCommand({}))).HostedZones ?? [];
      const Value = "shop.example.org";
      const ResourceRecordSet = {
        Name: "old.example.com.",
        Type: "CNAME" as const,
        TTL: 60,
        ResourceRecords: [{ Value }],
      };
      const HostedZoneId = zone?.Id;
      const Changes = [{ Action: "CREATE" as const, ResourceRecordSet }];
      await route53.send(new ChangeResourceRecordSetsCommand({ HostedZoneId, ChangeBatch: { Changes } }));
    });
    for (const [says, command] of [
      ["holds records that no stack of this environment made: old.example.com. CNAME", /aws route53 .*?'\{.*?\}'/],
      ["S3 does not delete a: locked by a legal hold", /aws s3api .* Status=OFF/],
    ] as const) {
      const refused = await shop.destroy();
      expect([refused.code, words(refused)]).toEqual([6, expect.stringContaining(says)]);
      await shop.obey(command.exec(words(refused))?.[0] ?? "");
    }
    const gone = await shop.destroy();
    expect(gone.code, gone.stderr).toBe(0);
    nothingLeft(3, gone);
  });
});
