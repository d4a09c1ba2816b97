import { BatchDeleteImageCommand, type ECRClient, ListImagesCommand } from "@aws-sdk/client-ecr";
import type { Cloud } from "../provision/cloud.ts";
import { ask, codeOf } from "./errors.ts";
import type { Session } from "./session.ts";

/** Images BatchDeleteImage takes in one call (Amazon ECR API Reference). */
const BATCH = 100;

/** ECR as the engine asks for it. */
export function registry(session: Session): Pick<Cloud, "emptyRepository"> {
  return {
    emptyRepository: async (region, repository) =>
      (await ask(
        "ecr:BatchDeleteImage",
        () => empty(session.ecr(region), repository),
        (error) => codeOf(error) === "RepositoryNotFoundException",
      )) ?? 0,
  };
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
