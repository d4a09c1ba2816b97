import { Aws } from "aws-cdk-lib";
import * as elbv2 from "aws-cdk-lib/aws-elasticloadbalancingv2";
import * as iam from "aws-cdk-lib/aws-iam";
import * as s3 from "aws-cdk-lib/aws-s3";
import type { Construct } from "constructs";
import { AstroStack, type Settings } from "../lib/astro-stack";
import { ORIGIN_HEADER, onlyForCdn, originSecret } from "../lib/origin-secret";
import { privateBucket, tlsOnly } from "../lib/private-bucket";
import type { NetworkStack } from "./network";
import type { SecretsStack } from "./secrets";

type Needs = { network: NetworkStack; secrets: SecretsStack };

/** The answer to requests that bypass the CDN. */
const REFUSE: elbv2.CfnListener.ActionProperty = {
  type: "fixed-response",
  fixedResponseConfig: { statusCode: "403", contentType: "text/plain", messageBody: "The API is at /api of the CDN." },
};

/** Seconds the load balancer keeps a connection that is idle, and waits for a task's answer. */
export const IDLE_SECONDS = 60;

/**
 * The load balancer, its target group and its HTTP listener.
 *
 * The listener always forwards, if only what comes from the CDN: ECS refuses a service whose target group hangs on no load
 * balancer (Amazon ECS Developer Guide, "Use load balancing to distribute Amazon ECS service traffic"). With a domain, the
 * `dns` stack adds HTTPS and the `cdn` stack, last of all, a rule that redirects.
 */
export class LoadBalancerStack extends AstroStack {
  readonly loadBalancerArn: string;
  readonly dnsName: string;
  readonly canonicalHostedZoneId: string;
  readonly fullName: string;
  readonly targetGroupArn: string;
  readonly targetGroupFullName: string;
  readonly httpListenerArn: string;

  constructor(scope: Construct, settings: Settings, { network, secrets }: Needs) {
    super(scope, settings, { name: "load-balancer", phase: "ecs", description: "Load balancer and target group" });
    const { service, loadBalancer } = settings.config;
    // Another scheme is another load balancer, and a target group hangs on one only: other ids, so that all of them are
    // made anew and what has a name is never to be replaced (AWS::ElasticLoadBalancingV2::LoadBalancer, Scheme).
    const id = (name: string) => (loadBalancer.private ? `Private${name}` : name);

    const logs = loadBalancer.accessLogs ? this.accessLogs() : undefined;
    const balancer = new elbv2.CfnLoadBalancer(this, id("LoadBalancer"), {
      name: `${settings.prefix}-${loadBalancer.private ? "private" : "alb"}`,
      type: "application",
      scheme: loadBalancer.private ? "internal" : "internet-facing",
      subnets: network.balancerSubnets,
      securityGroups: [network.securityGroups.alb],
      loadBalancerAttributes: [
        // Elastic Load Balancing User Guide, "Edit attributes for your Application Load Balancer".
        { key: "routing.http.drop_invalid_header_fields.enabled", value: "true" },
        { key: "idle_timeout.timeout_seconds", value: String(IDLE_SECONDS) },
        { key: "access_logs.s3.enabled", value: String(logs !== undefined) },
        ...(logs === undefined ? [] : [{ key: "access_logs.s3.bucket", value: logs.bucket }]),
      ],
    });
    // The load balancer writes a test object as soon as logging is on.
    if (logs !== undefined) balancer.addResourceDependency(logs);
    this.loadBalancerArn = this.share("Arn", balancer.ref);
    this.dnsName = this.share("DnsName", balancer.attrDnsName);
    this.canonicalHostedZoneId = this.share("CanonicalHostedZoneId", balancer.attrCanonicalHostedZoneId);
    this.fullName = this.share("FullName", balancer.attrLoadBalancerFullName);

    const targets = new elbv2.CfnTargetGroup(this, id("TargetGroup"), {
      vpcId: network.vpcId,
      targetType: "ip",
      protocol: "HTTP",
      // A default for targets without a port of their own; ECS registers each task with its container's, and this one
      // cannot change without a new group (Elastic Load Balancing User Guide, "Target groups").
      port: 80,
      healthCheckPath: service.healthPath,
      healthCheckIntervalSeconds: 10,
      healthCheckTimeoutSeconds: 5,
      healthyThresholdCount: 2,
      unhealthyThresholdCount: 2,
      matcher: { httpCode: "200" },
      // Instead of five minutes (Elastic Load Balancing User Guide, "Edit target group attributes": deregistration delay).
      targetGroupAttributes: [{ key: "deregistration_delay.timeout_seconds", value: "30" }],
    });
    // Deleted the other way round: a target group that an HTTPS listener still forwards to cannot be.
    balancer.addResourceDependency(targets);
    this.targetGroupArn = this.share("TargetGroupArn", targets.ref);
    this.targetGroupFullName = this.share("TargetGroupFullName", targets.attrTargetGroupFullName);

    const forward = [{ type: "forward", targetGroupArn: this.targetGroupArn }];
    const cdnOnly = onlyForCdn(settings.config);
    const listener = new elbv2.CfnListener(this, id("HttpListener"), {
      loadBalancerArn: this.loadBalancerArn,
      port: 80,
      protocol: "HTTP",
      defaultActions: cdnOnly ? [REFUSE] : forward,
    });
    this.httpListenerArn = this.share("HttpListenerArn", listener.ref);
    if (cdnOnly) {
      new elbv2.CfnListenerRule(this, "FromCdn", {
        listenerArn: this.httpListenerArn,
        // Behind the redirect that a domain brings, and leaves behind last of all.
        priority: 2,
        conditions: [
          {
            field: "http-header",
            httpHeaderConfig: { httpHeaderName: ORIGIN_HEADER, values: [originSecret(settings)] },
          },
        ],
        actions: forward,
      });
      // The secret is referenced by name, which is no dependency; so it is declared here.
      this.addStackDependency(secrets);
    }
  }

  /** Elastic Load Balancing User Guide, "Enable access logs for your Application Load Balancer": SSE-S3 only. */
  private accessLogs(): s3.CfnBucketPolicy {
    // Without a name of ours: turned off, logs leave their bucket behind, which is in the way of none made later.
    const bucket = privateBucket(this, "AccessLogsBucket", {
      lifecycleConfiguration: {
        rules: [{ id: "expire", status: "Enabled", expirationInDays: this.settings.config.service.logDays }],
      },
    });
    const deliver = new iam.PolicyStatement({
      sid: "LoadBalancerWrites",
      principals: [new iam.ServicePrincipal("logdelivery.elasticloadbalancing.amazonaws.com")],
      actions: ["s3:PutObject"],
      resources: [`${bucket.attrArn}/AWSLogs/${Aws.ACCOUNT_ID}/*`],
    });
    return new s3.CfnBucketPolicy(this, "AccessLogsBucketPolicy", {
      bucket: bucket.ref,
      policyDocument: tlsOnly(bucket.attrArn, deliver),
    });
  }
}
