import { describe, expect, it } from "vitest";
import { astroErrorOf } from "../../src/aws/errors.ts";
import { type CommandLine, command } from "../../src/command-line.ts";
import { AstroError } from "../../src/errors.ts";
import type { Step } from "../../src/plan/plan.ts";
import { failedStack } from "../../src/provision/diagnosis/diagnose.ts";
import type { FailedStack } from "../../src/provision/event.ts";
import { StackFailure } from "../../src/provision/stack-failure.ts";
import type { Stack } from "../../src/synth/assembly.ts";
import { adviceOf } from "../support/hints.ts";
import { SITE, stackOf } from "../support/stacks.ts";
import { step } from "../view/run.ts";

const AGAIN = command`astro provision --env dev`;

type Found = ConstructorParameters<typeof StackFailure>[0];

/** What becomes of a failure of CloudFormation's. */
function explained(
  more: Partial<Found>,
  {
    again = AGAIN,
    at = step("data", "shop-dev-database"),
    source,
  }: { again?: CommandLine; at?: Step; source?: Stack } = {},
): FailedStack {
  const failure = new StackFailure({
    status: "UPDATE_ROLLBACK_COMPLETE",
    source: "aws",
    reason: "no reason",
    ...more,
  });
  return failedStack(failure, { step: at, site: SITE, again, template: source?.template }, 1);
}
const resource = (id: string, resourceType = "AWS::S3::Bucket") => ({ resource: { resource: id, resourceType } });

/** The same of whatever was thrown. */
function thrown(error: unknown): FailedStack {
  return failedStack(
    error,
    { step: step("vpc", "shop-dev-network", { region: SITE.region }), site: SITE, again: AGAIN },
    1,
  );
}

const GONE = `Resource handler returned message: "Resource of type 'AWS::S3::Bucket' with identifier 'x' was not found." (HandlerErrorCode: NotFound)`;

describe("what to do about a failed stack", () => {
  it("whose rollback fails names every resource to skip, each with its flag", () => {
    const found = explained({ status: "UPDATE_ROLLBACK_FAILED", ...resource("A"), stuck: ["A", "B"] });
    expect(found.code).toBe("rollback-stuck");
    expect(found.hints.at(-1)?.command).toEqual([...AGAIN, "--skip-resource", "A", "--skip-resource", "B"]);
  });

  it("whose rollback fails over something deleted by hand creates it again in the same run", () => {
    const found = explained({ status: "UPDATE_ROLLBACK_FAILED", ...resource("A"), stuck: ["A"], reason: GONE });
    expect(found.code).toBe("rollback-resource-gone");
    expect(found.hints.at(-1)?.command).toEqual([...AGAIN, "--skip-resource", "A", "--revert-drift"]);
  });

  it("names no flag twice that was given before", () => {
    const again = [...AGAIN, "--skip-resource", "A"];
    const found = explained({ status: "UPDATE_ROLLBACK_FAILED", ...resource("A"), stuck: ["A"] }, { again });
    expect(found.hints.at(-1)?.command).toEqual(again);
  });

  it("whose update fails over something deleted by hand is to restore it", () => {
    const found = explained({ ...resource("Files"), reason: GONE });
    expect(found.cause).toMatch(/^Files, or something it needs, was deleted outside of CloudFormation/);
    expect(found.hints.at(-1)?.command).toEqual([...AGAIN, "--revert-drift"]);
  });

  it("is not guessed where a first creation lacks something", () => {
    const found = explained({ status: "ROLLBACK_COMPLETE", ...resource("Files"), reason: GONE });
    expect(found).toMatchObject({ code: "failed" });
    expect(adviceOf(found)).toBe("fix what AWS says above, in the app or in the account");
    expect(found).not.toHaveProperty("cause");
  });

  // The same command alone would end as it did (pulumi/pulumi-awsx#905).
  it("that is not known, says to fix what AWS says of the resource, and nothing where astro says it", () => {
    const found = explained({ ...resource("Files"), reason: "something odd" });
    expect(found.hints).toEqual([{ text: "fix what AWS says above, in the app or in the account" }]);
    expect(explained({ ...resource("Files"), source: "astro", reason: "it broke" }).hints).toEqual([]);
    expect(explained({ reason: "no capacity" }).hints).toEqual([]);
  });

  it("that cannot be deleted names every resource that could stay", () => {
    const again = command`astro destroy --env dev`;
    const found = explained({ status: "DELETE_FAILED", ...resource("Group"), stuck: ["Group"] }, { again });
    expect(found.hints.at(-1)?.command).toEqual([...again, "--retain", "Group"]);
  });

  it("from a secret in its recovery window names it from the template: AWS does not", () => {
    const reason = "You can't create this secret because a secret with this name is already scheduled for deletion.";
    const source = stackOf("shop-dev-secrets", "data", {
      resources: { Jwt: { Type: "AWS::SecretsManager::Secret", Properties: { Name: "shop/dev/jwt" } } },
    });
    const one = { status: "ROLLBACK_COMPLETE", ...resource("Jwt", "AWS::SecretsManager::Secret"), reason };
    const found = explained(one, { at: step("data", source.name), source });
    expect(found.cause).toMatch(/^shop\/dev\/jwt was deleted recently/);
    expect(adviceOf(found)).toBe(
      "if nobody needs it, delete it (its value is lost):  astro provision --env dev --delete-leftover Jwt\nor give Jwt another name in the app",
    );
  });

  it("from a log group that exists is to look whose it is, take it over where it is meant to stay, delete it, or rename", () => {
    const reason = `Resource of type 'AWS::Logs::LogGroup' with identifier '{"/properties/LogGroupName":"/ecs/shop-dev"}' already exists.`;
    const one = { status: "ROLLBACK_COMPLETE", ...resource("Logs", "AWS::Logs::LogGroup"), reason };
    const ways = (more: object) => {
      const Logs = { Type: "AWS::Logs::LogGroup", Properties: { LogGroupName: "/ecs/shop-dev" }, ...more };
      const source = stackOf("shop-dev-service", "ecs", { resources: { Logs } });
      return adviceOf(explained(one, { at: step("ecs", "x"), source })).split("\n");
    };
    const clear =
      "if nobody needs it, delete it (its log lines are lost):  astro provision --env dev --delete-leftover Logs";
    const rename = "or give Logs another name in the app";
    const look = "look whose it is:  astro doctor --env dev";
    expect(ways({})).toEqual([look, clear, rename]);
    const adopt = "take it over as it is:  astro provision --env dev --adopt Logs";
    expect(ways({ DeletionPolicy: "RetainExceptOnCreate" })).toEqual([look, adopt, clear, rename]);
  });

  it("from what no flag can name is never a deletion: whoever uses it is not known", () => {
    const reason = `Resource of type 'AWS::Logs::LogGroup' with identifier '/ecs/shop-dev' already exists.`;
    const one = { status: "ROLLBACK_COMPLETE", ...resource("Logs", "AWS::Logs::LogGroup"), reason };
    const again = command`astro provision --env dev --dir ${"my app"} --skip-resource A --allow-replace ${"b c"} --revert-drift --rehearse`;
    expect(adviceOf(explained(one, { again, at: step("ecs", "x") }))).toBe(
      "look whose it is:  astro doctor --env dev --dir 'my app' --rehearse\nor give Logs another name in the app",
    );
    // What only a provisioning takes, the examination would refuse.
    const kept = command`astro provision plan.json --env dev --beside shop/old/eu-west-1 --put-back Service --dir ${"it's"}`;
    expect(explained(one, { again: kept, at: step("ecs", "x") }).hints[0]?.command).toEqual(
      command`astro doctor --env dev --beside shop/old/eu-west-1 --dir ${"it's"}`,
    );
  });

  it("from a bucket of a name that is taken is found by the name that the template makes of the account", () => {
    const BucketName = { "Fn::Sub": "shop-${AWS::AccountId}" };
    const source = stackOf("shop-dev-storage", "data", {
      resources: { B: { Type: "AWS::S3::Bucket", Properties: { BucketName } } },
    });
    const one = { ...resource("B"), reason: `shop-${SITE.account} already exists`, status: "ROLLBACK_COMPLETE" };
    expect(adviceOf(explained(one, { at: step("data", "x"), source }))).toContain(
      "if nobody needs it, delete it (its objects are lost, old versions too):  astro provision --env dev --delete-leftover B",
    );
  });
});

/** What the SDK throws for a refusal. */
const refusal = (code: string, words: string) => astroErrorOf(Object.assign(new Error(words), { name: code }), CALL);
const CALL = "cloudformation:CreateChangeSet";

describe("a call that AWS refuses in the middle of a run", () => {
  it.each([
    ["Throttling", "Rate exceeded", "throttled", /API rate limit exceeded/],
    ["InternalFailure", "unknown error", "aws-fault", /AWS itself has a problem/],
    ["AccessDenied", "User is not authorized", "denied", /do not allow this/],
    ["LimitExceededException", "too many", "quota", /quota/],
    [
      "ValidationError",
      "Unable to fetch parameters [/shared/a] from parameter store for this account.",
      "parameter-missing",
      /parameter from Parameter Store that does not exist/,
    ],
  ])("with %s: %s is %s, in AWS's own words", (name, words, code, cause) => {
    const found = thrown(refusal(name, words));
    expect(found).toMatchObject({ source: "aws", code, call: CALL, reason: `${words} (${name})`, status: "UNKNOWN" });
    expect(found.cause).toMatch(cause);
    expect(found.hints.at(-1)?.command).toEqual(AGAIN);
  });

  // aws/aws-cdk#15888; AWS CDK Developer Guide, "Bootstrap your environment for use with the AWS CDK".
  it.each([
    [
      "cdk-bootstrap-missing",
      "Unable to fetch parameters [/cdk-bootstrap/hnb659fds/version] from parameter store for this account.",
    ],
    [
      "cdk-bootstrap-outdated",
      "CDK bootstrap stack version 6 required. Please run 'cdk bootstrap' with a recent version.",
    ],
  ])("for the CDK's bootstrap (%s) names the command that makes it, in this account and region", (code, words) => {
    const found = thrown(refusal("ValidationError", words));
    expect(found.code).toBe(code);
    expect(found.hints[0]?.command).toEqual(command`npx cdk bootstrap aws://${SITE.account}/${SITE.region}`);
  });

  it("for a reason without a code of its own is known by AWS's words, else says what helps in general", () => {
    expect(thrown(refusal("ValidationError", "the maximum number of addresses has been reached")).code).toBe(
      "eip-quota",
    );
    const found = thrown(refusal("ValidationError", "Template format error: unresolved resource"));
    expect(found).toMatchObject({ source: "aws", code: "failed" });
    expect(adviceOf(found)).toContain("fix what AWS names");
  });
});

describe("a failure of astro's own", () => {
  it("keeps its code and its hints, and is not AWS's to say", () => {
    const hint = { text: "give it one", command: command`astro doctor` };
    const found = thrown(new AstroError("template", "no phase", hint));
    expect(found).toMatchObject({ source: "astro", code: "template", reason: "no phase" });
    expect(found.hints).toEqual([{ text: "give it one", command: command`astro doctor --env dev` }]);
  });

  it("that nobody foresaw is not explained", () => {
    const found = thrown(new Error("the plan holds no template for it"));
    expect(found).toMatchObject({ source: "astro", code: "failed", hints: [] });
  });
});
