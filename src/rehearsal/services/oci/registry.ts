import { hasRegistryFault } from "../../state/faults.ts";
import type { Simulator } from "../../state/simulator.ts";
import type { Scope, ServiceResource } from "../../state/state.ts";
import type { HttpRequest } from "../../wire/call.ts";
import { AwsError, Interrupted } from "../../wire/error.ts";
import type { HttpAnswer } from "../../wire/protocol.ts";
import type { CallGuard, Handled } from "../../wire/service.ts";
import { findResource } from "../common/resources.ts";
import { answerOf, RegistryError, refusalOf } from "./answers.ts";
import { beginUpload, cancelUpload, finishUpload, layer, uploadChunk, uploadStatus } from "./layers.ts";
import { manifest, putManifest, tagsList } from "./manifests.ts";
import { tokenScope } from "./token.ts";

/** A request of a registry's client: what it does, named by the ECR action it takes, and how. */
type Route = {
  readonly operation: string;
  readonly answer: (simulator: Simulator, repository: ServiceResource, request: HttpRequest) => HttpAnswer;
};

/** A repository's name, which may have slashes (OCI Distribution Specification, "Pulling manifests"). */
const NAME = "(?<name>[a-z0-9]+(?:[._/-]+[a-z0-9]+)*)";

/** The specification's endpoints, by method and path (its table "Endpoints"). */
const ROUTES: readonly (readonly [
  method: RegExp,
  path: RegExp,
  operation: string,
  answer: (simulator: Simulator, repository: ServiceResource, request: HttpRequest, last: string) => HttpAnswer,
])[] = [
  [/^POST$/, pathOf("blobs/uploads/?(?<last>)"), "InitiateLayerUpload", beginUpload],
  [
    /^PATCH$/,
    pathOf("blobs/uploads/(?<last>[^/]+)"),
    "UploadLayerPart",
    (to, at, request, id) => uploadChunk(to, at, id, request),
  ],
  [
    /^PUT$/,
    pathOf("blobs/uploads/(?<last>[^/]+)"),
    "CompleteLayerUpload",
    (to, at, request, id) => finishUpload(to, at, id, request),
  ],
  [
    /^GET$/,
    pathOf("blobs/uploads/(?<last>[^/]+)"),
    "BatchCheckLayerAvailability",
    (_, at, _request, id) => uploadStatus(at, id),
  ],
  [
    /^DELETE$/,
    pathOf("blobs/uploads/(?<last>[^/]+)"),
    "CompleteLayerUpload",
    (_, at, _request, id) => cancelUpload(at, id),
  ],
  [
    /^HEAD$/,
    pathOf("blobs/(?<last>[^/]+)"),
    "BatchCheckLayerAvailability",
    (of, at, _request, digest) => layer(of, at, digest),
  ],
  [
    /^GET$/,
    pathOf("blobs/(?<last>[^/]+)"),
    "GetDownloadUrlForLayer",
    (of, at, _request, digest) => layer(of, at, digest),
  ],
  [
    /^(GET|HEAD)$/,
    pathOf("manifests/(?<last>[^/]+)"),
    "BatchGetImage",
    (_, at, _request, version) => manifest(at, version),
  ],
  [
    /^PUT$/,
    pathOf("manifests/(?<last>[^/]+)"),
    "PutImage",
    (to, at, request, version) => putManifest(to, at, version, request),
  ],
  [/^GET$/, pathOf("tags/list(?<last>)"), "ListImages", (_, at, { query }) => tagsList(at, query)],
];

function pathOf(end: string): RegExp {
  return new RegExp(`^/v2/${NAME}/${end}$`);
}

/** Whether a request is one of a registry's client, which signs nothing. */
export function isOfRegistry({ path }: HttpRequest): boolean {
  return /^\/v2(\/|$)/.test(path);
}

/**
 * ECR as a registry: what a client of containers asks of it, by a token of GetAuthorizationToken (Amazon ECR User Guide,
 * "Private registry authentication in Amazon ECR"; OCI Distribution Specification 1.1).
 */
export function handleRegistry(simulator: Simulator, request: HttpRequest, guard: CallGuard): Handled {
  let operation = "DescribeRegistry";
  try {
    const scope = scopeOf(simulator, request);
    if (scope === undefined) return { operation, answer: challenge(simulator) };
    if (/^\/v2\/?$/.test(request.path)) return { operation, answer: answerOf(200, JSON_TYPE, "{}") };
    const { route, name } = routeOf(request);
    operation = route.operation;
    if (hasRegistryFault(simulator, "push-denied") && PUSHING.has(operation)) throw denied(scope, operation, name);
    if (hasRegistryFault(simulator, "push-interrupted") && SENDING.has(operation)) throw new Interrupted();
    guard(operation);
    const repository = findResource(simulator, { scope }, "AWS::ECR::Repository", name);
    if (!repository) {
      const words = `The repository with name '${name}' does not exist in the registry with id '${scope.account}'`;
      throw new RegistryError(404, "NAME_UNKNOWN", words);
    }
    return { operation, answer: route.answer(simulator, repository, request) };
  } catch (error) {
    const refusal = error instanceof AwsError ? new RegistryError(error.status, error.code, error.message) : error;
    if (!(refusal instanceof RegistryError)) throw error;
    return { operation, answer: refusalOf(refusal), code: refusal.code, message: refusal.message };
  }
}

const JSON_TYPE = { "content-type": "application/json" };

/** What only a push asks for, and with what it sends bytes. */
const PUSHING = new Set(["InitiateLayerUpload", "UploadLayerPart", "CompleteLayerUpload", "PutImage"]);
const SENDING = new Set(["UploadLayerPart", "CompleteLayerUpload"]);

/** Whose registry the request's token opens: in a header, or in the address of a layer; undefined where it has none. */
function scopeOf(simulator: Simulator, { headers, query }: HttpRequest): Scope | undefined {
  const basic = /^Basic\s+(\S+)/i.exec(headers.authorization ?? "")?.[1];
  const [, user, password] = /^([^:]*):(.*)$/s.exec(Buffer.from(basic ?? "", "base64").toString()) ?? [];
  const token = basic === undefined ? query.get("token") : password;
  if (token === null || token === undefined) return undefined;
  const scope = basic === undefined || user === "AWS" ? tokenScope(simulator, token) : "invalid";
  if (scope === "expired")
    throw new RegistryError(403, "DENIED", "Your authorization token has expired. Reauthenticate and try again.");
  if (scope === "invalid") throw new RegistryError(403, "DENIED", "Your Authorization Token is invalid.");
  return scope;
}

function challenge({ state: { account } }: Simulator): HttpAnswer {
  const realm = `Basic realm="https://${account}.dkr.ecr.amazonaws.com/",service="ecr.amazonaws.com"`;
  return answerOf(401, { "www-authenticate": realm, "content-type": "text/plain" }, "Not Authorized\n");
}

function routeOf({ method, path }: HttpRequest): { readonly route: Route; readonly name: string } {
  const plain = decoded(path);
  for (const [methods, pattern, operation, answer] of ROUTES) {
    const { name = "", last = "" } = (methods.test(method) && pattern.exec(plain)?.groups) || {};
    if (name !== "") return { name, route: { operation, answer: (of, at, request) => answer(of, at, request, last) } };
  }
  throw new RegistryError(405, "UNSUPPORTED", "The operation is unsupported.");
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return "";
  }
}

function denied({ account, region }: Scope, operation: string, name: string): RegistryError {
  const resource = `arn:aws:ecr:${region}:${account}:repository/${name}`;
  const words = `User: arn:aws:iam::${account}:user/rehearsal is not authorized to perform: ecr:${operation} on resource: ${resource} because no identity-based policy allows the ecr:${operation} action`;
  return new RegistryError(403, "DENIED", words);
}
