import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readAssembly } from "../../src/synth/read.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "astro-assembly-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

type Given = { readonly phase?: string; readonly after?: readonly string[]; readonly environment?: string };

/** Writes an assembly as the CDK does, one stack an entry. */
async function assemble(stacks: { readonly [id: string]: Given }, more: object = {}): Promise<void> {
  const artifacts: Record<string, object> = {};
  for (const [id, { phase, after = [], environment = "aws://unknown-account/eu-west-1" }] of Object.entries(stacks)) {
    const template = {
      Resources: { T: { Type: "AWS::SNS::Topic" } },
      ...(phase && { Metadata: { "astro:phase": phase } }),
    };
    await writeFile(join(folder, `${id}.template.json`), JSON.stringify(template, null, 1));
    const files = { t: { source: { path: `${id}.template.json` }, destinations: {} } };
    await writeFile(join(folder, `${id}.assets.json`), JSON.stringify({ version: "1", files }));
    artifacts[`${id}.assets`] = { type: "cdk:asset-manifest", properties: { file: `${id}.assets.json` } };
    artifacts[id] = {
      type: "aws:cloudformation:stack",
      environment,
      properties: { templateFile: `${id}.template.json`, stackName: `shop-dev-${id}`, tags: { Project: "shop" } },
      dependencies: [...after, `${id}.assets`],
    };
  }
  await writeFile(join(folder, "manifest.json"), JSON.stringify({ version: "1", artifacts, ...more }));
}

describe("a cloud assembly", () => {
  it("gives each stack its name, region, tags, phase and what it needs", async () => {
    await assemble({ network: { phase: "vpc" }, cache: { phase: "data", after: ["network"] } });
    const { stacks } = await readAssembly(folder, "us-east-1");
    expect(stacks).toMatchObject([
      {
        name: "shop-dev-network",
        region: "eu-west-1",
        phase: "vpc",
        needs: [],
        tags: { Project: "shop" },
        assetManifests: [],
      },
      { name: "shop-dev-cache", phase: "data", needs: ["shop-dev-network"] },
    ]);
    expect(stacks[0]?.body).toBe('{"Resources":{"T":{"Type":"AWS::SNS::Topic"}},"Metadata":{"astro:phase":"vpc"}}');
  });

  it("puts a stack of the user's own into the phase of what it needs", async () => {
    await assemble({ api: { phase: "ecs" }, jobs: { after: ["api"] }, alone: {} });
    const { stacks } = await readAssembly(folder, "us-east-1");
    expect(stacks.map(({ name, phase }) => [name, phase])).toEqual([
      ["shop-dev-api", "ecs"],
      ["shop-dev-jobs", "ecs"],
      ["shop-dev-alone", "vpc"],
    ]);
  });

  it("never lets a stack run before one it needs, whatever phase it names", async () => {
    await assemble({ early: { phase: "vpc", after: ["late"] }, late: { phase: "dns" } });
    const { stacks } = await readAssembly(folder, "us-east-1");
    expect(stacks[0]?.phase).toBe("dns");
  });

  it("puts a stack of no region of its own into the environment's", async () => {
    await assemble({ network: { environment: "aws://unknown-account/unknown-region" } });
    expect((await readAssembly(folder, "eu-north-1")).stacks[0]?.region).toBe("eu-north-1");
  });

  it("names the manifest of a stack that has files to publish", async () => {
    await assemble({ jobs: {} });
    const files = { code: { source: { path: "asset.abc" }, destinations: {} } };
    await writeFile(join(folder, "jobs.assets.json"), JSON.stringify({ files }));
    expect((await readAssembly(folder, "us-east-1")).stacks[0]?.assetManifests).toEqual([
      join(folder, "jobs.assets.json"),
    ]);
  });

  // AWS CDK Developer Guide, "Customize CDK stack synthesis": what the default synthesizer writes.
  it("tells what a stack counts on in its account, and which account that is", async () => {
    await assemble({ jobs: { environment: "aws://111122223333/eu-west-1" } });
    const manifest = JSON.parse(await readFile(join(folder, "manifest.json"), "utf8"));
    const parameter = "/cdk-bootstrap/hnb659fds/version";
    Object.assign(manifest.artifacts.jobs.properties, {
      cloudFormationExecutionRoleArn: "arn:${AWS::Partition}:iam::${AWS::AccountId}:role/exec",
      requiresBootstrapStackVersion: 6,
      bootstrapStackVersionSsmParameter: parameter,
    });
    await writeFile(join(folder, "manifest.json"), JSON.stringify(manifest));
    const destinations = { here: { bucketName: "assets-${AWS::AccountId}", objectKey: "abc.zip" } };
    const template = { source: { path: "jobs.template.json" }, destinations: { here: { bucketName: "templates" } } };
    const files = { code: { source: { path: "asset.abc" }, destinations }, template };
    const dockerImages = {
      image: { source: {}, destinations: { here: { repositoryName: "images", imageTag: "abc" } } },
    };
    await writeFile(join(folder, "jobs.assets.json"), JSON.stringify({ files, dockerImages }));
    expect((await readAssembly(folder, "us-east-1")).stacks[0]).toMatchObject({
      account: "111122223333",
      wants: {
        bootstrap: { parameter, version: 6 },
        role: "arn:${AWS::Partition}:iam::${AWS::AccountId}:role/exec",
        buckets: ["assets-${AWS::AccountId}"],
        images: [{ repository: "images", tag: "abc", manifest: join(folder, "jobs.assets.json") }],
      },
    });
  });

  it("that still waits for a look-up is refused, naming it", async () => {
    await assemble({ network: {} }, { missing: [{ key: "availability-zones:account=1" }] });
    await expect(readAssembly(folder, "us-east-1")).rejects.toThrow(
      /needs a context lookup in AWS: availability-zones/,
    );
  });

  it("that is none is refused, naming the file", async () => {
    await expect(readAssembly(join(folder, "nowhere"), "us-east-1")).rejects.toMatchObject({
      code: "synthesis",
      message: expect.stringContaining(join("nowhere", "manifest.json")),
    });
  });

  it("without a stack is refused", async () => {
    await assemble({});
    await expect(readAssembly(folder, "us-east-1")).rejects.toThrow(/contains no stack/);
  });
});
