import * as elbv2 from "aws-cdk-lib/aws-elasticloadbalancingv2";
import * as route53 from "aws-cdk-lib/aws-route53";
import type { Construct } from "constructs";
import { AstroStack, type Settings } from "../lib/astro-stack";
import { recordTo } from "../lib/records";
import type { CertificateStack } from "./certificate";
import type { LoadBalancerStack } from "./load-balancer";

type Needs = {
  certificate: CertificateStack;
  loadBalancer: LoadBalancerStack;
  domain: string;
  name: string;
  zoneId?: string;
};

/**
 * The API's own name: the HTTPS listener and its record. Before the CDN, which calls the API by that name; the record
 * of the CDN's own name is the `cdn` stack's.
 */
export class DnsStack extends AstroStack {
  constructor(scope: Construct, settings: Settings, { certificate, loadBalancer, domain, name, zoneId }: Needs) {
    super(scope, settings, { name: "dns", phase: "dns", description: "HTTPS and the name of the API", optional: true });
    new elbv2.CfnListener(this, "HttpsListener", {
      loadBalancerArn: loadBalancer.loadBalancerArn,
      port: 443,
      protocol: "HTTPS",
      certificates: [{ certificateArn: certificate.certificateArn }],
      // TLS 1.2 and 1.3 (Elastic Load Balancing User Guide, "Security policies for your Application Load Balancer").
      sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
      defaultActions: [{ type: "forward", targetGroupArn: loadBalancer.targetGroupArn }],
    });
    if (zoneId === undefined) {
      this.output("ApiRecord", recordTo(name, domain, loadBalancer.dnsName), "Add this record to your DNS");
    } else {
      new route53.CfnRecordSet(this, "ApiRecord", {
        hostedZoneId: zoneId,
        name,
        type: "A",
        aliasTarget: { dnsName: loadBalancer.dnsName, hostedZoneId: loadBalancer.canonicalHostedZoneId },
      });
    }
    this.output("ApiUrl", `https://${name}`, "The API");
  }
}
