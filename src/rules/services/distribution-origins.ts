import type { Values } from "../../template/evaluate.ts";
import { firstFault } from "../checks.ts";
import type { Rule, RuleCheck, RuleSubject, Violation } from "../rule.ts";
import { asNumber, asObject, asText, items, objects, repeated } from "../values.ts";
import { CONFIG, onConfig } from "./distributions.ts";

const DISTRIBUTION = "AWS::CloudFront::Distribution";
const API = "Amazon CloudFront API Reference";

/** Origins of distributions. */
export const ORIGIN_RULES: readonly Rule[] = [
  {
    id: "distribution-origin-once",
    types: [DISTRIBUTION],
    document: `${API}, Origin (Id)`,
    approximate: true,
    check: onConfig(({ Origins }) => {
      const id = repeated(objects(Origins).map(({ Id }) => asText(Id)));
      const message = `The origin ID ${id} is used more than once.`;
      return id === undefined ? undefined : { property: `${CONFIG}/Origins`, value: id, message };
    }),
  },
  {
    id: "distribution-origin-kind",
    types: [DISTRIBUTION],
    document: `${API}, Origin`,
    approximate: true,
    check: eachOrigin((origin, path) => {
      const given = ["S3OriginConfig", "CustomOriginConfig", "VpcOriginConfig"].filter(
        (name) => origin[name] !== undefined,
      );
      const message = "Exactly one of CustomOriginConfig, VpcOriginConfig and S3OriginConfig must be specified";
      return given.length === 1 ? undefined : { property: path, message };
    }),
  },
  {
    id: "distribution-origin-control",
    types: [DISTRIBUTION],
    document: "Amazon CloudFront Developer Guide, Restrict access to an Amazon S3 origin",
    check: eachOrigin((origin, path, { find }) => {
      const { OriginAccessControlId, CustomOriginConfig, S3OriginConfig } = origin;
      const control = find(OriginAccessControlId, "AWS::CloudFront::OriginAccessControl");
      const kind = asText(asObject(control?.properties.OriginAccessControlConfig).OriginAccessControlOriginType);
      const wrong =
        (kind === "s3" && CustomOriginConfig !== undefined) || (kind === "lambda" && S3OriginConfig !== undefined);
      const message = "Illegal configuration: The origin type and OAC origin type differ.";
      return wrong ? { property: `${path}/OriginAccessControlId`, value: kind, message } : undefined;
    }),
  },
  {
    id: "distribution-origin-website",
    types: [DISTRIBUTION],
    document: "Amazon CloudFront Developer Guide, Use various origins with CloudFront distributions: website endpoint",
    check: eachOrigin(({ DomainName, S3OriginConfig }, path) => {
      const website = /\.s3-website[.-]/.test(asText(DomainName) ?? "");
      const message = "The parameter Origin DomainName does not refer to a valid S3 bucket.";
      return website && S3OriginConfig !== undefined
        ? { property: `${path}/DomainName`, value: DomainName, message }
        : undefined;
    }),
  },
  {
    id: "distribution-origin-timeout",
    types: [DISTRIBUTION],
    document: `${API}, CustomOriginConfig and VpcOriginConfig (OriginReadTimeout, OriginKeepaliveTimeout)`,
    approximate: true,
    check: eachOrigin((origin, path) => {
      for (const kind of ["CustomOriginConfig", "VpcOriginConfig"]) {
        for (const name of ["OriginReadTimeout", "OriginKeepaliveTimeout"]) {
          const seconds = asNumber(asObject(origin[kind])[name]);
          if (seconds === undefined || (seconds >= 1 && seconds <= 300)) continue;
          const message = `The parameter ${name} is not valid: it must be at least 1 second and within your quota.`;
          return { property: `${path}/${kind}/${name}`, value: seconds, message };
        }
      }
      return undefined;
    }),
  },
  {
    id: "distribution-http-port",
    types: [DISTRIBUTION],
    document: `${API}, CustomOriginConfig (HTTPPort, HTTPSPort)`,
    approximate: true,
    check: eachOrigin(({ CustomOriginConfig }, path) => {
      for (const name of ["HTTPPort", "HTTPSPort"]) {
        const port = asNumber(asObject(CustomOriginConfig)[name]);
        if (port === undefined || port === 80 || port === 443 || (port >= 1024 && port <= 65_535)) continue;
        const message = `The parameter ${name} is not valid: it must be 80, 443 or between 1024 and 65535.`;
        return { property: `${path}/CustomOriginConfig/${name}`, value: port, message };
      }
      return undefined;
    }),
  },
];

function eachOrigin(check: (origin: Values, path: string, subject: RuleSubject) => Violation | undefined): RuleCheck {
  return onConfig(({ Origins }, subject) =>
    firstFault(items(Origins), ([index, origin]) => check(origin, `${CONFIG}/Origins/${index}`, subject)),
  );
}
