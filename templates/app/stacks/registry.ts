import * as ecr from "aws-cdk-lib/aws-ecr";
import type { Construct } from "constructs";
import { AstroStack, keep, type Settings } from "../lib/astro-stack";

/** Tag prefix of builds that are not deployed. */
const BUILD_TAG = "build-";

/** The repository of the API's images. Only images tagged `build-…` expire: the 20 newest are kept. */
export class RegistryStack extends AstroStack {
  readonly repositoryUri: string;
  readonly repositoryArn: string;

  constructor(scope: Construct, settings: Settings) {
    super(scope, settings, { name: "registry", phase: "data", description: "Repository of the API's images" });
    const { protect } = settings.config;

    const repository = new ecr.CfnRepository(this, "Repository", {
      repositoryName: settings.prefix,
      imageScanningConfiguration: { scanOnPush: true },
      // Production runs what was reviewed under that tag.
      imageTagMutability: protect ? "IMMUTABLE" : "MUTABLE",
      emptyOnDelete: !protect,
      lifecyclePolicy: { lifecyclePolicyText: JSON.stringify(LIFECYCLE) },
    });
    keep(repository, protect);
    this.repositoryUri = this.share("RepositoryUri", repository.attrRepositoryUri);
    this.repositoryArn = this.share("RepositoryArn", repository.attrArn);
    this.output("RepositoryUri", this.repositoryUri, "Push images here");
  }
}

/**
 * Only images with a tag that nobody deploys ever go: a rule for tags selects no other image, and what matches a rule is no
 * lower rule's to expire (Amazon ECR User Guide, "Lifecycle policy properties", "Automate the cleanup of images"). Neither
 * `any` nor `untagged` is safe: an image runs on by its digest after its tag was pushed anew (Amazon ECS Developer Guide,
 * "Container image resolution"), and its age is counted from its own push.
 */
const LIFECYCLE = {
  rules: [
    // Also of a build that was found good and given a second tag: a repository never holds as many (Amazon ECR quotas).
    keepNewest(100_000, "v", "Releases stay"),
    keepNewest(20, BUILD_TAG, "Of what was only built, the 20 newest stay"),
  ].map((rule, index) => ({ rulePriority: index + 1, ...rule })),
};

function keepNewest(countNumber: number, tag: string, description: string) {
  const selection = { tagStatus: "tagged", tagPatternList: [`${tag}*`], countType: "imageCountMoreThan", countNumber };
  return { description, selection, action: { type: "expire" } };
}
