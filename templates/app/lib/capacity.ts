/** A capacity provider and its part of a service's tasks. */
export type Capacity = { capacityProvider: string; base?: number; weight: number };

/**
 * With Spot, the first `onDemandBase` tasks run on FARGATE whatever the Spot market does; of what comes on top, one in
 * a hundred, since a provider without weight is given no tasks (Amazon ECS API Reference, CapacityProviderStrategyItem).
 */
export function capacityOf({ spot, onDemandBase = 0 }: { spot: boolean; onDemandBase?: number }): Capacity[] {
  if (!spot) return [{ capacityProvider: "FARGATE", weight: 1 }];
  if (onDemandBase === 0) return [{ capacityProvider: "FARGATE_SPOT", weight: 1 }];
  return [
    { capacityProvider: "FARGATE", base: onDemandBase, weight: 1 },
    { capacityProvider: "FARGATE_SPOT", weight: 99 },
  ];
}

/**
 * A forced deployment for each strategy, which it has in words for its nonce. Another strategy starts no task anew, and ECS
 * refuses it unless a deployment is forced (Amazon ECS API Reference, UpdateService: capacityProviderStrategy,
 * forceNewDeployment).
 */
export function forcedBy(capacity: Capacity[]) {
  const words = capacity.map(({ capacityProvider, base = 0, weight }) => `${capacityProvider} ${base}+${weight}`);
  return { enableForceNewDeployment: true, forceNewDeploymentNonce: words.join(" ") };
}
