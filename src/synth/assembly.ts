import type { Phase } from "../config/phases.ts";
import type { NamedTemplate } from "../template/linked.ts";
import type { Template } from "../template/types.ts";

/** One stack of a cloud assembly, ready to be deployed. */
export type Stack = {
  readonly name: string;
  readonly region: string;
  readonly phase: Phase;
  readonly template: Template;
  /** Values of its parameters that somebody gave; the others have their defaults, or keep what they stand with. */
  readonly parameters?: { readonly [name: string]: string };
  /** Stacks nested in it whose templates are in the assembly, to be priced with it. */
  readonly nested?: readonly NamedTemplate[];
  /** The template's text as it will be sent to CloudFormation. */
  readonly body: string;
  /** Names of the stacks of this assembly that must stand before this one. */
  readonly needs: readonly string[];
  readonly tags: { readonly [key: string]: string };
  readonly terminationProtection: boolean;
  /** Asset manifests (absolute paths) of files to publish before the stack is deployed; its own template is not counted. */
  readonly assetManifests: readonly string[];
};

/** What synthesis made of one environment. */
export type Assembly = {
  /** Absolute path of the cloud assembly's folder. */
  readonly directory: string;
  readonly stacks: readonly Stack[];
};
