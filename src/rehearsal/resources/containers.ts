import { resourcesAt } from "../state/resource-store.ts";
import type { Simulator } from "../state/simulator.ts";
import type { Scope } from "../state/state.ts";
import { arn, generatedName, type HandlerRequest, hexFor, type ResourceHandlers } from "./handler.ts";
import { textOf } from "./properties.ts";

/** ECS, ECR and autoscaling types (Template Reference: return values). */
export const CONTAINER_HANDLERS: ResourceHandlers = {
  "AWS::ECR::Repository": {
    nameProperty: "RepositoryName",
    id: (request) => generatedName(request, 256).toLowerCase(),
    attributes: ({ scope }, id) => ({
      Arn: arn({ scope }, "ecr", `repository/${id}`),
      RepositoryUri: `${scope.account}.dkr.ecr.${scope.region}.amazonaws.com/${id}`,
    }),
    afterWrite: (_, resource) => {
      resource.state.images ??= [];
    },
  },
  "AWS::ECS::Cluster": {
    nameProperty: "ClusterName",
    id: (request) => generatedName(request, 255),
    attributes: (request, id) => ({ Arn: arn(request, "ecs", `cluster/${id}`) }),
  },
  "AWS::ECS::ClusterCapacityProviderAssociations": {
    id: ({ properties }) => clusterName(textOf(properties, "Cluster")),
  },
  "AWS::ECS::TaskDefinition": {
    id: (request) => {
      const family = familyOf(request);
      return arn(request, "ecs", `task-definition/${family}:${nextRevision(request.simulator, request.scope, family)}`);
    },
    attributes: (_, id) => ({ TaskDefinitionArn: id }),
    afterWrite: (request, resource) => {
      resource.state.family = familyOf(request);
    },
    // Deregistered, not deleted: running tasks still show it.
    afterDelete: (_, resource) => {
      resource.state.status = "INACTIVE";
      return "kept";
    },
  },
  "AWS::ECS::Service": {
    nameInIdProperty: "ServiceName",
    id: (request) =>
      arn(
        request,
        "ecs",
        `service/${clusterName(textOf(request.properties, "Cluster", "default"))}/${serviceName(request)}`,
      ),
    attributes: (request, id) => ({ ServiceArn: id, Name: serviceName(request) }),
  },
  "AWS::ApplicationAutoScaling::ScalableTarget": {
    id: ({ properties }) =>
      ["ResourceId", "ScalableDimension", "ServiceNamespace"].map((name) => textOf(properties, name)).join("|"),
    attributes: (_, id) => ({ Id: id }),
  },
  "AWS::ApplicationAutoScaling::ScalingPolicy": {
    id: (request) => {
      const [target = ""] = [textOf(request.properties, "ScalingTargetId")];
      const [resource = textOf(request.properties, "ResourceId"), , service = "ecs"] = target ? target.split("|") : [];
      const name = textOf(request.properties, "PolicyName", request.logicalId);
      return arn(
        request,
        "autoscaling",
        `scalingPolicy:${hexFor(request, 8)}-0000-4000-a000-${hexFor(request, 12)}:resource/${service}/${resource}:policyName/${name}`,
      );
    },
    attributes: (_, id) => ({ Arn: id }),
  },
};

/** A cluster's name, whether it is given as a name or as an ARN. */
export function clusterName(nameOrArn: string): string {
  return nameOrArn.split("/").at(-1) ?? nameOrArn;
}

function serviceName(request: HandlerRequest): string {
  return textOf(request.properties, "ServiceName") || generatedName(request, 255);
}

function familyOf(request: HandlerRequest): string {
  return textOf(request.properties, "Family") || generatedName(request, 255).replaceAll("-", "");
}

/** The number of a family's next revision: they count up, deregistered ones included. */
export function nextRevision(simulator: Simulator, scope: Scope, family: string): number {
  const all = resourcesAt(simulator.state, "AWS::ECS::TaskDefinition", scope);
  return 1 + all.filter(({ state }) => state.family === family).length;
}
