import { describe, expect, it } from "vitest";
import { NotChecked } from "../../src/preflight/finding.ts";
import type { OwningStack, TakenName } from "../../src/preflight/look-ups.ts";
import { deployedAs, fixWords, found } from "../support/preflight.ts";
import { stackOf } from "../support/stacks.ts";

const GROUP = { Type: "AWS::Logs::LogGroup", Properties: { LogGroupName: "/shop/dev/api" } };
const SECRET = { Type: "AWS::SecretsManager::Secret", Properties: { Name: "shop/dev/jwt" }, DeletionPolicy: "Retain" };
const BUCKET = {
  Type: "AWS::S3::Bucket",
  Properties: { BucketName: { "Fn::Sub": "shop-dev-${AWS::AccountId}-${AWS::Region}" } },
};
const STACK = stackOf("shop-dev-things", "data", {
  resources: { LogGroup: GROUP, JwtSecret: SECRET, Bucket: BUCKET, Nameless: { Type: "AWS::S3::Bucket" } },
});
/** The bootstrap's bucket and table have names as well. */
const ALL = 5;
const OURS = { Project: "shop", Environment: "dev", ManagedBy: "astro" };
/** What has these names, left from this environment as its tags say, unless they are others. */
const taken = (names: readonly string[], more: TakenName = {}) => ({
  look: {
    taken: async (_region: string, _type: string, name: string) =>
      names.includes(name) ? { tags: OURS, ...more } : undefined,
  },
});

describe("names", () => {
  it("are good if nothing has them", async () => {
    expect(await found("names", [STACK], taken([]))).toEqual([
      { code: "names", outcome: "ok", words: `${ALL} of ${ALL} names are free` },
    ]);
  });

  it("are a problem each if something left from earlier has them, with every way out", async () => {
    const [free, group, bucket] = await found(
      "names",
      [STACK],
      taken(["/shop/dev/api", "shop-dev-111122223333-eu-west-1"]),
    );
    expect(free?.words).toBe(`${ALL - 2} of ${ALL} names are free`);
    expect(group).toMatchObject({
      outcome: "problem",
      words: "LogGroup /shop/dev/api is left from an earlier dev: its tags say so, and no stack has it",
      fix: {
        action: { type: "delete-leftover", of: "AWS::Logs::LogGroup", name: "/shop/dev/api", region: "eu-west-1" },
      },
    });
    expect(fixWords(group)).toContain("astro provision --env dev --delete-leftover LogGroup");
    expect(bucket?.fix).toMatchObject({ action: { of: "AWS::S3::Bucket", name: "shop-dev-111122223333-eu-west-1" } });
    expect(fixWords(bucket)).toBe(
      "delete it (its objects are lost, old versions too):  astro provision --env dev --delete-leftover Bucket\nor give Bucket another name in the app",
    );
  });

  it("of what is meant to stay may be taken over", async () => {
    const [, secret] = await found("names", [STACK], taken(["shop/dev/jwt"]));
    expect(fixWords(secret)).toContain("astro provision --env dev --adopt JwtSecret");
  });

  it("of a secret that waits out its recovery window say until when", async () => {
    const look = {
      taken: async (_region: string, type: string) =>
        type === "AWS::SecretsManager::Secret" ? { until: new Date("2026-03-20T08:00:00Z") } : undefined,
    };
    const [, secret] = await found("names", [STACK], { look });
    expect(secret?.words).toBe("Secret shop/dev/jwt was deleted recently; its name is reserved until 2026-03-20");
    expect(fixWords(secret)).not.toContain("--adopt");
  });

  it("that the run itself clears or takes over need not be free", async () => {
    const yielding = ["LogGroup", "JwtSecret"];
    expect(await found("names", [STACK], { ...taken(["/shop/dev/api", "shop/dev/jwt"]), yielding })).toMatchObject([
      { outcome: "ok", words: `${ALL - 2} of ${ALL - 2} names are free` },
    ]);
  });

  it("that may not be looked up are one line a reason, the others are looked at all the same", async () => {
    const look = {
      taken: async (_region: string, type: string) => {
        if (type !== "AWS::S3::Bucket") throw new NotChecked(`no ${type.split("::")[1]}`);
        return undefined;
      },
    };
    expect((await found("names", [STACK], { look })).map(({ outcome, words }) => [outcome, words])).toEqual([
      ["ok", `2 of ${ALL} names are free`],
      ["not-checked", "no DynamoDB"],
      ["not-checked", "no Logs"],
      ["not-checked", "no SecretsManager"],
    ]);
  });

  it("that another resource of the environment has now are no leftovers: nothing is to be deleted", async () => {
    const asked: string[] = [];
    const before = stackOf("shop-dev-old", "data", { resources: { Group: GROUP } });
    const deployed = deployedAs(before, "CREATE_COMPLETE");
    const [free, moved] = await found("names", [STACK], { ...taken(["/shop/dev/api"]), deployed: [deployed], asked });
    expect(free?.words).toBe(`${ALL - 1} of ${ALL - 1} names are free`);
    expect(moved).toEqual({
      code: "names",
      outcome: "problem",
      words: "LogGroup /shop/dev/api is Group of shop-dev-old now, which is deleted only after the new one is created",
      fix: { hints: [{ text: "leave it where it is in the app, or give the new one another name" }] },
    });
    expect(asked.filter((look) => look === "taken")).toHaveLength(ALL - 1);
  });

  it("of stacks that stand, or that hold what is left of an attempt, are their own", async () => {
    for (const status of ["CREATE_COMPLETE", "ROLLBACK_FAILED", "CREATE_FAILED", "UPDATE_ROLLBACK_FAILED"]) {
      const findings = await found("names", [STACK], {
        ...taken(["/shop/dev/api"]),
        deployed: [deployedAs(STACK, status)],
      });
      expect(findings.map(({ outcome }) => outcome)).toEqual(["ok"]);
    }
    const deployed = [deployedAs(STACK, "ROLLBACK_COMPLETE")];
    expect(await found("names", [STACK], { ...taken(["/shop/dev/api"]), deployed })).toMatchObject([
      { outcome: "ok" },
      { outcome: "problem" },
    ]);
  });

  it("that hold in every region are the environment's own where it stands in another: the way is said, nothing is to go", async () => {
    const role = { Type: "AWS::IAM::Role", Properties: { RoleName: "shop-dev-ecs-task-role" } };
    const stacks = [stackOf("shop-dev-service", "ecs", { resources: { TaskRole: role, Bucket: BUCKET } })];
    const tags = { Project: "shop", Environment: "dev", ManagedBy: "astro" };
    const look = {
      taken: async (_region: string, type: string) =>
        type === "AWS::IAM::Role" ? { tags } : type === "AWS::S3::Bucket" ? { elsewhere: "eu-central-1" } : undefined,
      holder: async (region: string) => {
        const holder = { stack: "shop-dev-service", tags, createdAt: new Date(0) };
        return region === "eu-central-1" ? holder : { ...holder, region: "eu-central-1" };
      },
    };
    const findings = await found("names", stacks, { look });
    const problems = findings.filter(({ outcome }) => outcome === "problem");
    expect(problems.map(({ words }) => words)).toContain(
      "Role shop-dev-ecs-task-role is of stack shop-dev-service in eu-central-1: dev is deployed there, and its name is global",
    );
    for (const { fix } of problems) {
      expect(fixWords({ fix })).toContain("put region: eu-central-1 back under dev in astro.yaml");
      expect(fixWords({ fix })).toContain("astro destroy --env dev --region eu-central-1");
      expect([fix?.action, /rb --force|delete-|another name in the app/.test(fixWords({ fix }))]).toEqual([
        undefined,
        false,
      ]);
    }
  });

  const theirs = { Project: "shop-eu", Environment: "dev", ManagedBy: "astro" };
  const holding = (holder: () => Promise<OwningStack | undefined>, tags = {}) => ({
    look: {
      taken: async (_region: string, _type: string, name: string) => (name === "/shop/dev/api" ? { tags } : undefined),
      holder,
    },
  });

  it.each([
    [{}, "no tags say whose it is: it may be in use"],
    [{ team: "billing", "aws:x": "y" }, "its tags are team=billing: it may be in use"],
    [{ Project: "shop", Environment: "dev" }, "its tags are Project=shop, Environment=dev: it may be in use"],
  ])("of what no tags call the environment's are never called left over: %j", async (tags, said) => {
    const says = "made on 2024-05-01, 1204 bytes of logs";
    const [, group] = await found("names", [STACK], taken(["/shop/dev/api"], { tags, says }));
    expect(group?.words).toBe(
      `LogGroup /shop/dev/api is there already (${says}): no stack of this environment has it, and ${said}`,
    );
    expect(fixWords(group)).toBe(
      "give LogGroup another name in the app\ndelete it if nothing needs it (its log lines are lost):  astro provision --env dev --delete-leftover LogGroup",
    );
    expect(JSON.stringify(group)).not.toContain("left from");
  });

  it("of what has tags that nobody may see, or lies in another region, are not advised to be deleted", async () => {
    const look = { taken: async (_: string, type: string) => (type === "AWS::Logs::LogGroup" ? {} : undefined) };
    const [, group] = await found("names", [STACK], { look });
    expect(group?.words).toMatch(/and its tags cannot be read$/);
    expect(group?.fix).toEqual({ hints: [{ text: "give LogGroup another name in the app" }] });
    const far = taken(["shop-dev-111122223333-eu-west-1"], { tags: {}, elsewhere: "eu-central-1" });
    const [, bucket] = await found("names", [STACK], far);
    expect(bucket?.fix).toEqual({ hints: [{ text: "give Bucket another name in the app" }] });
  });

  it("of what goes only once something else went first are told every command, in order", async () => {
    const role = { Type: "AWS::IAM::Role", Properties: { RoleName: "shop-dev-task", AssumeRolePolicyDocument: {} } };
    const stack = stackOf("shop-dev-roles", "ecs", { resources: { Role: role } });
    const detaching = "aws iam detach-role-policy --role-name shop-dev-task --policy-arn arn:aws:iam::aws:policy/X";
    const before = [detaching.split(" ")];
    const [, one] = await found("names", [stack], taken(["shop-dev-task"], { before }));
    expect(fixWords(one).split("\n")).toEqual([
      `delete it (what assumes it no longer can):  ${detaching}`,
      "then:  aws iam delete-role --role-name shop-dev-task",
      "or give Role another name in the app",
    ]);
  });

  it("are looked at of what is replaced by something of another name, and not of what keeps its own", async () => {
    const at = (BucketName: string) =>
      stackOf("shop-dev-files", "data", {
        resources: { Files: { Type: "AWS::S3::Bucket", Properties: { BucketName } } },
      });
    const deployed = [deployedAs(at("shop-dev-old"), "CREATE_COMPLETE")];
    const [, one] = await found("names", [at("shop-dev-new")], { ...taken(["shop-dev-new"], { tags: {} }), deployed });
    expect(one?.words).toMatch(/^Bucket shop-dev-new is there already/);
  });

  it("that a live stack has are never to be deleted: it is named, with whose it is", async () => {
    const holder = async () => ({ stack: "shop-eu-dev-service", tags: theirs, createdAt: new Date(0) });
    const [, group] = await found("names", [STACK], holding(holder));
    expect(group).toEqual({
      code: "names",
      outcome: "problem",
      words:
        "LogGroup /shop/dev/api is of stack shop-eu-dev-service, which belongs to project shop-eu, environment dev",
      fix: { hints: [{ text: "give LogGroup another name in the app: what a stack has is not to be deleted" }] },
    });
  });

  it("that another environment left are its own to delete", async () => {
    const [, group] = await found(
      "names",
      [STACK],
      holding(async () => undefined, theirs),
    );
    expect(group?.words).toBe("LogGroup /shop/dev/api is left from project shop-eu, environment dev");
    expect(JSON.stringify(group)).not.toMatch(/delete/);
  });

  it("of which nobody may look whose they are, are not advised to be deleted", async () => {
    const [, group] = await found(
      "names",
      [STACK],
      holding(() => Promise.reject(new NotChecked("may not look"))),
    );
    expect(group?.fix).not.toHaveProperty("action");
    expect(fixWords(group)).not.toContain("--delete-leftover");
    expect(fixWords(group)).toContain("may not look");
  });
});
