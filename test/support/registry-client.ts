import { createHash } from "node:crypto";
import { ECRClient, GetAuthorizationTokenCommand } from "@aws-sdk/client-ecr";

export const SCHEMA2 = "application/vnd.docker.distribution.manifest.v2+json";

export const digestOf = (content: string | Buffer) => `sha256:${createHash("sha256").update(content).digest("hex")}`;

type Sent = { readonly body?: string | Buffer; readonly headers?: { readonly [name: string]: string } };

/** Whoever pushes to a repository by HTTP alone, as a builder does. */
export type RegistryClient = {
  readonly ask: (method: string, path: string, sent?: Sent) => Promise<Response>;
  /** Sends a layer; its digest. */
  readonly send: (content: string) => Promise<string>;
  readonly put: (manifest: string, version: string, type?: string) => Promise<Response>;
  /** Pushes an image of one layer; its digest. */
  readonly push: (tag: string, image?: { readonly layer?: string; readonly architecture?: string }) => Promise<string>;
};

/** A manifest of these layers. */
export function manifestOf(config: string, layers: readonly string[]): string {
  return JSON.stringify({
    schemaVersion: 2,
    mediaType: SCHEMA2,
    config: { mediaType: "application/vnd.docker.container.image.v1+json", digest: config, size: 2 },
    layers: layers.map((digest) => ({
      mediaType: "application/vnd.docker.image.rootfs.diff.tar.gzip",
      digest,
      size: 2,
    })),
  });
}

/** A client that has logged in to the registry of a rehearsal, and what the login was. */
export async function registryClient(
  config: {
    readonly endpoint: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
    readonly region: string;
  },
  repository: string,
): Promise<RegistryClient & { readonly authorization: string; readonly registry: string | undefined }> {
  const { authorizationData: [given] = [] } = await new ECRClient(config).send(new GetAuthorizationTokenCommand({}));
  const authorization = `Basic ${given?.authorizationToken}`;
  const ask: RegistryClient["ask"] = (method, path, { body, headers } = {}) =>
    fetch(new URL(path, config.endpoint), {
      method,
      headers: { authorization, ...headers },
      ...(body !== undefined && { body: typeof body === "string" ? body : new Uint8Array(body) }),
    });
  const well = async (answer: Response) => {
    if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
    return answer;
  };
  const send: RegistryClient["send"] = async (content) => {
    const begun = await well(await ask("POST", `/v2/${repository}/blobs/uploads/`));
    const digest = digestOf(content);
    await well(await ask("PUT", `${begun.headers.get("location")}?digest=${digest}`, { body: content }));
    return digest;
  };
  const put: RegistryClient["put"] = (manifest, version, type = SCHEMA2) =>
    ask("PUT", `/v2/${repository}/manifests/${version}`, { body: manifest, headers: { "content-type": type } });
  return {
    authorization,
    registry: given?.proxyEndpoint,
    ask,
    send,
    put,
    push: async (tag, { layer = "layer", architecture = "amd64" } = {}) => {
      const manifest = manifestOf(await send(JSON.stringify({ architecture, os: "linux" })), [await send(layer)]);
      await well(await put(manifest, tag));
      return digestOf(manifest);
    },
  };
}
