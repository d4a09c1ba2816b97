import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { runPrograms } from "../../src/child-process.ts";
import type { Context } from "../../src/context.ts";
import { exec } from "../../src/operation/everyday/exec.ts";
import { logs } from "../../src/operation/everyday/logs.ts";
import { listSecrets, removeSecret, setSecret } from "../../src/operation/everyday/secret.ts";
import { tunnel } from "../../src/operation/everyday/tunnel.ts";
import { openUrl } from "../../src/operation/open-url.ts";
import { deploy } from "../../src/operation/release/deploy.ts";
import { releases } from "../../src/operation/release/releases.ts";
import { rollback } from "../../src/operation/release/rollback.ts";
import { runOnce } from "../../src/operation/release/run-task.ts";
import { status } from "../../src/operation/status.ts";
import { fakeDocker } from "../support/fake-docker.ts";

/** Flags that every command on an environment takes. */
export const FLAGS = { json: true, rehearse: false, speed: "max", yes: true, wait: false } as const;

/** What the app of a life is made from: an image, its migration, a worker, a frontend. */
export const APP = {
  build: { context: "../api", dockerfile: "Dockerfile" },
  migrate: ["alembic", "upgrade", "head"],
  frontend: { directory: "../web", output: "dist" },
} as const;
export const WORKER = { command: ["celery", "worker"], tasks: 1, cpu: 256, memory: 512, spot: true } as const;

/** Sources of the app, each time others. */
export function writeSources(folder: string, version: string): void {
  const write = (path: string, content: string) => {
    mkdirSync(join(folder, path, ".."), { recursive: true });
    writeFileSync(join(folder, path), content);
  };
  write("api/Dockerfile", `FROM scratch\nLABEL version=${version}\n`);
  write("web/dist/index.html", `<!doctype html><script src="/assets/index-${version}.js"></script>`);
  write(`web/dist/assets/index-${version}.js`, `document.title = "${version}";`);
}

/** A machine with git, a docker that stands for one, and a plugin that takes every session. */
export function withPrograms(context: Context, folder: string): Context {
  const docker = fakeDocker(folder);
  const programs = runPrograms({
    kill: process.kill.bind(process),
    atExit: context.atExit,
    groups: true,
    interrupted: new AbortController().signal,
  });
  return {
    ...context,
    cache: join(folder, "cache"),
    attend: async () => 0,
    program: async (words, options) => {
      const [name, version] = words;
      // GitHub is not asked.
      if (name === "gh") return { exitCode: 127, stdout: "", stderr: "" };
      if (name !== "session-manager-plugin")
        return programs(words, { ...options, env: { ...docker.env, ...options.env } });
      if (version === "--version") return { exitCode: 0, stdout: "1.2.707.0", stderr: "" };
      options.line?.("Waiting for connections...");
      await new Promise((resolve) => options.signal?.addEventListener("abort", resolve, { once: true }));
      throw options.signal?.reason;
    },
  };
}

/** What is done every day with what runs. */
export async function lookInside(context: Context): Promise<void> {
  await logs(context, undefined, { ...FLAGS, follow: false, since: "1h", previous: false });
  await logs(context, undefined, { ...FLAGS, follow: false, since: "1h", previous: true });
  expect(await exec(context, [], FLAGS)).toBe(0);
  for (const kind of ["database", "cache"] as const)
    expect(await tunnel(context, kind, ["true"], { ...FLAGS, showPassword: false })).toBe(0);
}

/** A variable of the tasks that is a secret, of which they are not told before the next provisioning. */
export async function setVariable(context: Context, name: string, value: string): Promise<readonly string[]> {
  const given: Context = { ...context, input: async () => new TextEncoder().encode(value) };
  return (await setSecret(given, [name], FLAGS)).value.restarted;
}

/** A release of all that an app has. */
export async function release(context: Context): Promise<void> {
  expect(await deploy(context, { ...FLAGS, detach: false })).toBe(0);
}

/** What is done every day with releases; `folder` has the sources of the app. */
export async function releaseAndLookBack(context: Context, folder: string): Promise<void> {
  expect(await runOnce(context, FLAGS, ["alembic", "current"])).toBe(0);
  expect((await openUrl(context, { ...FLAGS, print: true })).url).toMatch(/^https:/);
  // Its tasks are given it: they are replaced.
  expect(await setVariable(context, "STRIPE_KEY", "another")).toEqual(["worker", "api"]);
  await setVariable(context, "UNUSED", "value");
  await removeSecret(context, ["UNUSED"], FLAGS);
  expect((await listSecrets(context, FLAGS)).value.secrets).toMatchObject([{ name: "STRIPE_KEY", given: true }]);
  writeSources(folder, "second");
  await release(context);
  expect(await rollback(context, FLAGS)).toBe(0);
  const { value } = await releases(context, FLAGS);
  expect(value.releases.map(({ number, of }) => [number, of])).toEqual([
    [1, undefined],
    [2, undefined],
    [3, 1],
  ]);
  expect((await status(context, FLAGS)).value.app?.release?.number).toBe(3);
}
