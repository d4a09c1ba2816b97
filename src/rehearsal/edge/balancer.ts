import type { JsonObject } from "../../template/types.ts";
import { listOf, partOf, rowsOf, textOf } from "../resources/properties.ts";
import { SERVICE } from "../services/ecs/rollouts.ts";
import { type SimulatedTask, tasksOf } from "../services/ecs/tasks.ts";
import { isTaskRunning } from "../services/ecs/view.ts";
import { everyResource } from "../state/resource-store.ts";
import type { Simulator } from "../state/simulator.ts";
import type { ServiceResource } from "../state/state.ts";
import type { HttpAnswer } from "../wire/protocol.ts";
import { taskAnswer } from "./task.ts";

/** A request as it reaches a load balancer. */
export type BalancerRequest = {
  readonly scheme: "http" | "https";
  readonly host: string;
  /** Without the query. */
  readonly path: string;
  readonly headers: { readonly [name: string]: string };
};

const KIND = "AWS::ElasticLoadBalancingV2::";

/** The load balancer that a name leads to: its own, or one that a record of a hosted zone gives it. */
export function balancerAt(simulator: Simulator, host: string): ServiceResource | undefined {
  const all = everyResource(simulator.state, `${KIND}LoadBalancer`);
  const called = (name: string) =>
    all.find(({ attributes }) => textOf(attributes, "DNSName").toLowerCase() === name.toLowerCase());
  const record = everyResource(simulator.state, "AWS::Route53::RecordSet").find(
    ({ properties }) => textOf(properties, "Name").replace(/\.$/, "") === host,
  );
  if (record === undefined) return called(host);
  const target =
    textOf(partOf(record.properties.AliasTarget), "DNSName") || listOf(record.properties, "ResourceRecords")[0];
  return called((target ?? "").replace(/\.$/, "").replace(/^dualstack\./, ""));
}

const html = (status: number, words: string): HttpAnswer => ({
  status,
  headers: { "content-type": "text/html", server: "awselb/2.0" },
  body: `<html>\r\n<head><title>${status} ${words}</title></head>\r\n<body>\r\n<center><h1>${status} ${words}</h1></center>\r\n</body>\r\n</html>\r\n`,
});

/** What a load balancer answers, by its listeners' rules; undefined where it does not listen. */
export function balancerAnswer(
  simulator: Simulator,
  balancer: ServiceResource,
  request: BalancerRequest,
): HttpAnswer | undefined {
  const port = request.scheme === "https" ? 443 : 80;
  const listener = everyResource(simulator.state, `${KIND}Listener`).find(
    ({ properties }) => properties.LoadBalancerArn === balancer.id && Number(properties.Port) === port,
  );
  if (listener === undefined) return undefined;
  const rule = everyResource(simulator.state, `${KIND}ListenerRule`)
    .filter(({ properties }) => properties.ListenerArn === listener.id)
    .toSorted((a, b) => Number(a.properties.Priority) - Number(b.properties.Priority))
    .find(({ properties }) => rowsOf(properties.Conditions).every((condition) => meets(condition, request)));
  const action = rowsOf(rule?.properties.Actions ?? listener.properties.DefaultActions).at(-1) ?? {};
  return actionAnswer(simulator, action, request);
}

/** A pattern with `*` and `?` (Elastic Load Balancing User Guide, "Condition types for listener rules"). */
function isLike(pattern: string, text: string): boolean {
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`).test(text);
}

function meets(condition: JsonObject, { host, path, headers }: BalancerRequest): boolean {
  const field = textOf(condition, "Field");
  const config = (name: string) => partOf(condition[name]);
  const values = (name: string) => [...listOf(config(name), "Values"), ...listOf(condition, "Values")];
  if (field === "path-pattern") return values("PathPatternConfig").some((one) => isLike(one, path));
  if (field === "host-header")
    return values("HostHeaderConfig").some((one) => isLike(one.toLowerCase(), host.toLowerCase()));
  if (field !== "http-header") return false;
  const sent = headers[textOf(config("HttpHeaderConfig"), "HttpHeaderName").toLowerCase()];
  return sent !== undefined && values("HttpHeaderConfig").some((one) => isLike(one, sent));
}

function actionAnswer(simulator: Simulator, action: JsonObject, request: BalancerRequest): HttpAnswer {
  const { host, path } = request;
  const [redirect, fixed] = [partOf(action.RedirectConfig), partOf(action.FixedResponseConfig)];
  switch (textOf(action, "Type")) {
    case "redirect": {
      const scheme = textOf(redirect, "Protocol", request.scheme).toLowerCase();
      const location = `${scheme}://${host}:${textOf(redirect, "Port", "443")}${path}`;
      const status = textOf(redirect, "StatusCode") === "HTTP_302" ? 302 : 301;
      return { status, headers: { location, server: "awselb/2.0" }, body: "" };
    }
    case "fixed-response":
      return {
        status: Number(textOf(fixed, "StatusCode", "200")),
        headers: { "content-type": textOf(fixed, "ContentType", "text/plain"), server: "awselb/2.0" },
        body: textOf(fixed, "MessageBody"),
      };
    default: {
      const [first] = rowsOf(partOf(action.ForwardConfig).TargetGroups);
      const arn = textOf(action, "TargetGroupArn") || textOf(first ?? {}, "TargetGroupArn");
      return forwarded(simulator, arn, request);
    }
  }
}

/**
 * A healthy target's answer; where there is none but others, one of those is asked all the same (Elastic Load Balancing
 * User Guide, "Target groups": target group health); without any it is a 503 ("Troubleshoot your Application Load
 * Balancers": HTTP 503).
 */
function forwarded(simulator: Simulator, arn: string, { path }: BalancerRequest): HttpAnswer {
  const group = everyResource(simulator.state, `${KIND}TargetGroup`).find(({ id }) => id === arn);
  const services = everyResource(simulator.state, SERVICE).filter(({ properties }) =>
    rowsOf(properties.LoadBalancers).some(({ TargetGroupArn }) => TargetGroupArn === arn),
  );
  const running = services.flatMap((service) =>
    tasksOf(simulator, service)
      .filter((task) => isTaskRunning(task) && task.stopping === undefined)
      .map((task) => ({ service, task })),
  );
  const chosen = running.findLast(({ task }) => task.healthy !== undefined) ?? running.at(-1);
  if (group === undefined || chosen === undefined) return html(503, "Service Temporarily Unavailable");
  const failing = failure(chosen.task);
  return failing ?? taskAnswer(simulator, { ...chosen, group, path });
}

/** What comes of a task that does not serve (the same guide: HTTP 502, HTTP 504). */
function failure({ healthy, rollout }: SimulatedTask): HttpAnswer | undefined {
  if (healthy !== undefined) return undefined;
  if (rollout.workload === "health-check-timeout") return html(504, "Gateway Time-out");
  return rollout.workload === "health-check" ? undefined : html(502, "Bad Gateway");
}
