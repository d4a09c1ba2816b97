import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openCloud } from "../../src/aws/cloud.ts";
import { report } from "../../src/command.ts";
import { command } from "../../src/command-line.ts";
import { AstroError } from "../../src/errors.ts";
import { commandWith } from "../../src/operation/flags.ts";
import { provision } from "../../src/operation/provision.ts";
import { startRehearsal } from "../../src/rehearsal/rehearsal.ts";
import { contextWith } from "../support/context.ts";
import { contextOn } from "../support/context-on.ts";

const REGION = "eu-west-1";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "astro-hints-"));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

describe("the command that goes on from here", () => {
  const flags = { json: true, rehearse: true, speed: "max", fault: ["crash-loop"], yes: true };

  it("keeps the user's own flags, but for how a run is agreed to and printed, and what goes wrong in it", () => {
    expect(commandWith("provision", "dev", { ...flags, noPreflight: true, wait: true, dir: "my app" })).toEqual(
      command`astro provision --env dev --no-preflight --wait --dir ${"my app"} --rehearse --speed max`,
    );
    expect(commandWith("destroy", "dev", { ...flags, bootstrap: true })).toEqual(
      command`astro destroy --env dev --bootstrap --rehearse --speed max`,
    );
  });
});

/** Provisions an environment whose lock somebody else holds; what is thrown. */
async function locked(): Promise<AstroError> {
  const rehearsal = await startRehearsal({ speed: "max", region: REGION, clients: "outside" });
  try {
    writeFileSync(join(folder, "astro.yaml"), `name: shop\nenvironments:\n  dev:\n    region: ${REGION}\n`);
    const properties = { templateFile: "one.template.json", stackName: "shop-dev-one", tags: { Environment: "dev" } };
    const environment = `aws://unknown-account/${REGION}`;
    const one = { type: "aws:cloudformation:stack", environment, properties };
    writeFileSync(join(folder, "manifest.json"), JSON.stringify({ version: "1", artifacts: { one } }));
    const Resources = { Topic: { Type: "AWS::SNS::Topic" } };
    writeFileSync(join(folder, "one.template.json"), JSON.stringify({ Resources, Metadata: { "astro:phase": "vpc" } }));
    const context = contextOn(rehearsal, { cwd: folder, columns: 80, write: () => {} });
    const flags = { json: false, rehearse: false, speed: "60", yes: true, wait: false, assembly: folder };
    expect(await provision(context, { ...flags, noPreflight: true })).toBe(0);
    const { endpoint, credentials } = rehearsal;
    const now = new Date().toISOString();
    const whose = { run: "other", who: "arn:aws:iam::1:user/grace", host: "laptop", process: "laptop 7" };
    const times = { operation: "provision", since: now, heartbeat: now };
    await openCloud({ endpoint, credentials }, REGION).takeLock(REGION, { id: "shop/dev", ...whose, ...times });
    const thrown = await provision(context, { ...flags, noPreflight: true }).catch((error: unknown) => error);
    return thrown instanceof AstroError ? thrown : expect.fail(`not refused: ${String(thrown)}`);
  } finally {
    await rehearsal.close();
  }
}

describe("an environment that another run has locked", () => {
  it("is told of with commands for this environment: to wait, to follow, to release", async () => {
    const { code, hints } = await locked();
    expect(code).toBe("locked");
    expect(hints.map((hint) => hint.command)).toEqual([
      command`astro provision --env dev --assembly ${folder} --no-preflight --wait`,
      command`astro attach --env dev`,
      command`astro unlock --env dev`,
    ]);
  });
});

describe("an error", () => {
  const written = async (debug: boolean) => {
    const out: string[] = [];
    const err: string[] = [];
    const base = contextWith(() => Promise.reject(new Error("there is nothing to run")), { debug });
    const context = {
      ...base,
      stdout: { ...base.stdout, write: (text: string) => void out.push(text) },
      stderr: { ...base.stderr, write: (text: string) => void err.push(text) },
    };
    const hint = { text: "look", command: command`astro status --dir ${"my app"}` };
    const refusal = { call: "s3:PutObject", words: "no (AccessDenied)" };
    const cause = new Error("password=hunter2");
    await report(context, new AstroError("denied", "not allowed", hint, cause, refusal), true);
    return { out: out.join(""), err: err.join("") };
  };

  it("is one line of JSON: the hint to be read, and the same as data", async () => {
    expect(JSON.parse((await written(false)).out)).toEqual({
      error: {
        code: "denied",
        message: "not allowed",
        hint: "look:  astro status --dir 'my app'",
        hints: [{ text: "look", command: ["astro", "status", "--dir", "my app"] }],
        refusal: { call: "s3:PutObject", words: "no (AccessDenied)" },
      },
    });
  });

  it("shows its causes and where it was thrown only to whoever asks, and no secret", async () => {
    expect((await written(false)).err).not.toMatch(/\n +at /);
    const { err } = await written(true);
    expect(err).toMatch(/AstroError: not allowed\n +at [\s\S]*caused by: Error: password=\*\*\*/);
    expect(err).not.toContain("hunter2");
  });
});
