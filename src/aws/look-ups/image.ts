import type { ECRClient } from "@aws-sdk/client-ecr";
import type { ImageRef, LookUps } from "../../preflight/look-ups.ts";
import { type Asking, isOneOf } from "./asking.ts";

/** Manifests of images and of lists of them (OCI Image Manifest Specification; Docker Image Manifest V2, Schema 2). */
export const MANIFESTS = [
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.v2+json",
];

/** Milliseconds a manifest's configuration may take to come. */
const PATIENCE = 5000;

export type BuiltFor = { readonly os?: string; readonly architecture?: string };
type Manifest = {
  readonly manifests?: readonly { readonly platform?: BuiltFor }[];
  readonly config?: { readonly digest?: string };
};

/** What an image of ECR is built for. */
export function image({ at, ask }: Asking): Pick<LookUps, "image"> {
  return {
    image: async (ref) => {
      const { BatchGetImageCommand, ECRClient } = await import("@aws-sdk/client-ecr");
      const client = at(ref.region, "ecr", (settings) => new ECRClient(settings));
      const { registry: registryId, repository: repositoryName, version } = ref;
      const command = new BatchGetImageCommand({
        registryId,
        repositoryName,
        imageIds: [version.startsWith("sha256:") ? { imageDigest: version } : { imageTag: version }],
        acceptedMediaTypes: MANIFESTS,
      });
      const found = await ask("ecr:BatchGetImage", () => client.send(command), isOneOf("RepositoryNotFound"));
      const text = found?.images?.[0]?.imageManifest;
      return text === undefined ? undefined : platformsOf(client, ref, text);
    },
  };
}

/** Platforms as `os/architecture`; none where the manifest leads to none. */
async function platformsOf(client: ECRClient, ref: ImageRef, text: string): Promise<readonly string[]> {
  return platformsIn(text, (digest) => configOf(client, ref, digest));
}

/** What a manifest's image is built for, or each of a list's; `configOf` reads the configuration of one. */
export async function platformsIn(
  text: string,
  configOf: (digest: string | undefined) => Promise<BuiltFor>,
): Promise<readonly string[]> {
  try {
    const { manifests, config } = JSON.parse(text) as Manifest;
    const platforms = manifests?.map(({ platform }) => platform) ?? [await configOf(config?.digest)];
    return platforms.flatMap((one) =>
      // Attestations are in the list too, for a platform that is unknown.
      one?.architecture === undefined || one.architecture === "unknown" ? [] : `${one.os}/${one.architecture}`,
    );
  } catch {
    // That the image is there is known; whoever may not read it, or not now, goes without the rest.
    return [];
  }
}

/** An image's configuration, which alone says what a single image is built for. */
export async function configOf(
  client: ECRClient,
  ref: Partial<Pick<ImageRef, "registry">> & Pick<ImageRef, "repository">,
  layerDigest: string | undefined,
): Promise<BuiltFor> {
  if (layerDigest === undefined) return {};
  const { GetDownloadUrlForLayerCommand } = await import("@aws-sdk/client-ecr");
  const { registry: registryId, repository: repositoryName } = ref;
  const command = new GetDownloadUrlForLayerCommand({
    ...(registryId !== undefined && { registryId }),
    repositoryName,
    layerDigest,
  });
  const { downloadUrl = "" } = await client.send(command);
  const answer = await fetch(downloadUrl, { signal: AbortSignal.timeout(PATIENCE) });
  return (await answer.json()) as BuiltFor;
}
