import { BatchDeleteImageCommand, ECRClient, type ImageFailure, paginateListImages } from "@aws-sdk/client-ecr";
import { command } from "../command-line.ts";
import { AstroError } from "../errors.ts";
import { callOptional, codeOf } from "./errors.ts";
import type { AwsSession } from "./session.ts";

/** Images BatchDeleteImage takes in one call (Amazon ECR API Reference). */
const BATCH = 100;

/** Images that are named of those that cannot be deleted. */
const NAMED = 3;

/** Rounds in which images may be pushed meanwhile; whoever pushes longer is told of by what comes after. */
const ROUNDS = 10;

/**
 * Deletes all images of a repository, tags that cannot be overwritten or not; returns how many, 0 if there is no such
 * repository. Throws AstroError("failed") that names what cannot be deleted.
 */
export async function emptyRepository(session: AwsSession, region: string, repository: string): Promise<number> {
  const client = session.client((settings) => new ECRClient(settings))(region);
  const isGone = (error: unknown) => codeOf(error) === "RepositoryNotFoundException";
  return (await callOptional("ecr:BatchDeleteImage", () => empty(client, region, repository), isGone)) ?? 0;
}

async function empty(client: ECRClient, region: string, repository: string): Promise<number> {
  const gone = new Set<string>();
  for (let round = 0; round < ROUNDS; round++) {
    const before = gone.size;
    const found = await digestsOf(client, repository);
    if (found.length === 0) break;
    const failures: ImageFailure[] = [];
    for (let at = 0; at < found.length; at += BATCH) {
      const imageIds = found.slice(at, at + BATCH).map((imageDigest) => ({ imageDigest }));
      const answer = await client.send(new BatchDeleteImageCommand({ repositoryName: repository, imageIds }));
      for (const { imageDigest } of answer.imageIds ?? []) if (imageDigest !== undefined) gone.add(imageDigest);
      failures.push(...(answer.failures ?? []).filter(({ failureCode }) => failureCode !== "ImageNotFound"));
    }
    // A part of a manifest list goes in the round after the list's; where none goes, none ever will.
    if (gone.size === before && failures.length > 0) throw undeletable(region, repository, failures);
  }
  return gone.size;
}

async function digestsOf(client: ECRClient, repositoryName: string): Promise<readonly string[]> {
  const digests = new Set<string>();
  for await (const { imageIds = [] } of paginateListImages({ client }, { repositoryName })) {
    for (const { imageDigest } of imageIds) if (imageDigest !== undefined) digests.add(imageDigest);
  }
  return [...digests];
}

function undeletable(region: string, repository: string, failures: readonly ImageFailure[]): AstroError {
  const named = failures.slice(0, NAMED).map(({ imageId }) => imageId?.imageDigest ?? imageId?.imageTag ?? "?");
  const more = failures.length > NAMED ? ` and ${failures.length - NAMED} more` : "";
  const [first] = failures;
  return new AstroError(
    "failed",
    `${repository}: ECR does not delete ${named.join(", ")}${more}: ${first?.failureReason ?? first?.failureCode}`,
    {
      text: "fix what ECR names, or delete the repository with all its images, then run the same command again",
      command: command`aws ecr delete-repository --force --repository-name ${repository} --region ${region}`,
    },
  );
}
