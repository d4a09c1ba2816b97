import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateBucketCommand, DeleteObjectCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { rehearsed } from "../support/rehearsed.ts";
import { SITE } from "../support/stacks.ts";

const { account, region } = SITE;
const BUCKET = `cdk-assets-${account}`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "astro-assets-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** An asset manifest as the CDK's default synthesizer writes it: a file, the stack's own template, an image. */
function manifest(
  role: object = { assumeRoleArn: "arn:${AWS::Partition}:iam::${AWS::AccountId}:role/publisher" },
): string {
  writeFileSync(join(folder, "code.txt"), "code");
  writeFileSync(join(folder, "Site.template.json"), "{}");
  const destination = (objectKey: string) => ({
    here: { bucketName: "cdk-assets-${AWS::AccountId}", objectKey, ...role },
  });
  const files = {
    code: { source: { path: "code.txt", packaging: "file" }, destinations: destination("code.txt") },
    own: { source: { path: "Site.template.json", packaging: "file" }, destinations: destination("own.json") },
  };
  const dockerImages = {
    image: { source: { directory: "." }, destinations: { here: { repositoryName: "images", imageTag: "a", ...role } } },
  };
  const path = join(folder, "Site.assets.json");
  writeFileSync(path, JSON.stringify({ version: "48.0.0", files, dockerImages }));
  return path;
}

describe("files of an app by others", () => {
  it("go to the bucket that its manifest names, by the role that it names", async () => {
    const { cloud, s3, rehearsal } = await rehearsed();
    await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
    await cloud.publishAssets(region, manifest());
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: BUCKET }));
    expect(Contents.map(({ Key }) => Key)).toEqual(["code.txt"]);
    expect(rehearsal.requests.get("sts:AssumeRole")).toBe(1);
  });

  // As the cdk client does in one's own account ("Could not assume role … proceeding anyway using current credentials").
  it("go there as who one is where the role may not be taken, and say so where that is not allowed either", async () => {
    const denied = { call: "sts:AssumeRole", effect: "denied", times: 9 } as const;
    const { cloud, s3, rehearsal } = await rehearsed({ faults: [denied] });
    await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
    await cloud.publishAssets(region, manifest());
    expect((await s3.send(new ListObjectsV2Command({ Bucket: BUCKET }))).KeyCount).toBe(1);
    rehearsal.setFaults([denied, { call: "s3:PutObject", effect: "denied", times: 9 }]);
    await s3.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: "code.txt" }));
    await expect(cloud.publishAssets(region, manifest())).rejects.toMatchObject({
      message: expect.stringMatching(
        /^these credentials allow neither writing to cdk-assets-\d+ nor assuming the role .*publisher/,
      ),
      hint: expect.stringContaining("sts:AssumeRole"),
    });
  });

  it("are refused with the way where the bucket is not there, or is another account's", async () => {
    const { cloud } = await rehearsed();
    await expect(cloud.publishAssets(region, manifest())).rejects.toMatchObject({
      message: `the app's files are for the bucket ${BUCKET}, which is not there`,
      hint: expect.stringContaining(`npx cdk bootstrap aws://${account}/${region}`),
    });
    const { cloud: other, s3, rehearsal } = await rehearsed();
    await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
    rehearsal.setFaults([{ call: "s3:GetBucketLocation", effect: "denied", times: 9 }]);
    await expect(other.publishAssets(region, manifest())).rejects.toMatchObject({
      message: `the app's files are for the bucket ${BUCKET}, which another account owns, or which these credentials may not read`,
    });
  });
});
