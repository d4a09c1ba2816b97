import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { outcomes } from "../support/cli.ts";
import { ACCOUNT, type Lab, openLab } from "../support/lab.ts";

let lab: Lab;
let zone: string;
beforeAll(async () => {
  lab = await openLab();
  const { HostedZone } = await lab.aws<{ HostedZone: { Id: string } }>(
    "route53",
    "create-hosted-zone",
    "--name",
    "example.com",
    "--caller-reference",
    "1",
  );
  zone = HostedZone.Id.replace("/hostedzone/", "");
  const where = ["--preset", "prod", "--region", "us-east-1", "--azs", "3"];
  await lab.init("prod", ...where, "--domain", "example.com", "--zone", zone);
});
afterAll(() => lab?.close());

type Rule = {
  readonly FromPort?: number;
  readonly UserIdGroupPairs: readonly { readonly GroupId: string }[];
  readonly IpRanges: readonly { readonly CidrIp: string }[];
};
type Group = { readonly GroupId: string; readonly IpPermissions: Rule[]; readonly IpPermissionsEgress: Rule[] };

/** One of the environment's security groups: from where it lets in, and where it lets out to, `PORT SOURCE` each. */
async function rules(name: string) {
  const filter = `Name=tag:Name,Values=astro-prod-${name}`;
  const groups = await lab.aws<{ SecurityGroups: Group[] }>("ec2", "describe-security-groups", "--filters", filter);
  const [group] = groups.SecurityGroups;
  const words = (all: readonly Rule[] = []) =>
    all.flatMap(({ FromPort = "any", UserIdGroupPairs, IpRanges }) =>
      [...IpRanges.map(({ CidrIp }) => CidrIp), ...UserIdGroupPairs.map(({ GroupId }) => GroupId)].map(
        (peer) => `${FromPort} ${peer}`,
      ),
    );
  return { id: group?.GroupId, inbound: words(group?.IpPermissions), outbound: words(group?.IpPermissionsEgress) };
}

/** Names and types of the records in the domain's zone, but for those that every zone has. */
async function records(): Promise<readonly string[]> {
  type Answer = { ResourceRecordSets: { Name: string; Type: string; AliasTarget?: object }[] };
  const answer = await lab.aws<Answer>("route53", "list-resource-record-sets", "--hosted-zone-id", zone);
  const own = answer.ResourceRecordSets.filter(({ Type }) => Type !== "NS" && Type !== "SOA");
  return own.map(({ Name, Type, AliasTarget }) => `${Type} ${Name}${AliasTarget ? " alias" : ""}`).sort();
}

async function stacks(): Promise<readonly string[]> {
  const { Stacks } = await lab.aws<{ Stacks: { StackName: string }[] }>("cloudformation", "describe-stacks");
  return Stacks.map(({ StackName }) => StackName);
}

/** How each service lists what an environment is made of. */
const LISTS: { readonly [thing: string]: string } = {
  vpcs: "ec2 describe-vpcs --filters Name=tag:Environment,Values=prod --query Vpcs[].VpcId",
  roles: "iam list-roles --query Roles[].RoleName",
  secrets: "secretsmanager list-secrets --query SecretList[].Name",
  repositories: "ecr describe-repositories --query repositories[].repositoryName",
  databases: "rds describe-db-instances --query DBInstances[].DBInstanceIdentifier",
  caches: "elasticache describe-replication-groups --query ReplicationGroups[].ReplicationGroupId",
  balancers: "elbv2 describe-load-balancers --query LoadBalancers[].LoadBalancerName",
  logs: "logs describe-log-groups --query logGroups[].logGroupName",
  distributions: "cloudfront list-distributions --query DistributionList.Items[].Id",
};

/** What of that there is, by its kind. */
async function standing(): Promise<{ readonly [thing: string]: number }> {
  const counts = Object.entries(LISTS).map(async ([thing, words]) => {
    const found = await lab.aws<readonly unknown[] | null>(...words.split(" "));
    return [thing, found?.length ?? 0] as const;
  });
  return Object.fromEntries(await Promise.all(counts));
}

describe("the prod environment on a third party's AWS", () => {
  it("is provisioned whole", async () => {
    const { copy } = await lab.assembly("prod", "prod");
    const made = outcomes(await lab.provision("prod", copy));
    expect(Object.keys(made)).toEqual(
      expect.arrayContaining(["astro-prod-certificate", "astro-prod-cdn", "astro-prod-dns"]),
    );
    expect(new Set(Object.values(made))).toEqual(new Set(["created"]));
  });

  it("lets the internet in at the load balancer alone, and nothing out of database and cache", async () => {
    const [alb, ecs, rds, redis] = await Promise.all(["alb", "ecs", "rds", "redis"].map(rules));
    expect(alb?.inbound.toSorted()).toEqual(["443 0.0.0.0/0", "80 0.0.0.0/0"]);
    expect(alb?.outbound).toEqual([`8000 ${ecs?.id}`]);
    // Its one inbound rule is a resource that this emulator lacks; moto shows it.
    expect(ecs).toMatchObject({ inbound: [], outbound: ["any 0.0.0.0/0"] });
    expect(rds).toMatchObject({ inbound: [`5432 ${ecs?.id}`], outbound: ["any 127.0.0.1/32"] });
    expect(redis).toMatchObject({ inbound: [`6379 ${ecs?.id}`], outbound: ["any 127.0.0.1/32"] });
  });

  it("answers at app. and api.", async () => {
    expect(await records()).toEqual([
      "A api.example.com. alias",
      "A app.example.com. alias",
      "AAAA app.example.com. alias",
    ]);
  });

  it("is not destroyed while it is protected", async () => {
    expect(Object.values(await standing())).not.toContain(0);
    await lab.destroy("prod", 1);
    expect(await stacks()).toHaveLength(12);
  });

  it("is destroyed once its protection is lifted, and leaves the bootstrap and a last snapshot", async () => {
    lab.edit("prod", { protect: false });
    const { copy } = await lab.assembly("prod", "lifted");
    const lifted = outcomes(await lab.provision("prod", copy));
    expect(Object.values(lifted)).toContain("updated");
    const gone = outcomes(await lab.destroy("prod"));
    expect(Object.keys(gone)).toHaveLength(Object.keys(lifted).length - 1);
    expect(new Set(Object.values(gone))).toEqual(new Set(["removed"]));

    expect(await stacks()).toEqual(["astro-bootstrap"]);
    expect(new Set(Object.values(await standing()))).toEqual(new Set([0]));
    expect(await records()).toEqual([]);
    const { Buckets } = await lab.aws<{ Buckets: { Name: string }[] }>("s3api", "list-buckets");
    expect(Buckets.map(({ Name }) => Name)).toEqual([`astro-bootstrap-${ACCOUNT}-us-east-1`]);
    expect(await lab.aws("rds", "describe-db-snapshots")).toMatchObject({
      DBSnapshots: [{ DBInstanceIdentifier: "astro-prod" }],
    });
  });
});
