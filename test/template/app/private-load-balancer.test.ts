import { describe, expect, it } from "vitest";
import { PRESETS } from "../../../src/config/presets.ts";
import { config } from "../../../src/config/schema.ts";
import type { JsonObject } from "../../../src/template/types.ts";
import { type Design, domain, read } from "./designs.ts";

const hidden = { loadBalancer: { private: true } } as const;
const dev = read({ region: "us-east-1", ...PRESETS.dev.values, ...hidden });
const prod = read({ region: "eu-west-1", ...PRESETS.prod.values, ...hidden });
const named = read({ region: "eu-west-1", ...PRESETS.prod.values, ...hidden, domain });
const designs = [
  ["dev", dev],
  ["prod", prod],
  ["prod under a domain", named],
] as const;

/** The network's subnets that a parameter of another stack stands for. */
function subnetsBehind({ at, templates }: Design, stack: string, reference: unknown): readonly JsonObject[] {
  const { Ref } = reference as { readonly Ref: string };
  const path = templates[stack]?.Parameters?.[Ref]?.Default;
  const [id = ""] =
    Object.entries(templates.network?.Resources ?? {}).find(([, { Properties }]) => Properties?.Name === path) ?? [];
  const value = at("network", id).Value as JsonObject;
  // CDK joins no list of one.
  const [, parts] = (value["Fn::Join"] ?? [",", [value]]) as readonly [string, readonly JsonObject[]];
  return parts;
}

describe("a private load balancer", () => {
  it.each(designs)(
    "has no public address in %s: it is internal, in private subnets of two zones or more",
    (_, design) => {
      const { Scheme, Subnets } = design.at("load-balancer", "PrivateLoadBalancer");
      expect(Scheme).toBe("internal");
      const subnets = subnetsBehind(design, "load-balancer", Subnets).map((subnet) => JSON.stringify(subnet));
      expect(subnets.length).toBeGreaterThanOrEqual(2);
      for (const subnet of subnets) expect(subnet).toContain("PrivateSubnet");
    },
  );

  it.each(designs)(
    "is reached by the CDN, through a VPC origin, and by nobody else in %s",
    (_, { at, all, templates }) => {
      expect(at("cdn", "ApiVpcOrigin").VpcOriginEndpointConfig).toMatchObject({
        Name: "astro-dev-api",
        HTTPPort: 80,
        OriginProtocolPolicy: "http-only",
      });
      const { Origins } = at("cdn", "Distribution").DistributionConfig as JsonObject;
      const origin = (Origins as readonly JsonObject[]).find(({ Id }) => Id === "api");
      expect(origin).toMatchObject({
        VpcOriginConfig: { VpcOriginId: { "Fn::GetAtt": ["ApiVpcOrigin", "Id"] }, OriginReadTimeout: 60 },
      });
      // One kind of origin only (Amazon CloudFront API Reference, Origin).
      expect(origin).not.toHaveProperty("CustomOriginConfig");
      const balancers = all("AWS::ElasticLoadBalancingV2::LoadBalancer");
      expect(balancers.map(({ Scheme }) => Scheme)).toEqual(["internal"]);
      expect(templates).not.toHaveProperty("dns");
      // The way that CloudFront demands, though nothing goes by it.
      expect(all("AWS::EC2::InternetGateway")).toHaveLength(1);
    },
  );

  it("runs tasks in one zone where one was asked for, and keeps a second for itself alone", () => {
    const { Subnets } = (dev.at("service", "Service").NetworkConfiguration as JsonObject)
      .AwsvpcConfiguration as JsonObject;
    expect(subnetsBehind(dev, "service", Subnets)).toEqual([{ Ref: "PrivateSubnet1" }]);
    expect(dev.templates.network?.Resources).toHaveProperty("PrivateSubnet2");
    expect(dev.templates.network?.Resources).not.toHaveProperty("PrivateDefaultRoute2");
  });

  it("opens one port, which nothing outside of the VPC but CloudFront can reach", () => {
    const rules = dev.at("network", "AlbSecurityGroup").SecurityGroupIngress as readonly JsonObject[];
    expect(rules.map(({ FromPort }) => FromPort)).toEqual([80]);
  });

  it("leaves no api. name: none in a record, a certificate, a policy or an output", () => {
    expect(JSON.stringify(named.templates)).not.toContain("api.example.com");
    expect(JSON.stringify(named.at("cdn", "FrontendHeadersPolicy"))).toContain("connect-src 'self' https://");
    expect(named.at("certificate-cdn", "Certificate")).toMatchObject({ DomainName: "app.example.com" });
    expect(Object.keys(named.templates)).not.toContain("certificate");
    const home = read({ region: "us-east-1", ...hidden, domain });
    expect(home.at("certificate", "Certificate")).toEqual(
      expect.not.objectContaining({ SubjectAlternativeNames: expect.anything() }),
    );
    for (const { templates } of [dev, prod, named]) {
      const outputs = Object.values(templates).flatMap(({ Outputs = {} }) => Object.keys(Outputs));
      expect(outputs).not.toContain("ApiUrl");
      expect(outputs).not.toContain("ApiOrigin");
      expect(outputs).toContain("AppUrl");
    }
  });

  it("is refused where CloudFront has no VPC origins", () => {
    const tried = (region: string) =>
      config.safeParse({ name: "shop", environments: { dev: { region, ...hidden } } }).error?.issues[0];
    expect(tried("ap-southeast-6")).toMatchObject({
      path: ["environments", "dev", "loadBalancer", "private"],
      message: "CloudFront has no VPC origins in ap-southeast-6, so nothing could reach a private load balancer",
    });
    expect(tried("ap-southeast-7")).toBeUndefined();
  });
});
