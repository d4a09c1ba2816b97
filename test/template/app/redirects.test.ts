import { describe, expect, it } from "vitest";
import type { Json, JsonObject } from "../../../src/template/types.ts";
import { type Design, dev, prod } from "./designs.ts";

/** The text of a template's value, each thing it refers to being the load balancer's name. */
const text = (value: Json | undefined): string => {
  const join = (value as JsonObject | undefined)?.["Fn::Join"] as readonly [string, readonly Json[]] | undefined;
  if (join === undefined) return String(value);
  return join[1].map((part) => (typeof part === "string" ? part : "shop-alb-1.elb.amazonaws.com")).join(join[0]);
};

type Handler = (event: object) => { readonly headers: { readonly location?: { readonly value: string } } };

/** Where a viewer of the CDN is sent whom the API sends to `location`. */
function sent({ at }: Design, location?: string): string | undefined {
  const code = text(at("cdn", "RedirectsFunction").FunctionCode);
  const handler = new Function(`${code}; return handler;`)() as Handler;
  const headers = location === undefined ? {} : { location: { value: location } };
  return handler({ request: { headers: {} }, response: { statusCode: 307, headers } }).headers.location?.value;
}

describe("a redirect of the API", () => {
  it("is at work on all answers of the API and nowhere else", () => {
    const { CacheBehaviors, DefaultCacheBehavior } = dev.at("cdn", "Distribution").DistributionConfig as JsonObject;
    const [api] = CacheBehaviors as readonly JsonObject[];
    const arn = { "Fn::GetAtt": ["RedirectsFunction", "FunctionARN"] };
    expect(api?.FunctionAssociations).toEqual([{ EventType: "viewer-response", FunctionARN: arn }]);
    expect(JSON.stringify(DefaultCacheBehavior)).not.toContain("RedirectsFunction");
  });

  it.each([
    [dev, "http://shop-alb-1.elb.amazonaws.com/api/items/?page=2", "/api/items/?page=2"],
    [dev, "http://Shop-alb-1.elb.amazonaws.com/api/items/", "/api/items/"],
    [prod, "https://api.example.com/api/items/", "/api/items/"],
    [prod, "http://api.example.com/api/items/", "/api/items/"],
    [prod, "https://api.example.com/", "/"],
    [prod, "https://api.example.com", "/"],
  ])("keeps the viewer's host, whatever the API calls itself", (design, location, expected) => {
    expect(sent(design, location)).toBe(expected);
  });

  it.each(["https://accounts.example.org/login", "/api/items/", "https://api.example.com.evil.org/", ""])(
    "to %j stays as it is",
    (location) => {
      expect(sent(prod, location)).toBe(location);
    },
  );

  it("never becomes another host's by its slashes", () => {
    expect(sent(prod, "https://api.example.com//evil.org/")).toBe("https://api.example.com//evil.org/");
  });

  it("is not made of an answer that is none", () => {
    expect(sent(prod)).toBeUndefined();
  });
});
