import type { LargeContext } from "./context-files.ts";

/** What is told of an image on its way into the repository, by the event's type. */
type ImageFacts = {
  /** The image is in the repository already: nothing is built. */
  readonly "image.found": { readonly tag: string; readonly digest: string };
  /** A builder begins. */
  readonly "image.building": {
    readonly builder: string;
    readonly tag: string;
    readonly platform?: string;
    readonly commit?: string;
    readonly dirty: boolean;
  };
  /** A context without a `.dockerignore` that is larger than it should be. */
  readonly "image.context-large": LargeContext;
  /** A line that the builder says. */
  readonly "image.output": { readonly line: string };
  /** The image is built, and on its way into the repository. */
  readonly "image.pushing": { readonly repository: string; readonly tag: string };
  /** The repository's token expired on the way; the push goes on with a new one. */
  readonly "image.token-renewed": { readonly repository: string };
  /** The image is in the repository. */
  readonly "image.pushed": { readonly tag: string; readonly digest: string };
};

/** A fact about an image on its way. */
export type ImageEvent = { [Type in keyof ImageFacts]: { readonly type: Type } & ImageFacts[Type] }[keyof ImageFacts];
