import {
  AbortMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  ListMultipartUploadsCommand,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  type ObjectIdentifier,
  type S3Client,
} from "@aws-sdk/client-s3";
import { command } from "../command-line.ts";
import { AstroError, reasonOf } from "../errors.ts";
import { isDenied } from "./errors.ts";
import { whyNotDeleted } from "./locked.ts";

/**
 * Listings that come after the last page there was at first: what they hold was written meanwhile. Whoever writes on
 * and on would keep an emptying going for ever; the deletion after it tells whether something came again.
 */
const LATE = 5;

/**
 * Deletes every version, delete marker and unfinished upload of a bucket, page after page from the front, so that a lost
 * answer is only a page deleted twice; returns how many. Throws AstroError("failed") that names what S3 does not delete.
 * Uploads do not keep a bucket (Amazon S3 API Reference, "DeleteBucket"), but are paid for as long as it exists.
 */
export async function emptyBucket(client: S3Client, bucket: string): Promise<number> {
  const objects = await deleteVersions(client, bucket);
  return objects + (await abortUploads(client, bucket));
}

async function deleteVersions(client: S3Client, Bucket: string): Promise<number> {
  let count = 0;
  let before = "";
  for (let late = 0; late < LATE; ) {
    // Keys may hold what XML cannot, or not faithfully (API Reference, "ListObjectVersions", encoding-type).
    const page = await client.send(new ListObjectVersionsCommand({ Bucket, EncodingType: "url" }));
    const found = versionsOn(page);
    const [first] = found;
    if (first === undefined) break;
    const now = JSON.stringify(first);
    if (now === before) {
      throw new AstroError(
        "failed",
        `${Bucket}: S3 says that it deleted ${first.Key} (version ${first.VersionId}), and still lists it`,
        {
          text: "see what is left in it",
          command: command`aws s3api list-object-versions --bucket ${Bucket} --max-items 10`,
        },
      );
    }
    before = now;
    await deletePage(client, Bucket, found);
    count += found.length;
    if (page.IsTruncated !== true) late += 1;
  }
  return count;
}

/** Characters that XML 1.0 does not have at all; keys with one can be deleted only by their address. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: those are meant
const NO_XML = /[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/;

async function deletePage(client: S3Client, Bucket: string, found: readonly ObjectIdentifier[]): Promise<void> {
  const Objects = found.filter(({ Key = "" }) => !NO_XML.test(Key));
  if (Objects.length > 0) {
    const command = new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } });
    const { Errors = [] } = await client.send(command).catch((error: unknown) => {
      // Without the second factor that a bucket demands, the whole call is refused.
      if (!isDenied(error)) throw error;
      return { Errors: Objects.map((one) => ({ ...one, Code: "AccessDenied", Message: reasonOf(error) })) };
    });
    if (Errors.length > 0) throw await whyNotDeleted(client, Bucket, Errors);
  }
  for (const { Key, VersionId } of found.filter((one) => !Objects.includes(one))) {
    await client.send(new DeleteObjectCommand({ Bucket, Key, VersionId }));
  }
}

function versionsOn({ Versions = [], DeleteMarkers = [] }: ListObjectVersionsCommandOutput): ObjectIdentifier[] {
  return [...Versions, ...DeleteMarkers].map(({ Key = "", VersionId }) => ({
    Key: decodeURIComponent(Key.replaceAll("+", " ")),
    VersionId,
  }));
}

async function abortUploads(client: S3Client, Bucket: string): Promise<number> {
  let count = 0;
  for (let late = 0; late < LATE; ) {
    const page = await client
      .send(new ListMultipartUploadsCommand({ Bucket, EncodingType: "url" }))
      .catch((error: unknown) => {
        // They keep no bucket from going: whoever may not look at them, goes without.
        if (isDenied(error)) return { Uploads: [], IsTruncated: false };
        throw error;
      });
    const { Uploads = [], IsTruncated } = page;
    if (Uploads.length === 0) break;
    for (const { Key = "", UploadId } of Uploads) {
      const key = decodeURIComponent(Key.replaceAll("+", " "));
      await client.send(new AbortMultipartUploadCommand({ Bucket, Key: key, UploadId }));
    }
    count += Uploads.length;
    if (IsTruncated !== true) late += 1;
  }
  return count;
}
