import type { JsonObject } from "../../../template/types.ts";
import { isOn, partOf, rowsOf } from "../../resources/properties.ts";
import { digits } from "../../state/hash.ts";
import { resourceAt } from "../../state/resource-store.ts";
import type { Simulator } from "../../state/simulator.ts";
import type { ServiceResource } from "../../state/state.ts";
import { isFatal, type WorkloadKind } from "../../state/workload.ts";
import { taskDefinitionArn } from "./definitions.ts";

/** A rollout of a service; ECS calls it a deployment. Times are simulated milliseconds. */
export type Rollout = {
  readonly id: string;
  readonly at: number;
  /** ARN of the task definition. */
  readonly definition: string;
  /** How long it takes until it is steady, without faults. */
  readonly takes: number;
  /** The desired counts, and from when on. */
  readonly counts: readonly { readonly at: number; readonly count: number }[];
  /** The deployment circuit breaker's settings. */
  readonly breaker: "off" | "stops" | "rolls-back";
  /** ARNs of the target groups it registers with. */
  readonly groups: readonly string[];
  /** The health check grace period. */
  readonly patience: number;
  readonly workload?: WorkloadKind;
};

/** The type of ECS services. */
export const SERVICE = "AWS::ECS::Service";

/** Duration of a rollout that a call started. */
export const USUAL_ROLLOUT_TIME = 80_000;

/** Rollouts of a service that are kept. */
const REMEMBERED = 20;

/** The desired count of a service. */
export function desiredCount(service: ServiceResource): number {
  return Number(service.state.desired ?? service.properties.DesiredCount ?? 1);
}

/** The rollouts that calls and stacks started, oldest first. */
export function keptRollouts(simulator: Simulator, service: ServiceResource): readonly Rollout[] {
  const kept = service.state.rollouts as unknown as readonly Rollout[] | undefined;
  return kept ?? [rolloutOf(simulator, service, { at: service.created, takes: USUAL_ROLLOUT_TIME })];
}

/** Starts a rollout of the service's current settings, unless it runs or is rolling out those already. */
export function rollOut(
  simulator: Simulator,
  service: ServiceResource,
  given: { readonly takes: number; readonly workload?: WorkloadKind; readonly forced?: boolean },
): void {
  const at = simulator.state.now;
  const before = service.state.rollouts === undefined ? [] : keptRollouts(simulator, service);
  const last = before.at(-1);
  if (last && !given.forced && service.state.shape === shapeOf(simulator, service) && !isFatal(last.workload)) {
    if (last.counts.at(-1)?.count === desiredCount(service)) return;
    const counts = [...last.counts, { at, count: desiredCount(service) }];
    keep(simulator, service, [...before.slice(0, -1), { ...last, counts }]);
    return;
  }
  const { workload, takes } = given;
  keep(simulator, service, [...before, rolloutOf(simulator, service, { at, takes, ...(workload && { workload }) })]);
}

function keep(simulator: Simulator, service: ServiceResource, rollouts: readonly Rollout[]): void {
  service.state.rollouts = rollouts.slice(-REMEMBERED) as unknown as readonly JsonObject[];
  service.state.shape = shapeOf(simulator, service);
}

/**
 * The settings that need a new rollout (ECS API Reference, UpdateService: all but the number of tasks and the
 * settings).
 */
function shapeOf(simulator: Simulator, service: ServiceResource): string {
  const { NetworkConfiguration, LoadBalancers, CapacityProviderStrategy, PlatformVersion } = service.properties;
  return JSON.stringify([
    taskDefinitionArn(simulator, service),
    NetworkConfiguration,
    LoadBalancers,
    CapacityProviderStrategy,
    PlatformVersion,
  ]);
}

/** A rollout of the service's current settings, from `at` on. */
function rolloutOf(
  simulator: Simulator,
  service: ServiceResource,
  { at, takes, workload }: Pick<Rollout, "at" | "takes" | "workload">,
): Rollout {
  const { properties } = service;
  const groups = rowsOf(properties.LoadBalancers).flatMap(({ TargetGroupArn }) =>
    TargetGroupArn === undefined ? [] : [String(TargetGroupArn)],
  );
  const breaker = partOf(partOf(properties.DeploymentConfiguration).DeploymentCircuitBreaker);
  return {
    id: `ecs-svc/${digits(19, simulator.state.seed, service.id, at)}`,
    at,
    definition: taskDefinitionArn(simulator, service),
    takes,
    counts: [{ at, count: desiredCount(service) }],
    breaker: isOn(breaker.Enable) ? (isOn(breaker.Rollback) ? "rolls-back" : "stops") : "off",
    groups,
    patience: Math.max(
      Number(properties.HealthCheckGracePeriodSeconds ?? 0) * 1000,
      ...groups.map((group) => unhealthyAfter(simulator, service, group)),
    ),
    ...(workload && { workload }),
  };
}

/** Milliseconds of failed checks after which a target counts as unhealthy (30 s, twice, if the group does not say). */
export function unhealthyAfter(simulator: Simulator, service: ServiceResource, group: string): number {
  const found = groupOf(simulator, service, group)?.properties;
  return Number(found?.HealthCheckIntervalSeconds ?? 30) * Number(found?.UnhealthyThresholdCount ?? 2) * 1000;
}

/** The target group of this ARN. */
export function groupOf(simulator: Simulator, service: ServiceResource, arn: string): ServiceResource | undefined {
  return resourceAt(simulator.state, "AWS::ElasticLoadBalancingV2::TargetGroup", service, arn);
}
