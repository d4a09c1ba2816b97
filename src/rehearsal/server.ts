import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { HttpRequest } from "./wire/call.ts";
import type { HttpAnswer } from "./wire/protocol.ts";

/** A running HTTP server and its port. */
export type Listening = { readonly port: number; readonly close: () => Promise<void> };

/** Serves on 127.0.0.1; `answer` gets each request once its body is read. Rejects if the port is taken. */
export async function listen(
  port: number,
  begun: () => () => void,
  answer: (request: HttpRequest) => HttpAnswer,
): Promise<Listening> {
  const server = createServer((incoming, outgoing) => {
    const done = begun();
    outgoing.once("close", done);
    incoming.once("error", done);
    void respond(incoming, outgoing, answer);
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
  answer: (request: HttpRequest) => HttpAnswer,
): Promise<void> {
  try {
    // Some SDKs wait for leave before they send a body.
    const { status, headers, body, cut } = answer(await read(incoming));
    const content = typeof body === "string" ? Buffer.from(body) : body;
    if (cut === 0) {
      outgoing.destroy();
      return;
    }
    outgoing.writeHead(status, {
      "content-length": content.length,
      date: new Date().toUTCString(),
      server: "AmazonS3",
      ...headers,
    });
    if (cut === undefined) outgoing.end(incoming.method === "HEAD" ? undefined : content);
    else outgoing.write(content.subarray(0, cut), () => outgoing.destroy());
  } catch {
    // The client went away while it was sending: there is nobody left to answer.
    outgoing.destroy();
  }
}

async function read(incoming: IncomingMessage): Promise<HttpRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
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
