import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { keptIn, stateIn } from "../support/kept.ts";
import { rehearse } from "./support/driver.ts";

describe("a value that is put into a secret", () => {
  it("is read back, and so is the one before", async () => {
    const driver = await rehearse();
    const ask = (operation: string, input: object) =>
      driver.json("secretsmanager", `secretsmanager.${operation}`, { SecretId: "s", ...input });
    await ask("CreateSecret", { Name: "s", SecretString: "first-value" });
    await ask("PutSecretValue", { SecretString: "second-välue" });
    expect(await ask("GetSecretValue", {})).toMatchObject({ SecretString: "second-välue" });
    expect(await ask("GetSecretValue", { VersionStage: "AWSPREVIOUS" })).toMatchObject({ SecretString: "first-value" });
  });

  it("is one version however often it is sent with the same token, and no other value takes its place", async () => {
    const driver = await rehearse();
    const ask = (operation: string, input: object) =>
      driver.json("secretsmanager", `secretsmanager.${operation}`, { SecretId: "s", ...input });
    await ask("CreateSecret", { Name: "s", SecretString: "{}" });
    const put = { SecretString: "value", ClientRequestToken: "0123456789abcdef0123456789abcdef" };
    const first = await ask("PutSecretValue", put);
    expect(first).toMatchObject({ VersionId: put.ClientRequestToken });
    expect(await ask("PutSecretValue", put)).toEqual(first);
    expect(await ask("GetSecretValue", { VersionStage: "AWSPREVIOUS" })).toMatchObject({ SecretString: "{}" });
    const other = await ask("PutSecretValue", { ...put, SecretString: "other" });
    expect(JSON.stringify(other)).toContain("ResourceExistsException");
  });
});

describe("a secret that a template composes of another", () => {
  const PARTS = "{{resolve:secretsmanager:parts:SecretString:password::}}";
  const composed = (host: string) => ({
    Resources: {
      Urls: {
        Type: "AWS::SecretsManager::Secret",
        Properties: { Name: "urls", SecretString: { "Fn::Join": ["@", [`{"URL":"db://app:${PARTS}`, `${host}"}`]] } },
      },
    },
  });

  it("has the other's value of when it was written, and again when the template changes it", async () => {
    const driver = await rehearse();
    const ask = (operation: string, input: object) =>
      driver.json("secretsmanager", `secretsmanager.${operation}`, input);
    const value = async () => (await ask("GetSecretValue", { SecretId: "urls" })).SecretString;
    await ask("CreateSecret", { Name: "parts", SecretString: '{"password":"first"}' });
    expect(await driver.create("shop", composed("one"))).toMatchObject({ StackStatus: "CREATE_COMPLETE" });
    expect(await value()).toBe('{"URL":"db://app:first@one"}');
    await ask("PutSecretValue", { SecretId: "parts", SecretString: '{"password":"second"}' });
    expect(await value()).toBe('{"URL":"db://app:first@one"}');
    expect(await driver.update("shop", composed("two"))).toMatchObject({ StackStatus: "UPDATE_COMPLETE" });
    expect(await value()).toBe('{"URL":"db://app:second@two"}');
  });

  it("keeps the reference, where a template or a state shows it, and no value as it is", async () => {
    const directory = mkdtempSync(join(tmpdir(), "astro-composed-"));
    onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
    const driver = await rehearse({ directory });
    const ask = (operation: string, input: object) =>
      driver.json("secretsmanager", `secretsmanager.${operation}`, input);
    await ask("CreateSecret", { Name: "parts", SecretString: '{"password":"a-password-to-find"}' });
    await driver.create("shop", composed("one"));
    await driver.rehearsal.close();
    const state = readFileSync(join(stateIn(keptIn(directory).folder), "world.json"), "utf8");
    expect(state).toContain(PARTS);
    expect(state).not.toContain("a-password-to-find");
  });
});
