import { isCalled } from "../resources/secrets.ts";
import type { Simulator } from "../state/simulator.ts";
import type { ServiceResource } from "../state/state.ts";
import { type Call, type Handler, text } from "../wire/call.ts";
import { listResources } from "./common/resources.ts";
import { headOf, theSecret, usable } from "./find-secret.ts";

/** The policy that a call put on the secret, or a stack's policy resource that names it. */
function policyOf(simulator: Simulator, call: Call, secret: ServiceResource): string | undefined {
  if (secret.state.policy !== undefined) return String(secret.state.policy);
  const policies = listResources(simulator, call, "AWS::SecretsManager::ResourcePolicy");
  const document = policies.find(({ properties }) => isCalled(secret, String(properties.SecretId)))?.properties
    .ResourcePolicy;
  return document === undefined || typeof document === "string" ? document : JSON.stringify(document);
}

export const getResourcePolicy: Handler = (simulator, call) => {
  const secret = theSecret(simulator, call);
  const { VersionId: _, ...head } = headOf(secret);
  return { ...head, ResourcePolicy: policyOf(simulator, call, secret) };
};

export const putResourcePolicy: Handler = (simulator, call) => {
  const secret = usable(theSecret(simulator, call));
  secret.state.policy = text(call.input, "ResourcePolicy") ?? "";
  const { VersionId: _, ...head } = headOf(secret);
  return head;
};

export const deleteResourcePolicy: Handler = (simulator, call) => {
  const secret = usable(theSecret(simulator, call));
  delete secret.state.policy;
  const { VersionId: _, ...head } = headOf(secret);
  return head;
};
