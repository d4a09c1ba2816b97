import { Aws } from "aws-cdk-lib";
import type { Environment } from "./config";

/** An image that ECS can run, and the ARN of its ECR repository where that is not the environment's own. */
export type Image = { name: string; otherRepositoryArn?: string };

const ECR_HOST = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com\/([^:@]+)/;

/** Finds the image that `chosen` names: a tag or a digest of the environment's own repository, or a full name. */
export function imageOf(chosen: string, repositoryUri: string): Image {
  if (chosen.startsWith("sha256:")) return { name: `${repositoryUri}@${chosen}` };
  if (!chosen.includes("/")) return { name: `${repositoryUri}:${chosen}` };
  const ecr = ECR_HOST.exec(chosen);
  if (ecr === null) return { name: chosen };
  const [, account, region, repository] = ecr;
  return { name: chosen, otherRepositoryArn: `arn:${Aws.PARTITION}:ecr:${region}:${account}:repository/${repository}` };
}

/**
 * Whether a task could pull its image: without a NAT gateway only private ECR repositories of the same region are
 * within reach (Amazon ECR User Guide, "Amazon ECR interface VPC endpoints": not ECR Public).
 */
export function canPull({ network, service, region }: Environment): boolean {
  if (network.nat !== "none") return true;
  if (service.image === undefined) return false;
  return !service.image.includes("/") || ECR_HOST.exec(service.image)?.[2] === region;
}
