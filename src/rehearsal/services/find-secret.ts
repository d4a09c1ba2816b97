import { isCalled, SECRET } from "../resources/secrets.ts";
import type { Simulator } from "../state/simulator.ts";
import type { ServiceResource } from "../state/state.ts";
import { type Call, type CallResult, text } from "../wire/call.ts";
import { AwsError } from "../wire/error.ts";
import { listResources } from "./common/resources.ts";

export function theSecret(simulator: Simulator, call: Call): ServiceResource {
  const id = text(call.input, "SecretId") ?? "";
  const found = listResources(simulator, call, SECRET).find((one) => isCalled(one, id));
  if (!found) throw new AwsError("ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
  return found;
}

export function usable(secret: ServiceResource): ServiceResource {
  if (secret.state.deleted === undefined) return secret;
  throw new AwsError(
    "InvalidRequestException",
    "You can't perform this operation on the secret because it was marked for deletion.",
  );
}

export function headOf(secret: ServiceResource): CallResult {
  return { ARN: secret.id, Name: String(secret.state.name ?? ""), VersionId: String(secret.state.version ?? "") };
}

/** A day in milliseconds. */
export const DAY = 86_400_000;

/** When the value that it has now was written. */
export const writtenAt = ({ state, created }: ServiceResource) => Number(state.written ?? created);
