import type { RDSClient } from "@aws-sdk/client-rds";
import { command } from "../../command-line.ts";
import type { TakenName } from "../../preflight/look-ups.ts";
import { type Asking, isOneOf } from "./asking.ts";
import { day, named, phrase, seenTags } from "./seen.ts";
import type { Look } from "./stores.ts";

/** The same of what holds no data of its own: roles and policies, groups of settings, load balancers, caches. */
export const SERVICES: { readonly [type: string]: Look } = {
  "AWS::Budgets::Budget": async (asking, _, asked) => {
    const [AccountId, ...name] = asked.split("/");
    const sdk = await import("@aws-sdk/client-budgets");
    // Kept in one place for all regions (AWS General Reference, "AWS Billing and Cost Management endpoints").
    const client = asking.at("us-east-1", "budgets", (settings) => new sdk.BudgetsClient(settings));
    const send = () => client.send(new sdk.DescribeBudgetCommand({ AccountId, BudgetName: name.join("/") }));
    const found = await asking.ask("budgets:DescribeBudget", send, isOneOf("NotFound"));
    if (found === undefined) return undefined;
    const { BudgetLimit: { Amount, Unit } = {}, TimeUnit } = found.Budget ?? {};
    return { ...phrase(Amount !== undefined && `${Amount} ${Unit} ${String(TimeUnit).toLowerCase()}`), tags: {} };
  },
  "AWS::ElastiCache::ReplicationGroup": cacheThing(async (sdk, client, ReplicationGroupId) => {
    const found = await client.send(new sdk.DescribeReplicationGroupsCommand({ ReplicationGroupId }));
    return found.ReplicationGroups?.[0]?.ARN;
  }, "DescribeReplicationGroups"),
  "AWS::ElastiCache::SubnetGroup": cacheThing(async (sdk, client, CacheSubnetGroupName) => {
    const found = await client.send(new sdk.DescribeCacheSubnetGroupsCommand({ CacheSubnetGroupName }));
    return found.CacheSubnetGroups?.[0]?.ARN;
  }, "DescribeCacheSubnetGroups"),
  "AWS::ElasticLoadBalancingV2::LoadBalancer": async (asking, region, name) => {
    const { sdk, client } = await balancing(asking, region);
    const send = () => client.send(new sdk.DescribeLoadBalancersCommand({ Names: [name] }));
    const found = await asking.ask("elasticloadbalancing:DescribeLoadBalancers", send, isOneOf("LoadBalancerNotFound"));
    if (found === undefined) return undefined;
    const { LoadBalancerArn, DNSName, CreatedTime } = found.LoadBalancers?.[0] ?? {};
    return { ...phrase(DNSName, day("made", CreatedTime)), ...(await balancingTags(asking, region, LoadBalancerArn)) };
  },
  "AWS::ElasticLoadBalancingV2::TargetGroup": async (asking, region, name) => {
    const { sdk, client } = await balancing(asking, region);
    const send = () => client.send(new sdk.DescribeTargetGroupsCommand({ Names: [name] }));
    const found = await asking.ask("elasticloadbalancing:DescribeTargetGroups", send, isOneOf("TargetGroupNotFound"));
    if (found === undefined) return undefined;
    const { TargetGroupArn, LoadBalancerArns = [] } = found.TargetGroups?.[0] ?? {};
    const users = LoadBalancerArns.map((arn) => arn.split("/")[2]).join(", ");
    return {
      ...phrase(users === "" ? "no load balancer uses it" : `it serves ${users}`),
      ...(await balancingTags(asking, region, TargetGroupArn)),
    };
  },
  "AWS::IAM::ManagedPolicy": async (asking, region, PolicyArn) => {
    const { sdk, client } = await identities(asking, region);
    const send = () => client.send(new sdk.GetPolicyCommand({ PolicyArn }));
    const found = await asking.ask("iam:GetPolicy", send, isOneOf("NoSuchEntity"));
    if (found === undefined) return undefined;
    const { CreateDate, AttachmentCount = 0, Tags } = found.Policy ?? {};
    const users = `attached to ${AttachmentCount} ${AttachmentCount === 1 ? "identity" : "identities"}`;
    return { ...phrase(day("made", CreateDate), users), ...named(Tags ?? []) };
  },
  "AWS::IAM::Role": async (asking, region, RoleName) => {
    const { sdk, client } = await identities(asking, region);
    const send = () => client.send(new sdk.GetRoleCommand({ RoleName }));
    const found = await asking.ask("iam:GetRole", send, isOneOf("NoSuchEntity"));
    if (found === undefined) return undefined;
    const { CreateDate, RoleLastUsed, Tags } = found.Role ?? {};
    const role = { RoleName };
    const [attached, inline] = await Promise.all([
      asking.ask("iam:ListAttachedRolePolicies", () => client.send(new sdk.ListAttachedRolePoliciesCommand(role))),
      asking.ask("iam:ListRolePolicies", () => client.send(new sdk.ListRolePoliciesCommand(role))),
    ]);
    const before = [
      ...(attached.AttachedPolicies ?? []).map(
        ({ PolicyArn = "" }) => command`aws iam detach-role-policy --role-name ${RoleName} --policy-arn ${PolicyArn}`,
      ),
      ...(inline.PolicyNames ?? []).map(
        (name) => command`aws iam delete-role-policy --role-name ${RoleName} --policy-name ${name}`,
      ),
    ];
    return {
      ...phrase(day("made", CreateDate), day("last used", RoleLastUsed?.LastUsedDate)),
      ...(before.length > 0 && { before }),
      ...named(Tags ?? []),
    };
  },
  "AWS::RDS::DBParameterGroup": settings(
    "DBParameterGroupNotFound",
    async (sdk, client, DBParameterGroupName) => {
      const found = await client.send(new sdk.DescribeDBParameterGroupsCommand({ DBParameterGroupName }));
      return found.DBParameterGroups?.[0]?.DBParameterGroupArn;
    },
    "DescribeDBParameterGroups",
  ),
  "AWS::RDS::DBSubnetGroup": settings(
    "DBSubnetGroupNotFound",
    async (sdk, client, DBSubnetGroupName) => {
      const found = await client.send(new sdk.DescribeDBSubnetGroupsCommand({ DBSubnetGroupName }));
      return found.DBSubnetGroups?.[0]?.DBSubnetGroupArn;
    },
    "DescribeDBSubnetGroups",
  ),
};

type Caches = typeof import("@aws-sdk/client-elasticache");
type Databases = typeof import("@aws-sdk/client-rds");

/** Something of ElastiCache, whose ARN `find` gives. */
function cacheThing(
  find: (sdk: Caches, client: InstanceType<Caches["ElastiCacheClient"]>, name: string) => Promise<string | undefined>,
  operation: string,
): Look {
  const missing = isOneOf("ReplicationGroupNotFound", "CacheSubnetGroupNotFound");
  return async (asking, region, name) => {
    const sdk = await import("@aws-sdk/client-elasticache");
    const client = asking.at(region, "elasticache", (settings) => new sdk.ElastiCacheClient(settings));
    const found = async () => ({ arn: await find(sdk, client, name) });
    const there = await asking.ask(`elasticache:${operation}`, found, missing);
    return (
      there &&
      seenTags(async () => {
        const listing = new sdk.ListTagsForResourceCommand({ ResourceName: there.arn });
        return (await asking.ask("elasticache:ListTagsForResource", () => client.send(listing))).TagList;
      })
    );
  };
}

/** The same of RDS. */
function settings(
  missing: string,
  find: (sdk: Databases, client: RDSClient, name: string) => Promise<string | undefined>,
  operation: string,
): Look {
  return async (asking, region, name) => {
    const sdk = await import("@aws-sdk/client-rds");
    const client = asking.at(region, "rds", (settings) => new sdk.RDSClient(settings));
    const found = async () => ({ arn: await find(sdk, client, name) });
    const there = await asking.ask(`rds:${operation}`, found, isOneOf(missing));
    return (
      there &&
      seenTags(async () => {
        const listing = new sdk.ListTagsForResourceCommand({ ResourceName: there.arn });
        return (await asking.ask("rds:ListTagsForResource", () => client.send(listing))).TagList;
      })
    );
  };
}

async function identities({ at }: Asking, region: string) {
  const sdk = await import("@aws-sdk/client-iam");
  return { sdk, client: at(region, "iam", (settings) => new sdk.IAMClient(settings)) };
}

async function balancing({ at }: Asking, region: string) {
  const sdk = await import("@aws-sdk/client-elastic-load-balancing-v2");
  return { sdk, client: at(region, "elbv2", (settings) => new sdk.ElasticLoadBalancingV2Client(settings)) };
}

async function balancingTags(asking: Asking, region: string, arn = ""): Promise<TakenName> {
  const { sdk, client } = await balancing(asking, region);
  const tags = await seenTags(async () => {
    const listing = new sdk.DescribeTagsCommand({ ResourceArns: [arn] });
    const found = await asking.ask("elasticloadbalancing:DescribeTags", () => client.send(listing));
    return found.TagDescriptions?.[0]?.Tags ?? [];
  });
  // CloudFormation knows both by their ARNs.
  return { id: arn, ...tags };
}
