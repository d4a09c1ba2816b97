import type { Values } from "../../template/evaluate.ts";
import { fits } from "../checks.ts";
import type { Rule, RuleCheck, RuleSubject, Violation } from "../rule.ts";
import { asBoolean, asList, asObject, asText, items } from "../values.ts";

const DISTRIBUTION = "AWS::CloudFront::Distribution";
/** The one property of a distribution. */
export const CONFIG = "DistributionConfig";

const CERTIFICATES = "Amazon CloudFront Developer Guide, Requirements for using SSL/TLS certificates with CloudFront";
const SETTINGS = "Amazon CloudFront Developer Guide, All distribution settings reference";
const API = "Amazon CloudFront API Reference";

/** CloudFront distributions. */
export const DISTRIBUTION_RULES: readonly Rule[] = [
  {
    id: "distribution-certificate-region",
    types: [DISTRIBUTION],
    document: CERTIFICATES,
    check: onConfig(({ ViewerCertificate }, { find }) => {
      const { AcmCertificateArn } = asObject(ViewerCertificate);
      const found = find(AcmCertificateArn, "AWS::CertificateManager::Certificate");
      const region = found?.region ?? asText(AcmCertificateArn)?.split(":")[3];
      if (region === undefined || region === "us-east-1" || region.startsWith("cn-")) return undefined;
      const message =
        "The specified SSL certificate doesn't exist, isn't in us-east-1 region, isn't valid, or doesn't include a valid certificate chain.";
      const value = asText(AcmCertificateArn) ?? `${found?.stack}.${found?.id} in ${region}`;
      return { property: `${CONFIG}/ViewerCertificate/AcmCertificateArn`, value, message };
    }),
  },
  {
    id: "distribution-alias-certificate",
    types: [DISTRIBUTION],
    document: CERTIFICATES,
    check: onConfig(({ Aliases, ViewerCertificate }) => {
      const { AcmCertificateArn, IamCertificateId, CloudFrontDefaultCertificate } = asObject(ViewerCertificate);
      const none = AcmCertificateArn === undefined && IamCertificateId === undefined;
      const plain = ViewerCertificate === undefined || asBoolean(CloudFrontDefaultCertificate) === true;
      const message =
        "To add an alternate domain name (CNAME) to a CloudFront distribution, you must attach a trusted certificate that validates your authorization to use the domain name.";
      return asList(Aliases).length > 0 && none && plain
        ? { property: `${CONFIG}/ViewerCertificate`, message }
        : undefined;
    }),
  },
  {
    id: "distribution-alias-covered",
    types: [DISTRIBUTION],
    document: CERTIFICATES,
    check: onConfig(({ Aliases, ViewerCertificate }, { find }) => {
      const { AcmCertificateArn } = asObject(ViewerCertificate);
      const certificate = find(AcmCertificateArn, "AWS::CertificateManager::Certificate");
      if (certificate === undefined) return undefined;
      const { DomainName, SubjectAlternativeNames } = certificate.properties;
      const names = [DomainName, ...asList(SubjectAlternativeNames)].map(asText);
      if (names.includes(undefined)) return undefined;
      const alias = asList(Aliases)
        .map(asText)
        .find((one) => one !== undefined && !names.some((name) => covers(name ?? "", one)));
      const message =
        "The certificate that is attached to your distribution doesn't cover the alternate domain name (CNAME) that you're trying to add.";
      return alias === undefined ? undefined : { property: `${CONFIG}/Aliases`, value: alias, message };
    }),
  },
  {
    id: "distribution-alias-once",
    types: [DISTRIBUTION],
    document: "Amazon CloudFront Developer Guide, Restrictions on using alternate domain names",
    code: "AlreadyExists",
    check: ({ properties, before }) => {
      const others = before(DISTRIBUTION).flatMap((other) =>
        asList(asObject(other.properties[CONFIG]).Aliases).map(asText),
      );
      const alias = asList(asObject(properties[CONFIG]).Aliases)
        .map(asText)
        .find((one) => one !== undefined && others.includes(one));
      const message = "One or more of the CNAMEs you provided are already associated with a different resource.";
      return alias === undefined ? undefined : { property: `${CONFIG}/Aliases`, value: alias, message };
    },
  },
  {
    id: "distribution-ssl-method",
    types: [DISTRIBUTION],
    document: `${API}, ViewerCertificate`,
    approximate: true,
    check: onConfig(({ ViewerCertificate }) => {
      const { AcmCertificateArn, IamCertificateId, MinimumProtocolVersion, SslSupportMethod } =
        asObject(ViewerCertificate);
      if (AcmCertificateArn === undefined && IamCertificateId === undefined) return undefined;
      const property = `${CONFIG}/ViewerCertificate/`;
      if (SslSupportMethod === undefined) {
        const message = "The parameter SSLSupportMethod is required when a custom certificate is used.";
        return { property: `${property}SslSupportMethod`, message };
      }
      const [least, method] = [asText(MinimumProtocolVersion), asText(SslSupportMethod)];
      if (least === undefined || method === undefined) return undefined;
      const wrong = method === "vip" ? !/^(SSLv3|TLSv1)$/.test(least) : least === "SSLv3";
      const message = `The parameter MinimumProtocolVersion ${least} is not valid with SSLSupportMethod ${method}.`;
      return wrong ? { property: `${property}MinimumProtocolVersion`, value: least, message } : undefined;
    }),
  },
  {
    id: "distribution-error-page",
    types: [DISTRIBUTION],
    document: `${API}, CustomErrorResponse`,
    approximate: true,
    check: onConfig(({ CustomErrorResponses }) => {
      for (const [index, { ResponseCode, ResponsePagePath }] of items(CustomErrorResponses)) {
        if ((ResponseCode === undefined) === (ResponsePagePath === undefined)) continue;
        const missing = ResponseCode === undefined ? "ResponseCode" : "ResponsePagePath";
        const message = `ResponseCode and ResponsePagePath must be specified together: ${missing} is missing.`;
        return { property: `${CONFIG}/CustomErrorResponses/${index}/${missing}`, message };
      }
      return undefined;
    }),
  },
  {
    id: "distribution-comment",
    types: [DISTRIBUTION],
    document: SETTINGS,
    approximate: true,
    check: fits(
      `${CONFIG}.Comment`,
      (comment) => comment.length <= 128,
      () => "The parameter Comment is too long. The maximum length is 128 characters.",
    ),
  },
  {
    id: "distribution-web-acl",
    types: [DISTRIBUTION],
    document: "AWS WAF Developer Guide, Using AWS WAF with Amazon CloudFront",
    approximate: true,
    check: onConfig(({ WebACLId }, { find }) => {
      const regional =
        asText(find(WebACLId, "AWS::WAFv2::WebACL")?.properties.Scope) === "REGIONAL" ||
        /:regional\/webacl\//.test(asText(WebACLId) ?? "");
      const message = "The web ACL is not valid: a distribution takes a web ACL with the scope CLOUDFRONT.";
      return regional ? { property: `${CONFIG}/WebACLId`, value: WebACLId, message } : undefined;
    }),
  },
];

function covers(pattern: string, host: string): boolean {
  const [name, alias] = [pattern.toLowerCase(), host.toLowerCase()];
  if (name === alias) return true;
  // A wildcard stands for one label.
  return name.startsWith("*.") && name.slice(1) === alias.slice(alias.indexOf("."));
}

/** The check, of the distribution's configuration. */
export function onConfig(check: (config: Values, subject: RuleSubject) => Violation | undefined): RuleCheck {
  return (subject) => check(asObject(subject.properties[CONFIG]), subject);
}
