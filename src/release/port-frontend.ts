import type { FrontendFile } from "../build/frontend-manifest.ts";

/** An object of a bucket as a listing tells of it. */
export type ListedObject = { readonly key: string; readonly etag: string; readonly bytes: number };

/** Where an object lies. */
export type ObjectPlace = { readonly bucket: string; readonly key: string };

/** How an invalidation stands: CloudFront's own words (Amazon CloudFront API Reference, "Invalidation"). */
export type Invalidation = { readonly id: string; readonly status: "InProgress" | "Completed" };

/**
 * What publishing a frontend asks of AWS. Every call may be repeated safely; every failure is an `AstroError`. A bucket
 * that is not there is an error; an object that is not there is `undefined`.
 */
export type FrontendCloud = {
  /** Every object of a bucket whose key begins with `prefix`. */
  readonly listObjects: (region: string, bucket: string, prefix: string) => Promise<readonly ListedObject[]>;
  readonly readObject: (region: string, bucket: string, key: string) => Promise<string | undefined>;
  readonly writeObject: (region: string, bucket: string, key: string, body: string) => Promise<void>;
  /**
   * Sends a file of this machine, in parts where it is large. Throws AstroError("conflict") for one whose content is not
   * (any more) what `sha256` says: nothing is stored then.
   */
  readonly sendFile: (
    region: string,
    to: ObjectPlace,
    file: { readonly local: string; readonly sha256: string; readonly bytes: number },
  ) => Promise<void>;
  /** Copies an object inside AWS and gives it these headers in place of its own; returns the copy's ETag. */
  readonly copyObject: (
    region: string,
    from: ObjectPlace,
    to: ObjectPlace,
    file: Pick<FrontendFile, "type" | "cacheControl" | "sha256">,
  ) => Promise<string>;
  /** Deletes objects; those that are gone already count as deleted. */
  readonly removeObjects: (region: string, bucket: string, keys: readonly string[]) => Promise<void>;
  /** Has CloudFront forget what it keeps of these paths (of `region` it takes the partition); the same `reference` and paths make no second one. */
  readonly invalidate: (
    region: string,
    distribution: string,
    paths: readonly string[],
    reference: string,
  ) => Promise<Invalidation>;
  readonly invalidation: (region: string, distribution: string, id: string) => Promise<Invalidation>;
};
