import { DENIED, type OrDenied } from "../provision/workload/port.ts";
import { call, codeOf, isDenied } from "./errors.ts";

/** Codes by which services say that something is not there. */
const MISSING: ReadonlySet<string> = new Set([
  "ClientException",
  "ClusterNotFoundException",
  "DBInstanceNotFound",
  "DBInstanceNotFoundFault",
  "ReplicationGroupNotFoundFault",
  "ResourceNotFoundException",
  "ServiceNotFoundException",
  "TargetGroupNotFound",
  "TargetGroupNotFoundException",
]);

/** Asks; what may not be asked is `denied`, what is not there is `nothing`. Throws AstroError for the rest. */
export function looked<T>(operation: string, nothing: T, send: () => Promise<T>): Promise<OrDenied<T>> {
  return call(operation, async () => {
    try {
      return await send();
    } catch (error) {
      if (isDenied(error)) return DENIED;
      if (MISSING.has(codeOf(error))) return nothing;
      throw error;
    }
  });
}
