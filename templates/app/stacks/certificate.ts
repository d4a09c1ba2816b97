import { CfnDeletionPolicy } from "aws-cdk-lib";
import * as acm from "aws-cdk-lib/aws-certificatemanager";
import type { Construct } from "constructs";
import { AstroStack, type Settings, type StackOptions } from "../lib/astro-stack";

/** CloudFront takes certificates from this region alone (Amazon CloudFront Developer Guide, "Requirements for using SSL/TLS certificates"). */
export const CDN_REGION = "us-east-1";

type Options = {
  options: Pick<StackOptions, "name" | "region">;
  hostNames: [string, ...string[]];
  /** Route 53 zone that proves the domain; without it the owner adds the records that ACM names. */
  zoneId?: string;
  /** Another certificate of the same name whose record, which a zone here has by then, proves this one too. */
  provenBy?: CertificateStack;
};

/** One certificate, renewed by AWS as long as its validation record exists. */
export class CertificateStack extends AstroStack {
  readonly certificateArn: string;

  constructor(scope: Construct, settings: Settings, { options, hostNames, zoneId, provenBy }: Options) {
    super(scope, settings, {
      ...options,
      phase: "dns",
      description: `Certificate of ${hostNames.join(" and ")}`,
      optional: true,
    });
    const [domainName, ...subjectAlternativeNames] = hostNames;

    const certificate = new acm.CfnCertificate(this, "Certificate", {
      domainName,
      subjectAlternativeNames: subjectAlternativeNames.length > 0 ? subjectAlternativeNames : undefined,
      validationMethod: "DNS",
      domainValidationOptions:
        zoneId === undefined ? undefined : hostNames.map((name) => ({ domainName: name, hostedZoneId: zoneId })),
    });
    // Another domain is another certificate, and the old one cannot go while listener and CDN still use it (AWS
    // Certificate Manager User Guide, "Delete certificates"): it stays behind, at no cost.
    certificate.cfnOptions.updateReplacePolicy = CfnDeletionPolicy.RETAIN;
    certificate.cfnOptions.deletionPolicy = CfnDeletionPolicy.DELETE;
    if (provenBy !== undefined) {
      this.addStackDependency(provenBy);
      // So that `astro` does not ask for a record that exists.
      certificate.cfnOptions.metadata = { "astro:proven-by": provenBy.stackName };
    }
    this.certificateArn = this.share("CertificateArn", certificate.ref);
  }
}
