import {
  CfnCondition,
  CfnOutput,
  CfnParameter,
  type CfnResource,
  Fn,
  type IResolvable,
  Lazy,
  type Stack,
  Token,
} from "aws-cdk-lib";
import type * as ecs from "aws-cdk-lib/aws-ecs";
import type { Environment } from "./config";
import { imageOf } from "./image";
import { PLACEHOLDER_IMAGE } from "./placeholder";

/** The parameter of a stack that holds the image it runs, as `astro deploy` deployed it last; empty before the first time. */
const PARAMETER = "Image";

type Secret = ecs.CfnTaskDefinition.SecretProperty;

/**
 * The image of a stack's tasks: what `service.image` pins, or else what was deployed. An update of the stack keeps a parameter
 * that it does not name (CloudFormation User Guide, "Update stacks directly": use existing value), with `cdk` too.
 */
export class AppImage {
  /** The image, or a placeholder while there is none. */
  readonly name: string;
  /** In words, for people. */
  readonly words: string;
  /** The ARN of its ECR repository where that is not the environment's own. */
  readonly otherRepositoryArn?: string;
  private readonly deployed?: CfnCondition;
  private readonly onlyWithImage: unknown[] = [];

  constructor(stack: Stack, { service }: Environment, repositoryUri: string) {
    const parameter = new CfnParameter(stack, PARAMETER, {
      type: "String",
      default: "",
      description: "The image that runs: set by astro deploy, kept by everything else",
    });
    const pinned = service.image;
    const marked = { parameter: PARAMETER, ...(pinned !== undefined && { pinned }) };
    stack.templateOptions.metadata = { ...stack.templateOptions.metadata, "astro:image": marked };
    const none = Fn.conditionEquals(parameter.valueAsString, "");
    const deployed = new CfnCondition(stack, "HasImage", { expression: Fn.conditionNot(none) });
    if (pinned !== undefined) {
      const image = imageOf(pinned, repositoryUri);
      this.name = image.name;
      this.words = pinned;
      this.otherRepositoryArn = image.otherRepositoryArn;
      const description = "Deployed last; runs again once no image is pinned";
      new CfnOutput(stack, "DeployedImage", { value: parameter.valueAsString, description, condition: deployed });
      return;
    }
    this.deployed = deployed;
    this.name = this.text(parameter.valueAsString, PLACEHOLDER_IMAGE);
    this.words = this.text(parameter.valueAsString, "nothing of yours yet: astro deploy");
  }

  /** The condition under which there is an image; none where one is pinned, which is always there. */
  get condition(): CfnCondition | undefined {
    return this.deployed;
  }

  /** One text with an image, another without. */
  text(withImage: string, without: string): string {
    return this.deployed === undefined ? withImage : Token.asString(this.choose(this.deployed, withImage, without));
  }

  /** One number with an image, another without; undefined leaves the property out. */
  count(withImage: number | undefined, without: number): number | undefined {
    this.note(withImage);
    return this.deployed === undefined ? withImage : Token.asNumber(this.choose(this.deployed, withImage, without));
  }

  /** A command that only the placeholder is given: an image has its own. */
  placeholderCommand(words: string[]): string[] | undefined {
    return this.deployed === undefined ? undefined : Token.asList(this.choose(this.deployed, undefined, words));
  }

  /** Secrets that only an image is given: the placeholder needs none, so that a first provisioning is done before they are set. */
  secrets(all: Secret[]): (Secret | IResolvable)[] {
    const { deployed } = this;
    if (deployed === undefined) return all;
    this.note(...all.map(({ name }) => name));
    const given = ({ name, valueFrom }: Secret) => ({ Name: name, ValueFrom: valueFrom });
    return all.map((one) => this.choose(deployed, given(one), undefined));
  }

  /** Notes settings that change nothing while there is no image. */
  note(...settings: unknown[]): void {
    this.onlyWithImage.push(...settings.filter((one) => one !== undefined));
  }

  /**
   * Has a resource, which is always there, tell of those settings in its metadata: CloudFormation keeps no template that changes
   * nothing, and the first release, which changes the image alone, would run without them. A change of metadata is one, and
   * replaces nothing (CloudFormation API Reference, ResourceTargetDefinition: Attribute, RequiresRecreation).
   */
  tell(resource: CfnResource): void {
    if (this.deployed === undefined) return;
    const told = Lazy.any({ produce: () => this.onlyWithImage }, { omitEmptyArray: true });
    resource.addMetadata("astro:with-image", told);
  }

  private choose(condition: CfnCondition, yes: unknown, no: unknown) {
    const none = Fn.ref("AWS::NoValue");
    return Fn.conditionIf(condition.logicalId, yes ?? none, no ?? none);
  }
}
