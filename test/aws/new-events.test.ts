import { createServer } from "node:http";
import { expect, it, onTestFinished } from "vitest";
import { openCloud } from "../../src/aws/cloud.ts";
import { cutEvents } from "../../src/aws/new-events.ts";
import { listening } from "../support/local-server.ts";

const event = (id: string) =>
  `<member><EventId>${id}</EventId><StackName>shop</StackName><Timestamp>2026-03-01T12:00:00Z</Timestamp></member>`;

const answer = (ids: readonly string[], token = "") =>
  `<DescribeStackEventsResponse><DescribeStackEventsResult><StackEvents>${ids.map(event).join("")}</StackEvents>${token}</DescribeStackEventsResult></DescribeStackEventsResponse>`;

it("leaves out of an answer the events behind the known one, and what follows them in", () => {
  const next = "<NextToken>1</NextToken>";
  expect(cutEvents(answer(["c", "b", "a"], next), "b")).toBe(answer(["c", "b"], next));
  expect(cutEvents(answer(["c", "b", "a"]), "a")).toBe(answer(["c", "b", "a"]));
  expect(cutEvents(answer(["c"], next), "a")).toBe(answer(["c"], next));
  expect(cutEvents("<EventId>a</EventId>", "a")).toBe("<EventId>a</EventId>");
});

it("finds what came after an event, on the pages that it takes, and reads again what came only in part", async () => {
  const pages = [answer(["e", "d"], "<NextToken>2</NextToken>"), answer(["c", "b", "a"], "<NextToken>3</NextToken>")];
  const answers = [pages[0]?.slice(0, 150), ...pages];
  const server = createServer((_, outgoing) => {
    const body = answers.shift() ?? "";
    const whole = pages.includes(body);
    outgoing.writeHead(200, { "content-type": "text/xml", "content-length": whole ? body.length : 1000 });
    if (whole) outgoing.end(body);
    else outgoing.write(body, () => outgoing.destroy());
  });
  const { endpoint, close } = await listening(server);
  onTestFinished(close);
  const cloud = openCloud({ endpoint, credentials: { accessKeyId: "a", secretAccessKey: "b" } }, "us-east-1");
  const found = await cloud.events({ name: "shop", region: "us-east-1" }, "b");
  expect(found.map(({ id }) => id)).toEqual(["c", "d", "e"]);
  expect(answers).toEqual([]);
});
