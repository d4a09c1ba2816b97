import { createHash } from "node:crypto";
import { AstroError, reasonOf } from "../errors.ts";
import type { PublicImage } from "../release/port-images.ts";
import { type BuiltFor, MANIFESTS, platformsIn } from "./look-ups/image.ts";
import { type Agents, contentBy, type WebAnswer } from "./proxy.ts";

/** Milliseconds a registry has to answer. */
const PATIENCE = 15_000;

/** Where an image lies: Docker's shorthand for its own registry written out. */
type Place = { readonly registry: string; readonly repository: string; readonly version: string };

/** A public image's digest and platforms, as its registry tells anybody (OCI Distribution Specification, "Pulling manifests"). */
export async function publicImage(
  name: string,
  agents: Agents | undefined,
  signal: AbortSignal,
): Promise<PublicImage | undefined> {
  const place = placeOf(name);
  const ask = askerOf(place, agents, AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]));
  try {
    const { status, headers, body } = await ask(`manifests/${place.version}`);
    // Some registries say so of what is not there, lest anybody learns what is.
    if ([401, 403, 404].includes(status)) return undefined;
    if (status !== 200) throw new Error(`${place.registry} answers with status ${status}`);
    const told = headers["docker-content-digest"];
    const digest = typeof told === "string" ? told : `sha256:${createHash("sha256").update(body).digest("hex")}`;
    const configOf = async (blob: string | undefined) =>
      JSON.parse((await ask(`blobs/${blob}`)).body.toString()) as BuiltFor;
    return { digest, platforms: await platformsIn(body.toString(), configOf) };
  } catch (error) {
    if (signal.aborted) throw error;
    throw new AstroError(
      "unreachable",
      `the registry of ${name} cannot be asked for its digest: ${reasonOf(error)}`,
      "check the network and HTTPS_PROXY, or push the image to the environment's own repository and name its tag",
      error,
    );
  }
}

/** A name as Docker reads it (Docker documentation, "docker image tag"; distribution/reference). */
function placeOf(name: string): Place {
  const [path = "", digest] = name.split("@");
  const [, bare = path, tag = "latest"] = /^(.*?)(?::([^/:]+))?$/.exec(path) ?? [];
  const [first = "", ...rest] = bare.split("/");
  const hasHost = rest.length > 0 && /[.:]|^localhost$/.test(first);
  const host = hasHost ? first : "docker.io";
  const repository = hasHost ? rest.join("/") : bare;
  const isDocker = /^(index\.)?docker\.io$/.test(host);
  return {
    registry: isDocker ? "registry-1.docker.io" : host,
    repository: isDocker && !repository.includes("/") ? `library/${repository}` : repository,
    version: digest ?? tag,
  };
}

/** Asks a repository, with a token that its registry gives to anybody where it wants one (Distribution, "Token Authentication"). */
function askerOf({ registry, repository }: Place, agents: Agents | undefined, signal: AbortSignal) {
  let token: string | undefined;
  const send = (path: string) => {
    const accept = MANIFESTS.join(", ");
    const headers = { accept, ...(token !== undefined && { authorization: `Bearer ${token}` }) };
    const local = /^(localhost|127\.0\.0\.1)(:|$)/.test(registry);
    return contentBy(agents, `${local ? "http" : "https"}://${registry}/v2/${repository}/${path}`, { headers, signal });
  };
  return async (path: string): Promise<WebAnswer> => {
    const first = await send(path);
    const challenge = first.headers["www-authenticate"] ?? "";
    if (first.status !== 401 || !/^Bearer /i.test(challenge)) return first;
    const fact = (name: string) => new RegExp(`${name}="([^"]*)"`).exec(challenge)?.[1];
    const realm = new URL(fact("realm") ?? "");
    for (const name of ["service", "scope"]) realm.searchParams.set(name, fact(name) ?? "");
    const { status, body } = await contentBy(agents, realm.href, { headers: {}, signal });
    if (status !== 200) return first;
    const given = JSON.parse(body.toString()) as { readonly token?: string; readonly access_token?: string };
    token = given.token ?? given.access_token;
    return send(path);
  };
}
