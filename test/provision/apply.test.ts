import { UpdateStackCommand } from "@aws-sdk/client-cloudformation";
import {
  ChangeResourceRecordSetsCommand,
  ListHostedZonesCommand,
  type ResourceRecordSet,
  Route53Client,
} from "@aws-sdk/client-route-53";
import { describe, expect, it } from "vitest";
import type { PlannedChange } from "../../src/plan/plan.ts";
import type { Cloud } from "../../src/provision/cloud.ts";
import type { Resource } from "../../src/template/types.ts";
import { adviceOf } from "../support/hints.ts";
import { type Rehearsed, rehearsed } from "../support/rehearsed.ts";
import { carriedOut } from "../support/remedies.ts";
import { SITE, stackOf } from "../support/stacks.ts";

const NAME = "shop-dev-one";
const tags = { ManagedBy: "astro", Project: SITE.project, Environment: SITE.environment };
const stack = (resources: { readonly [id: string]: Resource }) => stackOf(NAME, "data", { resources, tags });
const TOPIC: Resource = { Type: "AWS::SNS::Topic" };

describe("a stack of which only the protection against termination changes", () => {
  it("counts as updated, and is unchanged from then on", async () => {
    const aws = await rehearsed();
    await aws.provision([stack({ Topic: TOPIC })]);
    const protectedOne = { ...stack({ Topic: TOPIC }), terminationProtection: true };
    expect((await aws.provision([protectedOne])).outcomes[NAME]).toBe("updated");
    expect((await aws.cloud.stack({ name: NAME, region: SITE.region }))?.terminationProtection).toBe(true);
    expect((await aws.provision([protectedOne])).outcomes[NAME]).toBe("unchanged");
  });
});

describe("a stack to whose parameters somebody has given other values", () => {
  it("gets its own back, and is unchanged from then on", async () => {
    const aws = await rehearsed();
    const template = {
      Parameters: { Name: { Type: "String", Default: "ours" } },
      Resources: { Topic: { ...TOPIC, Properties: { DisplayName: { Ref: "Name" } } } },
    };
    const own = { ...stack({}), template, body: JSON.stringify(template) };
    await aws.provision([own]);
    await aws.cloudformation.send(
      new UpdateStackCommand({
        StackName: NAME,
        UsePreviousTemplate: true,
        Parameters: [{ ParameterKey: "Name", ParameterValue: "theirs" }],
        Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
      }),
    );
    await aws.settled(NAME);
    const { plan, outcomes } = await aws.provision([own]);
    expect(plan.steps.find((step) => step.stack === NAME)?.because).toBe("its parameters differ");
    expect(outcomes[NAME]).toBe("updated");
    expect((await aws.cloud.stack({ name: NAME, region: SITE.region }))?.parameters).toEqual({ Name: "ours" });
    expect((await aws.provision([own])).outcomes[NAME]).toBe("unchanged");
  });
});

describe("the fate of a removed resource's data", () => {
  it("is known to the gate from the deployed template where AWS does not say it", async () => {
    const aws = await rehearsed();
    const Key: Resource = { Type: "AWS::KMS::Key", DeletionPolicy: "Retain", Properties: { KeyPolicy: {} } };
    await aws.provision([stack({ Topic: TOPIC, Key })]);
    const cloud: Cloud = {
      ...aws.cloud,
      changeSet: async (...place) => {
        const found = await aws.cloud.changeSet(...place);
        return { ...found, changes: found.changes.map(({ policy: _, ...change }) => change) };
      },
    };
    const asked: PlannedChange[] = [];
    await aws.provision([stack({ Topic: TOPIC })], { cloud, gate: (_, changes) => void asked.push(...changes) });
    expect(asked).toEqual([{ logicalId: "Key", type: "AWS::KMS::Key", action: "remove", causes: [], kept: true }]);
  });
});

describe("a hosted zone", () => {
  const zone: Resource = { Type: "AWS::Route53::HostedZone", Properties: { Name: "example.com" } };
  const record = (Name: string, Value: string): ResourceRecordSet => ({
    Name,
    Type: "CNAME",
    TTL: 300,
    ResourceRecords: [{ Value }],
  });
  const add = async ({ rehearsal: { endpoint, credentials } }: Rehearsed, records: readonly ResourceRecordSet[]) => {
    const client = new Route53Client({ endpoint, credentials, region: "us-east-1" });
    const [found] = (await client.send(new ListHostedZonesCommand({}))).HostedZones ?? [];
    const Changes = records.map((ResourceRecordSet) => ({ Action: "CREATE" as const, ResourceRecordSet }));
    await client.send(new ChangeResourceRecordSetsCommand({ HostedZoneId: found?.Id, ChangeBatch: { Changes } }));
  };

  it("goes although certificates left their validation records in it", async () => {
    const aws = await rehearsed();
    await aws.provision([stack({ Zone: zone })]);
    await add(aws, [
      record("_a1.example.com.", "_b1.xyz.acm-validations.aws."),
      record("_a2.api.example.com.", "_b2.xyz.acm-validations.aws."),
    ]);
    const { outcomes, noticed } = await aws.destroy();
    expect(noticed).toEqual([`${NAME}: Zone: 2 validation records of certificates deleted`]);
    expect(outcomes[NAME]).toBe("removed");
  });

  it("stays as it is while it holds a record that somebody made, which is named with the command that deletes it", async () => {
    const aws = await rehearsed();
    await aws.provision([stack({ Zone: zone })]);
    const others: readonly ResourceRecordSet[] = [
      {
        Name: "old.example.com.",
        Type: "A",
        AliasTarget: { HostedZoneId: "Z1", DNSName: "example.org", EvaluateTargetHealth: false },
      },
      record("shop.example.com.", "elsewhere.example.org."),
      { Name: "text.example.com.", Type: "TXT", TTL: 60, ResourceRecords: [{ Value: '"it\'s here"' }] },
      record("www.example.com.", "elsewhere.example.org."),
    ];
    await add(aws, [record("_a1.example.com.", "_b1.xyz.acm-validations.aws."), ...others]);
    const rounds: (string | undefined)[] = [];
    for (;;) {
      const { result, outcomes } = await aws.destroy();
      const [failed] = result.failed;
      if (failed === undefined) {
        expect(outcomes[NAME]).toBe("removed");
        break;
      }
      expect(failed).toMatchObject({ status: "DELETE_FAILED", resource: "Zone", stuck: ["Zone"] });
      rounds.push(failed.reason.replace(/.*made: /, ""));
      const advice = adviceOf(failed);
      await carriedOut({ ...aws.rehearsal, region: SITE.region }, /aws route53 .*/.exec(advice)?.[0] ?? "");
    }
    expect(rounds).toEqual([
      "old.example.com. A, shop.example.com. CNAME, text.example.com. TXT and 1 more",
      "www.example.com. CNAME",
    ]);
  });
});
