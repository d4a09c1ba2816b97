import { isObject } from "../../../template/json.ts";
import { digestOf, imageBy, layersOf, putImageIn } from "../../resources/images.ts";
import { imagesOf } from "../../resources/stored-contents.ts";
import type { Simulator } from "../../state/simulator.ts";
import type { ServiceResource } from "../../state/state.ts";
import type { HttpRequest } from "../../wire/call.ts";
import { AwsError } from "../../wire/error.ts";
import type { HttpAnswer } from "../../wire/protocol.ts";
import { answerOf, RegistryError } from "./answers.ts";

/** Manifests that Amazon ECR takes (User Guide, "Container image manifest format support in Amazon ECR"). */
const IMAGES = ["application/vnd.docker.distribution.manifest.v2+json", "application/vnd.oci.image.manifest.v1+json"];
const LISTS = ["application/vnd.docker.distribution.manifest.list.v2+json", "application/vnd.oci.image.index.v1+json"];

/** Bytes of a manifest (OCI Distribution Specification, "Pushing manifests": at least 4 MiB have to be taken). */
const MOST = 4 * 2 ** 20;

const TAG = /^\w[\w.-]{0,127}$/;

type Descriptor = { readonly digest?: unknown };

/** A manifest by its tag or digest, as it was pushed. */
export function manifest(repository: ServiceResource, version: string): HttpAnswer {
  const image = imageBy(repository, version);
  if (!image) throw new RegistryError(404, "MANIFEST_UNKNOWN", "Requested image not found");
  const headers = { "content-type": image.mediaType, "docker-content-digest": image.digest };
  return answerOf(200, headers, Buffer.from(image.manifest));
}

/** Puts an image whose layers, or a list whose images, are there. */
export function putManifest(
  simulator: Simulator,
  repository: ServiceResource,
  version: string,
  { body, headers }: HttpRequest,
): HttpAnswer {
  if (body.length > MOST) throw new RegistryError(413, "SIZE_INVALID", "the manifest is larger than 4 MiB");
  const text = body.toString("utf8");
  const found = parsed(text);
  const mediaType = (headers["content-type"] ?? String(found.mediaType ?? "")).split(";")[0]?.trim() ?? "";
  const isList = LISTS.includes(mediaType);
  if (!isList && !IMAGES.includes(mediaType))
    throw new RegistryError(400, "MANIFEST_INVALID", `manifests of the kind ${mediaType} are not taken`);
  const digest = digestOf(body);
  const isDigest = version.startsWith("sha256:");
  if (isDigest && version !== digest) throw new RegistryError(400, "DIGEST_INVALID", `the manifest is ${digest}`);
  if (!isDigest && !TAG.test(version)) throw new RegistryError(400, "TAG_INVALID", `${version} is not a tag`);
  const parts = isList ? listed(found.manifests) : [...listed([found.config]), ...listed(found.layers)];
  const there = isList ? imagesOf(repository).map((one) => one.digest) : Object.keys(layersOf(repository));
  const missing = parts.filter((part) => !there.includes(part));
  if (parts.length === 0 || missing.length > 0)
    throw new RegistryError(400, "MANIFEST_BLOB_UNKNOWN", `not in the repository: ${missing.join(", ") || "any part"}`);
  const tag = isDigest ? undefined : version;
  try {
    putImageIn(simulator, repository, { manifest: text, mediaType, digest, tag });
  } catch (error) {
    if (error instanceof AwsError) throw new RegistryError(400, "TAG_INVALID", error.message);
    throw error;
  }
  const location = `/v2/${repository.id}/manifests/${digest}`;
  return answerOf(201, { location, "docker-content-digest": digest });
}

/** The tags in their order, a page of them where one is asked for (OCI Distribution Specification, "Listing tags"). */
export function tagsList(repository: ServiceResource, query: URLSearchParams): HttpAnswer {
  const last = query.get("last") ?? "";
  const tags = imagesOf(repository)
    .flatMap((image) => image.tags)
    .sort()
    .filter((tag) => tag > last);
  const most = Math.min(Number(query.get("n") ?? 1000) || 1000, 1000);
  const page = tags.slice(0, most);
  const next = `</v2/${repository.id}/tags/list?n=${most}&last=${page.at(-1)}>; rel="next"`;
  const headers = { "content-type": "application/json", ...(page.length < tags.length && { link: next }) };
  return answerOf(200, headers, JSON.stringify({ name: repository.id, tags: page }));
}

function parsed(text: string): { readonly [name: string]: unknown } {
  try {
    const found: unknown = JSON.parse(text);
    if (isObject(found)) return found;
  } catch {
    // Told below.
  }
  throw new RegistryError(400, "MANIFEST_INVALID", "the manifest is not a JSON object");
}

function listed(parts: unknown): readonly string[] {
  return Array.isArray(parts) ? parts.map((part) => String((part as Descriptor | null)?.digest)) : [];
}
