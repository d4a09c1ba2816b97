import { Aws } from "aws-cdk-lib";
import * as elbv2 from "aws-cdk-lib/aws-elasticloadbalancingv2";
import * as iam from "aws-cdk-lib/aws-iam";
import * as s3 from "aws-cdk-lib/aws-s3";
import type { Construct } from "constructs";
import { AstroStack, type Place } from "../lib/astro-stack";
import { privateBucket, tlsOnly } from "../lib/private-bucket";
import type { NetworkStack } from "./network";

type Needs = { network: NetworkStack };

/**
 * The load balancer, its target group and its HTTP listener.
 *
 * The listener always forwards: ECS refuses a service whose target group hangs on no load balancer (Amazon ECS Developer
 * Guide, "Use load balancing to distribute Amazon ECS service traffic"), and without a domain there is nothing else.
 * With one, the `dns` stack adds HTTPS and the `cdn` stack, last of all, a rule that redirects; so a domain comes and
 * goes without a change here.
 */
export class LoadBalancerStack extends AstroStack {
  readonly loadBalancerArn: string;
  readonly dnsName: string;
  readonly canonicalHostedZoneId: string;
  readonly fullName: string;
  readonly targetGroupArn: string;
  readonly targetGroupFullName: string;
  readonly httpListenerArn: string;

  constructor(scope: Construct, place: Place, { network }: Needs) {
    super(scope, place, { name: "load-balancer", phase: "ecs", description: "Load balancer and target group" });
    const { service, domain, loadBalancer } = place.config;

    const logs = loadBalancer.accessLogs ? this.accessLogs() : undefined;
    const balancer = new elbv2.CfnLoadBalancer(this, "LoadBalancer", {
      name: `${place.prefix}-alb`,
      type: "application",
      scheme: "internet-facing",
      subnets: network.publicSubnets,
      securityGroups: [network.securityGroups.alb],
      loadBalancerAttributes: [
        // Elastic Load Balancing User Guide, "Edit attributes for your Application Load Balancer".
        { key: "routing.http.drop_invalid_header_fields.enabled", value: "true" },
        { key: "idle_timeout.timeout_seconds", value: "60" },
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

    const targets = new elbv2.CfnTargetGroup(this, "TargetGroup", {
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
    this.targetGroupArn = this.share("TargetGroupArn", targets.ref);
    this.targetGroupFullName = this.share("TargetGroupFullName", targets.attrTargetGroupFullName);

    const listener = new elbv2.CfnListener(this, "HttpListener", {
      loadBalancerArn: this.loadBalancerArn,
      port: 80,
      protocol: "HTTP",
      defaultActions: [{ type: "forward", targetGroupArn: this.targetGroupArn }],
    });
    this.httpListenerArn = this.share("HttpListenerArn", listener.ref);

    if (domain === undefined) this.output("ApiUrl", `http://${this.dnsName}`, "The API, without TLS: no domain is set");
  }

  /** Elastic Load Balancing User Guide, "Enable access logs for your Application Load Balancer": SSE-S3 only. */
  private accessLogs(): s3.CfnBucketPolicy {
    // Without a name of ours: turned off, logs leave their bucket behind, which is in the way of none made later.
    const bucket = privateBucket(this, "AccessLogsBucket", {
      lifecycleConfiguration: {
        rules: [{ id: "expire", status: "Enabled", expirationInDays: this.place.config.service.logDays }],
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
