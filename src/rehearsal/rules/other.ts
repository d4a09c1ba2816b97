import { partOf, rowsOf, textOf } from "../resources/properties.ts";
import { imagesOf } from "../resources/stored-contents.ts";
import { everyResource } from "../state/resource-store.ts";
import { isDeregistered, taskDefinitionOfService } from "./existence.ts";
import { type AccountRule, existingResource, otherResources, refuse } from "./rule.ts";

/** Rules on names in use, on earlier properties, and on resources that must work. */
export const OTHER_RULES: readonly AccountRule[] = [
  {
    name: "a bucket's name is globally unique",
    types: ["AWS::S3::Bucket"],
    source: "S3 User Guide, General purpose buckets overview",
    check: (request) => {
      const name = textOf(request.properties, "BucketName");
      const taken = everyResource(request.simulator.state, "AWS::S3::Bucket").some(({ id }) => id === name);
      return !request.current && name !== "" && taken ? refuse(`${name} already exists`, "AlreadyExists") : undefined;
    },
  },
  {
    name: "an account has one identity provider for a URL",
    types: ["AWS::IAM::OIDCProvider"],
    source: "IAM API Reference, CreateOpenIDConnectProvider (EntityAlreadyExists)",
    check: (request) => {
      const url = textOf(request.properties, "Url");
      const taken = otherResources(request, request.type).some(({ properties }) => properties.Url === url);
      return taken ? refuse(`Provider with url ${url} already exists.`, "AlreadyExists") : undefined;
    },
  },
  {
    name: "days of a bucket's lifecycle are not negative",
    types: ["AWS::S3::Bucket"],
    source:
      "S3 API Reference, Transition (Days); localstack's test_failure_options_for_stack_update, recorded 2024-06-25",
    check: ({ properties }) => {
      const rules = rowsOf(partOf(properties.LifecycleConfiguration).Rules);
      const days = rules.flatMap((rule) => [
        rule.ExpirationInDays ?? 0,
        ...rowsOf(rule.Transitions).map(({ TransitionInDays = 0 }) => TransitionInDays),
      ]);
      return days.some((one) => Number(one) < 0)
        ? refuse("'Days' for Transition action must be nonnegative")
        : undefined;
    },
  },
  {
    name: "a secret's name is not pending deletion",
    types: ["AWS::SecretsManager::Secret"],
    source: "Secrets Manager User Guide, Delete an AWS Secrets Manager secret",
    check: (request) => {
      const name = textOf(request.properties, "Name");
      const there = otherResources(request, request.type).find(({ state }) => name !== "" && state.name === name);
      const leaving = !request.current && there?.state.deleted !== undefined;
      return leaving
        ? refuse("You can't create this secret because a secret with this name is already scheduled for deletion.")
        : undefined;
    },
  },
  {
    name: "a table gains or loses one index at a time",
    types: ["AWS::DynamoDB::Table"],
    source: "DynamoDB API Reference, UpdateTable (GlobalSecondaryIndexUpdates)",
    check: ({ properties, current }) => {
      if (!current) return undefined;
      const [now, before] = [properties, current.properties].map((one) =>
        rowsOf(one.GlobalSecondaryIndexes).map(({ IndexName }) => String(IndexName)),
      ) as [string[], string[]];
      const changes = [
        ...now.filter((name) => !before.includes(name)),
        ...before.filter((name) => !now.includes(name)),
      ];
      return changes.length > 1
        ? refuse("Cannot perform more than one GSI creation or deletion in a single update")
        : undefined;
    },
  },
  {
    name: "a service with awsvpc tasks has a network configuration",
    types: ["AWS::ECS::Service"],
    source: "ECS API Reference, CreateService (networkConfiguration)",
    check: (request) => {
      const { Subnets } = partOf(partOf(request.properties.NetworkConfiguration).AwsvpcConfiguration);
      const lost =
        taskDefinitionOfService(request)?.NetworkMode === "awsvpc" && !(Array.isArray(Subnets) && Subnets.length > 0);
      return lost
        ? refuse("Network Configuration must be provided when networkMode 'awsvpc' is specified.")
        : undefined;
    },
  },
  {
    name: "a service's task definition is not deregistered",
    types: ["AWS::ECS::Service"],
    source: "ECS API Reference, DeregisterTaskDefinition",
    check: (request) => {
      const { properties, current } = request;
      const isOther = properties.TaskDefinition !== current?.properties.TaskDefinition;
      return isOther && isDeregistered(request) ? refuse("TaskDefinition is inactive") : undefined;
    },
  },
  {
    name: "an image in the account's registry can be pulled",
    types: ["AWS::ECS::Service"],
    source: "ECS Developer Guide, CannotPullContainer task errors; How the deployment circuit breaker detects failures",
    check: (request) => {
      if (Number(request.properties.DesiredCount ?? 1) === 0) return undefined;
      const { account, region } = request.scope;
      const registry = `${account}.dkr.ecr.${region}.amazonaws.com/`;
      const images = rowsOf(taskDefinitionOfService(request)?.ContainerDefinitions).map(({ Image }) => String(Image));
      const missing = images.find((image) => {
        if (!image.startsWith(registry)) return false;
        const [name = "", digest] = image.slice(registry.length).split("@");
        const [repository = "", tag = "latest"] = name.split(":");
        const found = existingResource(request, "AWS::ECR::Repository", repository);
        const has =
          found &&
          imagesOf(found).some((one) => (digest === undefined ? one.tags.includes(tag) : one.digest === digest));
        return !has;
      });
      return missing === undefined
        ? undefined
        : refuse(
            `Error occurred during operation 'ECS Deployment Circuit Breaker was triggered'. CannotPullContainerError: pull image manifest has been retried 7 time(s): failed to resolve ref ${missing}: not found`,
            "GeneralServiceException",
          );
    },
  },
];
