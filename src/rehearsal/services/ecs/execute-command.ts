import { isOn, rowsOf, textOf } from "../../resources/properties.ts";
import { hex, uuid } from "../../state/hash.ts";
import { resourcesAt } from "../../state/resource-store.ts";
import { type Handler, text } from "../../wire/call.ts";
import { AwsError } from "../../wire/error.ts";
import { sessionStart } from "../common/session-start.ts";
import { oneOffsOf } from "./one-off.ts";
import { SERVICE } from "./rollouts.ts";
import { theCluster } from "./run-task.ts";
import { taskDefinitionOfRollout } from "./stop-reasons.ts";
import { tasksOf } from "./tasks.ts";
import { agentOf, isTaskRunning } from "./view.ts";

const NOT_ENABLED =
  "The execute command failed because execute command was not enabled when the task was run or the execute command agent isn’t running. Wait and try again or run a new task with execute command enabled and try again.";

/**
 * Begins a session in a container (ECS API Reference, ExecuteCommand; its words as users report them, fabfuel/ecs-deploy#193,
 * aws-containers/amazon-ecs-exec-checker#43). Nothing runs in it: its stream leads nowhere.
 */
export const executeCommand: Handler = (simulator, call) => {
  const cluster = theCluster(simulator, call);
  const { input } = call;
  const id = (text(input, "task") ?? "").split("/").at(-1);
  if (String(input.interactive) !== "true")
    throw new AwsError("InvalidParameterException", "Interactive is the only mode supported currently.");
  const services = resourcesAt(simulator.state, SERVICE, cluster);
  const found = services
    .flatMap((service) => tasksOf(simulator, service).map((task) => ({ service, task })))
    .find(({ task }) => task.id === id);
  if (!found) {
    const isOneOff = oneOffsOf(cluster).some((task) => task.id === id);
    throw new AwsError("InvalidParameterException", isOneOff ? NOT_ENABLED : "The referenced task was not found.");
  }
  const { service, task } = found;
  const [first, ...more] = rowsOf(
    taskDefinitionOfRollout(simulator, service, task.rollout)?.properties.ContainerDefinitions,
  );
  const names = [first ?? {}, ...more].map((one) => textOf(one, "Name"));
  const container = text(input, "container") ?? names[0] ?? "";
  if (!names.includes(container))
    throw new AwsError("InvalidParameterException", `Container ${container} was not found in the task.`);
  if (
    !isTaskRunning(task) ||
    !isOn(service.properties.EnableExecuteCommand) ||
    agentOf(simulator, task).lastStatus !== "RUNNING"
  )
    throw new AwsError("InvalidParameterException", NOT_ENABLED);
  simulator.state.serial += 1;
  const session = sessionStart(
    simulator,
    call,
    `ecs-execute-command-${hex(17, simulator.state.seed, simulator.state.serial)}`,
  );
  return {
    clusterArn: cluster.attributes.Arn,
    taskArn: task.arn,
    containerArn: `${task.arn.replace(":task/", ":container/")}/${uuid(task.id, container)}`,
    containerName: container,
    interactive: true,
    session: { sessionId: session.SessionId, streamUrl: session.StreamUrl, tokenValue: session.TokenValue },
  };
};
