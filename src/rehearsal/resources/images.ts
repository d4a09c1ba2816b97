import { createHash } from "node:crypto";
import { isObject } from "../../template/json.ts";
import type { Simulator } from "../state/simulator.ts";
import type { ServiceResource } from "../state/state.ts";
import { AwsError } from "../wire/error.ts";
import { type Image, imagesOf, setImages } from "./stored-contents.ts";

/** The digest of a content, as registries write it. */
export function digestOf(content: Uint8Array | string): string {
  return `sha256:${createHash("sha256").update(content).digest("hex")}`;
}

/** Layers and configurations that were pushed to a repository, their bytes by digest; each is a blob of the digest's name. */
export function layersOf(repository: ServiceResource): { readonly [digest: string]: number } {
  return isObject(repository.state.layers) ? (repository.state.layers as { readonly [digest: string]: number }) : {};
}

/** Adds a layer to a repository. */
export function addLayer(repository: ServiceResource, digest: string, size: number): void {
  repository.state.layers = { ...layersOf(repository), [digest]: size };
}

/** Takes away the layers that no image of the repository has. */
export function dropLayers(repository: ServiceResource): void {
  const images = imagesOf(repository);
  const used = Object.entries(layersOf(repository)).filter(([digest]) =>
    images.some(({ manifest }) => manifest.includes(digest)),
  );
  repository.state.layers = Object.fromEntries(used);
}

/** Bytes of an image as it is stored: of its manifest alone where it was put without its layers. */
export function imageSize(repository: ServiceResource, { manifest }: Image): number {
  const layers = Object.entries(layersOf(repository)).filter(([digest]) => manifest.includes(digest));
  return layers.reduce((sum, [, size]) => sum + size, manifest.length);
}

/** The image of a digest or a tag. */
export function imageBy(repository: ServiceResource, version: string): Image | undefined {
  return imagesOf(repository).find(({ digest, tags }) => digest === version || tags.includes(version));
}

/** Puts an image into a repository, whose tags it may not move where they are immutable (Amazon ECR User Guide, "Preventing image tags from being overwritten"). */
export function putImageIn(
  { state }: Simulator,
  repository: ServiceResource,
  given: Pick<Image, "manifest" | "mediaType" | "digest"> & { readonly tag: string | undefined },
): Image {
  const { digest, manifest, mediaType, tag } = given;
  const images = imagesOf(repository);
  const tagged = tag === undefined ? undefined : images.find(({ tags }) => tags.includes(tag));
  if (tagged && tagged.digest !== digest && repository.properties.ImageTagMutability === "IMMUTABLE") {
    throw new AwsError(
      "ImageTagAlreadyExistsException",
      `The image tag '${tag}' already exists in the '${repository.id}' repository and cannot be overwritten because the repository is immutable.`,
    );
  }
  const others = images
    .filter((one) => one.digest !== digest)
    .map((one) => ({ ...one, tags: one.tags.filter((other) => other !== tag) }));
  const before = images.find((one) => one.digest === digest);
  const image: Image = {
    digest,
    tags: [...new Set([...(before?.tags ?? []), ...(tag === undefined ? [] : [tag])])],
    manifest,
    mediaType,
    pushed: before?.pushed ?? state.now,
  };
  setImages(repository, [...others, image]);
  return image;
}
