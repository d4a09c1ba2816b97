import { textOf } from "../resources/properties.ts";
import type { ServiceResource } from "../state/state.ts";
import { type Handler, text, texts } from "../wire/call.ts";
import { jsonProtocol, type Service } from "../wire/protocol.ts";
import { listResources, seconds } from "./common/resources.ts";

/** Service, resource and dimension of a target or policy; a policy may name them by its target's id. */
function aimOf({ properties }: ServiceResource) {
  const [resource = "", dimension = "", service = ""] = textOf(properties, "ScalingTargetId").split("|");
  return {
    ServiceNamespace: textOf(properties, "ServiceNamespace", service),
    ResourceId: textOf(properties, "ResourceId", resource),
    ScalableDimension: textOf(properties, "ScalableDimension", dimension),
  };
}

/** A describe call for one type: all of a service namespace, or of one resource. */
const lookUp =
  (type: string, list: string, resources: string | undefined, shown: (resource: ServiceResource) => object): Handler =>
  (simulator, call) => {
    const { input } = call;
    const [service, resource] = [text(input, "ServiceNamespace"), text(input, "ResourceId")];
    const ids = resources === undefined ? [] : texts(input, resources);
    const found = listResources(simulator, call, type).filter((item) => {
      const aim = aimOf(item);
      const isNamed =
        resource === undefined ? ids.length === 0 || ids.includes(aim.ResourceId) : resource === aim.ResourceId;
      return isNamed && (service === undefined || service === aim.ServiceNamespace);
    });
    return {
      [list]: found.map((resource) => ({
        ...aimOf(resource),
        ...shown(resource),
        CreationTime: seconds(resource.created),
      })),
    };
  };

/** Application Auto Scaling, API version 2016-02-06: describe calls for targets and policies; nothing scales. */
export const APPLICATION_AUTOSCALING: Service = {
  protocol: jsonProtocol("1.1"),
  operations: {
    DescribeScalableTargets: lookUp(
      "AWS::ApplicationAutoScaling::ScalableTarget",
      "ScalableTargets",
      "ResourceIds",
      ({ properties }) => ({
        MinCapacity: Number(properties.MinCapacity ?? 0),
        MaxCapacity: Number(properties.MaxCapacity ?? 0),
        RoleARN: textOf(properties, "RoleARN"),
      }),
    ),
    DescribeScalingPolicies: lookUp(
      "AWS::ApplicationAutoScaling::ScalingPolicy",
      "ScalingPolicies",
      undefined,
      ({ id, properties }) => ({
        PolicyARN: id,
        PolicyName: textOf(properties, "PolicyName"),
        PolicyType: textOf(properties, "PolicyType"),
        ...(properties.TargetTrackingScalingPolicyConfiguration !== undefined && {
          TargetTrackingScalingPolicyConfiguration: properties.TargetTrackingScalingPolicyConfiguration,
        }),
      }),
    ),
  },
};
