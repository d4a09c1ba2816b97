import { describe, expect, it } from "vitest";
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
