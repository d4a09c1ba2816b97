import type { Phase } from "../config/phases.ts";
import type { NamedTemplate } from "../template/linked.ts";
import type { Template } from "../template/types.ts";

/** A container image that an app needs: whoever publishes its assets builds and pushes it. */
export type ImageAsset = {
  readonly repository: string;
  readonly tag: string;
  /** Absolute path of the manifest that names it. */
  readonly manifest: string;
};

/**
 * What an app needs in its account and no stack of its own creates: with the CDK's default synthesizer what
 * `cdk bootstrap` creates (AWS CDK Developer Guide, "Customize CDK stack synthesis"). `${AWS::AccountId}` and other
 * pseudo parameters are not resolved.
 */
export type Wants = {
  /** The bootstrap's version: its name in Parameter Store, and the lowest version required. */
  readonly bootstrap?: { readonly parameter: string; readonly version: number };
  /** The ARN of CloudFormation's execution role. */
  readonly role?: string;
  /** Names of the buckets that files are published to. */
  readonly buckets?: readonly string[];
  readonly images?: readonly ImageAsset[];
};

/** One stack of a cloud assembly, ready to be deployed. */
export type Stack = {
  readonly name: string;
  readonly region: string;
  /** The only account it may be deployed to; absent for any. */
  readonly account?: string;
  readonly phase: Phase;
  readonly template: Template;
  /** Given values of its parameters; the others have their defaults, or keep their deployed values. */
  readonly parameters?: { readonly [name: string]: string };
  /** Stacks nested in it whose templates are in the assembly, to be priced with it. */
  readonly nested?: readonly NamedTemplate[];
  /** The template's text as it will be sent to CloudFormation. */
  readonly body: string;
  /** Names of the stacks of this assembly that must be deployed before this one. */
  readonly needs: readonly string[];
  readonly tags: { readonly [key: string]: string };
  readonly terminationProtection: boolean;
  /** Asset manifests (absolute paths) of files to publish before the stack is deployed; its own template is not counted. */
  readonly assetManifests: readonly string[];
  readonly wants?: Wants;
};

/** The cloud assembly of one environment. */
export type Assembly = {
  /** Absolute path of the cloud assembly's folder. */
  readonly directory: string;
  readonly stacks: readonly Stack[];
};
