import type { RuleRefusal } from "../rules/rule.ts";
import { uuid } from "../state/hash.ts";
import type { Simulator } from "../state/simulator.ts";
import type { ResourceTask, SimulatedResource, SimulatedStack, StackOperation } from "../state/stack.ts";
import { setResourceStatus, writeResourceEvent } from "./events.ts";
import type { TaskStep } from "./task-step.ts";

const FAILED = {
  create: "CREATE_FAILED",
  update: "UPDATE_FAILED",
  replace: "UPDATE_FAILED",
  delete: "DELETE_FAILED",
} as const;
const CANCELLED = {
  create: "Resource creation cancelled",
  update: "Resource update cancelled",
  replace: "Resource update cancelled",
  delete: "Resource deletion cancelled",
} as const;

/** Fails a task: sets the resource's status and reason, and records it in the operation. */
export function failTask(step: TaskStep, reason: string): void {
  const { simulator, stack, operation, task } = step;
  const doing = task.doing ?? "create";
  const resource = task.old ?? stack.resources[task.logicalId];
  if (resource) {
    if (task.old) writeResourceEvent(simulator.state, stack, resource, FAILED[doing], reason);
    else setResourceStatus(simulator.state, stack, resource, FAILED[doing], reason);
  }
  endTask(task, "failed");
  operation.failed[doing === "replace" ? "update" : doing].push(task.logicalId);
}

/** Cancels all tasks in progress after another one failed. */
export function cancelRunning(simulator: Simulator, stack: SimulatedStack, operation: StackOperation): void {
  for (const task of Object.values(operation.tasks)) {
    if (isInProgress(task)) failTask({ simulator, stack, operation, task }, CANCELLED[task.doing ?? "create"]);
    else if (task.state === "waiting") endTask(task, "cancelled");
  }
}

/** Cancels the tasks that depend on a failed one, directly or not. */
export function dropDependents({ tasks }: StackOperation): void {
  for (let dropped = true; dropped; ) {
    const lost = Object.values(tasks).filter(
      ({ state, needs }) => state === "waiting" && needs.some((need) => isLost(tasks[need])),
    );
    for (const task of lost) endTask(task, "cancelled");
    dropped = lost.length > 0;
  }
}

const isLost = (task: ResourceTask | undefined) => task?.state === "failed" || task?.state === "cancelled";

/** Marks a task as ended. */
export function endTask(task: ResourceTask, state: "done" | "failed" | "cancelled"): void {
  task.state = state;
  delete task.due;
}

/** Whether a task was started and has not ended. */
export function isInProgress(task: ResourceTask): boolean {
  return task.state === "begun" || task.state === "initiated" || task.state === "settling";
}

/** `The following resource(s) failed to create: [A, B]. ` for each kind of failure there was. */
export function failureWords(operation: StackOperation): string {
  const { failed } = operation;
  return (["create", "update", "delete"] as const)
    .filter((kind) => failed[kind].length > 0)
    .map((kind) => `The following resource(s) failed to ${kind}: [${failed[kind].join(", ")}]. `)
    .join("");
}

/** CloudFormation's message for a failure that a resource handler reports. */
export function handlerMessage(
  resource: Pick<SimulatedResource, "logicalId">,
  stack: Pick<SimulatedStack, "id">,
  message: string,
  code: string,
): string {
  const token = uuid(stack.id, resource.logicalId, message);
  return `Resource handler returned message: "${message}" (RequestToken: ${token}, HandlerErrorCode: ${code})`;
}

/** The same for a service's refusal, which names the service. */
export function serviceMessage(
  resource: Pick<SimulatedResource, "logicalId" | "type">,
  stack: Pick<SimulatedStack, "id">,
  { message, code }: RuleRefusal,
): string {
  const request = uuid(stack.id, resource.logicalId, message, "request");
  const service = serviceName(resource.type);
  const status = (BY_STATUS.has(service) ? STATUS[code] : undefined) ?? 400;
  const whole = `${message} (Service: ${service}, Status Code: ${status}, Request ID: ${request}) (SDK Attempt Count: 1)`;
  return handlerMessage(resource, stack, whole, code);
}

/** Services with different HTTP statuses for their errors; the others always answer 400. */
const BY_STATUS: ReadonlySet<string> = new Set(["CloudFront", "Iam", "Rds", "S3"]);

const STATUS: { readonly [code: string]: number } = { AlreadyExists: 409, GeneralServiceException: 409, NotFound: 404 };

/** Services whose names in the AWS SDK for Java differ from those in CloudFormation's types. */
const NAMES: { readonly [service: string]: string } = {
  CertificateManager: "Acm",
  DynamoDB: "DynamoDb",
  Logs: "CloudWatchLogs",
};

function serviceName(type: string): string {
  const service = type.split("::")[1] ?? type;
  // Abbreviations are capitalised as words there: Ec2, Rds, Iam.
  return (
    NAMES[service] ??
    (/^[A-Z0-9]{2,4}$/.test(service) && service !== "S3" ? `${service[0]}${service.slice(1).toLowerCase()}` : service)
  );
}

/** The message of an error. */
export function reasonIn(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
