import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { foreignReason, type ReadBudget, readBudget } from "./foreign-requests.ts";
import type { HttpRequest } from "./wire/call.ts";
import type { HttpAnswer } from "./wire/protocol.ts";

/** A running HTTP server and its port. */
export type Listening = { readonly port: number; readonly close: () => Promise<void> };

/** Bytes of a request's headers; AWS's own services take 8 to 10 kB ("Limits" of S3's User Guide: 8 kB). */
const HEADERS = 16 * 1024;

/** Bytes of an image's layer, which clients of registries send in one request, and of all that are being sent together. */
const LAYER = 2 ** 30;
const LAYERS = 2 * LAYER;

/** Milliseconds in which a request's headers, and the whole request, must arrive. */
const TIMES = { headersTimeout: 20_000, requestTimeout: 120_000 };

/**
 * Serves on 127.0.0.1; `answer` gets each request once its body is read, but for those that `refusal` has a reason against.
 * Rejects if the port is taken.
 */
export async function listen(
  port: number,
  begun: () => () => void,
  answer: (request: HttpRequest) => HttpAnswer,
  refusal: typeof foreignReason = foreignReason,
): Promise<Listening> {
  const [budget, layers] = [readBudget(), readBudget(LAYER, LAYERS)];
  const server = createServer({ maxHeaderSize: HEADERS, ...TIMES }, (incoming, outgoing) => {
    const { port: own } = server.address() as AddressInfo;
    const strange = refusal(incoming, own);
    if (strange !== undefined) {
      turnAway(outgoing, 403, strange);
      return;
    }
    const done = begun();
    outgoing.once("close", done);
    incoming.once("error", done);
    void respond(incoming, outgoing, /^\/v2\/.*\/uploads\//.test(incoming.url ?? "") ? layers : budget, answer);
  });
  // Clients keep connections for longer than Node would by itself; a reset in between would look like a fault.
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  return { port: (server.address() as AddressInfo).port, close: () => close(server) };
}

async function respond(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  budget: ReadBudget,
  answer: (request: HttpRequest) => HttpAnswer,
): Promise<void> {
  try {
    // Some SDKs wait for 100 Continue before they send a body.
    const request = await read(incoming, budget);
    if (request === undefined) {
      turnAway(outgoing, 413, "the request is larger than a rehearsal accepts");
      return;
    }
    const { status, headers, body, cut } = answer(request);
    const content = typeof body === "string" ? Buffer.from(body) : body;
    if (cut === 0) {
      outgoing.destroy();
      return;
    }
    outgoing.writeHead(status, { "content-length": content.length, date: new Date().toUTCString(), ...headers });
    if (cut === undefined) outgoing.end(incoming.method === "HEAD" ? undefined : content);
    else outgoing.write(content.subarray(0, cut), () => outgoing.destroy());
  } catch {
    // The client disconnected while it was sending.
    outgoing.destroy();
  }
}

/** Answers with an error and closes the connection. */
function turnAway(outgoing: ServerResponse, status: number, words: string): void {
  outgoing.writeHead(status, { "content-type": "text/plain", connection: "close" });
  outgoing.end(`${words}\n`);
}

/** The request; undefined if it is larger than allowed. */
async function read(incoming: IncomingMessage, budget: ReadBudget): Promise<HttpRequest | undefined> {
  const chunks: Buffer[] = [];
  const room = budget.enter();
  try {
    // The stream is still needed to answer on after the loop ends early.
    for await (const chunk of incoming.iterator({ destroyOnReturn: false })) {
      if (!room.takes((chunk as Buffer).length)) return undefined;
      chunks.push(chunk as Buffer);
    }
  } finally {
    room.leave();
  }
  const url = incoming.url ?? "/";
  const mark = url.indexOf("?");
  const headers = Object.entries(incoming.headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(", ") : (value ?? ""),
  ]);
  return {
    method: incoming.method ?? "GET",
    path: mark < 0 ? url : url.slice(0, mark),
    query: new URLSearchParams(mark < 0 ? "" : url.slice(mark + 1)),
    ...(mark >= 0 && { search: url.slice(mark + 1) }),
    headers: Object.fromEntries(headers),
    body: Buffer.concat(chunks),
  };
}

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}
