import { describe, expect, it } from "vitest";
import type { FailedStack } from "../../src/provision/event.ts";
import { wayOut } from "../../src/provision/way-out.ts";
import type { Stack } from "../../src/synth/assembly.ts";
import { SITE, stackOf } from "../support/stacks.ts";

const AGAIN = "astro provision --env dev";
const failed = (more: Partial<FailedStack>): FailedStack => ({
  phase: "data",
  stack: "shop-dev-database",
  status: "UPDATE_ROLLBACK_COMPLETE",
  reason: "no reason",
  elapsedSeconds: 1,
  ...more,
});
const GONE = `Resource handler returned message: "Resource of type 'AWS::S3::Bucket' with identifier 'x' was not found." (HandlerErrorCode: NotFound)`;

const placeOf = ({ name: stack, region, template }: Stack) => ({ stack, region, template });

describe("the way out", () => {
  it("of a rollback that fails names every resource to skip, each with its flag", () => {
    const found = wayOut(failed({ status: "UPDATE_ROLLBACK_FAILED", resource: "A", stuck: ["A", "B"] }), AGAIN);
    expect(found?.advice).toMatch(
      /take it as it is: {2}astro provision --env dev --skip-resource A --skip-resource B$/,
    );
  });

  it("of a rollback that fails over something deleted by hand makes it anew in the same run", () => {
    const stuck = { status: "UPDATE_ROLLBACK_FAILED", resource: "A", stuck: ["A"], reason: GONE };
    expect(wayOut(failed(stuck), AGAIN)?.advice).toMatch(/--skip-resource A --revert-drift$/);
  });

  it("of an update that fails over something deleted by hand is to bring it back", () => {
    const found = wayOut(failed({ resource: "Files", reason: GONE }), AGAIN);
    expect(found?.cause).toMatch(/^somebody deleted Files/);
    expect(found?.advice).toMatch(/astro provision --env dev --revert-drift$/);
  });

  // aws/aws-cdk#15888; AWS CDK Developer Guide, "Bootstrap your environment for use with the AWS CDK".
  it("from a missing or old CDK bootstrap is the command that makes it, in this account and region", () => {
    const call = "cloudformation:CreateChangeSet failed: ";
    const account = "111122223333";
    for (const [reason, way] of [
      [
        `${call}Unable to fetch parameters [/cdk-bootstrap/hnb659fds/version] from parameter store for this account.`,
        "make it",
      ],
      [`${call}CDK bootstrap stack version 6 required. Please run 'cdk bootstrap' with a recent version.`, "renew it"],
      ["the app's files are for the bucket cdk-hnb659fds-assets-1-eu-west-1, which is not there", "make it"],
    ]) {
      const found = wayOut(
        failed({ status: "UNKNOWN", reason: reason ?? "" }),
        AGAIN,
        { stack: "Site", region: "us-east-1" },
        account,
      );
      expect(found?.advice).toMatch(new RegExp(`^${way}:  npx cdk bootstrap aws://${account}/[a-z0-9-]+$`));
    }
    const other = failed({
      status: "UNKNOWN",
      reason: `${call}Unable to fetch parameters [/shared/a] from parameter store`,
    });
    expect(wayOut(other, AGAIN)?.advice).toContain("aws ssm put-parameter");
  });

  it("is not guessed where a first creation lacks something", () => {
    expect(wayOut(failed({ status: "ROLLBACK_COMPLETE", resource: "Files", reason: GONE }), AGAIN)).toBeUndefined();
  });

  it("of a deletion that fails names every resource that could stay", () => {
    const found = wayOut(
      failed({ status: "DELETE_FAILED", resource: "Group", stuck: ["Group"] }),
      "astro destroy --env dev",
    );
    expect(found?.advice).toMatch(/let it stay behind: {2}astro destroy --env dev --retain Group$/);
  });

  it("from a secret that waits out its recovery window names it from the template: AWS does not", () => {
    const reason = "You can't create this secret because a secret with this name is already scheduled for deletion.";
    const source = stackOf("shop-dev-secrets", "data", {
      resources: { Jwt: { Type: "AWS::SecretsManager::Secret", Properties: { Name: "shop/dev/jwt" } } },
    });
    const one = failed({
      status: "ROLLBACK_COMPLETE",
      resource: "Jwt",
      resourceType: "AWS::SecretsManager::Secret",
      reason,
    });
    const found = wayOut(one, AGAIN, placeOf(source));
    expect(found?.cause).toMatch(/^shop\/dev\/jwt was deleted lately/);
    expect(found?.advice).toBe(
      "if nobody needs it, delete it (its value is lost):  astro provision --env dev --delete-leftover Jwt\nor give Jwt another name in the app",
    );
  });

  it("from a log group that is there already is to look whose it is, to take it over where it is meant to stay, to delete it, or to rename", () => {
    const reason = `Resource of type 'AWS::Logs::LogGroup' with identifier '{"/properties/LogGroupName":"/ecs/shop-dev"}' already exists.`;
    const one = failed({ status: "ROLLBACK_COMPLETE", resource: "Logs", resourceType: "AWS::Logs::LogGroup", reason });
    const ways = (more: object) => {
      const Logs = { Type: "AWS::Logs::LogGroup", Properties: { LogGroupName: "/ecs/shop-dev" }, ...more };
      const source = stackOf("shop-dev-service", "ecs", { resources: { Logs } });
      return wayOut(one, AGAIN, placeOf(source))?.advice.split("\n");
    };
    const clear = `if nobody needs it, delete it (its log lines are lost):  ${AGAIN} --delete-leftover Logs`;
    const rename = "or give Logs another name in the app";
    const look = "look whose it is:  astro doctor --env dev";
    expect(ways({})).toEqual([look, clear, rename]);
    const adopt = `take it over as it is:  ${AGAIN} --adopt Logs`;
    expect(ways({ DeletionPolicy: "RetainExceptOnCreate" })).toEqual([look, adopt, clear, rename]);
  });

  it("from what no flag can name is never a deletion: who it serves is not known", () => {
    const reason = `Resource of type 'AWS::Logs::LogGroup' with identifier '/ecs/shop-dev' already exists.`;
    const one = failed({ status: "ROLLBACK_COMPLETE", resource: "Logs", resourceType: "AWS::Logs::LogGroup", reason });
    const again =
      "astro provision --env dev --dir 'my app' --skip-resource A --allow-replace 'b c' --revert-drift --rehearse";
    expect(wayOut(one, again, { stack: "x", region: SITE.region })?.advice).toBe(
      "look whose it is:  astro doctor --env dev --dir 'my app' --rehearse\nor give Logs another name in the app",
    );
    // What only a provisioning takes, the examination would refuse.
    const kept = "astro provision plan.json --env dev --beside shop/old/eu-west-1 --put-back Service --dir 'it'\\''s'";
    expect(wayOut(one, kept, { stack: "x", region: SITE.region })?.advice).toMatch(
      /^look whose it is: {2}astro doctor --env dev --beside shop\/old\/eu-west-1 --dir 'it'\\''s'$/m,
    );
  });

  it("from a bucket of a name that is taken is found by the name that the template makes of the account", () => {
    const BucketName = { "Fn::Sub": "shop-${AWS::AccountId}" };
    const source = stackOf("shop-dev-storage", "data", {
      resources: { B: { Type: "AWS::S3::Bucket", Properties: { BucketName } } },
    });
    const one = failed({ resource: "B", resourceType: "AWS::S3::Bucket", reason: "shop-111122223333 already exists" });
    expect(wayOut(one, AGAIN, placeOf(source), "111122223333")?.advice).toContain(
      "if nobody needs it, delete it (its objects are lost, old versions too):  astro provision --env dev --delete-leftover B",
    );
  });
});

describe("a call that AWS does not answer", () => {
  it.each([
    ["cloudformation:CreateChangeSet failed: Rate exceeded (Throttling)", /too much at once/],
    ["cloudformation:ExecuteChangeSet failed: unknown error (InternalFailure)", /wrong at AWS itself/],
    ["cloudformation:DescribeStacks failed: socket hang up (ECONNRESET)", /connection to AWS breaks off/],
    ["not allowed: User is not authorized (AccessDenied)", /may not do this/],
  ])("is told apart from a failing stack: %s", (reason, cause) => {
    expect(wayOut(failed({ status: "UNKNOWN", reason }), AGAIN)?.cause).toMatch(cause);
  });

  it("is not guessed about", () => {
    expect(wayOut(failed({ status: "UNKNOWN", reason: "the plan holds no template for it" }), AGAIN)).toBeUndefined();
  });
});
