import { createHash } from "node:crypto";
import { get as getPlain, type IncomingMessage } from "node:http";
import { get as getSecure } from "node:https";
import type { AskWeb, WebReply } from "../release/port-web.ts";
import type { Agents } from "./proxy.ts";

/** Milliseconds a server has to answer. */
const ANSWER = 10_000;

/** Bytes of a body that are shown, and that are read at most. */
const START = 64 * 1024;
const MOST = 32 * 1024 * 1024;

/** The way to a URL: by these agents, or through a server here that stands in for the internet. */
export type Way = { readonly agents?: Agents | undefined; readonly instead?: string };

/** Asks as a browser would, once. `instead`: a server that is told by the Host header who is asked, and the scheme beside it. */
export function askWeb({ agents, instead }: Way): AskWeb {
  return async (url, signal) => {
    const asked = new URL(url);
    const to = instead === undefined ? asked : new URL(`${asked.pathname}${asked.search}`, instead);
    const isSecure = to.protocol === "https:";
    const named = instead === undefined ? {} : { host: asked.host, "x-forwarded-proto": asked.protocol.slice(0, -1) };
    const either = AbortSignal.any([signal, AbortSignal.timeout(ANSWER)]);
    const options = {
      ...(agents && instead === undefined && { agent: isSecure ? agents.httpsAgent : agents.httpAgent }),
      headers: { "accept-encoding": "identity", "user-agent": "astro", ...named },
      signal: either,
    };
    const begun = performance.now();
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const sent = (isSecure ? getSecure : getPlain)(to, options, resolve);
      sent.on("error", (error) => reject(either.aborted ? either.reason : error));
    });
    const nobody = instead === undefined ? undefined : answer.headers["x-rehearsal-nobody"];
    if (nobody === undefined) return replyOf(answer, performance.now() - begun);
    answer.resume();
    throw Object.assign(new Error(`${String(nobody)} ${asked.host}`), { code: nobody });
  };
}

async function replyOf(answer: IncomingMessage, firstByte: number): Promise<WebReply> {
  const hash = createHash("sha256");
  const start: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    if (bytes < START) start.push(chunk.subarray(0, START - bytes));
    hash.update(chunk);
    bytes += chunk.length;
    if (bytes > MOST) break;
  }
  const headers = Object.entries(answer.headers).map(([name, value]) => [name, [value ?? ""].flat().join(", ")]);
  return {
    status: answer.statusCode ?? 0,
    headers: Object.fromEntries(headers),
    start: Buffer.concat(start).toString("utf8"),
    ...(bytes <= MOST && { sha256: hash.digest("hex") }),
    firstByte: Math.round(firstByte),
  };
}
