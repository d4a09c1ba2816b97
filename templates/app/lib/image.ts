import { Aws } from "aws-cdk-lib";
import type { Environment } from "./config";

/** An image that ECS can run, and the ARN of its ECR repository where that is not the environment's own. */
export type Image = { name: string; otherRepositoryArn?: string };

const TAG = /^\w[\w.-]{0,127}$/;
const DIGEST = /^sha256:[0-9a-f]{64}$/;
const ECR_HOST = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com\/([^:@]+)/;

/** Finds the image that `chosen` names: a tag or a digest of the environment's own repository, or a full name. */
export function imageOf(chosen: string, repositoryUri: string): Image {
  if (DIGEST.test(chosen)) return { name: `${repositoryUri}@${chosen}` };
  if (TAG.test(chosen)) return { name: `${repositoryUri}:${chosen}` };
  const ecr = ECR_HOST.exec(chosen);
  if (ecr === null) return { name: chosen };
  const [, account, region, repository] = ecr;
  return { name: chosen, otherRepositoryArn: `arn:${Aws.PARTITION}:ecr:${region}:${account}:repository/${repository}` };
}

/**
 * Whether tasks run before the first image is deployed, on the placeholder: without a NAT gateway they could not pull it, since
 * ECR Public has no VPC endpoint (Amazon ECR User Guide, "Amazon ECR interface VPC endpoints").
 */
export function runsAtOnce({ network, service }: Environment): boolean {
  return network.nat !== "none" || service.image !== undefined;
}
