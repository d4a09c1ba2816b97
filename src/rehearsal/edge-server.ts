import { edgeAnswer } from "./edge/edge.ts";
import { advance } from "./engine/advance.ts";
import { type Listening, listen } from "./server.ts";
import type { SimulatedClock } from "./simulated-clock.ts";
import type { Simulator } from "./state/simulator.ts";
import type { Store } from "./storage/store.ts";

/**
 * Serves what the internet would: distributions and load balancers by the name in the Host header. Anybody may ask, a web
 * page too: it is what everybody may see, and nothing is changed by it but what is cached.
 */
export function openEdge(simulator: Simulator, store: Store, clock: SimulatedClock): Promise<Listening> {
  const anybody = () => undefined;
  return listen(
    0,
    clock.busy,
    (request) => {
      try {
        store.check();
        advance(simulator, clock.now());
        return edgeAnswer(simulator, request);
      } catch {
        // Another process has taken the state over.
        return { status: 0, headers: {}, body: "", cut: 0 };
      }
    },
    anybody,
  );
}
