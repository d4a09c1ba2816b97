import { createHash } from "node:crypto";
import type { JsonObject } from "../../template/types.ts";
import { hex } from "../state/hash.ts";
import type { Simulator } from "../state/simulator.ts";
import type { ServiceResource } from "../state/state.ts";

/** An image in a repository. */
export type Image = {
  readonly digest: string;
  readonly tags: readonly string[];
  readonly manifest: string;
  readonly mediaType: string;
  readonly pushed: number;
};

/** The images of a repository, oldest first. */
export function imagesOf(repository: ServiceResource): readonly Image[] {
  return (repository.state.images ?? []) as unknown as readonly Image[];
}

/** Sets the images of a repository. */
export function setImages(repository: ServiceResource, images: readonly Image[]): void {
  repository.state.images = images as unknown as readonly JsonObject[];
}

/** Puts content of a third party into a bucket or a repository; does nothing for other types. */
export function addForeignContent(simulator: Simulator, resource: ServiceResource): void {
  const text = "put here by somebody else";
  if (resource.type === "AWS::S3::Bucket") {
    const version = {
      key: "somebody-elses.txt",
      version: hex(32, simulator.state.seed, resource.id, "filled"),
      at: simulator.state.now,
      size: text.length,
      etag: `"${createHash("md5").update(text).digest("hex")}"`,
      blob: simulator.blobs.put(text),
      headers: { "content-type": "text/plain" },
    };
    simulator.state.objects[resource.id] = [...(simulator.state.objects[resource.id] ?? []), version];
  }
  if (resource.type === "AWS::ECR::Repository") {
    const digest = `sha256:${createHash("sha256").update(text).digest("hex")}`;
    const mediaType = "application/vnd.docker.distribution.manifest.v2+json";
    const image = { digest, tags: ["somebody-elses"], manifest: "{}", mediaType, pushed: simulator.state.now };
    setImages(resource, [...imagesOf(resource), image]);
  }
}

/**
 * Unfinished uploads do not prevent the deletion of their bucket, and are deleted with it (S3 API Reference,
 * "DeleteBucket").
 */
export function removeUploads({ state }: Simulator, bucket: ServiceResource): void {
  for (const upload of Object.values(state.uploads)) if (upload.bucket === bucket.id) delete state.uploads[upload.id];
}
