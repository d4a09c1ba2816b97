import { createHash } from "node:crypto";
import { hex } from "../hash.ts";
import type { Stage } from "../stage.ts";
import type { Thing } from "../world.ts";

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
    const images = Array.isArray(thing.state.images) ? thing.state.images : [];
    const digest = `sha256:${createHash("sha256").update(text).digest("hex")}`;
    const mediaType = "application/vnd.docker.distribution.manifest.v2+json";
    thing.state.images = [
      ...images,
      { digest, tags: ["somebody-elses"], manifest: "{}", mediaType, pushed: stage.world.now },
    ];
  }
}
