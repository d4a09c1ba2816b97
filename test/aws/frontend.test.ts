import { truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { GetObjectCommand, HeadObjectCommand } from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { frontendOn } from "../../src/aws/frontend.ts";
import { openSession } from "../../src/aws/session.ts";
import { readFrontend } from "../../src/build/frontend-files.ts";
import { folderWith } from "../support/frontends.ts";
import { rehearsed } from "../support/rehearsed.ts";
import { SITE, stackOf } from "../support/stacks.ts";

const region = SITE.region;
const BUCKET = "shop-dev-files";
const at = (key: string) => ({ bucket: BUCKET, key });

/** A bucket, and the calls of a publication on it. */
async function bucket() {
  const { rehearsal, provision, s3, meanwhile } = await rehearsed();
  const resources = { Files: { Type: "AWS::S3::Bucket", Properties: { BucketName: BUCKET } } };
  await provision([stackOf("shop-dev-files", "data", { resources })]);
  const { endpoint, credentials, requests } = rehearsal;
  return { cloud: frontendOn(openSession({ endpoint, credentials })), s3, requests, meanwhile };
}

/** A file of a frontend, as it was read. */
async function fileOf(folder: string, path: string) {
  const found = (await readFrontend(folder)).files.find((one) => one.path === path);
  if (found === undefined) throw new Error(`${path} is not there`);
  return { ...found, local: join(folder, path) };
}

describe("a frontend's files in S3", () => {
  it("are sent as they are, copied with headers of their own, listed and removed, whatever their names", async () => {
    const { cloud, s3, meanwhile } = await bucket();
    const name = "ä b/100% +&.txt";
    const folder = folderWith({ "index.html": "", [name]: "words" });
    await meanwhile(async () => {
      const file = await fileOf(folder, name);
      await cloud.sendFile(region, at(`kept/${name}`), file);
      const etag = await cloud.copyObject(region, at(`kept/${name}`), at(name), file);
      expect(await cloud.listObjects(region, BUCKET, "ä")).toEqual([{ key: name, etag, bytes: 5 }]);
      const { Metadata, ContentType, CacheControl } = await s3.send(
        new HeadObjectCommand({ Bucket: BUCKET, Key: name }),
      );
      expect([Metadata, ContentType, CacheControl]).toEqual([{ sha256: file.sha256 }, file.type, file.cacheControl]);
      await cloud.removeObjects(region, BUCKET, [name, "never-there"]);
      expect(await cloud.listObjects(region, BUCKET, "ä")).toEqual([]);
    });
  });

  it("are sent in parts where they are large, and come whole", async () => {
    const { cloud, s3, requests, meanwhile } = await bucket();
    const folder = folderWith({ "index.html": "", "film.mp4": "begin" });
    truncateSync(join(folder, "film.mp4"), 20 * 1024 * 1024);
    const file = await fileOf(folder, "film.mp4");
    await meanwhile(() => cloud.sendFile(region, at("film"), file));
    expect(requests.get("s3:UploadPart")).toBe(2);
    const { Body } = await meanwhile(() => s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: "film" })));
    expect((await Body?.transformToByteArray())?.length).toBe(file.bytes);
  });

  it("are not kept where they became others meanwhile, small ones and large ones", async () => {
    const { cloud, meanwhile } = await bucket();
    const folder = folderWith({ "index.html": "", "a.js": "one", "film.mp4": "begin" });
    truncateSync(join(folder, "film.mp4"), 20 * 1024 * 1024);
    const [small, large] = [await fileOf(folder, "a.js"), await fileOf(folder, "film.mp4")];
    writeFileSync(small.local, "two");
    truncateSync(large.local, 21 * 1024 * 1024);
    await meanwhile(async () => {
      for (const file of [small, large]) {
        const refusal = {
          code: "conflict",
          message: expect.stringMatching(/was changed or taken away while it was sent$/),
        };
        await expect(cloud.sendFile(region, at("x"), file)).rejects.toMatchObject(refusal);
      }
      expect(await cloud.listObjects(region, BUCKET, "")).toEqual([]);
    });
  });
});
