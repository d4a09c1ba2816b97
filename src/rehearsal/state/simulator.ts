import type { Model } from "../model/model.ts";
import type { PendingFault } from "./faults.ts";
import type { State } from "./state.ts";

/** Contents by name: templates, S3 objects. Names are SHA-256 sums, so a name's content never changes. */
export type Blobs = {
  readonly put: (content: Uint8Array | string) => string;
  /** The content of a name that `put` returned. */
  readonly get: (name: string) => Buffer;
};

/** Everything that the simulated services work on. */
export type Simulator = {
  readonly state: State;
  readonly blobs: Blobs;
  readonly model: Model;
  /** Pending faults: assigned to resources when their operation is accepted, to calls when they arrive. */
  readonly faults: PendingFault[];
};
