import { Aws } from "aws-cdk-lib";
import * as cloudfront from "aws-cdk-lib/aws-cloudfront";
import * as elbv2 from "aws-cdk-lib/aws-elasticloadbalancingv2";
import * as iam from "aws-cdk-lib/aws-iam";
import * as route53 from "aws-cdk-lib/aws-route53";
import * as s3 from "aws-cdk-lib/aws-s3";
import type { Construct } from "constructs";
import { AstroStack, type Settings } from "../lib/astro-stack";
import { type HostNames, hostNames, type NamedDomain } from "../lib/astro-yaml/host-names";
import { cachePolicy, headersPolicy } from "../lib/cdn-policies";
import { nameFunction, redirectsFunction, spaFunction } from "../lib/edge-functions";
import { apiName } from "../lib/names";
import { ORIGIN_HEADER, onlyForCdn, originSecret } from "../lib/origin-secret";
import { tlsOnly } from "../lib/private-bucket";
import { recordTo } from "../lib/records";
import { IDLE_SECONDS, type LoadBalancerStack } from "./load-balancer";
import type { SecretsStack } from "./secrets";
import type { StorageStack } from "./storage";

/** What the CDN needs for a custom domain. */
export type OwnName = { domain: NamedDomain; certificateArn: string; zoneId?: string };

type Needs = {
  secrets: SecretsStack;
  storage: StorageStack;
  loadBalancer: LoadBalancerStack;
  ownName?: OwnName;
  webAclArn?: string;
};

/** Managed policies (Amazon CloudFront Developer Guide, "Use managed cache, origin request and response headers policies"). */
const MANAGED = {
  cachingDisabled: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
  allViewerExceptHostHeader: "b689b0a8-53d0-40ab-baf2-68738e2966ac",
  securityHeaders: "67f7725c-6f97-4210-82d7-5512b31e9d03",
} as const;

/** Zone of every CloudFront distribution's alias (AWS::Route53::RecordSet, AliasTarget). */
const CLOUDFRONT_ZONE = "Z2FDTNDATAQYW2";

/** CloudFront: the frontend from its bucket, `/api/*` from the load balancer. */
export class CdnStack extends AstroStack {
  private readonly needs: Needs;
  private readonly hosts?: HostNames;

  constructor(scope: Construct, settings: Settings, needs: Needs) {
    super(scope, settings, { name: "cdn", phase: "dns", description: "CloudFront for frontend and API" });
    this.needs = needs;
    this.hosts = needs.ownName && hostNames(needs.ownName.domain);
    const distribution = this.distribution();
    this.frontendPolicy(distribution.ref);
    this.names(distribution);
    this.output("DistributionId", distribution.ref, "For invalidations after an upload of the frontend");
  }

  private distribution(): cloudfront.CfnDistribution {
    const { settings, needs, hosts } = this;
    const { ownName } = needs;
    const compressed = { viewerProtocolPolicy: "redirect-to-https", compress: true };
    return new cloudfront.CfnDistribution(this, "Distribution", {
      distributionConfig: {
        enabled: true,
        comment: ownName?.zoneId === undefined ? settings.prefix : `${settings.prefix} (zone ${ownName.zoneId})`,
        defaultRootObject: "index.html",
        httpVersion: "http2and3",
        ipv6Enabled: true,
        priceClass: "PriceClass_100",
        webAclId: needs.webAclArn,
        aliases: hosts && [hosts.app, ...(hosts.redirect === undefined ? [] : [hosts.redirect])],
        // CloudFront's own name brings its own TLS policy (AWS::CloudFront::Distribution, ViewerCertificate).
        viewerCertificate:
          ownName === undefined
            ? { cloudFrontDefaultCertificate: true }
            : {
                acmCertificateArn: ownName.certificateArn,
                sslSupportMethod: "sni-only",
                minimumProtocolVersion: "TLSv1.2_2021",
              },
        origins: [this.frontendOrigin(), this.apiOrigin()],
        defaultCacheBehavior: {
          ...compressed,
          targetOriginId: "frontend",
          allowedMethods: ["GET", "HEAD", "OPTIONS"],
          cachePolicyId: cachePolicy(this, settings),
          responseHeadersPolicyId: headersPolicy(this, settings, needs.storage.pdfs.host),
          functionAssociations: [{ eventType: "viewer-request", functionArn: spaFunction(this, settings, hosts) }],
        },
        cacheBehaviors: [
          {
            ...compressed,
            pathPattern: "/api/*",
            targetOriginId: "api",
            allowedMethods: ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"],
            cachePolicyId: MANAGED.cachingDisabled,
            originRequestPolicyId: MANAGED.allViewerExceptHostHeader,
            responseHeadersPolicyId: MANAGED.securityHeaders,
            functionAssociations: [
              { eventType: "viewer-response", functionArn: redirectsFunction(this, settings, this.apiHost()) },
              ...(hosts?.redirect === undefined
                ? []
                : [{ eventType: "viewer-request", functionArn: nameFunction(this, settings, hosts) }]),
            ],
          },
        ],
      },
    });
  }

  private frontendOrigin(): cloudfront.CfnDistribution.OriginProperty {
    const access = new cloudfront.CfnOriginAccessControl(this, "OriginAccessControl", {
      originAccessControlConfig: {
        name: `${this.settings.prefix}-frontend`,
        originAccessControlOriginType: "s3",
        signingBehavior: "always",
        signingProtocol: "sigv4",
      },
    });
    return {
      id: "frontend",
      domainName: this.needs.storage.frontend.host,
      originAccessControlId: access.ref,
      s3OriginConfig: { originAccessIdentity: "" },
    };
  }

  /** The name by which the CDN calls the API. */
  private apiHost(): string {
    return apiName(this.settings.config) ?? this.needs.loadBalancer.dnsName;
  }

  /**
   * By its own name and HTTPS where it has one: a certificate is for a name, and no authority signs the load balancer's
   * (Amazon CloudFront Developer Guide, "Requirements for using SSL/TLS certificates": origins). A private one is reached
   * inside AWS.
   */
  private apiOrigin(): cloudfront.CfnDistribution.OriginProperty {
    const { config } = this.settings;
    const origin = { id: "api", domainName: this.apiHost() };
    // As long as the load balancer itself waits for a task.
    const originReadTimeout = IDLE_SECONDS;
    if (config.loadBalancer.private) {
      return { ...origin, vpcOriginConfig: { vpcOriginId: this.vpcOrigin(), originReadTimeout } };
    }
    return {
      ...origin,
      ...(onlyForCdn(config) ? this.withOriginSecret() : {}),
      customOriginConfig: {
        originProtocolPolicy: apiName(config) === undefined ? "http-only" : "https-only",
        originSslProtocols: ["TLSv1.2"],
        originReadTimeout,
      },
    };
  }

  private withOriginSecret() {
    // The secret is referenced by name, which is no dependency; so it is declared here.
    this.addStackDependency(this.needs.secrets);
    return { originCustomHeaders: [{ headerName: ORIGIN_HEADER, headerValue: originSecret(this.settings) }] };
  }

  /** CloudFront's way into the VPC (Amazon CloudFront Developer Guide, "Restrict access with VPC origins"). Its id. */
  private vpcOrigin(): string {
    return new cloudfront.CfnVpcOrigin(this, "ApiVpcOrigin", {
      vpcOriginEndpointConfig: {
        arn: this.needs.loadBalancer.loadBalancerArn,
        name: `${this.settings.prefix}-api`,
        httpPort: 80,
        httpsPort: 443,
        originProtocolPolicy: "http-only",
        originSslProtocols: ["TLSv1.2"],
      },
    }).attrId;
  }

  /** Only this distribution reads the frontend's bucket; it may list it so that what is missing is a 404, not a 403. */
  private frontendPolicy(distributionId: string): void {
    const bucket = this.needs.storage.frontend;
    const read = (sid: string, action: string, resource: string) =>
      new iam.PolicyStatement({
        sid,
        principals: [new iam.ServicePrincipal("cloudfront.amazonaws.com")],
        actions: [action],
        resources: [resource],
        // Amazon CloudFront Developer Guide, "Restrict access to an Amazon S3 origin".
        conditions: {
          StringEquals: {
            "aws:SourceArn": `arn:${Aws.PARTITION}:cloudfront::${Aws.ACCOUNT_ID}:distribution/${distributionId}`,
          },
        },
      });
    new s3.CfnBucketPolicy(this, "FrontendBucketPolicy", {
      bucket: bucket.name,
      policyDocument: tlsOnly(
        bucket.arn,
        read("CdnReads", "s3:GetObject", `${bucket.arn}/*`),
        read("CdnFindsMissing", "s3:ListBucket", bucket.arn),
      ),
    });
  }

  private names(distribution: cloudfront.CfnDistribution): void {
    const { ownName, loadBalancer } = this.needs;
    const isPrivate = this.settings.config.loadBalancer.private;
    if (ownName === undefined) {
      this.output("AppUrl", `https://${distribution.attrDomainName}`, "The frontend");
      if (!isPrivate) {
        const words = "The CDN calls the API without TLS: no domain is set";
        this.output("ApiOrigin", `http://${loadBalancer.dnsName}`, words);
      }
      return;
    }
    const { app, redirect } = hostNames(ownName.domain);
    this.output("AppUrl", `https://${app}`, "The frontend");
    this.record("App", app, ownName, distribution);
    if (redirect !== undefined) this.record("Redirect", redirect, ownName, distribution);
    if (isPrivate) return;
    // Last of all: until the CDN calls the API by HTTPS, a redirect would answer its calls with the way to nowhere.
    new elbv2.CfnListenerRule(this, "HttpsRedirect", {
      listenerArn: loadBalancer.httpListenerArn,
      priority: 1,
      conditions: [{ field: "path-pattern", pathPatternConfig: { values: ["/*"] } }],
      actions: [{ type: "redirect", redirectConfig: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" } }],
    }).addResourceDependency(distribution);
  }
  /**
   * A name's records to the distribution, or the words for them where the DNS is elsewhere. The domain's own and that of its
   * `www.` are the same resources whichever of them is the app's: the one could not take over the other's record, which is
   * there until the end of an update (Amazon Route 53 API Reference, ChangeResourceRecordSets: CREATE).
   */
  private record(
    what: "App" | "Redirect",
    name: string,
    { domain, zoneId }: OwnName,
    distribution: cloudfront.CfnDistribution,
  ): void {
    const target = distribution.attrDomainName;
    if (zoneId === undefined) {
      this.output(`${what}Record`, recordTo(name, domain.name, target), "Add this record to your DNS");
      return;
    }
    const id = name === domain.name ? "Apex" : name === `www.${domain.name}` ? "Www" : what;
    for (const type of ["A", "AAAA"]) {
      new route53.CfnRecordSet(this, type === "A" ? `${id}Record` : `${id}RecordIpv6`, {
        hostedZoneId: zoneId,
        name,
        type,
        aliasTarget: { dnsName: target, hostedZoneId: CLOUDFRONT_ZONE },
      });
    }
  }
}
