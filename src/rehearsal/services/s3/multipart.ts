import { createHash } from "node:crypto";
import { mixed } from "../../hash.ts";
import type { Stage } from "../../stage.ts";
import { flat } from "../../wire/xml.ts";
import type { Upload } from "../../world.ts";
import { payloadOf } from "./body.ts";
import { inCoding } from "./listing.ts";
import { store } from "./objects.ts";
import { bare, parseXml, type S3Call, S3Error, type S3Handler, theBucket, xml } from "./s3-call.ts";

export const createMultipartUpload: S3Handler = (stage, call) => {
  theBucket(stage, call);
  stage.world.serial += 1;
  const id = mixed(32, stage.world.seed, call.bucket, call.key, "upload", stage.world.serial);
  stage.world.uploads[id] = {
    id,
    bucket: call.bucket,
    key: call.key,
    at: stage.world.now,
    headers: call.http.headers,
    parts: {},
  };
  return xml("InitiateMultipartUploadResult", { Bucket: call.bucket, Key: call.key, UploadId: id });
};

function theUpload(stage: Stage, call: S3Call): Upload {
  theBucket(stage, call);
  const upload = stage.world.uploads[call.http.query.get("uploadId") ?? ""];
  if (!upload)
    throw new S3Error(
      "NoSuchUpload",
      "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.",
      404,
    );
  return upload;
}

export const uploadPart: S3Handler = (stage, call) => {
  const upload = theUpload(stage, call);
  const { content, checksums } = payloadOf(call.http);
  const etag = `"${createHash("md5").update(content).digest("hex")}"`;
  upload.parts[Number(call.http.query.get("partNumber"))] = {
    blob: stage.blobs.put(content),
    etag,
    size: content.length,
  };
  return bare(200, { etag, ...checksums });
};

export const completeMultipartUpload: S3Handler = (stage, call) => {
  const upload = theUpload(stage, call);
  const { Part } = parseXml(call.http.body) as {
    readonly Part?: readonly { readonly PartNumber: string; readonly ETag: string }[];
  };
  const parts = (Part ?? []).map(({ PartNumber, ETag }) => {
    const part = upload.parts[Number(PartNumber)];
    if (!part || part.etag.replaceAll('"', "") !== ETag.replaceAll(/"|&quot;/g, "")) {
      throw new S3Error(
        "InvalidPart",
        "One or more of the specified parts could not be found. The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
        400,
      );
    }
    return part;
  });
  const content = Buffer.concat(parts.map(({ blob }) => stage.blobs.get(blob)));
  const sums = Buffer.concat(parts.map(({ etag }) => Buffer.from(etag.replaceAll('"', ""), "hex")));
  const etag = `"${createHash("md5").update(sums).digest("hex")}-${parts.length}"`;
  store(stage, theBucket(stage, call), { key: upload.key, headers: upload.headers, content, etag });
  delete stage.world.uploads[upload.id];
  return xml("CompleteMultipartUploadResult", {
    Location: `/${upload.bucket}/${upload.key}`,
    Bucket: upload.bucket,
    Key: upload.key,
    ETag: etag,
  });
};

export const abortMultipartUpload: S3Handler = (stage, call) => {
  delete stage.world.uploads[theUpload(stage, call).id];
  return bare(204);
};

export const listParts: S3Handler = (stage, call) => {
  const upload = theUpload(stage, call);
  const parts = Object.entries(upload.parts).map(([PartNumber, { etag, size }]) => ({
    PartNumber,
    ETag: etag,
    Size: size,
    LastModified: new Date(upload.at).toISOString(),
  }));
  return xml("ListPartsResult", {
    Bucket: upload.bucket,
    Key: upload.key,
    UploadId: upload.id,
    IsTruncated: false,
    Part: flat(parts),
  });
};

export const listMultipartUploads: S3Handler = (stage, call) => {
  theBucket(stage, call);
  const { query } = call.http;
  const most = Number(query.get("max-uploads") ?? 1000);
  const [keyMarker, idMarker] = [query.get("key-marker") ?? "", query.get("upload-id-marker") ?? ""];
  const mine = Object.values(stage.world.uploads)
    .filter(({ bucket }) => bucket === call.bucket)
    .toSorted((a, b) => (a.key === b.key ? (a.id < b.id ? -1 : 1) : a.key < b.key ? -1 : 1))
    .filter(({ key, id }) => key > keyMarker || (key === keyMarker && idMarker !== "" && id > idMarker));
  const shown = mine.slice(0, most);
  const last = mine.length > most ? shown.at(-1) : undefined;
  const written = inCoding(query);
  return xml("ListMultipartUploadsResult", {
    Bucket: call.bucket,
    MaxUploads: most,
    IsTruncated: last !== undefined,
    NextKeyMarker: last && written(last.key),
    NextUploadIdMarker: last?.id,
    Upload: flat(
      shown.map(({ id, key, at }) => ({ Key: written(key), UploadId: id, Initiated: new Date(at).toISOString() })),
    ),
  });
};
