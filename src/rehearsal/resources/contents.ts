import { createHash } from "node:crypto";
import type { JsonObject } from "../../template/types.ts";
import { hex } from "../hash.ts";
import type { Stage } from "../stage.ts";
import type { Thing } from "../world.ts";

/** An image in a repository. */
export type Image = {
  readonly digest: string;
  readonly tags: readonly string[];
  readonly manifest: string;
  readonly mediaType: string;
  readonly pushed: number;
};

/** The images of a repository, oldest first. */
export function imagesOf(repository: Thing): readonly Image[] {
  return (repository.state.images ?? []) as unknown as readonly Image[];
}

/** Lets a repository have these images and no others. */
export function keepImages(repository: Thing, images: readonly Image[]): void {
  repository.state.images = images as unknown as readonly JsonObject[];
}

/** Somebody else puts something into a bucket or a repository; nothing happens to other things. */
export function fill(stage: Stage, thing: Thing): void {
  const text = "put here by somebody else";
  if (thing.type === "AWS::S3::Bucket") {
    const version = {
      key: "somebody-elses.txt",
      version: hex(32, stage.world.seed, thing.id, "filled"),
      at: stage.world.now,
      size: text.length,
      etag: `"${createHash("md5").update(text).digest("hex")}"`,
      blob: stage.blobs.put(text),
      headers: { "content-type": "text/plain" },
    };
    stage.world.objects[thing.id] = [...(stage.world.objects[thing.id] ?? []), version];
  }
  if (thing.type === "AWS::ECR::Repository") {
    const digest = `sha256:${createHash("sha256").update(text).digest("hex")}`;
    const mediaType = "application/vnd.docker.distribution.manifest.v2+json";
    const image = { digest, tags: ["somebody-elses"], manifest: "{}", mediaType, pushed: stage.world.now };
    keepImages(thing, [...imagesOf(thing), image]);
  }
}

/** Unfinished uploads keep no bucket from being deleted, and go with it (S3 API Reference, "DeleteBucket"). */
export function dropUploads({ world }: Stage, bucket: Thing): void {
  for (const upload of Object.values(world.uploads)) if (upload.bucket === bucket.id) delete world.uploads[upload.id];
}
