import { isUnresolved, type Value } from "../../template/evaluate.ts";
import type { Other, Rule, RuleSubject } from "../rule.ts";
import { asList, asNumber, asObject, asText, items, objects, whole } from "../values.ts";
import { mayBe, modeOf, taskOf } from "./tasks.ts";

const SERVICE = "AWS::ECS::Service";
const TARGETS = "AWS::ElasticLoadBalancingV2::TargetGroup";

const BALANCING = "Amazon ECS Developer Guide, Use load balancing to distribute Amazon ECS service traffic";

/** Services behind load balancers. */
export const ECS_BALANCING_RULES: readonly Rule[] = [
  {
    id: "service-target-type",
    types: [SERVICE],
    document: BALANCING,
    check: (subject) => {
      if (modeOf(taskOf(subject)) !== "awsvpc") return undefined;
      for (const [index, { TargetGroupArn }] of items(subject.properties.LoadBalancers)) {
        const group = subject.find(TargetGroupArn, TARGETS);
        if (group === undefined) continue;
        const { TargetType = "instance" } = group.properties;
        const kind = asText(TargetType);
        if (kind === undefined || kind === "ip") continue;
        const message = `The provided target group ${asText(TargetGroupArn) ?? group.id} has target type ${kind}, which is incompatible with the awsvpc network mode specified in the task definition.`;
        return { property: `LoadBalancers/${index}/TargetGroupArn`, value: TargetGroupArn, message };
      }
      return undefined;
    },
  },
  {
    id: "service-target-balancer",
    types: [SERVICE],
    document: BALANCING,
    check: (subject) => {
      for (const [index, { TargetGroupArn }] of items(subject.properties.LoadBalancers)) {
        const group = subject.find(TargetGroupArn, TARGETS);
        if (group === undefined || isForwardedTo(subject, group)) continue;
        const message = `The target group with targetGroupArn ${asText(TargetGroupArn) ?? group.id} does not have an associated load balancer.`;
        return { property: `LoadBalancers/${index}/TargetGroupArn`, value: TargetGroupArn, message };
      }
      return undefined;
    },
  },
  {
    id: "service-container",
    types: [SERVICE],
    document: "Amazon ECS API Reference, LoadBalancer (containerName, containerPort)",
    check: (subject) => {
      const task = taskOf(subject);
      const containers = whole(task?.properties.ContainerDefinitions) ?? [];
      const names = containers.map(({ Name }) => asText(Name));
      if (names.length === 0 || names.includes(undefined)) return undefined;
      for (const [index, { ContainerName, ContainerPort }] of items(subject.properties.LoadBalancers)) {
        const name = asText(ContainerName);
        const container = containers[names.indexOf(name)];
        const property = `LoadBalancers/${index}/Container`;
        if (name === undefined) continue;
        if (container === undefined) {
          const message = `The container ${name} does not exist in the task definition.`;
          return { property: `${property}Name`, value: name, message };
        }
        const ports = asList(container.PortMappings).map((mapping) => asNumber(asObject(mapping).ContainerPort));
        const port = asNumber(ContainerPort);
        // A mapping of a port range, or an unknown one, may include it.
        if (port === undefined || ports.includes(port) || ports.includes(undefined)) continue;
        if (container.PortMappings !== undefined && !Array.isArray(container.PortMappings)) continue;
        const message = `The container ${name} did not have a container port ${port} defined.`;
        return { property: `${property}Port`, value: port, message };
      }
      return undefined;
    },
  },
];

/** Whether any listener forwards to the group, or may: one whose targets are not known. */
function isForwardedTo({ all, find }: RuleSubject, group: Other): boolean {
  const actions = ["AWS::ElasticLoadBalancingV2::Listener", "AWS::ElasticLoadBalancingV2::ListenerRule"]
    .flatMap((type) => all(type))
    .map(({ properties }) => properties.DefaultActions ?? properties.Actions);
  return actions.some((list) => {
    if (!Array.isArray(list)) return true;
    return (list as readonly Value[]).some((action) => {
      if (isUnresolved(action)) return true;
      const { TargetGroupArn, ForwardConfig } = asObject(action);
      const groups = [
        TargetGroupArn,
        ...objects(asObject(ForwardConfig).TargetGroups).map((one) => one.TargetGroupArn),
      ];
      return groups.some((one) => one !== undefined && mayBe(find(one, TARGETS), group));
    });
  });
}
