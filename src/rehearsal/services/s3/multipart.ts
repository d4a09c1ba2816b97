import { createHash } from "node:crypto";
import { mixed } from "../../state/hash.ts";
import type { Simulator } from "../../state/simulator.ts";
import type { Upload } from "../../state/state.ts";
import { flat } from "../../wire/xml.ts";
import { payloadOf } from "./body.ts";
import { inCoding } from "./listing.ts";
import { store } from "./object-versions.ts";
import { bare, parseXml, type S3Call, S3Error, type S3Handler, theBucket, xml } from "./s3-call.ts";

export const createMultipartUpload: S3Handler = (simulator, call) => {
  theBucket(simulator, call);
  simulator.state.serial += 1;
  const id = mixed(32, simulator.state.seed, call.bucket, call.key, "upload", simulator.state.serial);
  simulator.state.uploads[id] = {
    id,
    bucket: call.bucket,
    key: call.key,
    at: simulator.state.now,
    headers: call.http.headers,
    parts: {},
  };
  return xml("InitiateMultipartUploadResult", { Bucket: call.bucket, Key: call.key, UploadId: id });
};

function theUpload(simulator: Simulator, call: S3Call): Upload {
  theBucket(simulator, call);
  const upload = simulator.state.uploads[call.http.query.get("uploadId") ?? ""];
  if (!upload)
    throw new S3Error(
      "NoSuchUpload",
      "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.",
      404,
    );
  return upload;
}

export const uploadPart: S3Handler = (simulator, call) => {
  const upload = theUpload(simulator, call);
  const { content, checksums } = payloadOf(call.http);
  const etag = `"${createHash("md5").update(content).digest("hex")}"`;
  upload.parts[Number(call.http.query.get("partNumber"))] = {
    blob: simulator.blobs.put(content),
    etag,
    size: content.length,
  };
  return bare(200, { etag, ...checksums });
};

export const completeMultipartUpload: S3Handler = (simulator, call) => {
  const upload = theUpload(simulator, call);
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
  const content = Buffer.concat(parts.map(({ blob }) => simulator.blobs.get(blob)));
  const sums = Buffer.concat(parts.map(({ etag }) => Buffer.from(etag.replaceAll('"', ""), "hex")));
  const etag = `"${createHash("md5").update(sums).digest("hex")}-${parts.length}"`;
  store(simulator, theBucket(simulator, call), { key: upload.key, headers: upload.headers, content, etag });
  delete simulator.state.uploads[upload.id];
  return xml("CompleteMultipartUploadResult", {
    Location: `/${upload.bucket}/${upload.key}`,
    Bucket: upload.bucket,
    Key: upload.key,
    ETag: etag,
  });
};

export const abortMultipartUpload: S3Handler = (simulator, call) => {
  delete simulator.state.uploads[theUpload(simulator, call).id];
  return bare(204);
};

export const listParts: S3Handler = (simulator, call) => {
  const upload = theUpload(simulator, call);
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

export const listMultipartUploads: S3Handler = (simulator, call) => {
  theBucket(simulator, call);
  const { query } = call.http;
  const most = Number(query.get("max-uploads") ?? 1000);
  const [keyMarker, idMarker] = [query.get("key-marker") ?? "", query.get("upload-id-marker") ?? ""];
  const mine = Object.values(simulator.state.uploads)
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
