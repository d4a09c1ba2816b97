import { between, constrained, first, fits } from "../checks.ts";
import type { Rule } from "../rule.ts";
import { asBoolean, asNumber, asObject, asText, items, objects, repeated, whole } from "../values.ts";
import { CONTAINER_DEFINITIONS, driverOf, eachContainer } from "./tasks.ts";

const TASK = "AWS::ECS::TaskDefinition";

/** Bounds of a container's health check, in seconds but for the retries (Amazon ECS API Reference, HealthCheck). */
const HEALTH = { Interval: [5, 300], Timeout: [2, 60], Retries: [1, 10], StartPeriod: [0, 300] } as const;

/** Containers of task definitions. */
export const CONTAINER_RULES: readonly Rule[] = [
  {
    id: "container-logs-options",
    types: [TASK],
    document: "Amazon ECS Developer Guide, Send Amazon ECS logs to CloudWatch",
    check: ({ properties }) =>
      eachContainer((path, { LogConfiguration }) => {
        if (driverOf(LogConfiguration) !== "awslogs") return undefined;
        const { Options } = asObject(LogConfiguration);
        const options = asObject(Options);
        const unknown = Options !== undefined && Object.keys(options).length === 0;
        const missing = ["awslogs-region", "awslogs-group"].filter((name) => options[name] === undefined);
        const message = `Log driver awslogs requires options: ${missing.join(", ")}`;
        return missing.length === 0 || unknown ? undefined : { property: `${path}/LogConfiguration/Options`, message };
      })(properties),
  },
  {
    id: "task-essential",
    types: [TASK],
    document: "Amazon ECS API Reference, ContainerDefinition (essential)",
    approximate: true,
    check: ({ properties: { ContainerDefinitions } }) => {
      const containers = whole(ContainerDefinitions) ?? [];
      const none = containers.length > 0 && containers.every(({ Essential }) => asBoolean(Essential) === false);
      const message = "A task definition must have at least one essential container";
      return none ? { property: CONTAINER_DEFINITIONS, message } : undefined;
    },
  },
  {
    id: "container-name",
    types: [TASK],
    document: "Amazon ECS API Reference, ContainerDefinition (name)",
    approximate: true,
    check: fits(
      `${CONTAINER_DEFINITIONS}.*.Name`,
      /^[a-zA-Z0-9_-]{1,255}$/,
      (name) => `Invalid container name '${name}': up to 255 letters, numbers, underscores, and hyphens are allowed`,
    ),
  },
  {
    id: "container-name-once",
    types: [TASK],
    document: "Amazon ECS API Reference, ContainerDefinition (name)",
    approximate: true,
    check: ({ properties: { ContainerDefinitions } }) => {
      const name = repeated(objects(ContainerDefinitions).map(({ Name }) => asText(Name)));
      const message = `Container names must be unique: '${name}' is used more than once`;
      return name === undefined ? undefined : { property: CONTAINER_DEFINITIONS, value: name, message };
    },
  },
  {
    id: "container-port",
    types: [TASK],
    document: "Amazon ECS API Reference, PortMapping (containerPort)",
    approximate: true,
    check: constrained(`${CONTAINER_DEFINITIONS}.*.PortMappings.*.ContainerPort`, 1, 65_535, "containerPort"),
  },
  {
    id: "container-host-port",
    types: [TASK],
    document: "Amazon ECS API Reference, PortMapping (hostPort)",
    check: ({ properties }) => {
      if (asText(properties.NetworkMode) !== "awsvpc") return undefined;
      return eachContainer((path, { PortMappings }) => {
        for (const [index, { ContainerPort, HostPort }] of items(PortMappings)) {
          const [inside, outside] = [asNumber(ContainerPort), asNumber(HostPort)];
          // Some clients send 0 for none.
          if (inside === undefined || !outside || inside === outside) continue;
          const message = "When networkMode=awsvpc, the host ports and container ports in port mappings must match.";
          return { property: `${path}/PortMappings/${index}/HostPort`, value: outside, message };
        }
        return undefined;
      })(properties);
    },
  },
  {
    id: "container-memory",
    types: [TASK],
    document: "Amazon ECS API Reference, ContainerDefinition (memory)",
    check: ({ properties }) => {
      if (properties.Memory !== undefined) return undefined;
      return eachContainer((path, { Name, Memory, MemoryReservation }) => {
        if (Memory !== undefined || MemoryReservation !== undefined) return undefined;
        const message = `Invalid setting for container '${asText(Name) ?? ""}'. At least one of 'memory' or 'memoryReservation' must be specified.`;
        return { property: `${path}/Memory`, message };
      })(properties);
    },
  },
  {
    id: "container-health-check",
    types: [TASK],
    document: "Amazon ECS API Reference, HealthCheck",
    approximate: true,
    check: first(
      ...Object.entries(HEALTH).map(([name, [least, most]]) =>
        between(
          `${CONTAINER_DEFINITIONS}.*.HealthCheck.${name}`,
          least,
          most,
          (value) => `Invalid health check ${name}: ${value}. It must be between ${least} and ${most}.`,
        ),
      ),
    ),
  },
  {
    id: "container-depends-on",
    types: [TASK],
    document: "Amazon ECS API Reference, ContainerDependency",
    approximate: true,
    check: ({ properties }) => {
      const names = whole(properties.ContainerDefinitions)?.map(({ Name }) => asText(Name));
      if (names === undefined || names.includes(undefined)) return undefined;
      return eachContainer((path, { Name, DependsOn }) => {
        for (const [index, { ContainerName }] of items(DependsOn)) {
          const wanted = asText(ContainerName);
          if (wanted === undefined || names.includes(wanted)) continue;
          const message = `Container '${asText(Name)}' depends on container '${wanted}', which is not in the task definition`;
          return { property: `${path}/DependsOn/${index}/ContainerName`, value: wanted, message };
        }
        return undefined;
      })(properties);
    },
  },
];
