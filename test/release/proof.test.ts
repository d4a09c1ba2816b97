import { describe, expect, it } from "vitest";
import type { AskWeb, WebReply } from "../../src/release/port-web.ts";
import { proofError, proofProbes, proveRelease } from "../../src/release/proof.ts";
import { fakeClock } from "../support/fake-clock.ts";

const signal = new AbortController().signal;
const [INDEX, SCRIPT] = ["1".repeat(64), "2".repeat(64)];
const file = (path: string, sha256: string, type: string, cacheControl = "no-cache") => ({
  path,
  sha256,
  bytes: 10,
  type,
  cacheControl,
});
const manifest = {
  hash: "h",
  files: [
    file("index.html", INDEX, "text/html"),
    file("logo.png", "3".repeat(64), "image/png"),
    file("assets/a-1.js", SCRIPT, "text/javascript", "public, immutable"),
  ],
};
const OUTPUTS: { readonly [name: string]: string } = {
  AppUrl: "https://app.example.com",
  ApiUrl: "https://api.example.com",
  ApiRecord: "api.example.com CNAME lb.elb.amazonaws.com",
};
const probes = proofProbes({ outputs: (name) => OUTPUTS[name], healthPath: "/api/health", manifest });

const ok = (sha256?: string): WebReply => ({
  status: 200,
  headers: {},
  start: "",
  firstByte: 7,
  ...(sha256 && { sha256 }),
});
const well = (url: string): WebReply => ok(url.endsWith(".js") ? SCRIPT : url.endsWith("/") ? INDEX : undefined);

/** Asks a web in which one URL answers otherwise. */
const prove = (path: string, answer: (asked: number) => Partial<WebReply> | Error) => {
  let asked = 0;
  const ask: AskWeb = async (url) => {
    if (!url.endsWith(path)) return well(url);
    const found = answer(++asked);
    if (found instanceof Error) throw found;
    return { ...well(url), ...found };
  };
  return proveRelease(probes, { ask, clock: fakeClock(), signal });
};

const code = (word: string) => Object.assign(new Error(word), { code: word });
const from = (server: string, status: number, start = "") => ({ status, headers: { server }, start });

describe("a release that is proved", () => {
  it("is asked for its health both ways, its page, and the script that its page needs", async () => {
    const checks = await prove("none", () => ok());
    expect(checks.map(({ url, status, firstByte, tries }) => [url, status, firstByte, tries])).toEqual([
      ["https://api.example.com/api/health", 200, 7, 1],
      ["https://app.example.com/api/health", 200, 7, 1],
      ["https://app.example.com/", 200, 7, 1],
      ["https://app.example.com/assets/a-1.js", 200, 7, 1],
    ]);
    expect(proofError(checks)).toBeUndefined();
  });

  it("is asked again as long as an answer may still come", async () => {
    const checks = await prove("m/", (asked) => (asked < 4 ? ok("0".repeat(64)) : ok(INDEX)));
    expect(checks[2]).toMatchObject({ status: 200, tries: 4 });
    expect(checks[2]?.fault).toBeUndefined();
  });

  it("is given up on after five minutes, or at once where only the app could change it", async () => {
    const [late] = await prove("api.example.com/api/health", () => code("ENOTFOUND"));
    expect(late?.tries).toBe(61);
    const [soon] = await prove("api.example.com/api/health", () => ({ status: 404 }));
    expect(soon).toMatchObject({ tries: 3, fault: { hop: "task" } });
  });

  it.each<[string, string, string, Partial<WebReply> | Error, RegExp]>([
    ["DNS", "api.example.com/api/health", "no name", code("ENOTFOUND"), /no DNS knows api\.example\.com \(ENOTFOUND\)/],
    ["TLS", "app.example.com/", "a wrong certificate", code("CERT_HAS_EXPIRED"), /certificate of app\.example\.com/],
    ["connection", "app.example.com/", "a closed door", code("ECONNREFUSED"), /does not answer: ECONNREFUSED/],
    ["connection", "app.example.com/", "silence", new DOMException("", "TimeoutError"), /no answer in ten seconds/],
    [
      "load balancer",
      "app.example.com/api/health",
      "CloudFront's 502",
      from("CloudFront", 502),
      /cannot be reached by the CDN/,
    ],
    ["load balancer", "app.example.com/api/health", "CloudFront's 504", from("CloudFront", 504), /in time/],
    ["task", "app.example.com/api/health", "the balancer's 503", from("awselb/2.0", 503), /there is no task to ask/],
    ["task", "app.example.com/api/health", "the balancer's 502", from("awselb/2.0", 502), /closed the connection/],
    ["task", "app.example.com/api/health", "the app's 500", from("uvicorn", 500), /the app failed/],
    [
      "load balancer",
      "app.example.com/api/health",
      "a refusal between them",
      from("awselb/2.0", 403, "The API is at /api of the CDN."),
      /does not know the CDN/,
    ],
    [
      "CDN",
      "app.example.com/api/health",
      "the page for the API",
      { status: 200, headers: { server: "AmazonS3", "content-type": "text/html" } },
      /frontend's page, not the API's/,
    ],
    ["CDN", "app.example.com/", "an old page", { sha256: "0".repeat(64) }, /another release's content/],
    ["bucket", "app.example.com/", "a bucket that is shut", from("AmazonS3", 403, "AccessDenied"), /may not read it/],
    ["bucket", "a-1.js", "a missing file", from("AmazonS3", 404), /is not in the bucket/],
  ])("fails at the hop %s: %s answers with %s", async (hop, path, _, answer, words) => {
    const checks = await prove(path, () => answer);
    const [failed, ...others] = checks.filter(({ fault }) => fault !== undefined);
    expect(others).toEqual([]);
    expect(failed?.fault).toMatchObject({ hop, words: expect.stringMatching(words) });
    const error = proofError(checks);
    expect(error).toMatchObject({ code: "failed", message: expect.stringContaining(`answers: ${hop}: `) });
    expect(error?.hints.length).toBeGreaterThan(0);
  });

  it("whose name is in nobody's DNS is told the record to add", async () => {
    const error = proofError(await prove("api.example.com/api/health", () => code("ENOTFOUND")));
    expect(error?.hint).toContain(
      "add this record where the domain's DNS is: api.example.com CNAME lb.elb.amazonaws.com",
    );
  });

  it("without an own name of the API is asked through the CDN alone, whose /api/ is all that leads there", () => {
    const outputs = (name: string) => (name === "AppUrl" ? "https://d1.cloudfront.net" : undefined);
    expect(proofProbes({ outputs, healthPath: "/health" })).toEqual([
      { about: "api", through: "CDN", url: "https://d1.cloudfront.net/api/" },
    ]);
    expect(proofProbes({ outputs: () => undefined, healthPath: "/health", manifest })).toEqual([]);
  });
});
