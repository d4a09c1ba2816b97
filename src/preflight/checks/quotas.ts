import pMap from "p-map";
import { command } from "../../command-line.ts";
import type { Hint } from "../../errors.ts";
import type { CheckCode } from "../../provision/warning.ts";
import type { PreflightCheck, Scene } from "../check.ts";
import { isMade } from "../declared.ts";
import type { CheckVerdict } from "../finding.ts";

type Quota = {
  readonly code: CheckCode;
  readonly document: string;
  /** As Service Quotas calls it. */
  readonly service: string;
  readonly quota: string;
  /** The type whose resources count. */
  readonly type: string;
  readonly names: string;
  /** What counts already, and what else can be said of it. */
  readonly used: (scene: Scene, region: string) => Promise<{ readonly count: number; readonly spare?: string }>;
  /** What helps beside a higher quota. */
  readonly instead: (environment: string, need: number) => readonly Hint[];
};

/** Quotas of a region that a network of this kind can meet; five of each by default. */
const QUOTAS: readonly Quota[] = [
  {
    code: "elastic-ips",
    document: "Amazon VPC User Guide, Amazon VPC quotas (Elastic IP addresses per Region)",
    service: "ec2",
    quota: "L-0263D0A3",
    type: "AWS::EC2::EIP",
    names: "Elastic IP addresses",
    used: async ({ look }, region) => {
      const found = await look.addresses(region);
      const spare = found.filter(({ used }) => !used).map(({ id }) => id);
      return { count: found.length, ...(spare.length > 0 && { spare: `unused: ${spare.slice(0, 3).join(", ")}` }) };
    },
    instead: (environment, need) => [
      { text: "release an unused address" },
      {
        text: "or choose fewer NAT gateways",
        command: command`astro init --env ${environment} --nat ${need > 1 ? "one" : "none"}`,
      },
    ],
  },
  {
    code: "vpcs",
    document: "Amazon VPC User Guide, Amazon VPC quotas (VPCs per Region)",
    service: "vpc",
    quota: "L-F678F1CE",
    type: "AWS::EC2::VPC",
    names: "VPCs",
    used: async ({ look }, region) => ({ count: await look.vpcs(region) }),
    instead: () => [{ text: "delete an unused VPC" }],
  },
];

/** NAT gateways are counted a zone (Amazon VPC User Guide, "Amazon VPC quotas"). */
const NAT = { service: "vpc", quota: "L-FE5A380F", type: "AWS::EC2::NatGateway" };

/** Whether what the plan makes fits what the account may have, beside what it has. */
export const QUOTA_CHECKS: readonly PreflightCheck[] = [
  ...QUOTAS.map((quota) => ({
    code: quota.code,
    document: quota.document,
    of: async (scene: Scene) =>
      pMap(needsOf(scene, quota.type), ([region, need]) => verdictOf(scene, quota, region, need), { concurrency: 2 }),
  })),
  {
    code: "nat-gateways",
    document: "Amazon VPC User Guide, Amazon VPC quotas (NAT gateways per Availability Zone)",
    of: (scene) =>
      pMap(needsOf(scene, NAT.type), ([region, need]) => natVerdict(scene, region, need), { concurrency: 2 }),
  },
];

/** How many of a type the plan makes, by region. */
function needsOf({ resources }: Scene, type: string): readonly (readonly [region: string, count: number])[] {
  const made = resources.filter((one) => one.type === type && isMade(one));
  const regions = [...new Set(made.map(({ region }) => region))];
  return regions.map((region) => [region, made.filter((one) => one.region === region).length]);
}

async function verdictOf(scene: Scene, quota: Quota, region: string, need: number): Promise<CheckVerdict> {
  const limit = await scene.look.quota(region, quota.service, quota.quota);
  const { count, spare } = await quota.used(scene, region);
  if (count + need <= limit)
    return { outcome: "ok", words: `${need} wanted, ${limit - count} of ${limit} free in ${region}` };
  const free = Math.max(0, limit - count);
  const lacking = `${need} wanted, and ${free === 0 ? "none" : `only ${free}`} of ${limit} ${quota.names} in ${region} is free`;
  return {
    outcome: "problem",
    words: spare === undefined ? lacking : `${lacking}; ${spare}`,
    fix: {
      hints: [
        ...quota.instead(scene.site.environment, need),
        { text: `or raise quota ${quota.quota} to ${count + need}` },
      ],
      action: { type: "raise-quota", region, service: quota.service, quota: quota.quota, to: count + need },
    },
  };
}

async function natVerdict({ look }: Scene, region: string, need: number): Promise<CheckVerdict> {
  const limit = await look.quota(region, NAT.service, NAT.quota);
  const zones = await look.natGateways(region);
  const full = [...new Set(zones)].filter((zone) => zones.filter((one) => one === zone).length >= limit);
  if (full.length === 0) return { outcome: "ok", words: `${need} wanted, no zone of ${region} has ${limit} yet` };
  // Which zones the plan's are depends on the account: so it may fit all the same.
  return {
    outcome: "warning",
    warning: { type: "nat-quota", region, zones: full, wanted: need, limit },
    fix: {
      hints: [{ text: `delete an unused one there, or raise quota ${NAT.quota} to ${limit + 1}` }],
      action: { type: "raise-quota", region, service: NAT.service, quota: NAT.quota, to: limit + 1 },
    },
  };
}
