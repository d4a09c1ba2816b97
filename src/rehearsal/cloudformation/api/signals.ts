import { signal } from "../../engine/signals.ts";
import type { Simulator } from "../../state/simulator.ts";
import { type Call, type CallResult, type HttpRequest, needed } from "../../wire/call.ts";
import { invalid } from "../../wire/error.ts";
import type { HttpAnswer } from "../../wire/protocol.ts";
import { missingInBrackets, theStack } from "../find.ts";

export function signalResource(simulator: Simulator, call: Call): CallResult {
  const { input } = call;
  const stack = theStack(simulator.state, call.scope, needed(input, "StackName"), missingInBrackets);
  const [logicalId, id, status] = ["LogicalResourceId", "UniqueId", "Status"].map((name) => needed(input, name)) as [
    string,
    string,
    string,
  ];
  if (!stack.operation) throw invalid(`Stack ${stack.id} is in ${stack.status} state and cannot be signaled`);
  if (!stack.resources[logicalId]) throw invalid(`Resource ${logicalId} does not exist for stack ${stack.name}`);
  signal(simulator, stack, logicalId, { id, status: status === "FAILURE" ? "FAILURE" : "SUCCESS" });
  return {};
}

/**
 * A PUT to a wait condition handle's URL (its path; the host is one of AWS's): `undefined` for any other request. Needs
 * no signature, as the real URL is presigned.
 */
export function handleSignal(simulator: Simulator, http: HttpRequest): HttpAnswer | undefined {
  if (http.method !== "PUT" || !http.path.startsWith("/arn%3A")) return undefined;
  const [id, logicalId = ""] = http.path.slice(1).split("/").map(decodeURIComponent);
  const stack = simulator.state.stacks.find((one) => one.id === id);
  if (!stack?.resources[logicalId]) return { status: 404, headers: {}, body: "" };
  const sent = JSON.parse(http.body.toString("utf8")) as { readonly [name: string]: string };
  signal(simulator, stack, logicalId, {
    id: sent.UniqueId ?? "",
    status: sent.Status === "SUCCESS" ? "SUCCESS" : "FAILURE",
    ...(sent.Reason !== undefined && { reason: sent.Reason }),
    ...(sent.Data !== undefined && { data: sent.Data }),
  });
  return { status: 200, headers: {}, body: "" };
}
