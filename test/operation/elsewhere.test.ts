import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { type Remembered, renderDeployed } from "../../src/config/deployed.ts";
import { parseConfig } from "../../src/config/parse.ts";
import { AstroError } from "../../src/errors.ts";
import { ownFolder, projectFile } from "../../src/folder.ts";
import { chooseEnvironment } from "../../src/operation/choose.ts";
import { isDeployedIn, lookAround, stopForElsewhere } from "../../src/operation/elsewhere.ts";
import { memoryIn, recall, remembering } from "../../src/operation/memory.ts";
import type { EnvironmentOperation } from "../../src/operation/open.ts";
import { BOOTSTRAP_STACK } from "../../src/plan/bootstrap.ts";
import { placeWord } from "../../src/plan/elsewhere.ts";
import type { Plan } from "../../src/plan/plan.ts";
import type { Event } from "../../src/provision/event.ts";
import { fakeCloud } from "../support/fake-cloud.ts";
import { SITE, TAGS } from "../support/stacks.ts";

const YAML = "name: shop\nenvironments:\n  dev:\n    region: eu-west-1\n  prod:\n    region: eu-west-1\n";
const since = "2026-03-01T12:00:00.000Z";
const here: Remembered = { ...SITE, since };
const FILE = "astro.deployed.json";

/** A project on real AWS whose memory holds `entries`, and what was asked of which region. */
function projectWith(entries: readonly Remembered[], yaml = YAML) {
  const directory = mkdtempSync(join(tmpdir(), "astro-memory-"));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  if (entries.length > 0) writeFileSync(join(directory, FILE), renderDeployed(entries));
  const cloud = fakeCloud();
  const asked: string[] = [];
  const deployed = projectFile(directory, FILE, () => true);
  const own = ownFolder(directory, () => true);
  const project = { directory, file: "astro.yaml", text: yaml, config: parseConfig(yaml, "astro.yaml"), own, deployed };
  const stacks: typeof cloud.stacks = async (region) => {
    asked.push(region);
    if (region === "us-west-2") throw new AstroError("failed", "not allowed: cloudformation:DescribeStacks", "ask");
    return cloud.stacks(region);
  };
  const target = { real: true, cloud: { ...cloud, stacks } };
  const operation = { project, site: SITE, target } as unknown as EnvironmentOperation;
  const around = async (regions = [SITE.region]) => {
    const found = (await Promise.all(regions.map((region) => cloud.stacks(region)))).flat();
    return lookAround(operation, regions, found);
  };
  const memory = memoryIn(project, "real");
  return { cloud, asked, around, operation, memory, directory, project };
}

describe("an environment deployed in another region", () => {
  it("is not looked up where astro.yaml names all that is remembered", async () => {
    const { around, asked } = projectWith([here, { ...here, environment: "prod" }]);
    expect(await around()).toEqual({ elsewhere: [], gone: [] });
    expect(asked).toEqual([]);
  });

  it("is looked at with one call in its region, and is gone where nothing of it is left", async () => {
    const old = { ...here, region: "eu-central-1", monthly: 96 };
    const { around, asked, cloud } = projectWith([old]);
    expect(await around()).toEqual({ elsewhere: [], gone: [{ ...SITE, region: "eu-central-1", since }] });
    cloud.put({ name: "shop-dev-network", region: "eu-central-1" }, { Resources: {} });
    expect((await around()).elsewhere).toEqual([{ ...old, stacks: 1, named: false }]);
    expect(asked).toEqual(["eu-central-1", "eu-central-1"]);
  });

  it("is told from memory where another account has it, or nobody may look", async () => {
    const other = { ...here, environment: "old", account: "444455556666" };
    const far = { ...here, environment: "old", region: "us-west-2" };
    const { around } = projectWith([other, far]);
    expect((await around()).elsewhere).toMatchObject([
      { account: "444455556666", named: false, why: "these credentials are of account 111122223333" },
      { region: "us-west-2", named: false, why: expect.stringContaining("not allowed") },
    ]);
  });

  it("counts as another's account where astro.yaml has since been pinned to one", async () => {
    const other = { ...here, account: "444455556666" };
    const unpinned = projectWith([other]);
    expect((await unpinned.around()).elsewhere).toMatchObject([{ named: true }]);
    const pinned = projectWith([other], YAML.replace("eu-west-1", 'eu-west-1\n    account: "111122223333"'));
    expect((await pinned.around()).elsewhere).toMatchObject([{ named: false }]);
  });

  it("is seen by the tags of stacks that were found anyway, but for those that live in us-east-1 on purpose", async () => {
    const { around, cloud } = projectWith([]);
    const put = (name: string, region: string, Environment: string) =>
      cloud.put({ name, region }, { Resources: {} }, { tags: { ...TAGS, Environment } });
    put("shop-dev-certificate-cdn", "us-east-1", "dev");
    put("shop-prod-network", "eu-west-1", "prod");
    expect((await around(["eu-west-1", "us-east-1"])).elsewhere).toEqual([]);
    put("shop-dev-network", "us-east-1", "dev");
    put("shop-test-network", "eu-west-1", "test");
    put("shop-test-cache", "eu-west-1", "test");
    expect((await around(["eu-west-1", "us-east-1"])).elsewhere).toMatchObject([
      { environment: "test", region: "eu-west-1", stacks: 2 },
      { environment: "dev", region: "us-east-1", stacks: 1 },
    ]);
  });
});

describe("an environment whose region changed", () => {
  const far = { ...SITE, region: "eu-central-1", since };
  const flags = { json: false, rehearse: false, speed: "60" };

  it("is not deployed where only its certificate in us-east-1 is found", () => {
    const certificate = { name: "shop-dev-certificate-cdn", region: "us-east-1" };
    expect(isDeployedIn([certificate, { name: BOOTSTRAP_STACK, region: SITE.region }], SITE.region)).toBe(false);
    expect(isDeployedIn([{ name: "shop-dev-alarms", region: SITE.region }], SITE.region)).toBe(true);
    expect(
      isDeployedIn([{ name: "shop-dev-cdn", region: SITE.region, status: "ROLLBACK_COMPLETE" }], SITE.region),
    ).toBe(false);
  });

  it("cannot be deployed twice in an account, where its roles have one name; another environment can", () => {
    const { operation } = projectWith([]);
    const opened = { ...operation, header: { command: "provision" } } as EnvironmentOperation;
    const stop = (one: typeof far) => () =>
      stopForElsewhere(
        opened,
        flags,
        { elsewhere: [{ ...one, stacks: 9, named: false }], gone: [] },
        {
          beside: [placeWord(one)],
          nothing: "nothing stands",
        },
      );
    expect(stop(far)).toThrow(/in eu-central-1 of account 111122223333 has 9 stacks/);
    expect(stop({ ...far, environment: "old" })).not.toThrow();
    expect(stop({ ...far, account: "444455556666" })).not.toThrow();
  });
});

describe("the memory", () => {
  const plan = (direction: Plan["direction"]): Plan => ({
    ...SITE,
    direction,
    steps: [],
    monthly: { before: 0, after: 96.4 },
  });
  const changed = (stack: string, status: string): Event => ({
    ...{ type: "resource.changed", at: "2026-04-01T00:00:00.000Z", environment: "dev", phase: "vpc" },
    ...{ stack, resource: "Vpc", resourceType: "AWS::EC2::VPC", status },
  });
  const run = async (
    { operation, memory }: ReturnType<typeof projectWith>,
    direction: Plan["direction"],
    events: readonly Event[],
    outcome: "done" | "failed",
    gone: readonly Remembered[] = [],
  ) => {
    const said: string[] = [];
    const keeping = remembering(operation, plan(direction), { deployed: [], gone }, (words) => said.push(words));
    for (const event of events) keeping.emit(event);
    keeping.close(outcome);
    return { said, entries: recall(memory) };
  };

  it("begins when AWS makes the first thing of the environment, and not with the bootstrap", async () => {
    const project = projectWith([]);
    const nothing = [changed(BOOTSTRAP_STACK, "CREATE_COMPLETE"), changed("shop-dev-network", "DELETE_IN_PROGRESS")];
    expect((await run(project, "provision", nothing, "failed")).entries).toEqual([]);
    const made = [changed("shop-dev-network", "CREATE_IN_PROGRESS")];
    const at = "2026-04-01T00:00:00.000Z";
    expect((await run(project, "provision", made, "failed")).entries).toEqual([{ ...SITE, since: at, monthly: 96 }]);
    expect(readFileSync(join(project.directory, FILE), "utf8")).not.toMatch(/arn:|secret|ada/i);
  });

  it("keeps when it began, and forgets what is gone", async () => {
    const old = { ...here, region: "eu-central-1" };
    const project = projectWith([here, old]);
    const made = [changed("shop-dev-network", "UPDATE_COMPLETE")];
    expect((await run(project, "provision", made, "done", [old])).entries).toEqual([{ ...here, monthly: 96 }]);
  });

  it("ends with a removal that was done, and only with one", async () => {
    const project = projectWith([here]);
    expect((await run(project, "destroy", [], "failed")).entries).toEqual([here]);
    expect((await run(project, "destroy", [], "done")).entries).toEqual([]);
  });

  it("that cannot be written is said, and stops nothing", async () => {
    const project = projectWith([]);
    const operation = {
      ...project.operation,
      project: { ...project.project, deployed: projectFile(join(project.directory, FILE), FILE, () => true) },
    };
    writeFileSync(join(project.directory, FILE), "{");
    const { said } = await run(
      { ...project, operation, memory: { ...project.memory, read: () => undefined } },
      "provision",
      [changed("shop-dev-network", "CREATE_COMPLETE")],
      "done",
    );
    expect(said).toEqual(["astro.deployed.json"]);
  });
});

describe("the environment that a command names", () => {
  const flags = { json: false, rehearse: false, speed: "60" };
  const choose = (command: string, more: object, entries: readonly Remembered[] = []) => {
    const { project } = projectWith([]);
    return chooseEnvironment(project, command, { ...flags, ...more }, () => entries);
  };

  it("may be one that astro.yaml no longer has, where its memory or the flags say where it is", async () => {
    const old = { ...here, environment: "old", region: "eu-central-1" };
    const found = choose("destroy", { env: "old" }, [old]);
    expect(found).toMatchObject({ name: "old", environment: { region: "eu-central-1", account: SITE.account } });
    expect(choose("destroy", { env: "old", region: "us-west-2", project: "till" })).toMatchObject({
      project: "till",
      environment: { region: "us-west-2" },
    });
  });

  it.each([
    ["plan", { env: "old" }, "no such environment"],
    ["destroy", { env: "old" }, "none is recorded as deployed"],
    ["destroy", { env: "../prod", region: "eu-west-1" }, "not a valid name of an environment"],
    ["status", { env: "dev", project: "shop/../till" }, "not a valid name of a project"],
    ["destroy", { env: "dev", region: "moon-1" }, "unknown region"],
  ])("must be one of astro.yaml, or be said to be somewhere: %s %j", async (command, more, words) => {
    expect(() => choose(command, more)).toThrow(words);
  });

  it("is asked for where it is deployed in two places", async () => {
    const old = { ...here, environment: "old" };
    const both = [old, { ...old, region: "us-west-2" }];
    expect(() => choose("destroy", { env: "old" }, both)).toThrow(
      "it is deployed in shop/old/eu-west-1, shop/old/us-west-2",
    );
  });
});
