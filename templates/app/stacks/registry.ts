import * as ecr from "aws-cdk-lib/aws-ecr";
import type { Construct } from "constructs";
import { AstroStack, keep, type Place } from "../lib/astro-stack";

/** Where the API's images are pushed; the 20 newest are kept. */
export class RegistryStack extends AstroStack {
  readonly repositoryUri: string;
  readonly repositoryArn: string;

  constructor(scope: Construct, place: Place) {
    super(scope, place, { name: "registry", phase: "data", description: "Repository of the API's images" });
    const { protect } = place.config;

    const repository = new ecr.CfnRepository(this, "Repository", {
      repositoryName: place.prefix,
      imageScanningConfiguration: { scanOnPush: true },
      // What runs in production is what was reviewed under that tag.
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

/** A rule for `any` image has the highest number (Amazon ECR User Guide, "Lifecycle policy properties"). */
const LIFECYCLE = {
  rules: [
    {
      rulePriority: 1,
      description: "Untagged images go after 7 days",
      selection: { tagStatus: "untagged", countType: "sinceImagePushed", countUnit: "days", countNumber: 7 },
      action: { type: "expire" },
    },
    {
      rulePriority: 2,
      description: "The 20 newest stay",
      selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: 20 },
      action: { type: "expire" },
    },
  ],
};
