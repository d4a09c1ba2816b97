import { Fn } from "aws-cdk-lib";
import * as route53 from "aws-cdk-lib/aws-route53";
import type { Construct } from "constructs";
import { AstroStack, keep, type Settings } from "../lib/astro-stack";

/**
 * A new hosted zone for the domain, where astro.yaml says `zone: create`. On its own, so that its name servers are
 * known before a certificate waits for them to answer.
 */
export class ZoneStack extends AstroStack {
  readonly zoneId: string;

  constructor(scope: Construct, settings: Settings, domain: string) {
    super(scope, settings, { name: "zone", phase: "dns", description: `Hosted zone of ${domain}`, optional: true });
    const zone = new route53.CfnHostedZone(this, "HostedZone", {
      name: domain,
      hostedZoneConfig: { comment: settings.prefix },
    });
    keep(zone, settings.config.protect);
    this.zoneId = this.share("ZoneId", zone.ref);
    this.output(
      "NameServers",
      Fn.join(" ", zone.attrNameServers),
      `Name servers to enter at the registrar of ${domain}`,
    );
  }
}
