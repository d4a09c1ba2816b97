import { describe, expect, it } from "vitest";
import type { EnvironmentInput } from "../../../src/config/schema.ts";
import type { JsonObject } from "../../../src/template/types.ts";
import { type Design, designs, dev, domain, prod, read } from "./designs.ts";

describe("the service of the architecture", () => {
  it("is one small task on Spot in dev", () => {
    expect(dev.at("service", "TaskDefinition")).toMatchObject({ Cpu: "256", Memory: "512" });
    expect(dev.at("service", "Service")).toMatchObject({
      DesiredCount: 1,
      CapacityProviderStrategy: [{ CapacityProvider: "FARGATE_SPOT", Weight: 1 }],
    });
  });

  it("is two tasks or more in prod, the first on FARGATE whatever Spot does", () => {
    expect(prod.at("service", "Service")).toMatchObject({
      CapacityProviderStrategy: [
        { CapacityProvider: "FARGATE", Base: 1 },
        { CapacityProvider: "FARGATE_SPOT", Weight: 99 },
      ],
    });
    expect(prod.at("service", "ScalableTarget")).toMatchObject({ MinCapacity: 2, MaxCapacity: 6 });
    expect(prod.at("service", "Service").NetworkConfiguration).toMatchObject({
      AwsvpcConfiguration: { AssignPublicIp: "DISABLED" },
    });
  });

  it("is deployed anew when the strategy changes, which ECS demands, and for no other reason", () => {
    const forced = (service: NonNullable<EnvironmentInput["service"]>) =>
      read({ region: "eu-west-1", service }).at("service", "Service").ForceNewDeployment;
    const strategies = [{ spot: true }, { spot: false }, { onDemandBase: 1 }, { onDemandBase: 2, tasks: 2 }];
    const words = strategies.map((service) => JSON.stringify(forced(service)));
    expect(forced({ spot: true })).toMatchObject({ EnableForceNewDeployment: true });
    expect(new Set(words).size).toBe(strategies.length);
    expect(forced({ onDemandBase: 1, tasks: 3, image: "v2" })).toEqual(forced({ onDemandBase: 1 }));
  });

  it.each(designs)("gives up a deployment that fails, and drains for 30 seconds, in %s", (_, { at, templates }) => {
    expect(at("service", "Service")).toMatchObject({
      EnableExecuteCommand: true,
      DeploymentConfiguration: { DeploymentCircuitBreaker: { Enable: true, Rollback: true } },
    });
    expect(templates.service?.Resources.Service?.DependsOn).toEqual(["CapacityProviders"]);
    expect(at("load-balancer", "TargetGroup")).toMatchObject({
      HealthCheckIntervalSeconds: 10,
      HealthyThresholdCount: 2,
      TargetGroupAttributes: [{ Key: "deregistration_delay.timeout_seconds", Value: "30" }],
    });
    expect(at("load-balancer", "LoadBalancer").LoadBalancerAttributes).toContainEqual({
      Key: "routing.http.drop_invalid_header_fields.enabled",
      Value: "true",
    });
  });

  it.each([
    ["v1.2", ":v1.2"],
    [`sha256:${"a".repeat(64)}`, `@sha256:${"a".repeat(64)}`],
  ])("runs %s of its own repository", (image, end) => {
    const { at } = read({ region: "us-east-1", service: { image } });
    const [container] = at("service", "TaskDefinition").ContainerDefinitions as readonly JsonObject[];
    expect(JSON.stringify(container?.Image)).toContain('{"Ref":"RegistryRepositoryUri"}');
    expect(JSON.stringify(container?.Image)).toContain(`"${end}"`);
    expect(container).not.toHaveProperty("Command");
  });

  it.each(["nginx:1.27", "ghcr.io/acme/api@sha256:0", "public.ecr.aws/nginx/nginx:1"])("runs %s as it is", (image) => {
    const { at } = read({ region: "us-east-1", service: { image } });
    expect(at("service", "TaskDefinition").ContainerDefinitions).toMatchObject([{ Image: image }]);
  });

  it("runs its own revision, or its family's newest where another tool rolls images out", () => {
    expect(dev.at("service", "Service").TaskDefinition).toEqual({ Ref: "TaskDefinition" });
    const { at, templates } = read({ region: "us-east-1", service: { image: "v1", releases: "elsewhere" } });
    expect(at("service", "Service").TaskDefinition).toBe(at("service", "TaskDefinition").Family);
    expect(templates.service?.Resources.Service?.DependsOn).toContain("TaskDefinition");
  });

  it("starts no task where none could pull the placeholder, until there is an image", () => {
    const design = read({ region: "us-east-1", network: { nat: "none" }, service: { maxTasks: 3 } });
    const resources = design.templates.service?.Resources ?? {};
    expect(design.at("service", "Service").DesiredCount).toEqual({
      "Fn::If": ["HasImage", { Ref: "AWS::NoValue" }, 0],
    });
    const conditions = ["ScalableTarget", "CpuScaling", "RequestScaling"].map((id) => resources[id]?.Condition);
    expect(conditions).toEqual(["HasImage", "HasImage", "HasImage"]);
    const one = read({ region: "us-east-1", network: { nat: "none" } });
    expect(one.at("service", "Service").DesiredCount).toEqual({ "Fn::If": ["HasImage", 1, 0] });
  });
});

describe("the edge of the architecture", () => {
  const settings = ({ at }: Design) => at("cdn", "Distribution").DistributionConfig as JsonObject;
  const seconds = ({ at }: Design) =>
    (at("cdn", "FrontendCachePolicy").CachePolicyConfig as JsonObject | undefined)?.DefaultTTL;

  it("keeps the frontend for an hour in dev and a day in prod", () => {
    expect([seconds(dev), seconds(prod)]).toEqual([3600, 86_400]);
  });

  it.each(designs)(
    "is cheap, quick and signed for the bucket, and never keeps the API's answers, in %s",
    (_, design) => {
      expect(settings(design)).toMatchObject({
        PriceClass: "PriceClass_100",
        HttpVersion: "http2and3",
        Origins: [{ Id: "frontend", OriginAccessControlId: { Ref: "OriginAccessControl" } }, { Id: "api" }],
        DefaultCacheBehavior: { Compress: true, ViewerProtocolPolicy: "redirect-to-https" },
        // AWS's own policy "CachingDisabled".
        CacheBehaviors: [{ PathPattern: "/api/*", CachePolicyId: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad" }],
      });
    },
  );

  it("speaks TLS 1.2 or better under its own name, and to the API as well", () => {
    expect(settings(prod)).toMatchObject({
      Aliases: ["app.example.com"],
      ViewerCertificate: { MinimumProtocolVersion: "TLSv1.2_2021", SslSupportMethod: "sni-only" },
      Origins: [{}, { DomainName: "api.example.com", CustomOriginConfig: { OriginProtocolPolicy: "https-only" } }],
    });
    expect(prod.at("cdn", "HttpsRedirect")).toMatchObject({
      Actions: [{ Type: "redirect", RedirectConfig: { Protocol: "HTTPS", StatusCode: "HTTP_301" } }],
    });
    expect(prod.at("dns", "HttpsListener")).toMatchObject({ Port: 443, Protocol: "HTTPS" });
  });

  it("says so where the CDN calls the API without TLS", () => {
    expect(dev.templates.cdn?.Outputs?.ApiOrigin?.Description).toContain("without TLS");
    expect(prod.templates.cdn?.Outputs).not.toHaveProperty("ApiOrigin");
  });

  it("lets the frontend call the API by its name, unless its owner says otherwise", () => {
    const policy = (design: Design) => JSON.stringify(design.at("cdn", "FrontendHeadersPolicy"));
    expect(policy(prod)).toContain("connect-src 'self' https://api.example.com https://");
    expect(policy(dev)).not.toContain("connect-src");
    const own = read({ region: "us-east-1", domain, cdn: { contentSecurityPolicy: "default-src *" } });
    expect(policy(own)).toContain('"ContentSecurityPolicy":"default-src *"');
  });

  it("has its certificate in us-east-1, and the load balancer's in the region", () => {
    expect(prod.at("certificate-cdn", "Certificate")).toMatchObject({ DomainName: "app.example.com" });
    expect(prod.at("certificate", "Certificate")).toMatchObject({ DomainName: "api.example.com" });
  });
});
