import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { outcomes } from "../support/cli.ts";
import { ACCOUNT, type Lab, openLab } from "../support/lab.ts";

let lab: Lab;
beforeAll(async () => {
  lab = await openLab();
  const zone = (await lab.aws("route53", "create-hosted-zone", "--name", "example.com", "--caller-reference", "1")) as {
    HostedZone: { Id: string };
  };
  const id = zone.HostedZone.Id.replace("/hostedzone/", "");
  const init = [
    "init",
    "infra",
    "--yes",
    "--name",
    "astro",
    "--env",
    "prod",
    "--preset",
    "prod",
    "--region",
    "us-east-1",
  ];
  await lab.ours([...init, "--azs", "3", "--domain", "example.com", "--zone", id]);
});
afterAll(() => lab?.close());

type Rule = {
  readonly FromPort?: number;
  readonly UserIdGroupPairs: unknown[];
  readonly IpRanges: { CidrIp: string }[];
};

describe("the prod environment on a third party's AWS", () => {
  it("is provisioned whole", async () => {
    const { copy, left } = await lab.assembly("prod", "prod");
    process.stdout.write(`never applied on ministack: ${left.join(", ")}\n`);
    const made = outcomes(await lab.ours(["provision", "--env", "prod", "--yes", "--json", "--assembly", copy]));
    expect(Object.keys(made)).toEqual(
      expect.arrayContaining(["astro-prod-certificate", "astro-prod-cdn", "astro-prod-dns"]),
    );
    expect(new Set(Object.values(made))).toEqual(new Set(["created"]));
  });

  it("has every data bucket encrypted with the environment's own key", async () => {
    for (const bucket of ["frontend", "pdfs", "backups"]) {
      const name = `astro-prod-${bucket}-${ACCOUNT}-us-east-1`;
      expect(await lab.aws("s3api", "get-bucket-encryption", "--bucket", name)).toMatchObject({
        ServerSideEncryptionConfiguration: {
          Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms" } }],
        },
      });
    }
  });

  it("lets the internet in at the load balancer alone", async () => {
    const { SecurityGroups } = (await lab.aws("ec2", "describe-security-groups")) as {
      SecurityGroups: { GroupName: string; Tags?: { Key: string; Value: string }[]; IpPermissions: Rule[] }[];
    };
    const named = (name: string) =>
      SecurityGroups.find(({ Tags }) =>
        Tags?.some(({ Key, Value }) => Key === "Name" && Value === `astro-prod-${name}`),
      );
    const openPorts = (name: string) =>
      (named(name)?.IpPermissions ?? [])
        .filter(({ IpRanges }) => IpRanges.some(({ CidrIp }) => CidrIp === "0.0.0.0/0"))
        .map(({ FromPort }) => FromPort);
    expect(openPorts("alb").sort()).toEqual([443, 80]);
    for (const name of ["ecs", "rds", "redis"]) expect([name, named(name) && openPorts(name)]).toEqual([name, []]);
    expect(named("rds")?.IpPermissions).toMatchObject([{ FromPort: 5432, ToPort: 5432 }]);
    expect(named("redis")?.IpPermissions).toMatchObject([{ FromPort: 6379, ToPort: 6379 }]);
  });

  it("hands its secrets to the task by reference only", async () => {
    const { taskDefinition } = (await lab.aws(
      "ecs",
      "describe-task-definition",
      "--task-definition",
      "astro-prod-api",
    )) as {
      taskDefinition: {
        containerDefinitions: { secrets: { name: string; valueFrom: string }[]; environment: unknown }[];
      };
    };
    const [container] = taskDefinition.containerDefinitions;
    expect(container?.secrets.length).toBeGreaterThanOrEqual(3);
    for (const { valueFrom } of container?.secrets ?? []) expect(valueFrom).toMatch(/^arn:aws:secretsmanager:/);
    expect(JSON.stringify(container?.environment)).not.toMatch(/password|secret|token/i);
  });

  it("answers at app. and api.", async () => {
    const { HostedZones } = (await lab.aws("route53", "list-hosted-zones")) as { HostedZones: { Id: string }[] };
    const records = (await lab.aws(
      "route53",
      "list-resource-record-sets",
      "--hosted-zone-id",
      HostedZones[0]?.Id ?? "",
    )) as {
      ResourceRecordSets: { Name: string; Type: string; AliasTarget?: object }[];
    };
    const aliases = records.ResourceRecordSets.filter(({ AliasTarget }) => AliasTarget).map(
      ({ Name, Type }) => `${Type} ${Name}`,
    );
    expect(aliases).toEqual(expect.arrayContaining(["A app.example.com.", "A api.example.com."]));
  });

  it("is not destroyed while it is protected", async () => {
    await lab.ours(["destroy", "--env", "prod", "--yes", "--confirm", "prod"], 1);
    const { Stacks } = (await lab.aws("cloudformation", "describe-stacks")) as { Stacks: unknown[] };
    expect(Stacks.length).toBeGreaterThanOrEqual(12);
  });
});
