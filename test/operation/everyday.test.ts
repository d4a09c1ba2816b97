import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { command } from "../../src/command-line.ts";
import type { Context } from "../../src/context.ts";
import { AstroError } from "../../src/errors.ts";
import { exec } from "../../src/operation/everyday/exec.ts";
import { logs } from "../../src/operation/everyday/logs.ts";
import { openTunnel } from "../../src/operation/everyday/open-tunnel.ts";
import { tunnel } from "../../src/operation/everyday/tunnel.ts";
import { runOnce } from "../../src/operation/release/run-task.ts";
import { type Rehearsal, startRehearsal } from "../../src/rehearsal/rehearsal.ts";
import { isPortFree } from "../../src/system.ts";
import { contextWith } from "../support/context.ts";
import { contextOn } from "../support/context-on.ts";

const REGION = "eu-west-1";
const FLAGS = { json: false, rehearse: false, speed: "60" };
const PLUGIN = { exitCode: 0, stdout: "1.2.707.0\n", stderr: "" };

let folder: string;
let rehearsal: Rehearsal;
let context: Context;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "astro-everyday-"));
  writeFileSync(join(folder, "astro.yaml"), `name: shop\nenvironments:\n  dev:\n    region: ${REGION}\n`);
  rehearsal = await startRehearsal({ speed: "max", region: REGION, clients: "outside" });
  const base = contextOn(rehearsal, { cwd: folder, columns: 120, write: () => {} });
  context = { ...base, program: async () => PLUGIN };
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await rehearsal.close();
  rmSync(folder, { recursive: true, force: true });
});

const refusal = (work: Promise<unknown>) =>
  work.then(
    () => expect.fail("nothing was refused"),
    (error: unknown) => (error instanceof AstroError ? error : expect.fail(String(error))),
  );

describe("where nothing is deployed", () => {
  it("there are no logs: what creates them is offered", async () => {
    const read = logs(context, "api", { ...FLAGS, follow: false, since: "1h", previous: false });
    const { message, hints } = await refusal(read);
    expect(message).toBe("there is no log group /shop/dev/api");
    expect(hints.map((hint) => hint.command)).toEqual([
      command`astro provision --env dev`,
      command`astro status --env dev`,
    ]);
  });

  it("nobody is let in, nor led through", async () => {
    for (const work of [
      () => exec(context, [], FLAGS),
      () => tunnel(context, "cache", [], { ...FLAGS, showPassword: false }),
    ]) {
      const { message, hints } = await refusal(work());
      expect(message).toMatch(/the app's services are not there|there is no cache/);
      expect(hints[0]?.command).toEqual(command`astro provision --env dev`);
    }
  });
});

it.each([
  [{ cpu: 7 }, "--cpu is 7: Fargate has no such task", /^legal values: 256, 512, 1024,/],
  [
    { cpu: 256, memory: 4096 },
    "--cpu is 256: Fargate has no such task with 4096 MB",
    /^legal values: 512, 1024, 2048$/,
  ],
  [{ memory: 700 }, "--memory is 700: Fargate has no such task", /^memory is 512, or whole GB/],
])("a task of the size %j is refused before anything is asked", async (size, message, hint) => {
  const error = await refusal(runOnce({ ...context, cwd: tmpdir() }, { ...FLAGS, ...size }, ["alembic", "current"]));
  expect(error).toMatchObject({ code: "usage", message });
  expect(error.hints[0]?.text).toMatch(hint);
});

describe("a tunnel", () => {
  it("whose port is taken says which to take, before it begins anything", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as { readonly port: number };
    try {
      const given = { ...FLAGS, port, showPassword: false };
      const { message, hints } = await refusal(tunnel({ ...context, isPortFree }, "database", [], given));
      expect(message).toBe(`port ${port} of this machine is taken`);
      expect(hints[0]?.command).toEqual(command`astro tunnel database --env dev --port ${port + 1}`);
    } finally {
      server.close();
    }
    await vi.waitFor(async () => expect(await isPortFree(port)).toBe(true));
  });

  const run = { words: ["session-manager-plugin"], env: {} };
  /** A plugin that says these lines and then ends, or goes on until it is ended. */
  const saying = (lines: readonly string[], exitCode?: number, left = new AbortController()): Context =>
    contextWith(() => Promise.reject(new Error("no shell")), {
      interruptible: () => left.signal,
      program: async (_, { line, signal }) => {
        for (const one of lines) line?.(one);
        if (exitCode !== undefined) return { exitCode, stdout: "", stderr: "" };
        await new Promise((resolve) => signal?.addEventListener("abort", resolve, { once: true }));
        throw signal?.reason;
      },
    });

  it("is open once the plugin takes connections, and closed with it", async () => {
    const open = await openTunnel(saying(["Starting session", "Waiting for connections..."]), run, "one");
    await open.close();
    await expect(open.ended).resolves.toBeUndefined();
  });

  it("whose plugin ends by itself says what that said last", async () => {
    const { message } = await refusal(openTunnel(saying(["Cannot perform start session: EOF"], 255), run, "one"));
    expect(message).toBe(
      "the Session Manager plugin ended the tunnel with exit code 255: Cannot perform start session: EOF",
    );
    const open = await openTunnel(saying(["Waiting for connections...", "connection closed"], 1), run, "one");
    expect((await refusal(open.ended)).message).toContain("exit code 1");
  });

  it("that a person does not want any more before it is open is none", async () => {
    const left = new AbortController();
    const opening = openTunnel(saying(["Starting session"], undefined, left), run, "one");
    left.abort(new Error("interrupted"));
    expect((await refusal(opening)).code).toBe("interrupted");
  });
});
