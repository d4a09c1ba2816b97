import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import type { Readable } from "node:stream";
import { afterEach, describe, expect, it } from "vitest";
import type { Json, JsonObject } from "../../../src/template/types.ts";
import { templatesOf } from "./synth.ts";

describe("the placeholder that runs until the first real image", () => {
  let running: ChildProcess | undefined;
  afterEach(() => running?.kill());

  it("answers 200 on its port, whatever the path", async () => {
    const port = await freePort();
    const { Image, Command } = container(port);
    expect(Image).toEqual({
      "Fn::If": ["HasImage", { Ref: "Image" }, "public.ecr.aws/docker/library/node:24-alpine"],
    });
    const [, own, placeholder] = (Command as JsonObject)["Fn::If"] as readonly Json[];
    expect(own).toEqual({ Ref: "AWS::NoValue" });
    const [program, ...args] = placeholder as readonly string[];
    expect(program).toBe("node");
    running = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
    const [words] = await once(running.stdout as Readable, "data");
    expect(String(words)).toBe(`placeholder on port ${port}\n`);
    for (const path of ["/health", "/", "/api/v1/ready?full=1"]) {
      const answer = await fetch(`http://127.0.0.1:${port}${path}`);
      expect(answer.status).toBe(200);
      expect(await answer.text()).toContain("astro deploy");
      // Longer than the load balancer's 60 seconds, as the API itself.
      expect(answer.headers.get("keep-alive")).toBe("timeout=75");
    }
  });
});

describe("the CDN's function for deep links", () => {
  const code = String(templatesOf({ region: "us-east-1" }).cdn?.Resources.SpaFunction?.Properties?.FunctionCode);
  const handler = new Function(`${code}; return handler;`)() as (event: Json) => { readonly uri: string };

  it.each([
    ["/", "/index.html"],
    ["/orders/7", "/index.html"],
    ["/orders/", "/index.html"],
    ["/v1.2/orders", "/index.html"],
    ["/assets/app.3f2a.js", "/assets/app.3f2a.js"],
    ["/favicon.ico", "/favicon.ico"],
  ])("serves %s as %s", (uri, served) => {
    expect(handler({ request: { uri } }).uri).toBe(served);
  });

  it("leaves the API alone: a 404 of its own stays one", () => {
    const distribution = templatesOf({ region: "us-east-1" }).cdn?.Resources.Distribution;
    const settings = (distribution?.Properties?.DistributionConfig ?? {}) as JsonObject;
    const behaviours = (settings.CacheBehaviors ?? []) as readonly JsonObject[];
    expect(settings.CustomErrorResponses).toBeUndefined();
    expect(behaviours.map(({ PathPattern }) => PathPattern)).toEqual(["/api/*"]);
    expect(JSON.stringify(behaviours)).not.toContain("SpaFunction");
  });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

function container(port: number): JsonObject {
  const definition = templatesOf({ region: "us-east-1", service: { port } }).service?.Resources.TaskDefinition;
  const [first] = (definition?.Properties?.ContainerDefinitions ?? []) as readonly JsonObject[];
  return first ?? {};
}
