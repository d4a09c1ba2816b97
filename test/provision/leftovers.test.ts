import { CreateStackCommand } from "@aws-sdk/client-cloudformation";
import { CloudWatchLogsClient, CreateLogGroupCommand, DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { CreateSecretCommand, DeleteSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { describe, expect, it } from "vitest";
import type { Resource } from "../../src/template/types.ts";
import { adviceOf } from "../support/hints.ts";
import { type Ran, type Rehearsed, rehearsed } from "../support/rehearsed.ts";
import { SITE, stackOf } from "../support/stacks.ts";

const NAME = "shop-dev-one";
const tags = { ManagedBy: "astro", Project: SITE.project, Environment: SITE.environment };
const LOGS: Resource = { Type: "AWS::Logs::LogGroup", Properties: { LogGroupName: "/shop/dev", RetentionInDays: 7 } };
const SECRET: Resource = { Type: "AWS::SecretsManager::Secret", Properties: { Name: "shop/dev/jwt" } };
const stack = (resources: { readonly [id: string]: Resource }) => stackOf(NAME, "data", { resources, tags });

const clientsOf = ({ rehearsal: { endpoint, credentials } }: Rehearsed) => {
  const config = { endpoint, credentials, region: SITE.region };
  return { logs: new CloudWatchLogsClient(config), secrets: new SecretsManagerClient(config) };
};

/** What the failure screen would tell to do. */
const adviceOn = ({ result: { failed } }: Ran) => adviceOf(failed[0]);

describe("a log group left from earlier", () => {
  it("stops the stack before anything is made; the flag that is then named deletes it, after saying so", async () => {
    const aws = await rehearsed();
    const { logs } = clientsOf(aws);
    await logs.send(new CreateLogGroupCommand({ logGroupName: "/shop/dev" }));
    const stopped = await aws.provision([stack({ Logs: LOGS })]);
    expect(stopped.result.failed).toMatchObject([{ stack: NAME, resource: "Logs", resourceType: LOGS.Type }]);
    expect(adviceOn(stopped)).toContain("astro provision --env dev --delete-leftover Logs");
    expect(await aws.status(NAME)).toBeUndefined();
    const again = await aws.provision([stack({ Logs: LOGS })], {
      recoveryOptions: { skip: [], retain: [], clear: ["Logs"] },
    });
    expect(again.noticed).toEqual([`${NAME}: Logs: deleting /shop/dev, which has its name: its log lines are lost`]);
    expect(again.outcomes[NAME]).toBe("created");
    expect(await aws.left()).toEqual([]);
  });

  it("is none where another stack has it: the flag deletes nothing", async () => {
    const aws = await rehearsed();
    const others = { ...tags, Project: "shop-eu" };
    const TemplateBody = JSON.stringify({ Resources: { Logs: LOGS, Secret: SECRET } });
    const Tags = Object.entries(others).map(([Key, Value]) => ({ Key, Value }));
    await aws.cloudformation.send(new CreateStackCommand({ StackName: "theirs", TemplateBody, Tags }));
    await aws.settled("theirs");
    for (const [id, resource] of [
      ["Logs", LOGS],
      ["Secret", SECRET],
    ] as const) {
      const recoveryOptions = { skip: [], retain: [], clear: [id] };
      const { result } = await aws.provision([stack({ [id]: resource })], { recoveryOptions });
      expect(result.error).toMatchObject({ code: "not-ours", message: expect.stringContaining("stack theirs has it") });
    }
    const { logGroups } = await clientsOf(aws).logs.send(new DescribeLogGroupsCommand({}));
    expect(logGroups?.map(({ logGroupName }) => logGroupName)).toContain("/shop/dev");
  });

  it("is taken over as it is where the flag says so and the app means it to stay", async () => {
    const aws = await rehearsed();
    const { logs } = clientsOf(aws);
    await logs.send(new CreateLogGroupCommand({ logGroupName: "/shop/dev" }));
    const wanted = stack({ Logs: { ...LOGS, DeletionPolicy: "RetainExceptOnCreate" } });
    const stopped = await aws.provision([wanted]);
    expect(adviceOn(stopped).split("\n")).toContain("take it over as it is:  astro provision --env dev --adopt Logs");
    const { result, outcomes, noticed } = await aws.provision([wanted], {
      recoveryOptions: { skip: [], retain: [], adopt: ["Logs"] },
    });
    expect(result.failed).toEqual([]);
    expect(noticed).toEqual([`${NAME}: Logs (AWS::Logs::LogGroup): taking over what exists, as it is`]);
    expect(outcomes[NAME]).toBe("created");
    const { logGroups = [] } = await logs.send(new DescribeLogGroupsCommand({}));
    expect(logGroups.map(({ logGroupName }) => logGroupName)).toEqual(["/shop/dev"]);
    expect((await aws.provision([wanted])).outcomes[NAME]).toBe("unchanged");
  });

  it("is let alone where it is the stack's own", async () => {
    const aws = await rehearsed();
    await aws.provision([stack({ Logs: LOGS })]);
    const more = stack({ Logs: LOGS, Topic: { Type: "AWS::SNS::Topic" } });
    const { noticed, outcomes } = await aws.provision([more], {
      recoveryOptions: { skip: [], retain: [], clear: ["Logs"] },
    });
    expect([noticed, outcomes[NAME]]).toEqual([[], "updated"]);
  });

  it("that is no more is nothing to delete", async () => {
    const aws = await rehearsed();
    const { outcomes } = await aws.provision([stack({ Logs: LOGS })], {
      recoveryOptions: { skip: [], retain: [], clear: ["Logs"] },
    });
    expect(outcomes[NAME]).toBe("created");
  });
});

describe("a secret that waits out its recovery window", () => {
  it("fails the stack, and with the flag that is then named it goes for good", async () => {
    const aws = await rehearsed();
    const { secrets } = clientsOf(aws);
    await secrets.send(new CreateSecretCommand({ Name: "shop/dev/jwt", SecretString: "old" }));
    await secrets.send(new DeleteSecretCommand({ SecretId: "shop/dev/jwt", RecoveryWindowInDays: 30 }));
    const stopped = await aws.provision([stack({ Jwt: SECRET })]);
    expect(stopped.result.failed).toMatchObject([{ stack: NAME, resource: "Jwt" }]);
    expect(adviceOn(stopped)).toContain("astro provision --env dev --delete-leftover Jwt");
    const again = await aws.provision([stack({ Jwt: SECRET })], {
      recoveryOptions: { skip: [], retain: [], clear: ["Jwt"] },
    });
    expect(again.noticed).toContain(`${NAME}: Jwt: deleting shop/dev/jwt, which has its name: its value is lost`);
    expect(again.outcomes[NAME]).toBe("created");
    expect(await aws.left()).toEqual([]);
  });
});
