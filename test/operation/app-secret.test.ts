import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished, vi } from "vitest";
import { command } from "../../src/command-line.ts";
import type { Context } from "../../src/context.ts";
import { listSecrets, setSecret } from "../../src/operation/everyday/secret.ts";
import type { Stack } from "../../src/synth/assembly.ts";
import type { Template } from "../../src/template/types.ts";
import { contextOn } from "../support/context-on.ts";
import { rehearsed } from "../support/rehearsed.ts";
import { SITE, stackOf } from "../support/stacks.ts";
import { synthesise } from "../template/app/synth.ts";

const FLAGS = { json: true, rehearse: false, speed: "max", yes: true, wait: false };
const STORED = "/shop/dev/secrets/AppSecretArn";

const synthesised = synthesise({ region: "eu-west-1" }, SITE.project, SITE.environment);

/** The environment's stack of secrets, which needs no other, with its template as `make` makes it. */
function secrets(make: (template: Template) => Template): readonly Stack[] {
  return synthesised
    .filter(({ stackName }) => stackName === "shop-dev-secrets")
    .map(({ stackName, template: whole, tags }) => {
      const template = make(whole);
      return stackOf(stackName, "data", { template, body: JSON.stringify(template), tags });
    });
}

/** A template as it was before there was the environment's own secret: without it, and without what tells of it. */
function before({ Resources, Outputs = {}, ...rest }: Template): Template {
  const isOther = ([id, json]: readonly [string, object]) =>
    !/^AppSecret(Name)?$/.test(id) && !JSON.stringify(json).includes(STORED);
  return {
    ...rest,
    Resources: Object.fromEntries(Object.entries(Resources).filter(isOther)),
    Outputs: Object.fromEntries(Object.entries(Outputs).filter(isOther)),
  };
}

it("an environment from before there was a secret for its variables gets one by the next provisioning, then they can be set", async () => {
  const folder = mkdtempSync(join(tmpdir(), "astro-app-secret-"));
  onTestFinished(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true, force: true });
  });
  const file = join(folder, "astro.yaml");
  writeFileSync(file, `name: shop\nenvironments:\n  dev:\n    region: ${SITE.region}\n`);
  const bench = await rehearsed();
  const context: Context = {
    ...contextOn(bench.rehearsal, { cwd: folder, columns: 120, write: () => {} }),
    input: async () => new TextEncoder().encode("value"),
  };
  const set = () => setSecret(context, ["STRIPE_KEY"], FLAGS);

  const old = secrets(before);
  expect(JSON.stringify(old)).not.toContain("AppSecret");
  expect((await bench.provision(old)).result.outcome).toBe("done");
  await expect(set()).rejects.toMatchObject({
    message: "dev has no secret shop/dev/app yet",
    hints: [{ command: command`astro provision --env dev` }],
  });
  expect(readFileSync(file, "utf8")).not.toContain("STRIPE_KEY");

  const { result, outcomes, plan } = await bench.provision(secrets((template) => template));
  expect([result.outcome, outcomes["shop-dev-secrets"]]).toEqual(["done", "updated"]);
  const changes = plan.steps.flatMap(({ changes: all }) => all);
  expect(changes.filter(({ action }) => action === "replace" || action === "remove")).toEqual([]);
  expect((await set()).value).toMatchObject({ changed: true, listed: true });
  expect(readFileSync(file, "utf8")).toContain("secrets: [STRIPE_KEY]");
  expect((await listSecrets(context, FLAGS)).value.secrets).toMatchObject([{ name: "STRIPE_KEY", set: true }]);
});
