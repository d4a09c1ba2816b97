import {
  CfnDeletionPolicy,
  CfnOutput,
  type CfnResource,
  CliCredentialsStackSynthesizer,
  LegacyStackSynthesizer,
  Stack,
  Tags,
} from "aws-cdk-lib";
import { ManagedPolicy, PermissionsBoundary } from "aws-cdk-lib/aws-iam";
import type { Construct } from "constructs";
import type { Environment } from "./config";
import { valuePath } from "./names";
import { shareList, shareText } from "./values";

/** The phases of `astro provision`, in the order they run (bootstrap, the first, is astro's own). */
export type Phase = "vpc" | "data" | "ecs" | "dns";

/** The settings that every stack of an environment gets. */
export type Settings = {
  /** Name of the project. */
  project: string;
  /** Name of the environment. */
  environment: string;
  /** PROJECT-ENVIRONMENT: what names of stacks and resources begin with. */
  prefix: string;
  config: Environment;
};

/**
 * These take tags of their own only of late, and linters do not know it yet; the stack's tags reach them all the same
 * (CloudFormation User Guide, "Resource tag").
 */
const TAGGED_BY_STACK = [
  "AWS::ApplicationAutoScaling::ScalableTarget",
  "AWS::CloudWatch::Dashboard",
  "AWS::ElasticLoadBalancingV2::Listener",
  "AWS::ElasticLoadBalancingV2::ListenerRule",
];

export type StackOptions = {
  /** The stack is called PROJECT-ENVIRONMENT-name. */
  name: string;
  phase: Phase;
  description: string;
  /**
   * Where it lives, if not in the environment's region; it can then hold no files, since no bucket is there for sure. Its
   * template is sent in the call, and no role of a CDK bootstrap is asked to work for it.
   */
  region?: string;
  /** An optional feature: its removal is allowed in a protected environment too. */
  optional?: boolean;
};

/** A stack of one environment: named, tagged and placed in its phase. */
export class AstroStack extends Stack {
  protected readonly settings: Settings;
  private readonly shortName: string;

  constructor(scope: Construct, settings: Settings, options: StackOptions) {
    const tags = { Project: settings.project, Environment: settings.environment, ManagedBy: "astro" };
    super(scope, `${settings.prefix}-${options.name}`, {
      description: options.description,
      env: { region: options.region ?? settings.config.region, account: settings.config.account },
      tags,
      terminationProtection: settings.config.protect && options.optional !== true,
      synthesizer: options.region === undefined ? bootstrapBucketSynthesizer(settings) : new LegacyStackSynthesizer(),
    });
    this.settings = settings;
    this.shortName = options.name;
    this.templateOptions.metadata = { "astro:phase": options.phase };
    for (const [key, value] of Object.entries(tags)) {
      Tags.of(this).add(key, value, { excludeResourceTypes: TAGGED_BY_STACK });
    }
    const { boundary } = settings.config;
    if (boundary !== undefined) {
      PermissionsBoundary.of(this).apply(ManagedPolicy.fromManagedPolicyArn(this, "PermissionsBoundary", boundary));
    }
  }

  /** A dependency without a reference. `astro destroy` reads it from the deployed template, to delete in reverse order. */
  override addStackDependency(target: Stack, reason?: string): void {
    super.addStackDependency(target, reason);
    const { "astro:needs": before = [], ...rest } = this.templateOptions.metadata ?? {};
    const needs = [...new Set([...before, target.stackName])].sort();
    this.templateOptions.metadata = { ...rest, "astro:needs": needs };
  }

  /**
   * A value that other stacks may read, through a property of this one; its `name` is stable. From another region than
   * the environment's it is CDK's weak reference.
   */
  protected share(name: string, value: string): string {
    return this.isElsewhere() ? value : shareText(this.stored(name), value);
  }

  /** The same for a list. Its texts have no commas, and with them at most 4096 characters. */
  protected shareList(name: string, values: string[]): string[] {
    return this.isElsewhere() ? values : shareList(this.stored(name), values);
  }

  private isElsewhere(): boolean {
    return this.region !== this.settings.config.region;
  }

  private stored(name: string) {
    const words = this.shortName.split("-").map((word) => word.charAt(0).toUpperCase() + word.slice(1));
    return { owner: this, name, path: valuePath(this.settings, this.shortName, name), id: `${words.join("")}${name}` };
  }

  /** An output for users; its `id` is stable. */
  protected output(id: string, value: string, description: string): void {
    new CfnOutput(this, id, { value, description });
  }
}

/**
 * Files, and templates too large to be sent, go to the bucket of astro's bootstrap: no second bootstrap stack. There into
 * the environment's own folder, which alone its operators may write to.
 */
function bootstrapBucketSynthesizer({ project, environment }: Settings): CliCredentialsStackSynthesizer {
  return new CliCredentialsStackSynthesizer({
    fileAssetsBucketName: "astro-bootstrap-${AWS::AccountId}-${AWS::Region}",
    bucketPrefix: `environments/${project}/${environment}/assets/`,
  });
}

/**
 * Keeps what holds data: a replacement never deletes the old resource, and where the environment is protected the
 * removal of its stack does not either (CloudFormation User Guide, "DeletionPolicy attribute").
 */
export function keep(resource: CfnResource, protect: boolean): void {
  resource.cfnOptions.updateReplacePolicy = CfnDeletionPolicy.RETAIN;
  resource.cfnOptions.deletionPolicy = protect ? CfnDeletionPolicy.RETAIN : CfnDeletionPolicy.DELETE;
}
