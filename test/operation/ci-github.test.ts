import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateOpenIDConnectProviderCommand, IAMClient } from "@aws-sdk/client-iam";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { parse } from "yaml";
import { ciGitHub } from "../../src/operation/ci-github.ts";
import { init } from "../../src/operation/init.ts";
import { type Rehearsal, startRehearsal } from "../../src/rehearsal/rehearsal.ts";
import { run } from "../support/cli.ts";
import { contextWith } from "../support/context.ts";

const ACCOUNT = "111122223333";
const REGION = "eu-west-1";
const FLAGS = { json: true, yes: true, rehearse: false, speed: "max" };

let folder: string;
let rehearsal: Rehearsal;
/** What GitHub's client answers; without it there is none. */
let gitHub: object | undefined;
let isRepository: boolean;

const context = () =>
  contextWith(
    async (command, options) => {
      const { code, stdout, stderr } = await run("sh", ["-c", command], options);
      return { exitCode: code ?? 1, stdout, stderr };
    },
    {
      cwd: folder,
      env: { AWS_ENDPOINT_URL: rehearsal.endpoint },
      program: async ([name, ...words]) => {
        const said = (stdout: string) => ({ exitCode: 0, stdout, stderr: "" });
        if (name === "gh" && gitHub !== undefined) return said(JSON.stringify(gitHub));
        if (name === "git" && isRepository && words.includes("--show-toplevel")) return said(`${folder}\n`);
        if (name === "git" && isRepository && words.includes("get-url"))
          return said("git@github.com:octo-org/shop.git");
        if (name === "git" && isRepository && words.at(-1) === "remote") return said("origin\n");
        return { exitCode: 127, stdout: "", stderr: "not found" };
      },
    },
  );
const gitHubIn = () => parse(readFileSync(join(folder, "infra", "astro.yaml"), "utf8")).environments.dev.ci.github;

beforeEach(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "astro-ci-")));
  [gitHub, isRepository] = [undefined, true];
  rehearsal = await startRehearsal({ speed: "max", region: REGION, account: ACCOUNT, clients: "outside" });
  vi.stubEnv("AWS_ACCESS_KEY_ID", rehearsal.credentials.accessKeyId);
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", rehearsal.credentials.secretAccessKey);
  const flags = { name: "shop", env: "dev", preset: "dev", region: REGION, yes: true, json: true } as const;
  await init(context(), "infra", flags);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rehearsal.close();
  rmSync(folder, { recursive: true, force: true });
});

describe("astro ci github", () => {
  it("goes by the numbers that GitHub says its tokens carry", async () => {
    gitHub = { use_default: true, use_immutable_subject: true, sub_claim_prefix: "repo:octo-org@12/shop@34" };
    const { value } = await ciGitHub(context(), FLAGS);
    expect(gitHubIn()).toEqual({ repository: "octo-org/shop", ids: "12/34", branch: "main" });
    expect(value.notices).toEqual([]);
    gitHub = { use_default: true, use_immutable_subject: false, sub_claim_prefix: "repo:octo-org/shop" };
    await ciGitHub(context(), FLAGS);
    expect(gitHubIn()).toEqual({ repository: "octo-org/shop", branch: "main" });
  });

  it("says so where GitHub cannot be asked, and takes the numbers as a flag", async () => {
    const first = await ciGitHub(context(), FLAGS);
    expect(first.value.notices).toEqual([expect.stringContaining("--ids OWNER_ID/REPOSITORY_ID")]);
    const second = await ciGitHub(context(), { ...FLAGS, ids: "12/34" });
    expect(second.value).toMatchObject({ ids: "12/34", notices: [], written: ["infra/astro.yaml"] });
    expect((await ciGitHub(context(), FLAGS)).value).toMatchObject({ ids: "12/34", written: [] });
  });

  it("says so where the repository's tokens have a subject of their own", async () => {
    gitHub = { use_default: false, include_claim_keys: ["repo"] };
    const { value } = await ciGitHub(context(), FLAGS);
    expect(value.notices).toEqual([expect.stringContaining("a subject of their own")]);
  });

  it("goes by the account's provider, and says what that lacks", async () => {
    gitHub = { use_default: true };
    const { endpoint, credentials } = rehearsal;
    const iam = new IAMClient({ endpoint, credentials, region: REGION });
    const Url = "https://token.actions.githubusercontent.com";
    await iam.send(new CreateOpenIDConnectProviderCommand({ Url, ClientIDList: ["https://github.com/octo-org"] }));
    const { value, render } = await ciGitHub(context(), FLAGS);
    const arn = `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com`;
    expect(value).toMatchObject({ provider: arn, makesProvider: false });
    expect(gitHubIn().provider).toBe(arn);
    expect(value.notices).toEqual([expect.stringContaining("takes no tokens for sts.amazonaws.com")]);
    expect(render().replace(/\s+/g, " ")).toContain("the account's provider of GitHub's tokens is there already");
  });

  it("writes nothing where it cannot go on", async () => {
    isRepository = false;
    await expect(ciGitHub(context(), FLAGS)).rejects.toMatchObject({ code: "config" });
    isRepository = true;
    rmSync(join(folder, "infra", "stacks", "ci.ts"));
    await expect(ciGitHub(context(), FLAGS)).rejects.toMatchObject({
      code: "config",
      hints: [expect.objectContaining({ command: expect.arrayContaining(["astro", "init"]) })],
    });
    expect(parse(readFileSync(join(folder, "infra", "astro.yaml"), "utf8")).environments.dev.ci).toBeUndefined();
  });

  it("overwrites no workflow that it did not write", async () => {
    const workflows = join(folder, ".github", "workflows");
    mkdirSync(workflows, { recursive: true });
    writeFileSync(join(workflows, "astro.yml"), "name: mine\n");
    const { value, render } = await ciGitHub(context(), FLAGS);
    expect(value.kept).toBe(".github/workflows/astro.yml");
    expect(render()).toContain("kept: .github/workflows/astro.yml");
    expect(readFileSync(join(workflows, "astro.yml"), "utf8")).toBe("name: mine\n");
  });
});
