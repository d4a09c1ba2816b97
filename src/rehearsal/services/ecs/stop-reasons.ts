import type { JsonObject } from "../../../template/types.ts";
import { listOf, partOf, rowsOf, textOf } from "../../resources/properties.ts";
import { hex, uuid } from "../../state/hash.ts";
import { resourceAt } from "../../state/resource-store.ts";
import type { Simulator } from "../../state/simulator.ts";
import type { ServiceResource } from "../../state/state.ts";
import type { WorkloadKind } from "../../state/workload.ts";
import type { Rollout } from "./rollouts.ts";
import type { SimulatedTask } from "./tasks.ts";

/** Why a task stopped, in ECS's words (Developer Guide, "Amazon ECS stopped tasks error messages"). */
export type TaskStop = {
  readonly code: "TaskFailedToStart" | "EssentialContainerExited" | "ServiceSchedulerInitiated" | "SpotInterruption";
  readonly reason: string;
  /** The exit code of its containers; absent for a task that never ran. */
  readonly exitCode?: number;
  readonly containerReason?: string;
};

const EXITED = "Essential container in task exited";
const TERMINATED = 143;

type Words = (task: SimulatedTask, service: ServiceResource, definition: ServiceResource | undefined) => TaskStop;

const unhealthy: Words = ({ rollout: { groups } }) => ({
  code: "ServiceSchedulerInitiated",
  reason:
    groups.length === 0
      ? "Task failed container health checks"
      : `Task failed ELB health checks in (target-group ${groups[0]})`,
  exitCode: TERMINATED,
});

const WORDS: { readonly [workload in WorkloadKind]?: Words } = {
  "image-pull": (_, __, definition) => {
    const image = textOf(firstContainer(definition), "Image");
    const reason = `CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref ${fullName(image)}: ${fullName(image)}: not found`;
    return { code: "TaskFailedToStart", reason, containerReason: reason };
  },
  "secret-denied": ({ id, rollout }, service, definition) => {
    const role = textOf(definition?.properties ?? {}, "ExecutionRoleArn")
      .split("/")
      .at(-1);
    const secret = secretOf(definition) ?? `arn:aws:secretsmanager:${service.region}:${service.account}:secret:app`;
    const user = `arn:aws:sts::${service.account}:assumed-role/${role || "ecsTaskExecutionRole"}/${id}`;
    const said = `AccessDeniedException: User: ${user} is not authorized to perform: secretsmanager:GetSecretValue on resource: ${secret} because no identity-based policy allows the secretsmanager:GetSecretValue action`;
    const reason = `ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret ${secret} from secrets manager: ${said} status code: 400, request id: ${uuid(id, rollout.id)}`;
    return { code: "TaskFailedToStart", reason };
  },
  architecture: () => ({ code: "EssentialContainerExited", reason: EXITED, exitCode: 1 }),
  "crash-loop": () => ({ code: "EssentialContainerExited", reason: EXITED, exitCode: 1 }),
  "health-check": unhealthy,
  "health-check-timeout": unhealthy,
  "spot-interruption": () => ({
    code: "SpotInterruption",
    reason: "Your Spot Task was interrupted.",
    exitCode: TERMINATED,
  }),
};

/** Why a task stops or stopped; `undefined` for a running one. */
export function stopReasonOf(
  simulator: Simulator,
  service: ServiceResource,
  task: SimulatedTask,
): TaskStop | undefined {
  const { end, rollout } = task;
  if (end === undefined || task.stopping === undefined) return undefined;
  const words = end === "workload" ? rollout.workload && WORDS[rollout.workload] : undefined;
  if (words) return words(task, service, taskDefinitionOfRollout(simulator, service, rollout));
  return {
    code: "ServiceSchedulerInitiated",
    reason: `Scaling activity initiated by (deployment ${rollout.id})`,
    ...(task.started !== undefined && { exitCode: 0 }),
  };
}

/** The task definition of a rollout. */
export function taskDefinitionOfRollout(
  simulator: Simulator,
  service: ServiceResource,
  { definition }: Rollout,
): ServiceResource | undefined {
  return resourceAt(simulator.state, "AWS::ECS::TaskDefinition", service, definition);
}

/** The first container of a task definition: the one that faults apply to. */
export function firstContainer(definition: ServiceResource | undefined): JsonObject {
  return rowsOf(definition?.properties.ContainerDefinitions)[0] ?? {};
}

/** The address of a task in the first of its service's subnets. */
export function addressOf(simulator: Simulator, service: ServiceResource, { id }: SimulatedTask): string {
  const network = partOf(partOf(service.properties.NetworkConfiguration).AwsvpcConfiguration);
  const subnet = resourceAt(simulator.state, "AWS::EC2::Subnet", service, listOf(network, "Subnets")[0] ?? "");
  const [a, b, c] = textOf(subnet?.properties ?? {}, "CidrBlock", "10.0.2.0/24").split(".");
  // The first four addresses of a subnet are AWS's own.
  return `${a}.${b}.${c}.${4 + (Number.parseInt(hex(8, id), 16) % 250)}`;
}

/** An image's name with the default registry and tag. */
function fullName(image: string): string {
  const [first = ""] = image.split("/");
  const whole =
    /[.:]/.test(first) && image.includes("/") ? image : `docker.io/${image.includes("/") ? "" : "library/"}${image}`;
  return /[:@][^/]+$/.test(whole) ? whole : `${whole}:latest`;
}

/** ARN of the first secret that the containers are given, without the key and version that may follow it. */
function secretOf(definition: ServiceResource | undefined): string | undefined {
  const [secret] = rowsOf(firstContainer(definition).Secrets);
  return secret && String(secret.ValueFrom).split(":").slice(0, 7).join(":");
}
