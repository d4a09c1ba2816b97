import { clusterName } from "../../resources/containers.ts";
import { textOf } from "../../resources/properties.ts";
import type { Simulator } from "../../state/simulator.ts";
import type { ServiceResource } from "../../state/state.ts";
import { type Call, type CallResult, flag, type Handler, text, texts } from "../../wire/call.ts";
import { AwsError } from "../../wire/error.ts";
import { jsonProtocol, type Service } from "../../wire/protocol.ts";
import { arnOf, listResources, tagList } from "../common/resources.ts";
import { lower } from "./casing.ts";
import {
  checkedTaskDefinition,
  deregisterTaskDefinition,
  describeTaskDefinition,
  registerTaskDefinition,
  TASK_DEFINITION,
} from "./definitions.ts";
import { executeCommand } from "./execute-command.ts";
import { CLUSTER, oneOffNow, oneOffsOf } from "./one-off.ts";
import { rollOut, SERVICE, USUAL_ROLLOUT_TIME } from "./rollouts.ts";
import { oneOffView, runTask, stopTask, theCluster } from "./run-task.ts";
import { tasksOf } from "./tasks.ts";
import { isTaskPending, isTaskRunning, serviceView, taskView } from "./view.ts";

const nameOf = (service: ServiceResource) => textOf(service.attributes, "Name");
const clusterIn = (call: Call) => clusterName(text(call.input, "cluster") ?? "default");

function servicesOf(
  simulator: Simulator,
  call: Call,
  cluster = theCluster(simulator, call),
): readonly ServiceResource[] {
  return listResources(simulator, call, SERVICE).filter(
    ({ properties }) => clusterName(textOf(properties, "Cluster", "default")) === cluster.id,
  );
}

/** Whether it is the service's name or ARN. */
const isCalled = (name: string | undefined) => (service: ServiceResource) =>
  service.id === name || nameOf(service) === name;

const listClusters: Handler = (simulator, call) => ({
  clusterArns: listResources(simulator, call, CLUSTER).map(arnOf),
});

const describeClusters: Handler = (simulator, call) => {
  const wanted = texts(call.input, "clusters").map(clusterName);
  const all = listResources(simulator, call, CLUSTER);
  const found = all.filter(({ id }) => (wanted.length === 0 ? id === "default" : wanted.includes(id)));
  return {
    clusters: found.map((cluster) => {
      const services = servicesOf(simulator, call, cluster);
      const tasks = services.flatMap((service) => tasksOf(simulator, service));
      return {
        clusterArn: arnOf(cluster),
        clusterName: cluster.id,
        status: "ACTIVE",
        registeredContainerInstancesCount: 0,
        activeServicesCount: services.length,
        runningTasksCount: tasks.filter(isTaskRunning).length,
        pendingTasksCount: tasks.filter(isTaskPending).length,
        tags: tagList(cluster).map(lower),
      };
    }),
    failures: wanted
      .filter((name) => !all.some(({ id }) => id === name))
      .map((name) => missing(call, `cluster/${name}`)),
  };
};

const missing = ({ scope }: Call, rest: string) => ({
  arn: `arn:aws:ecs:${scope.region}:${scope.account}:${rest}`,
  reason: "MISSING",
});

const describeServices: Handler = (simulator, call) => {
  const services = servicesOf(simulator, call);
  const wanted = texts(call.input, "services");
  const find = (name: string) => services.find(isCalled(name));
  return {
    services: wanted.flatMap((name) => find(name) ?? []).map((service) => serviceView(simulator, service)),
    failures: wanted
      .filter((name) => find(name) === undefined)
      .map((name) => missing(call, `service/${clusterIn(call)}/${name}`)),
  };
};

/** Milliseconds for which ECS shows a task that has stopped (API Reference, ListTasks: at least one hour). */
const SHOWN = 3_600_000;

/** A task as it is listed and shown. */
type ShownTask = {
  readonly id: string;
  readonly arn: string;
  readonly startedBy: string | undefined;
  readonly definition: string;
  readonly isStopping: boolean;
  readonly view: () => CallResult;
};

function shownTasks(simulator: Simulator, call: Call): readonly ShownTask[] {
  const name = text(call.input, "serviceName");
  const cluster = theCluster(simulator, call);
  const all = servicesOf(simulator, call, cluster);
  const services = name === undefined ? all : all.filter(isCalled(name));
  if (name !== undefined && services.length === 0) throw new AwsError("ServiceNotFoundException", "Service not found.");
  const isShown = ({ stopped = Infinity }: { readonly stopped?: number }) => stopped > simulator.state.now - SHOWN;
  const ofServices = services.flatMap((service) =>
    tasksOf(simulator, service)
      .filter(isShown)
      .map((task) => ({
        id: task.id,
        arn: task.arn,
        startedBy: task.rollout.id,
        definition: task.rollout.definition,
        isStopping: task.stopping !== undefined,
        view: () => taskView(simulator, service, task),
      })),
  );
  const oneOffs = name === undefined ? oneOffsOf(cluster) : [];
  const others = oneOffs.flatMap((task) => {
    const now = oneOffNow(simulator, task);
    const { id, startedBy, definition } = task;
    const arn = `arn:aws:ecs:${cluster.region}:${cluster.account}:task/${cluster.id}/${id}`;
    const view = () => oneOffView(simulator, cluster, task);
    return isShown(now) ? [{ id, arn, startedBy, definition, isStopping: now.stopping !== undefined, view }] : [];
  });
  return [...ofServices, ...others];
}

const listTasks: Handler = (simulator, call) => {
  const isWanted = text(call.input, "desiredStatus") === "STOPPED";
  const [startedBy, family] = [text(call.input, "startedBy"), text(call.input, "family")];
  const found = shownTasks(simulator, call).filter(
    (task) =>
      task.isStopping === isWanted &&
      (startedBy ?? task.startedBy) === task.startedBy &&
      (family === undefined || task.definition.split("/").at(-1)?.split(":")[0] === family),
  );
  return { taskArns: found.slice(-Number(call.input.maxResults ?? 100)).map(({ arn }) => arn) };
};

const describeTasks: Handler = (simulator, call) => {
  const wanted = texts(call.input, "tasks").map((task) => task.split("/").at(-1) ?? "");
  const found = shownTasks(simulator, call).filter(({ id }) => wanted.includes(id));
  return {
    tasks: found.map(({ view }) => view()),
    failures: wanted.filter((id) => !found.some((task) => task.id === id)).map((id) => missing(call, `task/${id}`)),
  };
};

const updateService: Handler = (simulator, call) => {
  const name = text(call.input, "service");
  const service = servicesOf(simulator, call).find(isCalled(name));
  if (!service) throw new AwsError("ServiceNotFoundException", "Service not found.");
  const definition = text(call.input, "taskDefinition");
  if (definition !== undefined)
    service.properties = {
      ...service.properties,
      TaskDefinition: checkedTaskDefinition(simulator, call, definition).id,
    };
  if (call.input.desiredCount !== undefined) service.state.desired = Number(call.input.desiredCount);
  rollOut(simulator, service, { takes: USUAL_ROLLOUT_TIME, forced: flag(call.input, "forceNewDeployment") });
  return { service: serviceView(simulator, service) };
};

/** Amazon ECS, API version 2014-11-13: clusters, services and simulated tasks. */
export const ECS: Service = {
  protocol: jsonProtocol("1.1"),
  operations: {
    DeregisterTaskDefinition: deregisterTaskDefinition,
    DescribeClusters: describeClusters,
    DescribeServices: describeServices,
    DescribeTaskDefinition: describeTaskDefinition,
    DescribeTasks: describeTasks,
    ExecuteCommand: executeCommand,
    ListClusters: listClusters,
    ListServices: (simulator, call) => ({ serviceArns: servicesOf(simulator, call).map(({ id }) => id) }),
    ListTagsForResource: (simulator, call) => {
      const arn = text(call.input, "resourceArn");
      const found = [CLUSTER, SERVICE, TASK_DEFINITION]
        .flatMap((type) => listResources(simulator, call, type))
        .find((resource) => arnOf(resource) === arn);
      return { tags: found ? tagList(found).map(lower) : [] };
    },
    ListTaskDefinitions: (simulator, call) => ({
      taskDefinitionArns: listResources(simulator, call, TASK_DEFINITION)
        .filter(({ state }) => (state.status ?? "ACTIVE") === (text(call.input, "status") ?? "ACTIVE"))
        .filter(({ state }) => [undefined, state.family].includes(text(call.input, "familyPrefix")))
        .map(({ id }) => id),
    }),
    ListTasks: listTasks,
    RegisterTaskDefinition: registerTaskDefinition,
    RunTask: runTask,
    StopTask: stopTask,
    UpdateService: updateService,
  },
};
