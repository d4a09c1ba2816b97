import type { Billed } from "../finding.ts";

/** The CPU architectures that Fargate has prices for. */
export type Platform = "x86" | "arm64";

/** How a task's hours are billed: the price list's items and what their price is multiplied by. */
export type Rate = { readonly name: string; readonly prefix: string; readonly factor: number };

/** The list price of Fargate on demand. */
export function onDemandRate(platform: Platform): Rate {
  return { name: "on demand", prefix: `fargate.linux.${platform}`, factor: 1 };
}

/**
 * The price of Fargate Spot, and a sentence on how sure it is: listed; for ARM the discount of x86, where only that is
 * listed; on demand where a region's Spot price is not known. AWS publishes Spot prices outside its price list.
 */
export function spotRate(it: Billed, platform: Platform): Rate & { readonly says: string } {
  const listed = discount(it, platform);
  const name = "Spot";
  if (listed !== undefined) {
    const says = `Fargate Spot in ${it.region} at ${percent(listed.factor)} below on demand, as on ${listed.asOf}; it moves`;
    return { name, prefix: `fargate_spot.linux.${platform}`, factor: 1, says };
  }
  const { prefix } = onDemandRate(platform);
  const guess = discount(it, "x86");
  if (guess !== undefined) {
    const says = `no price is published for Fargate Spot on ARM in ${it.region}: the discount of x86, ${percent(guess.factor)}, is a guess`;
    return { name, prefix, factor: guess.factor, says };
  }
  const says = `no price is known for Fargate Spot in ${it.region}: Spot tasks are priced on demand, which is too much`;
  return { name, prefix, factor: 1, says };
}

/** What a Spot vCPU-hour costs of one on demand. */
function discount(it: Billed, platform: Platform): { factor: number; asOf: string } | undefined {
  const [spot] = it.price(`fargate_spot.linux.${platform}.vcpu_hour`)?.tiers ?? [];
  const [full] = it.price(`fargate.linux.${platform}.vcpu_hour`)?.tiers ?? [];
  return spot && full && { factor: spot.usd / full.usd, asOf: spot.asOf };
}

const percent = (factor: number) => `${Math.round((1 - factor) * 100)} %`;
