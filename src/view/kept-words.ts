import type { Kept } from "../plan/kept.ts";

/** What a removal leaves behind, a sentence for each. */
export function keptWords(kept: Kept): string {
  if (kept.type === "bootstrap") {
    const { stack, because, users = [] } = kept;
    if (because === "in-use") return `${stack} is kept: ${users.join(", ")} uses it too`;
    return `${stack} is kept: it costs nothing while idle and other environments share it`;
  }
  const { resource, resourceType, monthly } = kept;
  if (kept.type === "snapshot") {
    return `a final snapshot of ${resource} (${resourceType}) is retained${costs("at most ", monthly)}`;
  }
  if (resourceType === "AWS::IAM::OIDCProvider")
    return `${resource} (${resourceType}) is retained: the account has one, and other environments may go by it`;
  const open = kept.unpriced ? "; its price is not known" : "";
  return `${resource} (${resourceType}) is retained${costs("", monthly)}${open}`;
}

function costs(most: string, monthly: number): string {
  return monthly > 0 ? `: ${most}$${monthly.toFixed(2)}/mo` : "";
}
