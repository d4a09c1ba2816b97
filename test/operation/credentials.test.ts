import { describe, expect, it, onTestFinished, vi } from "vitest";
import { openCloud } from "../../src/aws/cloud.ts";
import { openLookUps } from "../../src/aws/look-ups.ts";
import { surroundings } from "../../src/aws/surroundings.ts";
import { ACCOUNT, CA, farAway, person, refusal } from "../support/person.ts";

const ROLE = `arn:aws:iam::${ACCOUNT}:role/admin`;
const DEVICE = `arn:aws:iam::${ACCOUNT}:mfa/ada`;
const USER = "[base]\naws_access_key_id = AKIABASE\naws_secret_access_key = x\n";

/** What a person with this `~/.aws/config` is told who has chosen the profile `work`. */
async function told(config: string, variables: { readonly [name: string]: string } = {}) {
  const someone = person({ config, credentials: USER }, { AWS_PROFILE: "work", ...variables });
  return someone.status().then(
    () => "nothing",
    ({ code, message, hint }) => ({ code, message, hint }),
  );
}

describe("a profile that gives no credentials", () => {
  it("is named where there is none of that name, beside those there are", async () => {
    expect(await told("[profile works]\nregion = eu-west-1\n")).toEqual({
      code: "credentials",
      message: "there is no AWS profile work in ~/.aws/config or ~/.aws/credentials",
      hint: "did you mean works? there are: base, works",
    });
  });

  it("is named with what it wants of another that is not there", async () => {
    const role = `role_arn = ${ROLE}\nsource_profile`;
    expect(await told(`[profile work]\n${role} = bas\n`)).toEqual({
      code: "credentials",
      message: "profile work gives no credentials: its source_profile bas is not there",
      hint: "did you mean base? there are: base, work",
    });
    expect(await told(`[profile work]\n${role} = middle\n[profile middle]\n${role} = gone\n`)).toMatchObject({
      message: "profile work gives no credentials: its source_profile gone of middle is not there",
    });
  });

  it("is named with the circle that its sources go in", async () => {
    const circle = `[profile work]\nrole_arn = ${ROLE}\nsource_profile = a\n[profile a]\nrole_arn = ${ROLE}\nsource_profile = b\n[profile b]\nrole_arn = ${ROLE}\nsource_profile = a\n`;
    expect(await told(circle)).toMatchObject({
      code: "credentials",
      message: "profile work gives no credentials: its source profiles form a circle: work → a → b → a",
    });
    expect(await told(`[profile work]\nrole_arn = ${ROLE}\nsource_profile = work\n`)).toMatchObject({
      message: "profile work gives no credentials: its source profiles form a circle: work → work",
    });
  });

  it("is named with its program and what that said, but for what looks like a secret", async () => {
    const program = `sh -c 'echo vault: token=hunter2 is sealed >&2; exit 3'`;
    expect(await told(`[profile work]\ncredential_process = ${program}\n`)).toEqual({
      code: "credentials",
      message: "profile work gives no credentials: its credential_process failed: vault: token=*** is sealed",
      hint: `run it by itself: ${program}`,
    });
    const behind = `[profile work]\nrole_arn = ${ROLE}\nsource_profile = vault\n[profile vault]\ncredential_process = sh -c 'exit 1'\n`;
    expect(await told(behind)).toMatchObject({
      message:
        "profile work gives no credentials: the credential_process of its source_profile vault failed: it printed nothing",
    });
    expect(await told("[profile work]\ncredential_process = echo none\n")).toMatchObject({
      message:
        "profile work gives no credentials: its credential_process failed: Profile work credential_process returned invalid JSON.",
    });
  });

  it.each([
    ["aws_access_key_id = A", "it has aws_access_key_id and no aws_secret_access_key"],
    ["aws_secret_access_key = x", "it has aws_secret_access_key and no aws_access_key_id"],
    [`role_arn = ${ROLE}`, "it has role_arn and neither source_profile nor credential_source"],
    [
      `role_arn = ${ROLE}\nsource_profile = base\ncredential_source = Environment`,
      "it has source_profile and credential_source: only one can be",
    ],
    [
      `role_arn = ${ROLE}\ncredential_source = Environmental`,
      "it has credential_source = Environmental, which is none of Environment, Ec2InstanceMetadata, EcsContainer",
    ],
    ["region = eu-west-1", "it has no credentials"],
    ["sso_session = gone\nsso_account_id = 1\nsso_role_name = r", "it names the sso-session gone, which is not there"],
  ])("is named with what is wrong in it: %s", async (written, why) => {
    expect(await told(`[profile work]\n${written}\n`)).toMatchObject({
      code: "credentials",
      message: expect.stringContaining(`profile work gives no credentials: ${why}`),
    });
  });

  it("is the default one too, if that says where its credentials come from", async () => {
    expect(await told("[default]\ncredential_process = sh -c 'exit 1'\n", { AWS_PROFILE: "" })).toMatchObject({
      message: "profile default gives no credentials: its credential_process failed: it printed nothing",
    });
    expect(await told("[default]\nregion = eu-west-1\n", { AWS_PROFILE: "" })).toMatchObject({
      code: "credentials",
      message: "no AWS credentials found",
    });
  });

  it("is told apart from keys of which one half is missing", async () => {
    expect(await told("", { AWS_PROFILE: "", AWS_ACCESS_KEY_ID: "AKIA" })).toMatchObject({
      code: "credentials",
      message: "AWS_ACCESS_KEY_ID is set and AWS_SECRET_ACCESS_KEY is not",
    });
  });

  it("is told apart from an AWS that does not give it its role", async () => {
    const words = `User: arn:aws:iam::${ACCOUNT}:user/ada is not authorized to perform: sts:AssumeRole on resource: ${ROLE}`;
    const far = await farAway(({ action }) => (action === "AssumeRole" ? refusal("AccessDenied", words) : undefined));
    const way = { HTTPS_PROXY: far.proxy, AWS_CA_BUNDLE: CA };
    expect(await told(`[profile work]\nrole_arn = ${ROLE}\nsource_profile = base\n`, way)).toEqual({
      code: "credentials",
      message: `profile work gives no credentials: its role cannot be assumed: ${words} (AccessDenied)`,
      hint: `check role_arn of profile work, and that the trust policy of ${ROLE} lets its source in`,
    });
  });

  it("is told apart from a network that is not there", async () => {
    const way = { HTTPS_PROXY: "http://127.0.0.1:1" };
    expect(await told(`[profile work]\nrole_arn = ${ROLE}\nsource_profile = base\n`, way)).toMatchObject({
      code: "unreachable",
      message: "AWS cannot be reached: connect ECONNREFUSED 127.0.0.1:1",
    });
  });
});

describe("a role that wants the code of an MFA device", () => {
  const config = `[profile work]\nrole_arn = ${ROLE}\nsource_profile = base\nmfa_serial = ${DEVICE}\n`;
  const files = { config, credentials: USER };

  it("says the way with aws where nobody can be asked", async () => {
    expect(await told(config)).toEqual({
      code: "credentials",
      message: `profile work gives no credentials: it wants a code of ${DEVICE}, and there is no terminal to ask for it on`,
      hint: "run it at a terminal, or sign in before and evaluate what this prints:  aws configure export-credentials --profile work --format env",
    });
  });

  it("asks for none where the credentials behind the role fail, and names what failed", async () => {
    const behind = `${config.replace("= base", "= vault")}[profile vault]\ncredential_process = sh -c 'echo sealed >&2; exit 3'\n`;
    const { env } = person({ config: behind }, { AWS_PROFILE: "work" });
    const asked: string[] = [];
    const around = await surroundings(env, async (device) => {
      asked.push(device);
      return "123456";
    });
    await expect(around.credentials()).rejects.toMatchObject({
      code: "credentials",
      message: "profile work gives no credentials: the credential_process of its source_profile vault failed: sealed",
    });
    expect(asked).toEqual([]);
  });

  it("asks for it once for a whole run, whichever services are asked, and gives it to AWS", async () => {
    const far = await farAway();
    const asked: string[] = [];
    const { env } = person(files, { AWS_PROFILE: "work", HTTPS_PROXY: far.proxy, AWS_CA_BUNDLE: CA });
    const around = await surroundings(env, async (device) => {
      asked.push(device);
      return "123456";
    });
    const look = openLookUps({ around }, "us-east-1");
    expect(await openCloud({ around }, "us-east-1").identity()).toMatchObject({ account: ACCOUNT });
    expect(await look.credentials()).toMatchObject({ temporary: true, renewed: false });
    await look.time("us-east-1");
    expect(asked).toEqual([DEVICE]);
    const assumed = far.calls().filter(({ action }) => action === "AssumeRole");
    expect(assumed).toHaveLength(1);
    expect(Object.fromEntries(new URLSearchParams(assumed[0]?.body))).toMatchObject({
      RoleArn: ROLE,
      SerialNumber: DEVICE,
      TokenCode: "123456",
    });
    expect(around.signer).toMatchObject({ words: "profile work", once: true });
  });

  it("says so where its session ends in the middle of a run, and asks nobody then", async () => {
    const far = await farAway();
    let asked = 0;
    const { env } = person(files, { AWS_PROFILE: "work", HTTPS_PROXY: far.proxy, AWS_CA_BUNDLE: CA });
    const around = await surroundings(env, async () => String(100_000 + ++asked));
    expect(await around.credentials()).toMatchObject({ accessKeyId: "ASIAROLE" });
    const { identity } = openCloud({ around }, "us-east-1");
    await identity();
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 56 * 60_000 });
    onTestFinished(() => void vi.useRealTimers());
    await expect(identity()).rejects.toMatchObject({
      code: "credentials",
      message: `profile work gives no credentials: its session with the code of ${DEVICE} has ended`,
      hint: expect.stringContaining("asks for a new code"),
    });
    expect(asked).toBe(1);
  });

  it("says so where AWS does not take the code", async () => {
    const words = "MultiFactorAuthentication failed with invalid MFA one time pass code. ";
    const far = await farAway(({ action }) => (action === "AssumeRole" ? refusal("AccessDenied", words) : undefined));
    const { env } = person(files, { AWS_PROFILE: "work", HTTPS_PROXY: far.proxy, AWS_CA_BUNDLE: CA });
    const around = await surroundings(env, async () => "000000");
    await expect(openCloud({ around }, "us-east-1").identity()).rejects.toMatchObject({
      code: "credentials",
      message: expect.stringContaining("AWS does not accept the code: MultiFactorAuthentication failed"),
      hint: expect.stringContaining("wait for the next one"),
    });
  });
});

describe("keys in the environment", () => {
  const keys = { AWS_ACCESS_KEY_ID: "AKIAENV", AWS_SECRET_ACCESS_KEY: "x" };

  it("come before the profile, as with aws and cdk, and it is said which is used", async () => {
    const far = await farAway();
    const way = { HTTPS_PROXY: far.proxy, AWS_CA_BUNDLE: CA, AWS_PROFILE: "base" };
    const warned: unknown[] = [];
    vi.spyOn(console, "warn").mockImplementation((...words) => void warned.push(words));
    onTestFinished(() => void vi.restoreAllMocks());
    const someone = person({ credentials: USER }, { ...way, ...keys });
    expect(await someone.status()).toMatchObject({ signer: "keys of the environment" });
    expect(far.calls()[0]?.key).toBe("AKIAENV");
    expect(someone.said()).toContain("AWS_PROFILE=base is not used for credentials");
    const other = person({ credentials: USER }, way);
    expect(await other.status()).toMatchObject({ signer: "profile base" });
    expect(far.calls()[1]?.key).toBe("AKIABASE");
    expect(other.said()).toBe("");
    expect(warned).toEqual([]);
  });
});
