import { isObject } from "../../../template/json.ts";
import { addLayer, digestOf, layersOf } from "../../resources/images.ts";
import { uuid } from "../../state/hash.ts";
import type { Simulator } from "../../state/simulator.ts";
import type { ServiceResource } from "../../state/state.ts";
import type { HttpRequest } from "../../wire/call.ts";
import type { HttpAnswer } from "../../wire/protocol.ts";
import { answerOf, RegistryError } from "./answers.ts";

/** A layer that is being sent: the blobs of its chunks, in order. */
type LayerUpload = { readonly parts: readonly string[]; readonly size: number };

/** Bytes of one layer; Amazon ECR takes far more ("Amazon ECR service quotas"). */
const MOST = 2 ** 30;

/** Uploads of a repository that nobody finished: the oldest make room for new ones. */
const OPEN = 64;

const DIGEST = /^sha256:[0-9a-f]{64}$/;

function uploadsOf(repository: ServiceResource): { readonly [id: string]: LayerUpload } {
  return isObject(repository.state.uploads) ? (repository.state.uploads as { readonly [id: string]: LayerUpload }) : {};
}

function setUpload(repository: ServiceResource, id: string, upload: LayerUpload | undefined): void {
  const { [id]: _, ...others } = uploadsOf(repository);
  const kept = Object.fromEntries(Object.entries(others).slice(-OPEN));
  repository.state.uploads = upload === undefined ? kept : { ...kept, [id]: { ...upload, parts: [...upload.parts] } };
}

/** A layer's bytes, or that it is there (OCI Distribution Specification, "Pulling blobs"). */
export function layer(simulator: Simulator, repository: ServiceResource, digest: string): HttpAnswer {
  const size = layersOf(repository)[digest];
  if (size === undefined) throw new RegistryError(404, "BLOB_UNKNOWN", `the blob ${digest} is not in the repository`);
  const headers = { "content-type": "application/octet-stream", "docker-content-digest": digest };
  return answerOf(200, headers, simulator.blobs.get(digest.slice("sha256:".length)));
}

/**
 * Begins the upload of a layer, or takes it whole where the digest comes along. A mount from another repository is an
 * upload as well, as the specification has it for registries that mount nothing ("Mounting a blob from another repository").
 */
export function beginUpload(simulator: Simulator, repository: ServiceResource, request: HttpRequest): HttpAnswer {
  const { state } = simulator;
  state.serial += 1;
  const id = uuid(state.seed, "layer", state.serial);
  const digest = request.query.get("digest");
  if (digest !== null) return complete(simulator, repository, id, digest, [request.body]);
  setUpload(repository, id, { parts: [], size: 0 });
  return accepted(repository, id, 0);
}

/** A chunk of a layer: where it says from where it is, it goes on where the one before ended. */
export function uploadChunk(
  simulator: Simulator,
  repository: ServiceResource,
  id: string,
  { body, headers }: HttpRequest,
): HttpAnswer {
  const { parts, size } = theUpload(repository, id);
  const from = /^(?:bytes[ =])?(\d+)-\d+/.exec(headers["content-range"] ?? "")?.[1];
  if (from !== undefined && Number(from) !== size)
    throw new RegistryError(416, "BLOB_UPLOAD_INVALID", `the upload goes on at ${size}, not at ${from}`);
  const whole = size + body.length;
  if (whole > MOST) throw new RegistryError(413, "SIZE_INVALID", "a rehearsal takes layers of 1 GB at most");
  setUpload(repository, id, { parts: body.length === 0 ? parts : [...parts, simulator.blobs.put(body)], size: whole });
  return accepted(repository, id, whole);
}

/** The end of an upload: what came must be what its digest says. */
export function finishUpload(
  simulator: Simulator,
  repository: ServiceResource,
  id: string,
  { body, query }: HttpRequest,
): HttpAnswer {
  const { parts } = theUpload(repository, id);
  const chunks = parts.map((name) => simulator.blobs.get(name));
  return complete(simulator, repository, id, query.get("digest") ?? "", [...chunks, body]);
}

/** How far an upload is. */
export function uploadStatus(repository: ServiceResource, id: string): HttpAnswer {
  const { size } = theUpload(repository, id);
  return { ...accepted(repository, id, size), status: 204 };
}

/** Gives an upload up. */
export function cancelUpload(repository: ServiceResource, id: string): HttpAnswer {
  theUpload(repository, id);
  setUpload(repository, id, undefined);
  return answerOf(204);
}

function theUpload(repository: ServiceResource, id: string): LayerUpload {
  const found = Object.hasOwn(uploadsOf(repository), id) ? uploadsOf(repository)[id] : undefined;
  if (!found) throw new RegistryError(404, "BLOB_UPLOAD_UNKNOWN", `there is no upload ${id}`);
  return found;
}

function complete(
  simulator: Simulator,
  repository: ServiceResource,
  id: string,
  digest: string,
  chunks: readonly Buffer[],
): HttpAnswer {
  const content = Buffer.concat(chunks);
  if (!DIGEST.test(digest) || digestOf(content) !== digest)
    throw new RegistryError(400, "DIGEST_INVALID", `the content is not that of ${digest || "no digest"}`);
  simulator.blobs.put(content);
  addLayer(repository, digest, content.length);
  setUpload(repository, id, undefined);
  const location = `/v2/${repository.id}/blobs/${digest}`;
  return answerOf(201, { location, "docker-content-digest": digest });
}

function accepted(repository: ServiceResource, id: string, size: number): HttpAnswer {
  const location = `/v2/${repository.id}/blobs/uploads/${id}`;
  return answerOf(202, { location, "docker-upload-uuid": id, range: `0-${Math.max(0, size - 1)}` });
}
