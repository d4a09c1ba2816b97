import { listOf, rowsOf, textOf } from "../resources/properties.ts";
import { imagesOf } from "../resources/stored-contents.ts";
import { taskDefinitionOfRollout } from "../services/ecs/stop-reasons.ts";
import type { SimulatedTask } from "../services/ecs/tasks.ts";
import { everyResource } from "../state/resource-store.ts";
import type { Simulator } from "../state/simulator.ts";
import type { ServiceResource } from "../state/state.ts";
import type { HttpAnswer } from "../wire/protocol.ts";

type Asked = {
  readonly service: ServiceResource;
  readonly task: SimulatedTask;
  readonly group: ServiceResource;
  readonly path: string;
};

/**
 * What a task answers, which runs nothing here: at its health path which image it is of, nothing elsewhere. A task without
 * an image of the app is the generated app's placeholder, which answers every path.
 */
export function taskAnswer(simulator: Simulator, { service, task, group, path }: Asked): HttpAnswer {
  const definition = taskDefinitionOfRollout(simulator, service, task.rollout);
  const balanced = rowsOf(service.properties.LoadBalancers).find(({ TargetGroupArn }) => TargetGroupArn === group.id);
  const containers = rowsOf(definition?.properties.ContainerDefinitions);
  const container = containers.find(({ Name }) => Name === balanced?.ContainerName) ?? containers[0] ?? {};
  if (listOf(container, "Command").join(" ").includes("createServer")) {
    return {
      status: 200,
      headers: { "content-type": "text/html; charset=utf-8" },
      body: "<!doctype html><title>astro</title><h1>It works.</h1><p>This is a placeholder.",
    };
  }
  if (path !== textOf(group.properties, "HealthCheckPath", "/")) return json(404, { detail: "Not Found" });
  if (task.healthy === undefined) return json(500, { detail: "Internal Server Error" });
  const image = textOf(container, "Image");
  const digest = /@(sha256:[0-9a-f]{64})$/.exec(image)?.[1];
  const tag = tagOf(simulator, digest) ?? /:([\w.-]{1,128})$/.exec(image.replace(/@.*$/, ""))?.[1];
  const variable = rowsOf(container.Environment).find(({ Name }) => Name === "RELEASE")?.Value;
  return json(200, { status: "ok", release: variable ?? tag, image: { ref: image, digest, tag }, task: task.id });
}

function tagOf(simulator: Simulator, digest: string | undefined): string | undefined {
  const images = everyResource(simulator.state, "AWS::ECR::Repository").flatMap(imagesOf);
  const tags = images.find((one) => one.digest === digest)?.tags ?? [];
  // Builders keep their layers there too, under sums, and the last layer is the image.
  return tags.find((tag) => !/^[0-9a-f]{64}$/.test(tag)) ?? tags[0];
}

function json(status: number, value: unknown): HttpAnswer {
  return { status, headers: { "content-type": "application/json", server: "uvicorn" }, body: JSON.stringify(value) };
}
