import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { openCloud } from "../../src/aws/cloud.ts";
import { rehearsed } from "../support/rehearsed.ts";
import { SITE } from "../support/stacks.ts";

describe("the credentials of a profile", () => {
  it("are found once, whichever services are asked and wherever", async () => {
    const { rehearsal } = await rehearsed();
    const { endpoint, credentials } = rehearsal;
    const folder = mkdtempSync(join(tmpdir(), "astro-profile-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const at = (name: string) => join(folder, name);
    const { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey } = credentials;
    const answer = JSON.stringify({ Version: 1, AccessKeyId, SecretAccessKey });
    writeFileSync(at("sign-in.sh"), `echo run >> ${at("runs")}\necho '${answer}'\n`);
    writeFileSync(at("config"), `[default]\ncredential_process = sh ${at("sign-in.sh")}\n`);
    vi.stubEnv("AWS_CONFIG_FILE", at("config"));
    vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", at("none"));
    onTestFinished(() => void vi.unstubAllEnvs());
    const cloud = openCloud({ endpoint }, SITE.region);
    await cloud.identity();
    await cloud.stacks(SITE.region);
    await cloud.stacks("us-east-1");
    await cloud.lock(SITE.region, "shop/dev");
    await cloud.readObject(SITE.region, "no-such-bucket", "key");
    expect(readFileSync(at("runs"), "utf8")).toBe("run\n");
  });
});
