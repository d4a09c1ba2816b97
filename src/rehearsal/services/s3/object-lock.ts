import type { Json, JsonObject } from "../../../template/types.ts";
import { isOn, partOf } from "../../resources/properties.ts";
import type { Simulator } from "../../state/simulator.ts";
import type { ObjectVersion, ServiceResource } from "../../state/state.ts";
import type { HttpRequest } from "../../wire/call.ts";
import { payloadOf } from "./body.ts";
import { bare, parseXml, S3Error, type S3Handler, theBucket, xml } from "./s3-call.ts";

const MODE = "x-amz-object-lock-mode";
const UNTIL = "x-amz-object-lock-retain-until-date";
const HOLD = "x-amz-object-lock-legal-hold";
const DAY = 86_400_000;

const isLocking = ({ properties }: ServiceResource) =>
  isOn(properties.ObjectLockEnabled) || partOf(properties.ObjectLockConfiguration).ObjectLockEnabled === "Enabled";

/** Whether a bucket is versioned: it is enabled, or has Object Lock (S3 User Guide, "Locking objects"). */
export function isVersioned(bucket: ServiceResource): boolean {
  return isLocking(bucket) || versioningOf(bucket).Status === "Enabled";
}

const versioningOf = ({ properties }: ServiceResource): JsonObject => partOf(properties.VersioningConfiguration);

/** A new object's headers with its lock, or the bucket's default retention. */
export function lockedHeaders(
  simulator: Simulator,
  bucket: ServiceResource,
  sent: HttpRequest["headers"],
): HttpRequest["headers"] {
  const asks = [MODE, UNTIL, HOLD].some((name) => sent[name] !== undefined);
  if (asks && !isLocking(bucket)) throw missingLock();
  const rule: Json | undefined = partOf(partOf(bucket.properties.ObjectLockConfiguration).Rule).DefaultRetention;
  const { Mode, Days, Years } = partOf(rule);
  if (sent[MODE] !== undefined || Mode === undefined) return sent;
  const until = simulator.state.now + Number(Days ?? Number(Years ?? 0) * 365) * DAY;
  return { ...sent, [MODE]: String(Mode), [UNTIL]: new Date(until).toISOString() };
}

const missingLock = () => new S3Error("InvalidRequest", "Bucket is missing Object Lock Configuration", 400);

/**
 * Why a version cannot be deleted permanently; `undefined` if it can ("How S3 Object Lock works", "Configuring MFA
 * delete").
 */
export function whyLocked(
  simulator: Simulator,
  bucket: ServiceResource,
  version: ObjectVersion | undefined,
  { headers }: HttpRequest,
): S3Error | undefined {
  if (versioningOf(bucket).MfaDelete === "Enabled" && headers["x-amz-mfa"] === undefined)
    return new S3Error("AccessDenied", "Mfa Authentication must be used for this request", 403);
  const lock = version?.headers ?? {};
  const bypasses = lock[MODE] === "GOVERNANCE" && headers["x-amz-bypass-governance-retention"] === "true";
  const isRetained = Date.parse(lock[UNTIL] ?? "") > simulator.state.now && !bypasses;
  return isRetained || lock[HOLD] === "ON"
    ? new S3Error("AccessDenied", "Access Denied because object protected by object lock.", 403)
    : undefined;
}

function wanted(simulator: Simulator, call: Parameters<S3Handler>[1]): ObjectVersion {
  if (!isLocking(theBucket(simulator, call))) throw missingLock();
  const id = call.http.query.get("versionId");
  const found = simulator.state.objects[call.bucket]?.findLast(
    ({ key, version }) => key === call.key && (id === null || version === id),
  );
  if (!found) throw new S3Error("NoSuchKey", "The specified key does not exist.", 404, { Key: call.key });
  return found;
}

const noLock = () =>
  new S3Error("NoSuchObjectLockConfiguration", "The specified object does not have a ObjectLock configuration", 404);

export const getRetention: S3Handler = (simulator, call) => {
  const { [MODE]: Mode, [UNTIL]: RetainUntilDate } = wanted(simulator, call).headers;
  if (Mode === undefined) throw noLock();
  return xml("Retention", { Mode, RetainUntilDate });
};

export const putRetention: S3Handler = (simulator, call) => {
  const version = wanted(simulator, call);
  const { Mode, RetainUntilDate } = parseXml(payloadOf(call.http).content);
  const weaker = Date.parse(String(RetainUntilDate ?? "")) < Date.parse(version.headers[UNTIL] ?? "");
  const bypasses = call.http.headers["x-amz-bypass-governance-retention"] === "true";
  if (weaker && (version.headers[MODE] === "COMPLIANCE" || !bypasses))
    throw new S3Error("AccessDenied", "Access Denied because object protected by object lock.", 403);
  version.headers = { ...version.headers, [MODE]: String(Mode), [UNTIL]: String(RetainUntilDate) };
  return bare(200);
};

export const getLegalHold: S3Handler = (simulator, call) => {
  const { [HOLD]: Status } = wanted(simulator, call).headers;
  if (Status === undefined) throw noLock();
  return xml("LegalHold", { Status });
};

export const putLegalHold: S3Handler = (simulator, call) => {
  const version = wanted(simulator, call);
  version.headers = { ...version.headers, [HOLD]: String(parseXml(payloadOf(call.http).content).Status) };
  return bare(200);
};
