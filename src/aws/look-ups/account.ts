import type { AccountLookUps } from "../../preflight/account.ts";
import { NotChecked } from "../../preflight/finding.ts";
import { type Asking, isOneOf } from "./asking.ts";

/** Hosted zones that are looked through in one call, which is the most that Route 53 tells (API Reference, ListHostedZones). */
const MOST = 100;

/** Who the account is, what it has switched on, and what stands in it. */
export function accountLookUps({ at, ask }: Pick<Asking, "at" | "ask">, home: string): AccountLookUps {
  return {
    accountId: async () => {
      const { GetCallerIdentityCommand, STSClient } = await import("@aws-sdk/client-sts");
      const client = at(home, "sts", (settings) => new STSClient(settings));
      const { Account } = await ask("sts:GetCallerIdentity", () => client.send(new GetCallerIdentityCommand({})));
      if (Account === undefined) throw new NotChecked("AWS does not say whose credentials these are");
      return Account;
    },
    accountAlias: async () => {
      const { IAMClient, ListAccountAliasesCommand } = await import("@aws-sdk/client-iam");
      const client = at(home, "iam", (settings) => new IAMClient(settings));
      const found = await ask("iam:ListAccountAliases", () => client.send(new ListAccountAliasesCommand({})));
      return found.AccountAliases?.[0];
    },
    enabledRegions: () => enabledRegions({ at, ask }, home),
    publicZones: async () => {
      const { ListHostedZonesCommand, Route53Client } = await import("@aws-sdk/client-route-53");
      const client = at(home, "route53", (settings) => new Route53Client(settings));
      const send = () => client.send(new ListHostedZonesCommand({ MaxItems: MOST }));
      const { HostedZones = [] } = await ask("route53:ListHostedZones", send);
      return HostedZones.filter(({ Config }) => Config?.PrivateZone !== true).map(({ Id = "", Name = "" }) => ({
        id: Id.replace("/hostedzone/", ""),
        name: Name.replace(/\.$/, ""),
      }));
    },
    imageTags: async (region, repositoryName) => {
      const { DescribeImagesCommand, ECRClient } = await import("@aws-sdk/client-ecr");
      const client = at(region, "ecr", (settings) => new ECRClient(settings));
      const command = new DescribeImagesCommand({ repositoryName, filter: { tagStatus: "TAGGED" } });
      const found = await ask("ecr:DescribeImages", () => client.send(command), isOneOf("RepositoryNotFound"));
      return (found?.imageDetails ?? [])
        .toSorted((one, other) => (other.imagePushedAt?.getTime() ?? 0) - (one.imagePushedAt?.getTime() ?? 0))
        .flatMap(({ imageTags = [] }) => imageTags);
    },
    standing: async (region, project) => {
      const { CloudFormationClient, paginateDescribeStacks } = await import("@aws-sdk/client-cloudformation");
      const client = at(region, "cloudformation", (settings) => new CloudFormationClient(settings));
      return ask("cloudformation:DescribeStacks", async () => {
        const found = new Set<string>();
        for await (const { Stacks = [] } of paginateDescribeStacks({ client }, {}))
          for (const { Tags = [] } of Stacks) {
            const tags = new Map(Tags.map(({ Key, Value }) => [Key, Value]));
            const environment = tags.get("Environment");
            const isOurs = tags.get("Project") === project && tags.get("ManagedBy") === "astro";
            if (isOurs && environment !== undefined) found.add(environment);
          }
        return [...found].sort();
      });
    },
  };
}

/** Codes of the regions that the account has switched on (Amazon EC2 API Reference, DescribeRegions). */
export async function enabledRegions(
  { at, ask }: Pick<Asking, "at" | "ask">,
  home: string,
): Promise<readonly string[]> {
  const { DescribeRegionsCommand, EC2Client } = await import("../ec2.ts");
  const client = at(home, "ec2", (settings) => new EC2Client(settings));
  const { Regions = [] } = await ask("ec2:DescribeRegions", () => client.send(new DescribeRegionsCommand({})));
  return Regions.flatMap(({ RegionName }) => RegionName ?? []);
}
