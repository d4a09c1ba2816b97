import { type Prices, priceOf } from "../cost/catalogue.ts";
import { estimate } from "../cost/estimate.ts";
import { TYPICAL_USAGE } from "../cost/usage.ts";
import type { Resource } from "../template/types.ts";
import type { DeployedTemplate } from "./deployed.ts";
import { allOf } from "./diff.ts";
import type { Site } from "./provision-plan.ts";

/** Something that a removal leaves behind: a resource that is retained, a final snapshot of one, or astro's bootstrap. */
export type Kept =
  | {
      readonly type: "resource";
      readonly stack: string;
      readonly resource: string;
      readonly resourceType: string;
      /** What it continues to cost, in US dollars a month. */
      readonly monthly: number;
      /** True where that leaves out a price that is not known. */
      readonly unpriced?: boolean;
    }
  | {
      readonly type: "snapshot";
      readonly stack: string;
      readonly resource: string;
      readonly resourceType: string;
      /** The most that it costs, in US dollars a month. */
      readonly monthly: number;
    }
  | {
      readonly type: "bootstrap";
      readonly stack: string;
      /** The removal did not ask for it, or other environments use it. */
      readonly because: "not-asked" | "in-use";
      /** Environments that use it, where that is why. */
      readonly users?: readonly string[];
    };

/** What the policies of resources leave behind. */
type KeptByPolicy = Exclude<Kept, { readonly type: "bootstrap" }>;

/**
 * What a removal leaves behind by its policies: resources that are retained, at what they cost by typical usage, and
 * final snapshots, also those AWS takes unasked (CloudFormation User Guide, "DeletionPolicy attribute").
 */
export function keptBy(
  site: Site,
  deployed: readonly DeployedTemplate[],
  prices: Prices,
  today?: string,
): readonly KeptByPolicy[] {
  const { environment: name, region } = site;
  const { components, unpriced } = estimate(
    { name, region, stacks: deployed, usage: TYPICAL_USAGE, ...(today && { today }) },
    prices,
  );
  const items = components.flatMap((component) => component.items);
  return deployed.flatMap((stack) =>
    allOf(stack.template, "remove").flatMap(({ logicalId: id, type, kept, snapshot }): readonly KeptByPolicy[] => {
      const which = { stack: stack.name, resource: id, resourceType: type };
      const billed = items.filter((item) => item.stack === stack.name && item.resource === id);
      const monthly = cents(billed.reduce((sum, item) => sum + item.monthly, 0));
      const most = cents(snapshotCost(stack.template.Resources[id], stack.region, prices));
      const isKnown = !unpriced.some((one) => one.stack === stack.name && one.resource === id);
      if (kept) return [{ type: "resource", ...which, monthly, ...(!isKnown && { unpriced: true }) }];
      if (snapshot) return [{ type: "snapshot", ...which, monthly: most }];
      return [];
    }),
  );
}

/** The most that a database's snapshot costs: as much as its storage (Amazon RDS pricing, "Backup storage"). */
function snapshotCost(resource: Resource | undefined, region: string, prices: Prices): number {
  const gigabytes = Number(resource?.Properties?.AllocatedStorage);
  if (resource?.Type !== "AWS::RDS::DBInstance" || !(gigabytes > 0)) return 0;
  return gigabytes * (priceOf(prices, region, "rds.backup.gb_month")?.tiers[0]?.usd ?? 0);
}

const cents = (usd: number) => Math.round(usd * 100) / 100;
