import type { JsonObject } from "../../template/types.ts";
import { digestOf, dropLayers, imageBy, imageSize, layersOf, putImageIn } from "../resources/images.ts";
import { type Image, imagesOf, setImages } from "../resources/stored-contents.ts";
import type { Simulator } from "../state/simulator.ts";
import type { ServiceResource } from "../state/state.ts";
import { type Call, type CallResult, structures, text } from "../wire/call.ts";
import { AwsError } from "../wire/error.ts";
import { theRepository } from "./ecr-repositories.ts";
import { scanFindings } from "./ecr-scans.ts";
import { registryToken } from "./oci/token.ts";

export function putImage(simulator: Simulator, call: Call): CallResult {
  const { input } = call;
  const repository = theRepository(simulator, call);
  const manifest = text(input, "imageManifest") ?? "";
  const digest = text(input, "imageDigest") ?? digestOf(manifest);
  const tag = text(input, "imageTag");
  if (tag !== undefined && imageBy(repository, tag)?.digest === digest)
    throw new AwsError(
      "ImageAlreadyExistsException",
      `Image with digest '${digest}' and tag '${tag}' already exists in the repository with name '${repository.id}' in registry with id '${repository.account}'`,
    );
  const mediaType = text(input, "imageManifestMediaType") ?? "application/vnd.docker.distribution.manifest.v2+json";
  putImageIn(simulator, repository, { digest, manifest, mediaType, tag });
  return {
    image: {
      registryId: repository.account,
      repositoryName: repository.id,
      imageId: { imageDigest: digest, imageTag: tag },
      imageManifest: manifest,
    },
  };
}

const idsOf = ({ digest, tags }: Image): readonly JsonObject[] =>
  tags.length === 0 ? [{ imageDigest: digest }] : tags.map((imageTag) => ({ imageDigest: digest, imageTag }));

function hasStatus(tags: readonly string[], status: unknown): boolean {
  return status === undefined || status === "ANY" || (status === "TAGGED") === tags.length > 0;
}

export function listImages(simulator: Simulator, call: Call): CallResult {
  const status = (call.input.filter as JsonObject | undefined)?.tagStatus;
  const images = imagesOf(theRepository(simulator, call)).filter(({ tags }) => hasStatus(tags, status));
  const ids = images.flatMap(idsOf);
  const from = Number(text(call.input, "nextToken") ?? 0);
  const until = from + Number(call.input.maxResults ?? 100);
  return { imageIds: ids.slice(from, until), ...(until < ids.length && { nextToken: String(until) }) };
}

function find(images: readonly Image[], id: JsonObject): Image | undefined {
  return images.find(
    ({ digest, tags }) =>
      (id.imageDigest === undefined || digest === id.imageDigest) &&
      (id.imageTag === undefined || tags.includes(String(id.imageTag))),
  );
}

const missing = (imageId: JsonObject) => ({
  imageId,
  failureCode: "ImageNotFound",
  failureReason: "Requested image not found",
});

export function describeImages(simulator: Simulator, call: Call): CallResult {
  const repository = theRepository(simulator, call);
  const wanted = structures(call.input, "imageIds");
  const images = imagesOf(repository);
  const status = (call.input.filter as JsonObject | undefined)?.tagStatus;
  const all = images.filter(({ tags }) => hasStatus(tags, status));
  const chosen = wanted.length === 0 ? all : wanted.map((id) => find(images, id) ?? notFound(repository, id));
  return {
    imageDetails: chosen.map((image) => ({
      registryId: repository.account,
      repositoryName: repository.id,
      imageDigest: image.digest,
      ...(image.tags.length > 0 && { imageTags: [...image.tags] }),
      imageSizeInBytes: imageSize(repository, image),
      imagePushedAt: image.pushed / 1000,
      imageManifestMediaType: image.mediaType,
    })),
  };
}

function notFound(repository: ServiceResource, id: JsonObject): never {
  const { imageDigest = "null", imageTag = "null" } = id;
  throw new AwsError(
    "ImageNotFoundException",
    `The image with imageId {imageDigest:'${imageDigest}', imageTag:'${imageTag}'} does not exist within the repository with name '${repository.id}' in the registry with id '${repository.account}'`,
  );
}

export function batchDeleteImage(simulator: Simulator, call: Call): CallResult {
  const repository = theRepository(simulator, call);
  const wanted = structures(call.input, "imageIds");
  const gone: JsonObject[] = [];
  const failures: JsonObject[] = [];
  for (const id of wanted) {
    const image = find(imagesOf(repository), id);
    if (!image) {
      failures.push(missing(id));
      continue;
    }
    if (
      id.imageTag === undefined &&
      imagesOf(repository).some((one) => one !== image && one.manifest.includes(image.digest))
    ) {
      failures.push({
        imageId: id,
        failureCode: "ImageReferencedByManifestList",
        failureReason: "Requested image referenced by manifest list",
      });
      continue;
    }
    gone.push({ imageDigest: image.digest, ...(id.imageTag !== undefined && { imageTag: id.imageTag }) });
    const left = id.imageTag === undefined ? [] : image.tags.filter((tag) => tag !== id.imageTag);
    const others = imagesOf(repository).filter((one) => one !== image);
    setImages(repository, left.length > 0 ? [...others, { ...image, tags: left }] : others);
    dropLayers(repository);
  }
  return { imageIds: gone, failures };
}

export function batchGetImage(simulator: Simulator, call: Call): CallResult {
  const repository = theRepository(simulator, call);
  const wanted = structures(call.input, "imageIds").map((id) => ({ id, image: find(imagesOf(repository), id) }));
  return {
    images: wanted.flatMap(({ id, image }) =>
      image === undefined
        ? []
        : [
            {
              registryId: repository.account,
              repositoryName: repository.id,
              imageId: { ...id, imageDigest: image.digest },
              imageManifest: image.manifest,
              imageManifestMediaType: image.mediaType,
            },
          ],
    ),
    failures: wanted.filter(({ image }) => image === undefined).map(({ id }) => missing(id)),
  };
}

/** Where a layer can be had for a while by whoever knows the address. */
export function getDownloadUrlForLayer(simulator: Simulator, call: Call): CallResult {
  const { input, scope, http } = call;
  const repository = theRepository(simulator, call);
  const { id, account } = repository;
  const layerDigest = text(input, "layerDigest") ?? "";
  if (layersOf(repository)[layerDigest] === undefined)
    throw new AwsError(
      "LayersNotFoundException",
      `Layer with digest '${layerDigest}' does not exist in the repository with name '${id}' in the registry with id '${account}'`,
    );
  const token = encodeURIComponent(registryToken(simulator, scope));
  return { layerDigest, downloadUrl: `http://${http.headers.host}/v2/${id}/blobs/${layerDigest}?token=${token}` };
}

export function describeImageScanFindings(simulator: Simulator, call: Call): CallResult {
  const repository = theRepository(simulator, call);
  const id = (call.input.imageId ?? {}) as JsonObject;
  return scanFindings(simulator, repository, find(imagesOf(repository), id) ?? notFound(repository, id), id);
}
