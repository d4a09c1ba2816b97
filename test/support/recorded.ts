import { createServer, type IncomingHttpHeaders, request } from "node:http";
import { jsonLines } from "./cli.ts";
import { listening } from "./local-server.ts";

/** One call of an AWS client, as read off the wire. */
export type Call = {
  /** The name its requests are signed for, `cloudformation` for one. */
  readonly service: string;
  readonly region: string;
  readonly operation: string;
  readonly path: string;
  readonly input: { readonly [name: string]: unknown };
};

/** A way to `endpoint` that notes every call that goes along it. */
export async function recordingWayTo(
  endpoint: string,
): Promise<{ readonly endpoint: string; readonly calls: readonly Call[]; readonly close: () => Promise<void> }> {
  const calls: Call[] = [];
  const { port } = new URL(endpoint);
  const server = createServer((incoming, outgoing) => {
    const parts: Buffer[] = [];
    incoming.on("data", (part: Buffer) => parts.push(part));
    incoming.on("end", () => {
      const body = Buffer.concat(parts);
      const { method = "GET", url: path = "/" } = incoming;
      // A rehearsal answers to its own address alone.
      const headers = { ...incoming.headers, host: `127.0.0.1:${port}` };
      calls.push(callOf(method, path, headers, body.toString("utf8")));
      const onward = request({ host: "127.0.0.1", port, method, path, headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(outgoing);
      });
      onward.once("error", () => outgoing.destroy());
      onward.end(body);
    });
  });
  return { calls, ...(await listening(server)) };
}

function callOf(method: string, path: string, headers: IncomingHttpHeaders, body: string): Call {
  const [, region = "", service = ""] =
    /Credential=[^/]+\/\d+\/([^/]+)\/([^/]+)\//.exec(headers.authorization ?? "") ?? [];
  const target = headers["x-amz-target"];
  if (typeof target === "string") {
    const [input = {}] = jsonLines(body);
    return { service, region, path, operation: target.split(".").at(-1) ?? "", input };
  }
  if (body === "" || !body.includes("Action="))
    return { service, region, path, operation: restOperation(method, path), input: restInput(headers, body) };
  const form = Object.fromEntries(new URLSearchParams(body));
  return { service, region, path, operation: form.Action ?? "", input: form };
}

/** Operations of the other services that have paths instead of words (each one's API Reference). */
const PATHS: readonly (readonly [request: RegExp, operation: string])[] = [
  [/^POST \/[\d-]+\/distribution\/\w+\/invalidation$/, "CreateInvalidation"],
  [/^GET \/[\d-]+\/distribution\/\w+\/invalidation\/\w+$/, "GetInvalidation"],
  [/^POST \/[\d-]+\/hostedzone\/\w+\/rrset\/?$/, "ChangeResourceRecordSets"],
  [/^GET \/[\d-]+\/hostedzone\/\w+\/rrset$/, "ListResourceRecordSets"],
  [/^GET \/[\d-]+\/hostedzonesbyname$/, "ListHostedZonesByName"],
  [/^GET \/[\d-]+\/hostedzone\/\w+$/, "GetHostedZone"],
];

/** What S3 copies from, and the objects that it is to delete. */
function restInput(headers: IncomingHttpHeaders, body: string): Call["input"] {
  const from = headers["x-amz-copy-source"];
  const objects = [...body.matchAll(/<Object>.*?<\/Object>/gs)].map(([one]) => ({
    key: /<Key>(.*?)<\/Key>/s.exec(one)?.[1] ?? "",
    version: one.includes("<VersionId>"),
  }));
  return { ...(from !== undefined && { CopySource: decodeURIComponent(String(from)) }), Objects: objects };
}

/** S3's operations, which are in no word of the request but in its query; others' are their path. */
function restOperation(method: string, path: string): string {
  const [address = ""] = path.split("?");
  const known = PATHS.find(([request]) => request.test(`${method} ${address}`));
  if (known) return known[1];
  const query = new URL(path, "http://aws").searchParams;
  const words = {
    delete: "DeleteObjects",
    encryption: "GetBucketEncryption",
    location: "GetBucketLocation",
    uploads: "ListMultipartUploads",
    versions: "ListObjectVersions",
    "list-type": "ListObjectsV2",
  };
  const word = Object.entries(words).find(([name]) => query.has(name));
  if (method === "HEAD" && /^\/[^/]+\/?$/.test(path)) return "HeadBucket";
  return word?.[1] ?? query.get("x-id") ?? `${method} ${path}`;
}
