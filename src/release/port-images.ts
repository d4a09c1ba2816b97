import type { RegistryLogin } from "../build/registry-login.ts";

/** An image of the environment's own repository. */
export type StoredImage = {
  readonly digest: string;
  readonly tags: readonly string[];
  /** Bytes as they are stored, compressed. */
  readonly size?: number;
  /** ISO 8601. */
  readonly pushedAt?: string;
};

/** An image of another registry, as it stands now. */
export type PublicImage = { readonly digest: string; readonly platforms: readonly string[] };

/** A weakness that the repository's scan found, by its name (`CVE-…`), and the package that has it. */
export type ScanFinding = { readonly name: string; readonly package?: string; readonly uri?: string };

/** What the scan of an image has come to: `none` where nobody scans it. */
export type ImageScan =
  | { readonly status: "none" | "in-progress" }
  | { readonly status: "failed"; readonly reason: string }
  | {
      readonly status: "complete";
      /** Findings of severity CRITICAL: how many, and the first of them. */
      readonly critical: number;
      readonly findings: readonly ScanFinding[];
    };

/** An environment's repository of images, and what others publish. All throw AstroError for what AWS refuses. */
export type ImagesPort = {
  /** The repository's URI, by which tasks pull; undefined if there is none of this name. */
  readonly repositoryUri: (repository: string) => Promise<string | undefined>;
  /** A login for pushes, of some hours. */
  readonly registryLogin: () => Promise<RegistryLogin>;
  /** The image of a tag or of a digest; undefined if it is not in the repository. */
  readonly storedImage: (repository: string, version: string) => Promise<StoredImage | undefined>;
  /** Tags that begin so, of the image that was pushed last. */
  readonly newestTags: (repository: string, prefix: string) => Promise<readonly string[]>;
  /** What an image is built for, as `os/architecture`; none where that cannot be read. */
  readonly imagePlatforms: (repository: string, digest: string) => Promise<readonly string[]>;
  /** What the repository's scan has found. */
  readonly imageScan: (repository: string, digest: string) => Promise<ImageScan>;
  /** An image that anybody may pull, by its full name; undefined if it does not exist. Throws AstroError("unreachable"). */
  readonly publicImage: (name: string, signal: AbortSignal) => Promise<PublicImage | undefined>;
};
