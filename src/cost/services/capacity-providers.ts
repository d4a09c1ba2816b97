import type { Value } from "../../template/evaluate.ts";
import { type Billed, list, number, text, values } from "../finding.ts";

/**
 * For a service on Fargate, which share of so many tasks runs on Spot: each provider's base first, the rest by weight
 * (Amazon ECS Developer Guide, "Capacity providers"). `undefined` for a service that does not run on Fargate.
 */
export function spotShare(it: Billed): ((tasks: number) => number) | undefined {
  const { LaunchType, CapacityProviderStrategy } = it.properties();
  if (LaunchType !== undefined) return LaunchType === "FARGATE" ? () => 0 : undefined;
  const own = list(CapacityProviderStrategy) ?? [];
  const strategy = (own.length > 0 ? own : clusterDefault(it)).map((item) => ({
    provider: text(values(item).CapacityProvider),
    base: number(values(item).Base) ?? 0,
    weight: number(values(item).Weight) ?? 0,
  }));
  const fargate = strategy.every(({ provider }) => provider === "FARGATE" || provider === SPOT);
  return fargate && strategy.length > 0 ? (tasks) => share(strategy, tasks) : undefined;
}

const SPOT = "FARGATE_SPOT";

type Strategy = readonly { readonly provider: string | undefined; readonly base: number; readonly weight: number }[];

function share(strategy: Strategy, tasks: number): number {
  if (tasks === 0) return 0;
  let left = tasks;
  let spot = 0;
  for (const { provider, base } of strategy) {
    const taken = Math.min(base, left);
    left -= taken;
    if (provider === SPOT) spot += taken;
  }
  const weight = (of: Strategy) => of.reduce((sum, one) => sum + one.weight, 0);
  const onSpot = weight(strategy.filter(({ provider }) => provider === SPOT));
  const byWeight = onSpot === 0 ? 0 : (left * onSpot) / weight(strategy);
  // Tasks are whole, and half a one is on demand, the dearer side; an average that a usage file gives need not be.
  return (spot + (Number.isInteger(left) ? Math.ceil(byWeight - 0.5) : byWeight)) / tasks;
}

/** The strategy of services that have none of their own, wherever the cluster's template puts it. */
function clusterDefault(it: Billed): readonly Value[] {
  const cluster = it.find(it.properties().Cluster);
  if (cluster === undefined) return [];
  const own = list(cluster.properties().DefaultCapacityProviderStrategy) ?? [];
  if (own.length > 0) return own;
  return it
    .ofType("AWS::ECS::ClusterCapacityProviderAssociations")
    .filter((one) => it.find(one.properties().Cluster) === cluster)
    .flatMap((one) => list(one.properties().DefaultCapacityProviderStrategy) ?? []);
}
