import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../src/template/types.ts";
import { type Design, designs, read } from "./designs.ts";

type Pair = { readonly Name: string; readonly Value: string };

const variables = ({ at }: Design): { readonly [name: string]: string } => {
  const [container] = at("service", "TaskDefinition").ContainerDefinitions as readonly JsonObject[];
  const pairs = container?.Environment as unknown as readonly Pair[];
  return Object.fromEntries(pairs.map(({ Name, Value }) => [Name, Value]));
};

describe("uvicorn behind the load balancer", () => {
  it.each(designs)(
    "keeps a connection longer than the load balancer does in %s, so that none is a 502",
    (_, design) => {
      const attributes = design.at("load-balancer", "LoadBalancer").LoadBalancerAttributes as readonly JsonObject[];
      const idle = attributes.find(({ Key }) => Key === "idle_timeout.timeout_seconds")?.Value;
      expect(Number(idle)).toBeGreaterThan(0);
      expect(Number(variables(design).UVICORN_TIMEOUT_KEEP_ALIVE)).toBeGreaterThan(Number(idle));
    },
  );

  it.each(designs)("believes the load balancer who the client was in %s, and nobody else can reach it", (_, design) => {
    expect(variables(design).FORWARDED_ALLOW_IPS).toBe("*");
    expect(design.at("network", "EcsSecurityGroup")).not.toHaveProperty("SecurityGroupIngress");
    const [rule, ...others] = design.all("AWS::EC2::SecurityGroupIngress");
    expect(rule?.SourceSecurityGroupId).toEqual({ "Fn::GetAtt": ["AlbSecurityGroup", "GroupId"] });
    expect(others).toEqual([]);
  });
});

describe("a task that starts", () => {
  const grace = ({ at }: Design) => at("service", "Service").HealthCheckGracePeriodSeconds;

  it.each(designs)("has five minutes for its migrations in %s", (_, design) => {
    expect(grace(design)).toBe(300);
  });

  it("has as long as astro.yaml says", () => {
    expect(grace(read({ region: "us-east-1", service: { graceSeconds: 900 } }))).toBe(900);
  });
});

describe("the task's role", () => {
  it.each(designs)("may give up an upload in parts in %s", (_, { at }) => {
    expect(JSON.stringify(at("service", "TaskRole").Policies)).toContain('"s3:AbortMultipartUpload"');
  });
});
