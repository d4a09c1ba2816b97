import { secondsFor } from "../../template/durations.ts";
import type { Simulator } from "../state/simulator.ts";
import type { ServiceResource } from "../state/state.ts";
import { isValidated } from "./certificate-validation.ts";
import { handlerOf } from "./handlers.ts";

/** The type of ACM's certificates. */
export const CERTIFICATE = "AWS::CertificateManager::Certificate";

/**
 * A certificate's status: a stack's is set by the engine; that of one requested by a call depends on the time passed.
 */
export function certificateStatus(simulator: Simulator, certificate: ServiceResource): string {
  const { state, properties, created } = certificate;
  const awaits = handlerOf(CERTIFICATE)?.waitsFor;
  if (state.asked !== true || !awaits) return String(state.status ?? "ISSUED");
  const [before, done, over] = awaits.states;
  const age = simulator.state.now - created;
  const took = secondsFor({ Type: CERTIFICATE, Properties: properties }, "create") * 1000;
  const isFound = age >= took && age < awaits.milliseconds && isValidated(simulator, certificate);
  if (state.status === undefined && isFound) state.status = done;
  return String(state.status ?? (age < awaits.milliseconds ? before : over));
}
