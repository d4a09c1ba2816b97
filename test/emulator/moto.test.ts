import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { outcomes } from "../support/cli.ts";
import type { Emulator } from "../support/emulator.ts";
import { ACCOUNT, type Aws, awsClient, type Copy, type Lab, openLab } from "../support/lab.ts";
import { createStacks, startMoto, type Told, toldBy } from "../support/moto.ts";

/** What neither emulator can apply: it was checked against AWS's published schemas and rules, never made by anybody. */
const NEVER_APPLIED = [
  "astro-prod-budget.Budget",
  "astro-prod-service.CapacityProviders",
  "astro-prod-service.CpuScaling",
  "astro-prod-service.RequestScaling",
  "astro-prod-service.ScalableTarget",
];

/** Everything that astro.yaml can turn on, but for what NAT gateways take the place of. */
const EVERYTHING = {
  protect: false,
  "network.flowLogs": true,
  "database.key": "own",
  "cdn.waf": true,
  loadBalancer: { accessLogs: true },
  alarms: { email: "ops@example.com" },
  budget: { monthly: 500, email: "ops@example.com" },
};

/** The stacks that ministack makes in part or shows in part, in the order of the phases. */
const ON_MOTO = ["network", "secrets", "storage", "service"];

let lab: Lab;
let moto: Emulator;
let aws: Aws;
let prod: Copy;
let applied: readonly string[];
beforeAll(async () => {
  lab = await openLab();
  moto = await startMoto(ACCOUNT);
  aws = awsClient({ ...moto, environment: { ...moto.environment, AWS_DEFAULT_REGION: "eu-west-1" } }, lab.folder);
});
afterAll(async () => {
  await moto?.stop();
  await lab?.close();
});

/**
 * What the stacks on ministack tell. There the Ref of a secret is its name; on AWS it is the ARN
 * (AWS::SecretsManager::Secret, "Return values").
 */
async function told(): Promise<Told> {
  const region = ["--region", "eu-west-1"];
  type Answer = { SecretList: { Name: string; ARN: string }[] };
  const { SecretList } = await lab.aws<Answer>("secretsmanager", "list-secrets", ...region);
  const arns = new Map(SecretList.map(({ Name, ARN }) => [Name, ARN]));
  const outputs = Object.entries(await toldBy(lab.aws, ...region));
  return Object.fromEntries(outputs.map(([name, value]) => [name, arns.get(value) ?? value]));
}

async function stacksIn(region: string): Promise<readonly string[]> {
  type Answer = { Stacks: { StackName: string }[] };
  const { Stacks } = await lab.aws<Answer>("cloudformation", "describe-stacks", "--region", region);
  return Stacks.map(({ StackName }) => StackName).sort();
}

describe("every option at once, in a region that is not the CDN's", () => {
  it("is provisioned on ministack, certificate and web ACL of the CDN in us-east-1", async () => {
    const where = ["--preset", "prod", "--region", "eu-west-1", "--azs", "3"];
    await lab.init("prod", ...where, "--domain", "example.com", "--zone", "create");
    lab.edit("prod", EVERYTHING);
    prod = await lab.assembly("prod", "prod");
    const made = outcomes(await lab.provision("prod", prod.copy));
    expect(new Set(Object.values(made))).toEqual(new Set(["created"]));
    expect(await stacksIn("us-east-1")).toEqual(["astro-bootstrap", "astro-prod-certificate-cdn", "astro-prod-waf"]);
  });

  it("is made on moto as far as ministack lacks it", async () => {
    const assembly = `${lab.folder}/infra/.astro/assembly/prod`;
    const stacks = ON_MOTO.map((name) => `astro-prod-${name}`);
    applied = await createStacks(aws, assembly, stacks, await told());
    expect(applied.length).toBeGreaterThan(50);
  });

  it("is applied by the one or the other, but for what is named", () => {
    const never = prod.left.filter((name) => !applied.includes(name)).sort();
    process.stdout.write(`applied by no emulator: ${never.join(", ")}\n`);
    process.stdout.write(`applied by moto alone: ${prod.left.filter((name) => applied.includes(name)).join(", ")}\n`);
    expect(never).toEqual(NEVER_APPLIED);
  });

  it("is removed from ministack in both regions, but for the key that its last snapshot needs", async () => {
    await lab.destroy("prod");
    for (const region of ["eu-west-1", "us-east-1"]) expect(await stacksIn(region)).toEqual(["astro-bootstrap"]);
    const { Keys } = await lab.aws<{ Keys: { KeyId: string }[] }>("kms", "list-keys", "--region", "eu-west-1");
    const states = Keys.map(({ KeyId }) => lab.aws("kms", "describe-key", "--region", "eu-west-1", "--key-id", KeyId));
    expect(await Promise.all(states)).toMatchObject([{ KeyMetadata: { KeyState: "Enabled" } }]);
  });
});

describe("the prod environment on moto", () => {
  it("leads out by a NAT gateway a zone, each with an address of its own and a route to it", async () => {
    type Gateway = { NatGatewayId: string; SubnetId: string; NatGatewayAddresses: { AllocationId: string }[] };
    const { NatGateways } = await aws<{ NatGateways: Gateway[] }>("ec2", "describe-nat-gateways");
    const { Addresses } = await aws<{ Addresses: { AllocationId: string }[] }>("ec2", "describe-addresses");
    const used = NatGateways.flatMap(({ NatGatewayAddresses }) => NatGatewayAddresses);
    const ids = (all: readonly { AllocationId: string }[]) => all.map(({ AllocationId }) => AllocationId).sort();
    expect(ids(used)).toEqual(ids(Addresses));

    const subnets = NatGateways.map(({ SubnetId }) => SubnetId);
    type Subnets = { Subnets: { AvailabilityZone: string; Tags: { Key: string; Value: string }[] }[] };
    const { Subnets } = await aws<Subnets>("ec2", "describe-subnets", "--subnet-ids", ...subnets);
    expect(new Set(Subnets.map(({ AvailabilityZone }) => AvailabilityZone)).size).toBe(3);
    const names = Subnets.flatMap(({ Tags }) => Tags.filter(({ Key }) => Key === "Name").map(({ Value }) => Value));
    expect(names.sort()).toEqual(["astro-prod-public-1", "astro-prod-public-2", "astro-prod-public-3"]);

    type Tables = { RouteTables: { Routes: { DestinationCidrBlock?: string; NatGatewayId?: string }[] }[] };
    const { RouteTables } = await aws<Tables>("ec2", "describe-route-tables");
    const ways = RouteTables.flatMap(({ Routes }) => Routes.filter(({ NatGatewayId }) => NatGatewayId));
    expect(ways.map((way) => way.DestinationCidrBlock)).toEqual(["0.0.0.0/0", "0.0.0.0/0", "0.0.0.0/0"]);
    expect(ways.map((way) => way.NatGatewayId).sort()).toEqual(NatGateways.map((one) => one.NatGatewayId).sort());
  });

  it("lets the load balancer in to the tasks, and nobody else", async () => {
    type Groups = { SecurityGroups: { GroupId: string; IpPermissions: unknown[] }[] };
    const group = async (name: string) =>
      (await aws<Groups>("ec2", "describe-security-groups", "--filters", `Name=tag:Name,Values=astro-prod-${name}`))
        .SecurityGroups[0];
    const alb = await group("alb");
    expect((await group("ecs"))?.IpPermissions).toMatchObject([
      { FromPort: 8000, ToPort: 8000, IpRanges: [], UserIdGroupPairs: [{ GroupId: alb?.GroupId }] },
    ]);
  });

  it("logs all of the network's flows", async () => {
    const { FlowLogs } = await aws<{ FlowLogs: unknown[] }>("ec2", "describe-flow-logs");
    expect(FlowLogs).toMatchObject([{ TrafficType: "ALL", LogDestinationType: "cloud-watch-logs" }]);
  });

  it("has every data bucket encrypted with the environment's own key", async () => {
    type Keys = { Aliases: { AliasName: string; TargetKeyId?: string }[] };
    const { Aliases } = await aws<Keys>("kms", "list-aliases");
    const key = Aliases.find(({ AliasName }) => AliasName === "alias/astro-prod")?.TargetKeyId;
    for (const purpose of ["frontend", "pdfs", "backups"]) {
      const bucket = `astro-prod-${purpose}-${ACCOUNT}-eu-west-1`;
      expect(await aws("s3api", "get-bucket-encryption", "--bucket", bucket)).toMatchObject({
        ServerSideEncryptionConfiguration: {
          Rules: [
            {
              ApplyServerSideEncryptionByDefault: {
                SSEAlgorithm: "aws:kms",
                KMSMasterKeyID: `arn:aws:kms:eu-west-1:${ACCOUNT}:key/${key}`,
              },
            },
          ],
        },
      });
    }
  });

  it("hands its secrets to the task by reference only", async () => {
    type Container = { secrets: { name: string; valueFrom: string }[]; environment: { name: string }[] };
    const { taskDefinition } = await aws<{ taskDefinition: { containerDefinitions: Container[] } }>(
      "ecs",
      "describe-task-definition",
      "--task-definition",
      "astro-prod-api",
    );
    const [container] = taskDefinition.containerDefinitions;
    const arn = (secret: string) =>
      expect.stringMatching(`^arn:aws:secretsmanager:eu-west-1:${ACCOUNT}:secret:${secret}`);
    expect(container?.secrets).toEqual([
      { name: "JWT_SECRET", valueFrom: arn("astro/prod/jwt.*:secret::$") },
      { name: "DATABASE_USER", valueFrom: arn("astro/prod/database.*:username::$") },
      { name: "DATABASE_PASSWORD", valueFrom: arn("astro/prod/database.*:password::$") },
      { name: "REDIS_PASSWORD", valueFrom: arn("astro/prod/redis.*:token::$") },
      // Of the same template, and moto makes no secret of a template: their ARN is nothing there.
      { name: "DATABASE_URL", valueFrom: expect.stringMatching(/:DATABASE_URL::$/) },
      { name: "REDIS_URL", valueFrom: expect.stringMatching(/:REDIS_URL::$/) },
    ]);
    expect(container?.environment.map(({ name }) => name).join()).not.toMatch(/password|secret|token/i);
  });
});
