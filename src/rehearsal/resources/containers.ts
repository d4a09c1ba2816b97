import { resourcesAt } from "../state/resource-store.ts";
import type { Simulator } from "../state/simulator.ts";
import type { Scope } from "../state/state.ts";
import { arn, hexFor, type Kinds, type Making, madeUpName } from "./kind.ts";
import { textOf } from "./properties.ts";

/** ECS, ECR and autoscaling types (Template Reference: return values). */
export const CONTAINERS: Kinds = {
  "AWS::ECR::Repository": {
    named: "RepositoryName",
    id: (making) => madeUpName(making, 256).toLowerCase(),
    attributes: ({ scope }, id) => ({
      Arn: arn({ scope }, "ecr", `repository/${id}`),
      RepositoryUri: `${scope.account}.dkr.ecr.${scope.region}.amazonaws.com/${id}`,
    }),
    made: (_, resource) => {
      resource.state.images ??= [];
    },
  },
  "AWS::ECS::Cluster": {
    named: "ClusterName",
    id: (making) => madeUpName(making, 255),
    attributes: (making, id) => ({ Arn: arn(making, "ecs", `cluster/${id}`) }),
  },
  "AWS::ECS::ClusterCapacityProviderAssociations": {
    id: ({ properties }) => clusterName(textOf(properties, "Cluster")),
  },
  "AWS::ECS::TaskDefinition": {
    id: (making) => {
      const family = familyOf(making);
      return arn(making, "ecs", `task-definition/${family}:${nextRevision(making.simulator, making.scope, family)}`);
    },
    attributes: (_, id) => ({ TaskDefinitionArn: id }),
    made: (making, resource) => {
      resource.state.family = familyOf(making);
    },
    // Deregistered, not forgotten: running tasks still show it.
    removed: (_, resource) => {
      resource.state.status = "INACTIVE";
      return "kept";
    },
  },
  "AWS::ECS::Service": {
    titled: "ServiceName",
    id: (making) =>
      arn(
        making,
        "ecs",
        `service/${clusterName(textOf(making.properties, "Cluster", "default"))}/${serviceName(making)}`,
      ),
    attributes: (making, id) => ({ ServiceArn: id, Name: serviceName(making) }),
  },
  "AWS::ApplicationAutoScaling::ScalableTarget": {
    id: ({ properties }) =>
      ["ResourceId", "ScalableDimension", "ServiceNamespace"].map((name) => textOf(properties, name)).join("|"),
    attributes: (_, id) => ({ Id: id }),
  },
  "AWS::ApplicationAutoScaling::ScalingPolicy": {
    id: (making) => {
      const [target = ""] = [textOf(making.properties, "ScalingTargetId")];
      const [resource = textOf(making.properties, "ResourceId"), , service = "ecs"] = target ? target.split("|") : [];
      const name = textOf(making.properties, "PolicyName", making.logicalId);
      return arn(
        making,
        "autoscaling",
        `scalingPolicy:${hexFor(making, 8)}-0000-4000-a000-${hexFor(making, 12)}:resource/${service}/${resource}:policyName/${name}`,
      );
    },
    attributes: (_, id) => ({ Arn: id }),
  },
};

/** A cluster's name, whether it is given as a name or as an ARN. */
export function clusterName(nameOrArn: string): string {
  return nameOrArn.split("/").at(-1) ?? nameOrArn;
}

function serviceName(making: Making): string {
  return textOf(making.properties, "ServiceName") || madeUpName(making, 255);
}

function familyOf(making: Making): string {
  return textOf(making.properties, "Family") || madeUpName(making, 255).replaceAll("-", "");
}

/** The number of a family's next revision: they count up, deregistered ones included. */
export function nextRevision(simulator: Simulator, scope: Scope, family: string): number {
  const all = resourcesAt(simulator.state, "AWS::ECS::TaskDefinition", scope);
  return 1 + all.filter(({ state }) => state.family === family).length;
}
