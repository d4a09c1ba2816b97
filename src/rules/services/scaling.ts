import { fits } from "../checks.ts";
import type { Rule } from "../rule.ts";
import { asNumber, asObject, asText } from "../values.ts";

const TARGET = "AWS::ApplicationAutoScaling::ScalableTarget";
const POLICY = "AWS::ApplicationAutoScaling::ScalingPolicy";

const REGISTER = "Application Auto Scaling API Reference, RegisterScalableTarget";
const PUT = "Application Auto Scaling API Reference, PutScalingPolicy";

/** The form of a resource id, by service (RegisterScalableTarget, ResourceId). */
const RESOURCE: { readonly [namespace: string]: RegExp } = {
  ecs: /^service\/[^/]+\/[^/]+$/,
  dynamodb: /^table\/[^/]+(\/index\/[^/]+)?$/,
  lambda: /^function:[^:]+:[^:]+$/,
  rds: /^cluster:.+$/,
  elasticache: /^(replication-group|cache-cluster)\/[^/]+$/,
};

/** What scales, and by which policies. */
export const SCALING_RULES: readonly Rule[] = [
  {
    id: "scaling-range",
    types: [TARGET],
    document: `${REGISTER} (MinCapacity, MaxCapacity)`,
    check: ({ properties: { MinCapacity, MaxCapacity } }) => {
      const [least, most] = [asNumber(MinCapacity), asNumber(MaxCapacity)];
      const message = "Maximum capacity cannot be less than minimum capacity";
      return least !== undefined && most !== undefined && most < least
        ? { property: "MaxCapacity", value: most, message }
        : undefined;
    },
  },
  {
    id: "scaling-resource",
    types: [TARGET],
    document: `${REGISTER} (ResourceId)`,
    check: (subject) => {
      const { ServiceNamespace, ScalableDimension } = subject.properties;
      const [space, dimension] = [asText(ServiceNamespace), asText(ScalableDimension)];
      const form = RESOURCE[space ?? ""];
      const message = "Unsupported service namespace, resource type or scalable dimension";
      if (space !== undefined && dimension !== undefined && !dimension.startsWith(`${space}:`)) {
        return { property: "ScalableDimension", value: dimension, message };
      }
      return form && fits("ResourceId", form, () => message)(subject);
    },
  },
  {
    id: "scaling-label",
    types: [POLICY],
    document: "Application Auto Scaling API Reference, PredefinedMetricSpecification (ResourceLabel)",
    approximate: true,
    check: ({ properties: { TargetTrackingScalingPolicyConfiguration } }) => {
      const { PredefinedMetricSpecification } = asObject(TargetTrackingScalingPolicyConfiguration);
      const { PredefinedMetricType, ResourceLabel } = asObject(PredefinedMetricSpecification);
      const metric = asText(PredefinedMetricType);
      const property = "TargetTrackingScalingPolicyConfiguration/PredefinedMetricSpecification/ResourceLabel";
      if (metric === "ALBRequestCountPerTarget") {
        const message = "You must specify a resource label for the metric type ALBRequestCountPerTarget";
        if (ResourceLabel === undefined) return { property, message };
        const label = asText(ResourceLabel);
        const legal = label === undefined || /^app\/[^/]+\/[^/]+\/targetgroup\/[^/]+\/[^/]+$/.test(label);
        return legal ? undefined : { property, value: label, message: `Invalid resource label: ${label}` };
      }
      const message = `You can't specify a resource label for the metric type ${metric}`;
      return metric !== undefined && ResourceLabel !== undefined
        ? { property, value: ResourceLabel, message }
        : undefined;
    },
  },
  {
    id: "scaling-policy-kind",
    types: [POLICY],
    document: `${PUT} (PolicyType)`,
    approximate: true,
    check: ({ properties }) => {
      const type = asText(properties.PolicyType);
      const wanted = `${type}PolicyConfiguration`;
      const known = ["StepScaling", "TargetTrackingScaling", "PredictiveScaling"].includes(type ?? "");
      if (!known || properties[wanted] !== undefined) return undefined;
      return { property: wanted, message: `A ${type} policy must have a ${wanted}` };
    },
  },
];
