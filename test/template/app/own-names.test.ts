import { describe, expect, it } from "vitest";
import type { EnvironmentInput } from "../../../src/config/schema.ts";
import { valueAt } from "../../../src/config/values.ts";
import type { Json, JsonObject } from "../../../src/template/types.ts";
import { type Design, domain, prod, read } from "./designs.ts";

type Domain = NonNullable<EnvironmentInput["domain"]>;

const named = (more: Partial<Domain>, rest: Partial<EnvironmentInput> = {}) =>
  read({ region: "eu-west-1", ...rest, domain: { ...domain, ...more } });

/** The names of an environment's records with a type each, from all stacks. */
const records = ({ all }: Design) =>
  all("AWS::Route53::RecordSet").map(({ Name, Type, AliasTarget }) => {
    const isCdn = (AliasTarget as JsonObject).HostedZoneId === "Z2FDTNDATAQYW2";
    return `${Name} ${Type} ${isCdn ? "CDN" : "load balancer"}`;
  });

const aliases = ({ at }: Design) => (at("cdn", "Distribution").DistributionConfig as JsonObject).Aliases;

const certified = ({ at }: Design, stack: string) => {
  const { DomainName, SubjectAlternativeNames = [], DomainValidationOptions = [] } = at(stack, "Certificate");
  const proven = (DomainValidationOptions as readonly JsonObject[]).map((one) => one.DomainName);
  return { names: [DomainName, ...(SubjectAlternativeNames as readonly Json[])], proven };
};

const apex = named({ names: { app: "example.com" } });
const www = named({ names: { app: "www.example.com", api: "backend.example.com" } });

describe("an app at the domain itself", () => {
  it("has an alias there, which leads to the CDN as a CNAME could not, and www. leads on to it", () => {
    expect(records(apex)).toEqual([
      "api.example.com A load balancer",
      "example.com A CDN",
      "example.com AAAA CDN",
      "www.example.com A CDN",
      "www.example.com AAAA CDN",
    ]);
    expect(aliases(apex)).toEqual(["example.com", "www.example.com"]);
    expect(certified(apex, "certificate-cdn")).toEqual({
      names: ["example.com", "www.example.com"],
      proven: ["example.com", "www.example.com"],
    });
    expect(certified(apex, "certificate").names).toEqual(["api.example.com"]);
  });

  it("is where the outputs, the frontend's policy and the bucket's CORS say that it is", () => {
    const { AppUrl } = apex.templates.cdn?.Outputs ?? {};
    expect(AppUrl?.Value).toBe("https://example.com");
    expect(apex.templates.dns?.Outputs?.ApiUrl?.Value).toBe("https://api.example.com");
    expect(www.templates.dns?.Outputs?.ApiUrl?.Value).toBe("https://backend.example.com");
    expect(JSON.stringify(apex.at("storage", "PdfsBucket").CorsConfiguration)).toContain('"https://example.com"');
    expect(JSON.stringify(www.at("cdn", "FrontendHeadersPolicy"))).toContain("'self' https://backend.example.com ");
    expect(valueAt(www.at("cdn", "Distribution"), ["DistributionConfig", "Origins", 1, "DomainName"])).toBe(
      "backend.example.com",
    );
  });

  it("forbids plain HTTP to nobody but itself: names below the domain are not its own", () => {
    const subdomains = ({ at }: Design) =>
      valueAt(
        at("cdn", "FrontendHeadersPolicy"),
        "ResponseHeadersPolicyConfig.SecurityHeadersConfig.StrictTransportSecurity.IncludeSubdomains".split("."),
      );
    expect([subdomains(apex), subdomains(www), subdomains(prod)]).toEqual([false, true, true]);
  });

  it("may leave www. to others", () => {
    const alone = named({ names: { app: "example.com" }, redirect: false });
    expect(aliases(alone)).toEqual(["example.com"]);
    expect(records(alone).filter((one) => one.includes("www."))).toEqual([]);
    expect(certified(alone, "certificate-cdn").names).toEqual(["example.com"]);
    expect(alone.at("cdn", "NameFunction")).toEqual({});
    expect(alone.at("cdn", "SpaFunction")).toEqual(prod.at("cdn", "SpaFunction"));
  });

  it("leaves www. to the API where that is there", () => {
    const both = named({ names: { app: "example.com", api: "www.example.com" } });
    expect(aliases(both)).toEqual(["example.com"]);
    expect(records(both)).toContain("www.example.com A load balancer");
  });
});

it("an app at www. and one at the domain itself have the same records, so that they can change places", () => {
  const other = named({ names: { app: "www.example.com" } });
  const ids = ({ templates }: Design) =>
    Object.entries(templates.cdn?.Resources ?? {}).flatMap(([id, { Type, Properties }]) =>
      Type === "AWS::Route53::RecordSet" ? [`${id} ${Properties?.Name}`] : [],
    );
  expect(ids(other).sort()).toEqual(ids(apex).sort());
  expect(aliases(other)).toEqual(["www.example.com", "example.com"]);
});

it("one certificate is for all names where the environment is in the CDN's region, or proves them to it", () => {
  const names = { app: "example.com", api: "backend.example.com" };
  const all = ["example.com", "www.example.com", "backend.example.com"];
  expect(certified(named({ names }, { region: "us-east-1" }), "certificate").names).toEqual(all);
  const made = named({ names, zone: "create" });
  expect(certified(made, "certificate")).toEqual({ names: all, proven: all });
  expect(certified(made, "certificate-cdn")).toEqual({ names: ["example.com", "www.example.com"], proven: [] });
});

it("elsewhere the records are named, and the domain's own is no CNAME, which it cannot have", () => {
  const there = named({ names: { app: "example.com" }, zone: "elsewhere" });
  const output = (stack: string, name: string) => JSON.stringify(there.templates[stack]?.Outputs?.[name]?.Value);
  expect(output("cdn", "AppRecord")).toContain('"example.com ALIAS "');
  expect(output("cdn", "RedirectRecord")).toContain('"www.example.com CNAME "');
  expect(output("dns", "ApiRecord")).toContain('"api.example.com CNAME "');
  expect(records(there)).toEqual([]);
});

it("without names of its own nothing of an environment is another than it was", () => {
  const { templates } = named({});
  expect(records(prod)).toEqual([
    "api.example.com A load balancer",
    "app.example.com A CDN",
    "app.example.com AAAA CDN",
  ]);
  expect(Object.keys(templates.cdn?.Resources ?? {}).sort()).toEqual([
    "AppRecord",
    "AppRecordIpv6",
    "Distribution",
    "FrontendBucketPolicy",
    "FrontendCachePolicy",
    "FrontendHeadersPolicy",
    "HttpsRedirect",
    "OriginAccessControl",
    "RedirectsFunction",
    "SpaFunction",
  ]);
  // The same names, said.
  const said = named({ names: { app: "app.example.com", api: "api.example.com" } });
  expect(said.templates).toEqual(templates);
});

type Answer = {
  readonly uri?: string;
  readonly statusCode?: number;
  readonly headers?: { readonly location?: { readonly value: string } };
};
type Handler = (event: object) => Answer;

/** What a function of the CDN makes of a request. */
function handled({ at }: Design, id: string, host: string, uri: string, { query, method = "GET" }: Asked = {}): Answer {
  const handler = new Function(`${at("cdn", id).FunctionCode}; return handler;`)() as Handler;
  const request = { method, uri, headers: { host: { value: host } }, rawQueryString: () => query };
  return handler({ request });
}
type Asked = { readonly query?: string; readonly method?: string };

describe("the name that is not the app's", () => {
  it.each([
    ["www.example.com", "/", undefined, "https://example.com/"],
    ["WWW.example.com", "/cart/7", "a=1&a=2&b=%20", "https://example.com/cart/7?a=1&a=2&b=%20"],
    ["www.example.com", "//evil.org/", undefined, "https://example.com//evil.org/"],
  ])("%s%s leads on, path and query too", (host, uri, query, location) => {
    const answer = handled(apex, "SpaFunction", host, uri, query === undefined ? {} : { query });
    expect(answer).toMatchObject({ statusCode: 301, headers: { location: { value: location } } });
  });

  it("leads to www. where the app is there", () => {
    const answer = handled(www, "SpaFunction", "example.com", "/a");
    expect(answer.headers?.location?.value).toBe("https://www.example.com/a");
  });

  it("leads what is sent to the API on as it is, method and all", () => {
    const answer = handled(apex, "NameFunction", "www.example.com", "/api/items", { method: "POST" });
    expect(answer).toMatchObject({
      statusCode: 308,
      headers: { location: { value: "https://example.com/api/items" } },
    });
    const associations = valueAt(apex.at("cdn", "Distribution"), ["DistributionConfig", "CacheBehaviors", 0]);
    expect(JSON.stringify(associations)).toContain('"EventType":"viewer-request","FunctionARN":{"Fn::GetAtt":["Name');
  });

  it("is the only one that does: the app's, and the CDN's own, answer", () => {
    for (const host of ["example.com", "d111111abcdef8.cloudfront.net", "www.example.com.evil.org"]) {
      expect(handled(apex, "SpaFunction", host, "/deep/link")).toMatchObject({ uri: "/index.html" });
      expect(handled(apex, "NameFunction", host, "/api/items")).toMatchObject({ uri: "/api/items" });
    }
  });
});
