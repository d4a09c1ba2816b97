import { describe, expect, it } from "vitest";
import type { Json, JsonObject } from "../../../src/template/types.ts";
import { type Design, dev, domain, prod, read } from "./designs.ts";

type Headers = { readonly [name: string]: Json };

/** The port 80 rules of a listener, in their order (Elastic Load Balancing User Guide, "Listener rules"), and its default. */
function answerOf({ at, all }: Design, headers: Headers): string {
  const rules = all("AWS::ElasticLoadBalancingV2::ListenerRule")
    .toSorted((a, b) => Number(a.Priority) - Number(b.Priority))
    .filter(({ Conditions }) => (Conditions as readonly JsonObject[]).every((one) => holds(one, headers)));
  const actions = rules[0]?.Actions ?? at("load-balancer", "HttpListener").DefaultActions;
  return String((actions as readonly JsonObject[])[0]?.Type);
}

function holds({ Field, HttpHeaderConfig }: JsonObject, headers: Headers): boolean {
  if (Field === "path-pattern") return true;
  const { HttpHeaderName, Values } = HttpHeaderConfig as JsonObject;
  return (Values as readonly Json[]).includes(headers[String(HttpHeaderName)] ?? null);
}

/** What the CDN adds to what it asks the API for. */
function shown({ at }: Design): Headers {
  const { Origins } = at("cdn", "Distribution").DistributionConfig as JsonObject;
  const api = (Origins as readonly JsonObject[]).find(({ Id }) => Id === "api");
  const headers = (api?.OriginCustomHeaders ?? []) as readonly JsonObject[];
  return Object.fromEntries(headers.map(({ HeaderName, HeaderValue }) => [String(HeaderName), HeaderValue ?? ""]));
}

describe("a load balancer without a name for the API", () => {
  it("answers the CDN, and nobody who walks around it", () => {
    expect(answerOf(dev, shown(dev))).toBe("forward");
    for (const headers of [{}, { "x-origin-verify": "" }, { "x-origin-verify": "guessed" }]) {
      expect(answerOf(dev, headers)).toBe("fixed-response");
    }
  });

  it("knows it by a word that AWS makes up, that is in no template and no output", () => {
    const [word] = Object.values(shown(dev));
    expect(word).toBe("{{resolve:secretsmanager:astro/dev/origin:SecretString:word::}}");
    expect(dev.at("secrets", "OriginSecret")).toMatchObject({
      Name: "astro/dev/origin",
      GenerateSecretString: { GenerateStringKey: "word", PasswordLength: 64 },
    });
    const outputs = Object.values(dev.templates).flatMap(({ Outputs = {} }) => Object.keys(Outputs));
    expect(outputs.filter((name) => name.startsWith("OriginSecret"))).toEqual([]);
    // Nobody is sent to what refuses them.
    expect(outputs).not.toContain("ApiUrl");
  });

  it("has the secret before both who read it", () => {
    for (const stack of ["load-balancer", "cdn"] as const) {
      expect(dev.templates[stack]?.Metadata?.["astro:needs"]).toContain("astro-dev-secrets");
    }
  });

  it("shows none where there is no need: under a domain, and where it is private", () => {
    const hidden = read({ region: "us-east-1", loadBalancer: { private: true } });
    expect([shown(prod), shown(hidden)]).toEqual([{}, {}]);
    expect(prod.at("load-balancer", "HttpListener").DefaultActions).toMatchObject([{ Type: "forward" }]);
    expect(hidden.at("load-balancer", "PrivateHttpListener").DefaultActions).toMatchObject([{ Type: "forward" }]);
    const open = read({ region: "us-east-1", domain });
    expect(open.templates["load-balancer"]?.Resources).not.toHaveProperty("FromCdn");
  });
});
