import { a, on, ref } from "./case.ts";
import { SUBNETS } from "./network.ts";

const BALANCER = "AWS::ElasticLoadBalancingV2::LoadBalancer";
const LISTENER = "AWS::ElasticLoadBalancingV2::Listener";
const RULE = "AWS::ElasticLoadBalancingV2::ListenerRule";
const TARGETS = "AWS::ElasticLoadBalancingV2::TargetGroup";

const attribute = (Key: string, Value: string) => ({ Key, Value });
const forward = { Type: "forward", TargetGroupArn: ref("Targets") };
const http = { LoadBalancerArn: ref("Balancer"), Port: 80, Protocol: "HTTP", DefaultActions: [forward] };
const arn = (region: string) => `arn:aws:acm:${region}:123456789012:certificate/1`;
const certificate = (region: string) => [{ CertificateArn: arn(region) }];
const respond = { StatusCode: "404", ContentType: "text/plain", MessageBody: "no" };
const targets = {
  VpcId: "vpc-1",
  TargetType: "ip",
  Protocol: "HTTP",
  Port: 80,
  HealthCheckPath: "/health",
  HealthCheckIntervalSeconds: 10,
  HealthCheckTimeoutSeconds: 5,
  HealthyThresholdCount: 2,
  UnhealthyThresholdCount: 2,
  Matcher: { HttpCode: "200-299,301" },
  TargetGroupAttributes: [attribute("deregistration_delay.timeout_seconds", "30")],
};
const AROUND = {
  ...SUBNETS,
  Balancer: a(BALANCER, { Subnets: [ref("One"), ref("Two")] }),
  Targets: a(TARGETS, targets),
};

export const LOAD_BALANCING_CASES = [
  ...on(
    BALANCER,
    {
      Name: "shop-prod-alb",
      Subnets: [ref("One"), ref("Two")],
      LoadBalancerAttributes: [attribute("idle_timeout.timeout_seconds", "60")],
    },
    {
      "alb-two-zones": [
        { bad: { Subnets: [ref("One")] } },
        { bad: { Subnets: undefined, SubnetMappings: [{ SubnetId: ref("One") }] } },
        { bad: { Subnets: [ref("One"), ref("OneAgain")] }, also: ["load-balancer-zones"] },
      ],
      "load-balancer-zones": { bad: { Subnets: [ref("One"), ref("Two"), ref("OneAgain")] } },
      "load-balancer-name": [
        { bad: { Name: "a".repeat(33) } },
        { bad: { Name: "shop_alb" } },
        { bad: { Name: "shop-" } },
        { bad: { Name: "internal-shop" } },
      ],
      "load-balancer-attribute": {
        bad: { LoadBalancerAttributes: [attribute("idle_timeout.timeout_seconds", "4001")] },
      },
      "load-balancer-logs-bucket": { bad: { LoadBalancerAttributes: [attribute("access_logs.s3.enabled", "true")] } },
    },
    SUBNETS,
  ),
  ...on(
    LISTENER,
    http,
    {
      "listener-certificate": {
        good: { Protocol: "HTTPS", Certificates: certificate("eu-west-1") },
        bad: { Certificates: undefined },
      },
      "listener-no-certificate": { bad: { Certificates: certificate("eu-west-1") } },
      "listener-one-certificate": {
        good: { Protocol: "HTTPS", Certificates: certificate("eu-west-1") },
        bad: { Certificates: [...certificate("eu-west-1"), ...certificate("eu-west-1")] },
      },
      "listener-certificate-region": {
        good: { Protocol: "HTTPS", Certificates: certificate("eu-west-1") },
        bad: { Certificates: certificate("us-east-1") },
      },
      "listener-port": [{ bad: { Port: 0 } }, { bad: { Port: 65_536 } }],
      "listener-port-once": {
        beside: { Other: a(LISTENER, { ...http, Port: 8080 }) },
        badBeside: { Other: a(LISTENER, http) },
      },
      "listener-protocol": [
        { bad: { Protocol: "TCP" }, also: ["listener-forward-protocol"] },
        {
          good: { Protocol: "TCP", DefaultActions: [{ Type: "forward", TargetGroupArn: "arn" }] },
          beside: { Balancer: a(BALANCER, { Type: "network" }) },
          bad: { Protocol: "HTTP" },
        },
      ],
      "listener-security-policy": [
        { bad: { SslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06" } },
        { good: { Protocol: "HTTPS", Certificates: certificate("eu-west-1") }, bad: { SslPolicy: "TLSv1.2_2021" } },
      ],
      "listener-final-action": [
        { bad: { DefaultActions: [{ Type: "authenticate-oidc" }] } },
        { bad: { DefaultActions: [forward, forward] } },
      ],
      "listener-forward-target": { bad: { DefaultActions: [{ Type: "forward" }] } },
      "listener-forward-protocol": { badBeside: { Targets: a(TARGETS, { ...targets, Protocol: "TCP" }) } },
      "listener-redirect-loop": {
        good: {
          DefaultActions: [
            { Type: "redirect", RedirectConfig: { StatusCode: "HTTP_301", Protocol: "HTTPS", Port: "443" } },
          ],
        },
        bad: { DefaultActions: [{ Type: "redirect", RedirectConfig: { StatusCode: "HTTP_301", Path: "/#{path}" } }] },
      },
      "listener-fixed-response": {
        good: { DefaultActions: [{ Type: "fixed-response", FixedResponseConfig: respond }] },
        bad: {
          DefaultActions: [{ Type: "fixed-response", FixedResponseConfig: { ...respond, ContentType: "text/xml" } }],
        },
      },
      "listener-fixed-response-code": {
        good: { DefaultActions: [{ Type: "fixed-response", FixedResponseConfig: respond }] },
        bad: { DefaultActions: [{ Type: "fixed-response", FixedResponseConfig: { ...respond, StatusCode: "302" } }] },
      },
      "listener-forward-weight": {
        bad: {
          DefaultActions: [
            { Type: "forward", ForwardConfig: { TargetGroups: [{ TargetGroupArn: "arn", Weight: 1000 }] } },
          ],
        },
      },
      "listener-stickiness": {
        bad: {
          DefaultActions: [{ Type: "forward", ForwardConfig: { TargetGroupStickinessConfig: { Enabled: true } } }],
        },
      },
    },
    AROUND,
  ),
  ...on(
    RULE,
    {
      ListenerArn: ref("Listener"),
      Priority: 1,
      Conditions: [{ Field: "path-pattern", PathPatternConfig: { Values: ["/api/*"] } }],
      Actions: [forward],
    },
    {
      "listener-rule-priority": [{ bad: { Priority: 0 } }, { bad: { Priority: 50_001 } }],
      "listener-rule-priority-once": {
        beside: { Other: a(RULE, { ListenerArn: ref("Listener"), Priority: 2, Conditions: [], Actions: [forward] }) },
        badBeside: {
          Other: a(RULE, { ListenerArn: ref("Listener"), Priority: 1, Conditions: [], Actions: [forward] }),
        },
      },
      "listener-rule-conditions": {
        bad: {
          Conditions: [
            { Field: "path-pattern", PathPatternConfig: { Values: ["/1", "/2", "/3"] } },
            { Field: "host-header", Values: ["a.b", "c.d", "e.f"] },
          ],
        },
      },
      "listener-final-action": { bad: { Actions: [] } },
    },
    { ...AROUND, Listener: a(LISTENER, http) },
  ),
  ...on(TARGETS, targets, {
    "load-balancer-name": { bad: { Name: "-api" } },
    "health-check-interval": [{ bad: { HealthCheckIntervalSeconds: 301 } }],
    "health-check-timeout": { good: { HealthCheckIntervalSeconds: 300 }, bad: { HealthCheckTimeoutSeconds: 121 } },
    "health-check-threshold": { bad: { HealthyThresholdCount: 1 } },
    "health-check-unhealthy-threshold": { bad: { UnhealthyThresholdCount: 11 } },
    "health-check-timeout-below-interval": [
      { bad: { HealthCheckTimeoutSeconds: 10 } },
      // The timeout is 5 seconds if nothing is said.
      { good: { HealthCheckTimeoutSeconds: undefined }, bad: { HealthCheckIntervalSeconds: "5" } },
    ],
    "health-check-path": { bad: { HealthCheckPath: "health" } },
    "health-check-matcher": [{ bad: { Matcher: { HttpCode: "200-599" } } }, { bad: { Matcher: { HttpCode: "ok" } } }],
    "target-group-needs": [{ bad: { Port: undefined } }, { bad: { VpcId: undefined } }],
    "target-group-lambda": {
      good: { TargetType: "lambda", VpcId: undefined, Port: undefined, Protocol: undefined },
      bad: { Port: 80 },
    },
    "target-group-attribute": {
      bad: { TargetGroupAttributes: [attribute("deregistration_delay.timeout_seconds", "3601")] },
    },
    "target-group-slow-start": {
      good: { TargetGroupAttributes: [attribute("slow_start.duration_seconds", "0")] },
      bad: { TargetGroupAttributes: [attribute("slow_start.duration_seconds", "10")] },
    },
  }),
];
