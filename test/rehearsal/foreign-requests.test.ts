import { connect } from "node:net";
import { ListObjectsV2Command } from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { readBudget } from "../../src/rehearsal/foreign-requests.ts";
import { type Driver, rehearse } from "./support/driver.ts";

const SIGNED = "Authorization: AWS4-HMAC-SHA256 Credential=123456789012/20260301/us-east-1/cloudformation/aws4_request";
const CHUNKED = "Transfer-Encoding: chunked";
const FORM = "Action=CreateStack&Version=2010-05-15&StackName=evil&TemplateBody=%7B%7D";

/** Sends the lines of a request as they are; the first line of the answer. */
function send({ rehearsal }: Driver, lines: readonly string[], body = ""): Promise<string> {
  const { port } = new URL(rehearsal.endpoint);
  return new Promise((resolve) => {
    let answer = "";
    const socket = connect(Number(port), "127.0.0.1", () => {
      const isSized = body !== "" && !lines.includes(CHUNKED);
      const length = isSized ? [`Content-Length: ${body.length}`] : [];
      socket.write(`${[...lines, ...length].join("\r\n").replaceAll("PORT", port)}\r\n\r\n${body}`);
    });
    socket.on("data", (chunk) => {
      answer += chunk;
      if (answer.includes("\r\n\r\n")) socket.destroy();
    });
    socket.on("error", () => undefined);
    socket.on("close", () => resolve(answer.split("\r\n")[0] ?? ""));
  });
}

const post = (...headers: readonly string[]) => ["POST / HTTP/1.1", SIGNED, ...headers];
const OWN = "Host: 127.0.0.1:PORT";
const REFUSED = "HTTP/1.1 403 Forbidden";

describe("a rehearsal's server", () => {
  it.each([
    ["a page's", ["Host: 127.0.0.1:PORT", "Origin: https://evil.example"]],
    ["a page's from a sandbox or a file", [OWN, "Origin: null"]],
    ["a page's of its own", [OWN, "Origin: http://127.0.0.1:PORT"]],
    ["a page's without a word", [OWN, "Origin:"]],
    ["a browser's for another site", [OWN, "Sec-Fetch-Site: cross-site"]],
    ["a browser's for the same site", [OWN, "Sec-Fetch-Site: same-site"]],
    ["a browser's for a page it was given here", [OWN, "Sec-Fetch-Site: same-origin"]],
    ["one for a name that was made to lead here", ["Host: evil.example:PORT"]],
    ["one for such a name that looks like S3's", ["Host: shop.s3.evil.example"]],
    ["one for such a name that begins like its own", ["Host: 127.0.0.1.evil.example:PORT"]],
    ["one for such a name that ends like its own", ["Host: evil-localhost:PORT"]],
    ["one for another port", ["Host: 127.0.0.1:1"]],
    ["one for no port", ["Host: 127.0.0.1"]],
    ["one with a user in the host", ["Host: a@127.0.0.1:PORT"]],
  ])("refuses %s, whatever it asks for, and does nothing", async (_, headers) => {
    const driver = await rehearse();
    expect(await send(driver, post(...headers), FORM)).toBe(REFUSED);
    expect(await send(driver, ["GET /_rehearsal HTTP/1.1", ...headers])).toBe(REFUSED);
    expect(await send(driver, ["OPTIONS / HTTP/1.1", ...headers])).toBe(REFUSED);
    expect([...driver.rehearsal.requests]).toEqual([]);
  });

  it("refuses two hosts, none, and to be a proxy", async () => {
    const driver = await rehearse();
    expect(await send(driver, post(OWN, "Host: evil.example"), FORM)).toMatch(/^HTTP\/1.1 40[03]/);
    expect(await send(driver, ["POST / HTTP/1.0", SIGNED], FORM)).toBe(REFUSED);
    expect(await send(driver, ["POST http://127.0.0.1:PORT/ HTTP/1.1", SIGNED, OWN], FORM)).toBe(REFUSED);
    expect(await send(driver, ["CONNECT evil.example:443 HTTP/1.1", "Host: evil.example:443"])).not.toContain("200");
    const upgrade = ["GET / HTTP/1.1", "Connection: Upgrade", "Upgrade: websocket", "Origin: https://evil.example"];
    expect(await send(driver, [...upgrade, OWN])).toBe(REFUSED);
    expect([...driver.rehearsal.requests]).toEqual([]);
  });

  it.each(["127.0.0.1", "localhost", "LOCALHOST", "[::1]"])("answers to %s, and to one who typed it", async (name) => {
    const driver = await rehearse();
    const form = "Action=DescribeStacks&Version=2010-05-15";
    expect(await send(driver, post(`Host: ${name}:PORT`, "Sec-Fetch-Site: none"), form)).toBe("HTTP/1.1 200 OK");
  });

  it("answers S3's clients that put the bucket into the host's name", async () => {
    const driver = await rehearse();
    const signed = SIGNED.replace("/cloudformation/", "/s3/");
    expect(await send(driver, ["PUT / HTTP/1.1", "Host: kept-things.localhost:PORT", signed])).toBe("HTTP/1.1 200 OK");
    expect(await driver.s3.send(new ListObjectsV2Command({ Bucket: "kept-things" }))).toMatchObject({ KeyCount: 0 });
  });

  it("takes no more headers than 16 kB, and no larger body than there is room for", async () => {
    const driver = await rehearse();
    expect(await send(driver, post(OWN, `X: ${"x".repeat(17_000)}`))).toMatch(/^HTTP\/1.1 431/);
    const body = `8000001\r\n${"x".repeat(0x8000001)}\r\n0\r\n\r\n`;
    const status = await send(driver, ["PUT /b/k HTTP/1.1", OWN, SIGNED, CHUNKED], body);
    expect(status).toMatch(/^HTTP\/1.1 413/);
    expect([...driver.rehearsal.requests]).toEqual([]);
  });
});

describe("the memory for requests being read", () => {
  it("is bounded for each request and for all, and free again when they are read", () => {
    const budget = readBudget(10, 15);
    const [one, two] = [budget.enter(), budget.enter()];
    expect([one.takes(10), one.takes(1), two.takes(4), two.takes(1)]).toEqual([true, false, true, false]);
    one.leave();
    expect(two.takes(5)).toBe(true);
    two.leave();
    expect(budget.enter().takes(10)).toBe(true);
  });
});
