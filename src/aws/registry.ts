import { BatchDeleteImageCommand, ECRClient, ListImagesCommand } from "@aws-sdk/client-ecr";
import { ask, codeOf } from "./errors.ts";
import type { Session } from "./session.ts";

/** Images BatchDeleteImage takes in one call (Amazon ECR API Reference). */
const BATCH = 100;

/** Deletes all images of a repository; returns how many, 0 if there is no such repository. */
export async function emptyRepository(session: Session, region: string, repository: string): Promise<number> {
  const client = session.client((settings) => new ECRClient(settings))(region);
  const isGone = (error: unknown) => codeOf(error) === "RepositoryNotFoundException";
  return (await ask("ecr:BatchDeleteImage", () => empty(client, repository), isGone)) ?? 0;
}

async function empty(client: ECRClient, repositoryName: string): Promise<number> {
  const digests = new Set<string>();
  while (true) {
    const { imageIds = [] } = await client.send(new ListImagesCommand({ repositoryName, maxResults: BATCH }));
    const page = [...new Set(imageIds.flatMap((image) => image.imageDigest ?? []))];
    // A manifest list's parts cannot go before it does; a page of nothing new would turn for ever.
    if (page.every((digest) => digests.has(digest))) return digests.size;
    await client.send(
      new BatchDeleteImageCommand({ repositoryName, imageIds: page.map((imageDigest) => ({ imageDigest })) }),
    );
    for (const digest of page) digests.add(digest);
  }
}
