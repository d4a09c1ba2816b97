import type { Phase } from "../config/phases.ts";
import type { Template } from "../template/types.ts";

/** A file that a stack needs in the bootstrap bucket before it is deployed (a zip of Lambda code, say). */
export type FileAsset = {
  /** Absolute path of the file or folder on disk. */
  readonly path: string;
  readonly packaging: "file" | "zip";
  readonly bucket: string;
  readonly key: string;
};

/** One stack of a cloud assembly, ready to be deployed. */
export type Stack = {
  readonly name: string;
  readonly region: string;
  readonly phase: Phase;
  readonly template: Template;
  /** The template's text as it will be sent to CloudFormation. */
  readonly body: string;
  /** Names of the stacks of this assembly that must stand before this one. */
  readonly needs: readonly string[];
  readonly tags: { readonly [key: string]: string };
  readonly terminationProtection: boolean;
  readonly assets: readonly FileAsset[];
};

/** What synthesis made of one environment. */
export type Assembly = {
  /** Absolute path of the cloud assembly's folder. */
  readonly directory: string;
  readonly stacks: readonly Stack[];
};
