import type { Simulator } from "../../state/simulator.ts";
import type { ServiceResource } from "../../state/state.ts";
import type { ResultValue } from "../../wire/call.ts";
import { flat } from "../../wire/xml.ts";
import { payloadOf } from "./body.ts";
import { isVersioned, whyLocked } from "./object-lock.ts";
import { dropVersion, store } from "./object-versions.ts";
import { bare, parseXml, type S3Call, S3Error, type S3Handler, theBucket, xml } from "./s3-call.ts";

export const deleteObject: S3Handler = (simulator, call) => {
  const bucket = theBucket(simulator, call);
  const { version, marker } = remove(simulator, bucket, call, call.key, call.http.query.get("versionId") ?? undefined);
  return bare(204, {
    ...(version !== undefined && { "x-amz-version-id": version }),
    ...(marker && { "x-amz-delete-marker": "true" }),
  });
};

/** Deletes a version, or adds a delete marker in a versioned bucket. */
function remove(
  simulator: Simulator,
  bucket: ServiceResource,
  { http }: S3Call,
  key: string,
  version: string | undefined,
): { readonly version?: string; readonly marker: boolean } {
  const versions = simulator.state.objects[bucket.id] ?? [];
  if (version !== undefined) {
    const found = versions.find((one) => one.key === key && one.version === version);
    const locked = whyLocked(simulator, bucket, found, http);
    if (locked) throw locked;
    const gone = dropVersion(versions, key, version);
    return { version, marker: gone !== undefined && gone.blob === undefined };
  }
  if (!isVersioned(bucket)) {
    dropVersion(versions, key, "null");
    return { marker: false };
  }
  return {
    version: store(simulator, bucket, { key, headers: {}, content: undefined, etag: "" }).version,
    marker: true,
  };
}

export const deleteObjects: S3Handler = (simulator, call) => {
  const bucket = theBucket(simulator, call);
  const { Object: objects, Quiet } = parseXml(payloadOf(call.http).content) as {
    readonly Object?: readonly { readonly Key: string; readonly VersionId?: string }[];
    readonly Quiet?: string;
  };
  // Without the MFA that a bucket requires the whole call fails (API reference, "DeleteObjects").
  const whole =
    objects?.some(({ VersionId }) => VersionId !== undefined) && whyLocked(simulator, bucket, undefined, call.http);
  if (whole) throw whole;
  const failed: ResultValue[] = [];
  const deleted = (objects ?? []).flatMap(({ Key, VersionId }) => {
    try {
      const { version, marker } = remove(simulator, bucket, call, Key, VersionId);
      return [{ Key, VersionId, ...(marker && { DeleteMarker: true, DeleteMarkerVersionId: version }) }];
    } catch (error) {
      if (!(error instanceof S3Error)) throw error;
      failed.push({ Key, VersionId, Code: error.code, Message: error.message });
      return [];
    }
  });
  return xml("DeleteResult", { Deleted: flat(Quiet === "true" ? [] : deleted), Error: flat(failed) });
};
