import { hex } from "../../state/hash.ts";
import type { Simulator } from "../../state/simulator.ts";
import type { Call } from "../../wire/call.ts";

/** A session as Session Manager begins it. Its stream is here, where nobody answers it: no client goes to AWS by it. */
export function sessionStart(
  simulator: Simulator,
  { http }: Pick<Call, "http">,
  id: string,
): { readonly SessionId: string; readonly StreamUrl: string; readonly TokenValue: string } {
  const host = http.headers.host ?? "127.0.0.1";
  return {
    SessionId: id,
    StreamUrl: `ws://${host}/v1/data-channel/${id}?role=publish_subscribe`,
    TokenValue: `AAEA${hex(96, simulator.state.seed, id, "token")}`,
  };
}
