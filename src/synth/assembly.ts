import type { Phase } from "../config/phases.ts";
import type { NamedTemplate } from "../template/linked.ts";
import type { Template } from "../template/types.ts";

/** A container image that an app counts on: whoever publishes its assets builds and pushes it. */
export type ImageAsset = {
  readonly repository: string;
  readonly tag: string;
  /** Absolute path of the manifest that names it. */
  readonly manifest: string;
};

/**
 * What an app counts on in its account that no stack of its own makes: with the CDK's default synthesizer what
 * `cdk bootstrap` makes (AWS CDK Developer Guide, "Customize CDK stack synthesis"). `${AWS::AccountId}` and its like are
 * as the app writes them.
 */
export type Wants = {
  /** The bootstrap's version: where it is kept in Parameter Store, and the least that will do. */
  readonly bootstrap?: { readonly parameter: string; readonly version: number };
  /** The ARN of the role by which CloudFormation is to work. */
  readonly role?: string;
  /** Names of the buckets that files are published to. */
  readonly buckets?: readonly string[];
  readonly images?: readonly ImageAsset[];
};

/** One stack of a cloud assembly, ready to be deployed. */
export type Stack = {
  readonly name: string;
  readonly region: string;
  /** The only account that the app lets it be deployed to; absent for any. */
  readonly account?: string;
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
  readonly wants?: Wants;
};

/** What synthesis made of one environment. */
export type Assembly = {
  /** Absolute path of the cloud assembly's folder. */
  readonly directory: string;
  readonly stacks: readonly Stack[];
};
