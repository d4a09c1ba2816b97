import { type Prices, priceOf } from "../cost/catalogue.ts";
import { estimate } from "../cost/estimate.ts";
import { TYPICAL_USAGE } from "../cost/usage.ts";
import type { Resource } from "../template/types.ts";
import type { DeployedTemplate } from "./deployed.ts";
import { allOf } from "./diff.ts";
import type { Site } from "./provision-plan.ts";

/** Something that a removal retains, in a sentence, and what it continues to cost: USD a month, if known. */
export type Kept = { readonly words: string; readonly monthly: number };

/**
 * What a removal leaves behind by its policies: resources that are retained, at what they cost by typical usage, and
 * final snapshots, also those AWS takes unasked (CloudFormation User Guide, "DeletionPolicy attribute").
 */
export function keptBy(
  site: Site,
  deployed: readonly DeployedTemplate[],
  prices: Prices,
  today?: string,
): readonly Kept[] {
  const { environment: name, region } = site;
  const { components, unpriced } = estimate(
    { name, region, stacks: deployed, usage: TYPICAL_USAGE, ...(today && { today }) },
    prices,
  );
  const items = components.flatMap((component) => component.items);
  return deployed.flatMap((stack) =>
    allOf(stack.template, "remove").flatMap(({ logicalId: id, type, kept, snapshot }) => {
      const billed = items.filter((item) => item.stack === stack.name && item.resource === id);
      const monthly = cents(billed.reduce((sum, item) => sum + item.monthly, 0));
      const most = cents(snapshotCost(stack.template.Resources[id], stack.region, prices));
      const isKnown = !unpriced.some((one) => one.stack === stack.name && one.resource === id);
      if (kept) {
        const open = isKnown ? "" : "; its price is not known";
        return [{ words: `${id} (${type}) is retained${costs("", monthly)}${open}`, monthly }];
      }
      if (snapshot) {
        const words = `a final snapshot of ${id} (${type}) is retained${costs("at most ", most)}`;
        return [{ words, monthly: most }];
      }
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

const costs = (most: string, monthly: number) => (monthly > 0 ? `: ${most}$${monthly.toFixed(2)}/mo` : "");
