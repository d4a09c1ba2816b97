import type { JsonObject } from "../../template/types.ts";
import { invalidationsOf } from "../services/invalidations.ts";
import type { Simulator } from "../state/simulator.ts";
import type { ServiceResource } from "../state/state.ts";
import type { HttpAnswer } from "../wire/protocol.ts";

/** An answer that an edge keeps; its bytes are a blob. */
type Kept = {
  readonly at: number;
  readonly until: number;
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  readonly blob: string;
};

const keptBy = (distribution: ServiceResource) =>
  (distribution.state.edge ?? {}) as unknown as { readonly [uri: string]: Kept };

/** What is kept of a URI, unless it is too old, or an invalidation that is complete has reached it. */
export function cached(simulator: Simulator, distribution: ServiceResource, uri: string): HttpAnswer | undefined {
  const { now } = simulator.state;
  const found = keptBy(distribution)[uri];
  if (found === undefined || found.until <= now) return undefined;
  const reached = invalidationsOf(distribution).some(
    ({ done, paths }) => done <= now && found.at < done && paths.some((path) => isMeant(path, uri)),
  );
  if (reached) return undefined;
  const age = String(Math.floor((now - found.at) / 1000));
  return { status: found.status, headers: { ...found.headers, age }, body: simulator.blobs.get(found.blob) };
}

/** Keeps an answer for so many seconds. */
export function keep(
  simulator: Simulator,
  distribution: ServiceResource,
  uri: string,
  { status, headers, body }: HttpAnswer,
  seconds: number,
): void {
  const { now } = simulator.state;
  const kept: Kept = { at: now, until: now + seconds * 1000, status, headers, blob: simulator.blobs.put(body) };
  distribution.state.edge = { ...keptBy(distribution), [uri]: kept } as unknown as JsonObject;
}

/** Whether a path of an invalidation, which may end in `*`, means a URI (Developer Guide, "What you need to know when invalidating files"). */
function isMeant(path: string, uri: string): boolean {
  const [wanted, asked] = [plain(path), plain(uri)];
  return wanted.endsWith("*") ? asked.startsWith(wanted.slice(0, -1)) : asked === wanted;
}

function plain(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
