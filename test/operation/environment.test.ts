import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { proxyFor, statusBy } from "../../src/aws/proxy.ts";
import { openSession } from "../../src/aws/session.ts";
import { surroundings } from "../../src/aws/surroundings.ts";
import { regionHere } from "../../src/operation/region.ts";
import { ACCOUNT, CA, farAway, person } from "../support/person.ts";

const KEYS = "[default]\naws_access_key_id = AKIA\naws_secret_access_key = x\n";

/** A machine whose only way to AWS is a proxy, and a company's CA on the way. */
async function behindProxy(variables: { readonly [name: string]: string } = {}, config = "") {
  const far = await farAway();
  const someone = person({ credentials: KEYS, config }, { HTTPS_PROXY: far.proxy, AWS_CA_BUNDLE: CA, ...variables });
  return { far, someone };
}

describe("the proxy", () => {
  it("is the one that HTTPS_PROXY names, written with or without http://", async () => {
    for (const scheme of ["", "http://"]) {
      const far = await farAway();
      const someone = person({ credentials: KEYS }, { HTTPS_PROXY: `${scheme}${far.proxy}`, AWS_CA_BUNDLE: CA });
      expect(await someone.status()).toMatchObject({ account: ACCOUNT });
      expect(far.proxied().map(({ host }) => host)).toEqual(["sts.us-east-1.amazonaws.com:443"]);
    }
  });

  it("is asked for with the name and password in the proxy's address", async () => {
    const far = await farAway(undefined, { password: "ada:s%cret" });
    const someone = person(
      { credentials: KEYS },
      { https_proxy: `http://ada:s%25cret@${far.proxy}`, HTTPS_PROXY: "http://192.0.2.1:1", AWS_CA_BUNDLE: CA },
    );
    expect(await someone.status()).toMatchObject({ account: ACCOUNT });
    expect(far.proxied().every(({ by }) => by === "ada:s%cret")).toBe(true);
  });

  it("is taken too where it is looked whether what was made answers", async () => {
    const far = await farAway();
    const way = { HTTPS_PROXY: far.proxy, HTTP_PROXY: far.proxy, AWS_CA_BUNDLE: CA };
    const { env } = person({ credentials: KEYS }, way);
    const { agents } = await surroundings(env);
    const { signal } = new AbortController();
    expect(agents && (await statusBy(agents, "http://shop.us-east-1.elb.amazonaws.com/health", signal))).toBe(404);
    expect(far.proxied().map(({ host }) => host)).toEqual([
      "http://shop.us-east-1.elb.amazonaws.com/health",
      "app.amazonaws.com:443",
    ]);
    expect(agents && (await statusBy(agents, "https://nobody.example", AbortSignal.abort()).catch(() => "left"))).toBe(
      "left",
    );
  });

  it("is said to want a name and password, where it does", async () => {
    const far = await farAway(undefined, { password: "ada:secret" });
    const someone = person({ credentials: KEYS }, { HTTPS_PROXY: far.proxy, AWS_CA_BUNDLE: CA });
    await expect(someone.status()).rejects.toMatchObject({
      code: "proxy",
      message: "AWS cannot be reached: the proxy answers 407 Proxy Authentication Required",
      hint: expect.stringContaining("HTTPS_PROXY=http://NAME:PASSWORD@HOST:PORT"),
    });
    expect(far.calls()).toEqual([]);
  });

  it("is said not to let AWS through, where it does not", async () => {
    const far = await farAway(undefined, { refusal: "403 Blocked by policy" });
    const someone = person({ credentials: KEYS }, { HTTPS_PROXY: far.proxy, AWS_CA_BUNDLE: CA });
    await expect(someone.status()).rejects.toMatchObject({
      code: "proxy",
      message: "AWS cannot be reached: the proxy answers 403 Blocked by policy",
      hint: expect.stringContaining("ask whoever runs the proxy"),
    });
  });
});

describe("a certificate authority of one's own", () => {
  it("is trusted where AWS_CA_BUNDLE names its file, or ca_bundle of the profile, with a proxy and without", async () => {
    const config = `[default]\nca_bundle = ${CA}\n`;
    for (const [variables, text] of [
      [{ AWS_CA_BUNDLE: CA }, ""],
      [{}, config],
    ] as const) {
      const far = await farAway();
      const direct = { AWS_ENDPOINT_URL: `https://127.0.0.1:${far.port}` };
      for (const way of [{ HTTPS_PROXY: far.proxy }, direct]) {
        const someone = person({ credentials: KEYS, config: text }, { ...way, ...variables });
        expect(await someone.status(), JSON.stringify(way)).toMatchObject({ account: ACCOUNT });
      }
      expect(far.proxied()).toHaveLength(1);
    }
  });

  it("is asked for where nobody named it, and a file that holds none is named", async () => {
    const far = await farAway();
    const way = { HTTPS_PROXY: far.proxy };
    await expect(person({ credentials: KEYS }, way).status()).rejects.toMatchObject({
      code: "untrusted",
      hint: expect.stringContaining("set AWS_CA_BUNDLE=FILE"),
    });
    const none = person({ credentials: KEYS, config: "[default]\n" }, { ...way, AWS_CA_BUNDLE: "FOLDER/.aws/config" });
    await expect(none.status()).rejects.toMatchObject({
      code: "config",
      message: expect.stringMatching(/the CA bundle .*config cannot be used: it contains no certificate/),
    });
    const gone = person({ credentials: KEYS }, { ...way, AWS_CA_BUNDLE: "/no/such.pem" });
    await expect(gone.status()).rejects.toMatchObject({ message: expect.stringContaining("/no/such.pem") });
  });
});

describe("what is not sent through the proxy", () => {
  const env = (no: string) => ({ HTTPS_PROXY: "http://proxy:3128", HTTP_PROXY: "plain:3128", NO_PROXY: no });
  it.each([
    ["https://sts.eu-west-1.amazonaws.com", "", "http://proxy:3128"],
    ["http://sts.eu-west-1.amazonaws.com", "", "http://plain:3128"],
    ["https://sts.eu-west-1.amazonaws.com", "amazonaws.com", undefined],
    ["https://sts.eu-west-1.amazonaws.com", ".amazonaws.com", undefined],
    ["https://sts.eu-west-1.amazonaws.com", "*.amazonaws.com", undefined],
    ["https://sts.eu-west-1.amazonaws.com", "other.example, STS.eu-west-1.amazonaws.com", undefined],
    ["https://sts.eu-west-1.amazonaws.com", "sts.eu-west-1.amazonaws.com:443", undefined],
    ["https://sts.eu-west-1.amazonaws.com", "sts.eu-west-1.amazonaws.com:8443", "http://proxy:3128"],
    ["https://sts.eu-west-1.amazonaws.com", "*", undefined],
    ["https://not-amazonaws.com", "amazonaws.com", "http://proxy:3128"],
    ["http://127.0.0.1:4566", "", undefined],
    ["http://localhost:4566", "", undefined],
  ])("%s with NO_PROXY=%s: %s", (url, no, proxy) => {
    expect(proxyFor(url, env(no))).toBe(proxy);
  });

  it("is everything, where a variable names no proxy", () => {
    expect(proxyFor("https://sts.eu-west-1.amazonaws.com", { HTTPS_PROXY: "" })).toBeUndefined();
    expect(() => proxyFor("https://sts.eu-west-1.amazonaws.com", { HTTPS_PROXY: "ftp://proxy" })).toThrow(
      "HTTPS_PROXY is not the address of an HTTP proxy",
    );
  });
});

describe("how AWS is asked", () => {
  it("is as often as AWS_MAX_ATTEMPTS or max_attempts of the profile says", async () => {
    for (const [variables, config] of [
      [{ AWS_MAX_ATTEMPTS: "3" }, ""],
      [{ AWS_MAX_ATTEMPTS: "" }, "[default]\nmax_attempts = 3\n"],
    ] as const) {
      const far = await farAway(() => ({ status: 500, body: "" }));
      const way = { HTTPS_PROXY: far.proxy, AWS_CA_BUNDLE: CA };
      await expect(person({ credentials: KEYS, config }, { ...way, ...variables }).status()).rejects.toThrow();
      expect(far.calls()).toHaveLength(3);
    }
  });

  it("is in the retry mode of AWS_RETRY_MODE, or retry_mode of the profile", async () => {
    for (const [variables, config] of [
      [{ AWS_RETRY_MODE: "adaptive" }, ""],
      [{}, "[default]\nretry_mode = adaptive\n"],
    ] as const) {
      const { env } = person({ credentials: KEYS, config }, variables);
      const { config: made } = openSession({ around: await surroundings(env) }).cloudformation("us-east-1");
      expect(await made.retryStrategy()).toMatchObject({ mode: "adaptive" });
    }
  });

  it.each([
    ["AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint", "sts-fips.us-east-1.amazonaws.com:443"],
    ["AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint", "sts.us-east-1.api.aws:443"],
  ])("is at the hosts that %s, or %s of the profile, chooses", async (variable, setting, host) => {
    for (const [variables, config] of [
      [{ [variable]: "true" }, ""],
      [{}, `[default]\n${setting} = true\n`],
    ] as const) {
      const { far, someone } = await behindProxy(variables, config);
      expect(await someone.status()).toMatchObject({ account: ACCOUNT });
      expect(far.proxied()).toMatchObject([{ host }]);
    }
  });

  it.each([
    ["AWS_ENDPOINT_URL", { AWS_ENDPOINT_URL: "URL" }, "", "endpoint"],
    ["AWS_ENDPOINT_URL_STS", { AWS_ENDPOINT_URL_STS: "URL", AWS_ENDPOINT_URL: "https://127.0.0.1:1" }, "", "endpoint"],
    ["endpoint_url", {}, "[default]\nendpoint_url = URL\n", "endpoint"],
    ["services", {}, "[default]\nservices = here\n[services here]\nsts =\n  endpoint_url = URL\n", "endpoint"],
  ] as const)("is at the address that %s says", async (_, variables, config, kind) => {
    const far = await farAway();
    const put = (text: string) => text.replace("URL", `https://127.0.0.1:${far.port}`);
    const own = Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, put(value)]));
    const someone = person({ credentials: KEYS, config: put(config) }, { AWS_CA_BUNDLE: CA, ...own });
    expect(await someone.status()).toMatchObject({ account: ACCOUNT });
    expect(far.calls()).toHaveLength(1);
    expect((await surroundings(process.env)).real ? "real" : "endpoint").toBe(kind);
  });

  it.each([
    ["localhost:4566 is not the address", { AWS_ENDPOINT_URL: "localhost:4566" }, ""],
    ["localhost is not the address", { AWS_ENDPOINT_URL_S3: "localhost" }, ""],
    ["profile default names services gone", {}, "[default]\nservices = gone\n"],
  ])("is at no address that is none: %s", async (words, variables, config) => {
    const someone = person({ credentials: KEYS, config }, variables);
    await expect(someone.status()).rejects.toMatchObject({ code: "config", message: expect.stringContaining(words) });
  });

  it("is not at an address that is to be ignored, and an interface endpoint is AWS itself", async () => {
    const ignore = { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "true" };
    const { far, someone } = await behindProxy({ ...ignore, AWS_ENDPOINT_URL: "https://192.0.2.1" });
    expect(await someone.status()).toMatchObject({ account: ACCOUNT });
    expect(far.proxied()).toMatchObject([{ host: "sts.us-east-1.amazonaws.com:443" }]);
    const AWS_ENDPOINT_URL_STS = "https://vpce-1.sts.us-east-1.vpce.amazonaws.com";
    expect(await surroundings({ AWS_ENDPOINT_URL_STS })).toMatchObject({ real: true, pathStyle: false });
    expect(await surroundings({ AWS_ENDPOINT_URL_S3: "http://127.0.0.1:9000" })).toMatchObject({ pathStyle: true });
  });
});

describe("a user signed in by an sso-session", () => {
  const config = `[profile work]
sso_session = corp
sso_account_id = ${ACCOUNT}
sso_role_name = Admin
[sso-session corp]
sso_region = us-east-1
sso_start_url = https://corp.awsapps.com/start
`;
  const token = (expiresAt: string) => ({
    [`sso/cache/${createHash("sha1").update("corp").digest("hex")}.json`]: JSON.stringify({
      accessToken: "t",
      expiresAt,
    }),
  });

  it("is whom the session's role makes of them, through the proxy too", async () => {
    const expiration = Date.now() + 3_600_000;
    const roleCredentials = { accessKeyId: "ASIASSO", secretAccessKey: "x", sessionToken: "t", expiration };
    const far = await farAway(({ action }) =>
      action.startsWith("/federation") ? { status: 200, body: JSON.stringify({ roleCredentials }) } : undefined,
    );
    const someone = person(
      { config, ...token("2999-01-01T00:00:00Z") },
      { AWS_PROFILE: "work", HTTPS_PROXY: far.proxy, AWS_CA_BUNDLE: CA },
    );
    expect(await someone.status()).toMatchObject({ account: ACCOUNT, signer: "profile work" });
    expect(far.proxied()[0]).toMatchObject({ host: "portal.sso.us-east-1.amazonaws.com:443" });
  });

  it("is told to sign in again once that has ended", async () => {
    const someone = person({ config, ...token("2020-01-01T00:00:00Z") }, { AWS_PROFILE: "work" });
    await expect(someone.status()).rejects.toMatchObject({
      code: "credentials",
      message: expect.stringMatching(/^profile work gives no credentials: its SSO session is not valid/),
      hint: "sign in:  aws sso login --profile work",
    });
  });
});

describe("the region that somebody works in", () => {
  it("is AWS_REGION's, then AWS_DEFAULT_REGION's, then the profile's", async () => {
    const files = { config: "[default]\nregion = eu-north-1\n[profile work]\nregion = eu-west-3\n" };
    const here = (variables: { readonly [name: string]: string }) => regionHere(person(files, variables));
    const both = { AWS_REGION: "eu-west-1", AWS_DEFAULT_REGION: "eu-west-2" };
    expect(await here({ ...both, AWS_PROFILE: "work" })).toEqual({ region: "eu-west-1", from: "AWS_REGION" });
    expect(await here({ AWS_DEFAULT_REGION: "eu-west-2" })).toEqual({
      region: "eu-west-2",
      from: "AWS_DEFAULT_REGION",
    });
    expect(await here({ AWS_PROFILE: "work" })).toEqual({ region: "eu-west-3", from: "profile work" });
    expect(await here({ AWS_DEFAULT_PROFILE: "work" })).toEqual({ region: "eu-west-3", from: "profile work" });
    expect(await here({})).toEqual({ region: "eu-north-1", from: "profile default" });
  });
});
