import type { Model } from "./model/model.ts";
import type { World } from "./world.ts";

/** Contents by name: templates, S3 objects. Names are SHA-256 sums, so a name's content never changes. */
export type Blobs = {
  readonly put: (content: Uint8Array | string) => string;
  /** The content of a name that `put` returned. */
  readonly get: (name: string) => Buffer;
};

/** A resource type of which the next one made or changed fails, and AWS's words for why. */
export type Fault = { readonly resourceType: string; readonly reason?: string };

/** All that the services of one rehearsal work on. */
export type Stage = {
  readonly world: World;
  readonly blobs: Blobs;
  readonly model: Model;
  /** Faults that did not happen yet; the first of a type is taken when one of its resources is put to work. */
  readonly faults: Fault[];
};
