import type { Value, Values } from "../../template/evaluate.ts";
import type { Rule, RuleSubject } from "../rule.ts";
import { asList, asNumber, asObject, asText, items, sameValue, whole } from "../values.ts";
import { mayBe } from "./tasks.ts";

const SERVICE = "AWS::ECS::Service";
const CLUSTER = "AWS::ECS::Cluster";
const ASSOCIATIONS = "AWS::ECS::ClusterCapacityProviderAssociations";

const CREATE = "Amazon ECS API Reference, CreateService";

/** Where services run, and how they are deployed. */
export const ECS_CAPACITY_RULES: readonly Rule[] = [
  {
    id: "service-launch-type",
    types: [SERVICE],
    document: `${CREATE} (launchType, capacityProviderStrategy)`,
    check: ({ properties: { LaunchType, CapacityProviderStrategy } }) => {
      const both = LaunchType !== undefined && asList(CapacityProviderStrategy).length > 0;
      const message =
        "Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.";
      return both ? { property: "LaunchType", value: LaunchType, message } : undefined;
    },
  },
  {
    id: "service-capacity-base",
    types: [SERVICE, CLUSTER, ASSOCIATIONS],
    document: "Amazon ECS API Reference, CapacityProviderStrategyItem (base)",
    approximate: true,
    check: ({ properties }) =>
      eachStrategy(properties, (property, strategy) => {
        const bases = strategy.filter(({ Base }) => (asNumber(Base) ?? 0) > 0).length;
        const message = "Only one capacity provider in a capacity provider strategy can have a base defined.";
        return bases > 1 ? { property, message } : undefined;
      }),
  },
  {
    id: "service-capacity-weight",
    types: [SERVICE, CLUSTER, ASSOCIATIONS],
    document: "Amazon ECS API Reference, CapacityProviderStrategyItem (weight)",
    approximate: true,
    check: ({ properties }) =>
      eachStrategy(properties, (property, strategy) => {
        const weights = strategy.map(({ Weight = 0 }) => asNumber(Weight));
        const message = "At least one capacity provider in the strategy must have a weight greater than 0.";
        // A single provider without a weight takes all tasks.
        return weights.length > 1 && weights.every((weight) => weight === 0) ? { property, message } : undefined;
      }),
  },
  {
    id: "service-capacity-associated",
    types: [SERVICE],
    document: "Amazon ECS API Reference, PutClusterCapacityProviders",
    check: (subject) => {
      const legal = providersOf(subject);
      if (legal === undefined) return undefined;
      for (const [index, { CapacityProvider }] of items(subject.properties.CapacityProviderStrategy)) {
        if (legal.some((one) => sameValue(one, CapacityProvider)) || asText(CapacityProvider) === undefined) continue;
        const message =
          "The specified capacity provider strategy cannot contain a capacity provider that is not associated with the cluster. Associate the capacity provider with the cluster and try again.";
        return { property: `CapacityProviderStrategy/${index}/CapacityProvider`, value: CapacityProvider, message };
      }
      return undefined;
    },
  },
  {
    id: "service-deployment",
    types: [SERVICE],
    document: "Amazon ECS API Reference, DeploymentConfiguration",
    check: ({ properties: { DeploymentConfiguration } }) => {
      const { MinimumHealthyPercent: least, MaximumPercent: most } = asObject(DeploymentConfiguration);
      if (asNumber(least) !== 100 || asNumber(most) !== 100) return undefined;
      const message = "Both maximumPercent and minimumHealthyPercent cannot be 100 as this will block deployments.";
      return { property: "DeploymentConfiguration/MaximumPercent", value: most, message };
    },
  },
  {
    id: "service-grace-period",
    types: [SERVICE],
    document: `${CREATE} (healthCheckGracePeriodSeconds)`,
    check: ({ properties: { HealthCheckGracePeriodSeconds, LoadBalancers, VpcLatticeConfigurations } }) => {
      const idle = LoadBalancers === undefined && VpcLatticeConfigurations === undefined;
      const message = "Health check grace period is only valid for services configured to use load balancers";
      return idle && (asNumber(HealthCheckGracePeriodSeconds) ?? 0) > 0
        ? { property: "HealthCheckGracePeriodSeconds", value: HealthCheckGracePeriodSeconds, message }
        : undefined;
    },
  },
];

function eachStrategy<T>(
  properties: Values,
  check: (property: string, strategy: readonly Values[]) => T | undefined,
): T | undefined {
  const name =
    "CapacityProviderStrategy" in properties ? "CapacityProviderStrategy" : "DefaultCapacityProviderStrategy";
  const strategy = whole(properties[name]);
  return strategy && check(name, strategy);
}

/** The capacity providers of the service's cluster; `undefined` if they are not known. */
function providersOf({ properties: { Cluster }, find, all }: RuleSubject): readonly Value[] | undefined {
  const cluster = find(Cluster, CLUSTER);
  if (cluster === undefined) return undefined;
  const lists = [
    cluster.properties.CapacityProviders,
    ...all(ASSOCIATIONS)
      .filter(({ properties }) => mayBe(find(properties.Cluster, CLUSTER), cluster))
      .map(({ properties }) => properties.CapacityProviders),
  ];
  const known = lists.every((one) => one === undefined || (Array.isArray(one) && one.every((item) => asText(item))));
  return known ? lists.flatMap(asList) : undefined;
}
