import type { JsonObject } from "../../../src/template/types.ts";
import { a, on, ref } from "./case.ts";

const CERTIFICATE = "AWS::CertificateManager::Certificate";
const DISTRIBUTION = "AWS::CloudFront::Distribution";

const files = {
  Id: "files",
  DomainName: "files.s3.eu-west-1.amazonaws.com",
  S3OriginConfig: {},
  OriginAccessControlId: ref("Control"),
};
const api = {
  Id: "api",
  DomainName: "api.example.com",
  CustomOriginConfig: { OriginProtocolPolicy: "https-only", OriginReadTimeout: 30, HTTPSPort: 443 },
};
const managed = { TargetOriginId: "files", ViewerProtocolPolicy: "redirect-to-https", CachePolicyId: "policy" };
const config = {
  Enabled: true,
  Comment: "shop",
  Origins: [files, api],
  DefaultCacheBehavior: managed,
  CacheBehaviors: [{ ...managed, PathPattern: "/api/*", TargetOriginId: "api" }],
  ViewerCertificate: { CloudFrontDefaultCertificate: true },
};
const over = (change: JsonObject) => ({ DistributionConfig: { ...config, ...change } });
const behaving = (change: JsonObject) => over({ DefaultCacheBehavior: { ...managed, ...change } });
const served = (region: string, change: JsonObject = {}) => ({
  Aliases: ["app.example.com"],
  ViewerCertificate: {
    AcmCertificateArn: `arn:aws:acm:${region}:123456789012:certificate/1`,
    SslSupportMethod: "sni-only",
    MinimumProtocolVersion: "TLSv1.2_2021",
    ...change,
  },
});
const issued = { ...served("us-east-1", { AcmCertificateArn: ref("Certificate") }) };
const control = (kind: string) =>
  a("AWS::CloudFront::OriginAccessControl", { OriginAccessControlConfig: { OriginAccessControlOriginType: kind } });

const ttl = (MinTTL: number, DefaultTTL: number, MaxTTL: number, gzip = false) => ({
  CachePolicyConfig: {
    Name: "p",
    MinTTL,
    DefaultTTL,
    MaxTTL,
    ParametersInCacheKeyAndForwardedToOrigin: { EnableAcceptEncodingGzip: gzip },
  },
});
const waf = (Priority: number, change: JsonObject = {}) => ({
  Name: `r${Priority}`,
  Priority,
  Statement: { ManagedRuleGroupStatement: { VendorName: "AWS", Name: "AWSManagedRulesCommonRuleSet" } },
  OverrideAction: { None: {} },
  ...change,
});

const record = {
  HostedZoneId: ref("Zone"),
  Name: "api.example.com",
  Type: "A",
  TTL: "300",
  ResourceRecords: ["192.0.2.1"],
};
const ZONE = { Zone: a("AWS::Route53::HostedZone", { Name: "example.com" }) };
const typed = (Type: string, ...ResourceRecords: readonly string[]) => ({ Type, ResourceRecords });

export const EDGE_CASES = [
  ...on(
    DISTRIBUTION,
    { DistributionConfig: config },
    {
      "distribution-certificate-region": { good: over(served("us-east-1")), bad: over(served("eu-west-1")) },
      "distribution-alias-certificate": { bad: over({ Aliases: ["app.example.com"] }) },
      "distribution-alias-covered": {
        region: "us-east-1",
        good: over(issued),
        beside: { Certificate: a(CERTIFICATE, { DomainName: "*.example.com" }) },
        badBeside: {
          Certificate: a(CERTIFICATE, { DomainName: "example.com", SubjectAlternativeNames: ["*.app.example.com"] }),
        },
      },
      "distribution-alias-once": {
        good: over(served("us-east-1")),
        badBeside: { Other: a(DISTRIBUTION, over(served("us-east-1"))) },
      },
      "distribution-ssl-method": [
        {
          good: over(served("us-east-1")),
          bad: over(served("us-east-1", { SslSupportMethod: { Ref: "AWS::NoValue" } })),
        },
        { bad: over(served("us-east-1", { SslSupportMethod: "vip" })) },
        { bad: over(served("us-east-1", { MinimumProtocolVersion: "SSLv3" })) },
      ],
      "distribution-origin": { bad: behaving({ TargetOriginId: "frontend" }) },
      "distribution-origin-once": { bad: over({ Origins: [files, { ...api, Id: "files" }, api] }) },
      "distribution-origin-kind": [
        { bad: over({ Origins: [files, { Id: "api", DomainName: "api.example.com" }] }) },
        { bad: over({ Origins: [files, { ...api, S3OriginConfig: {} }] }) },
      ],
      "distribution-origin-control": {
        bad: over({ Origins: [files, { ...api, OriginAccessControlId: ref("Control") }] }),
      },
      "distribution-origin-website": {
        bad: over({ Origins: [{ ...files, DomainName: "files.s3-website-eu-west-1.amazonaws.com" }, api] }),
      },
      "distribution-methods": {
        good: behaving({ AllowedMethods: ["GET", "HEAD", "OPTIONS"] }),
        bad: behaving({ AllowedMethods: ["GET", "POST"] }),
      },
      "distribution-cache-policy": { bad: behaving({ CachePolicyId: { Ref: "AWS::NoValue" } }) },
      "distribution-cache-policy-alone": [
        { bad: behaving({ ForwardedValues: { QueryString: true } }) },
        { bad: behaving({ DefaultTTL: 60 }) },
      ],
      "distribution-function": {
        good: behaving({ FunctionAssociations: [{ EventType: "viewer-request", FunctionARN: "arn" }] }),
        bad: behaving({ FunctionAssociations: [{ EventType: "origin-request", FunctionARN: "arn" }] }),
      },
      "distribution-error-page": {
        good: over({ CustomErrorResponses: [{ ErrorCode: 404, ResponseCode: 200, ResponsePagePath: "/" }] }),
        bad: over({ CustomErrorResponses: [{ ErrorCode: 404, ResponseCode: 200 }] }),
      },
      "distribution-comment": { bad: over({ Comment: "a".repeat(129) }) },
      "distribution-origin-timeout": {
        bad: over({ Origins: [files, { ...api, CustomOriginConfig: { OriginReadTimeout: 0 } }] }),
      },
      "distribution-http-port": { bad: over({ Origins: [files, { ...api, CustomOriginConfig: { HTTPPort: 81 } }] }) },
      "distribution-web-acl": {
        region: "us-east-1",
        good: over({ WebACLId: ref("Acl") }),
        beside: { Acl: a("AWS::WAFv2::WebACL", { Scope: "CLOUDFRONT" }) },
        badBeside: { Acl: a("AWS::WAFv2::WebACL", { Scope: "REGIONAL" }) },
      },
    },
    { Control: control("s3") },
  ),
  ...on(
    "AWS::CloudFront::Function",
    { Name: "shop-spa", FunctionCode: "function handler(event) {}" },
    {
      "edge-function-name": { bad: { Name: "shop.spa" } },
      "edge-function-size": { bad: { FunctionCode: "a".repeat(10_241) } },
    },
  ),
  ...on("AWS::CloudFront::CachePolicy", ttl(0, 0, 60, true), {
    "cache-policy-ttl": { bad: ttl(0, 120, 60) },
    "cache-policy-disabled": { good: ttl(0, 0, 0), bad: ttl(0, 0, 0, true) },
  }),
  ...on(
    "AWS::WAFv2::WebACL",
    { Name: "shop", Scope: "CLOUDFRONT", Rules: [waf(0), waf(1)] },
    {
      "web-acl-priority": { region: "us-east-1", bad: { Rules: [waf(0), waf(0)] } },
      "web-acl-action": { region: "us-east-1", bad: { Rules: [waf(0, { Action: { Block: {} } })] } },
      "web-acl-name": { region: "us-east-1", bad: { Name: "my shop" } },
    },
  ),
  ...on(
    "AWS::WAFv2::IPSet",
    { Scope: "REGIONAL", Addresses: [], IPAddressVersion: "IPV4" },
    {
      "web-acl-region": { bad: { Scope: "CLOUDFRONT" } },
    },
  ),
  ...on(
    CERTIFICATE,
    { DomainName: "app.example.com", SubjectAlternativeNames: ["*.example.com"], ValidationMethod: "DNS" },
    {
      "certificate-domain": [
        { bad: { DomainName: "app_example" } },
        { bad: { SubjectAlternativeNames: ["https://example.com"] } },
      ],
      "certificate-domain-length": { bad: { DomainName: `${"a".repeat(60)}.example.com` } },
      "certificate-validation-domain": [
        { bad: { DomainValidationOptions: [{ DomainName: "api.example.com", HostedZoneId: "Z" }] } },
        { bad: { DomainValidationOptions: [{ DomainName: "app.example.com", ValidationDomain: "example.org" }] } },
      ],
      "certificate-zone": {
        good: { DomainValidationOptions: [{ DomainName: "*.example.com", HostedZoneId: ref("Zone") }] },
        beside: ZONE,
        badBeside: { Zone: a("AWS::Route53::HostedZone", { Name: "example.org." }) },
      },
      "certificate-zone-method": {
        good: { DomainValidationOptions: [{ DomainName: "app.example.com", HostedZoneId: "Z" }] },
        bad: { ValidationMethod: undefined },
      },
    },
  ),
  ...on(
    "AWS::Route53::RecordSet",
    record,
    {
      "record-kind": [
        { bad: { TTL: undefined } },
        { bad: { AliasTarget: { DNSName: "a", HostedZoneId: "Z" } } },
        {
          good: { TTL: undefined, ResourceRecords: undefined, AliasTarget: { DNSName: "a", HostedZoneId: "Z" } },
          bad: { TTL: "60" },
        },
      ],
      "record-ttl": { bad: { TTL: "-1" } },
      "record-cname-apex": { bad: { Name: "example.com.", ...typed("CNAME", "a.example.org") } },
      "record-in-zone": { bad: { Name: "api.myexample.com" } },
      "record-once": {
        beside: { Other: a("AWS::Route53::RecordSet", { ...record, Name: "app.example.com" }) },
        badBeside: { Other: a("AWS::Route53::RecordSet", { ...record, Name: "API.example.com." }) },
      },
      "record-value": [
        { bad: typed("A", "api.example.com") },
        { bad: typed("AAAA", "192.0.2.1") },
        { good: typed("TXT", '"v=spf1 -all" "more"'), bad: typed("TXT", "v=spf1 -all") },
        { bad: typed("TXT", `"${"a".repeat(256)}"`) },
      ],
      "record-cname-single": { good: typed("CNAME", "a.b"), bad: typed("CNAME", "a.b", "c.d") },
      "record-set-identifier": { good: { Weight: 1, SetIdentifier: "a" }, bad: { SetIdentifier: undefined } },
    },
    ZONE,
  ),
  ...on(
    "AWS::Route53::RecordSetGroup",
    { HostedZoneName: "example.com.", RecordSets: [{ ...record, HostedZoneId: "Z" }] },
    {
      "record-in-zone": { bad: { RecordSets: [{ ...record, HostedZoneId: "Z", Name: "api.example.org" }] } },
    },
  ),
  ...on("AWS::Route53::HostedZone", { Name: "example.com" }, { "zone-name": { bad: { Name: "example..com" } } }),
];
