import type { Json } from "../../template/types.ts";
import { CERTIFICATE, statusOf } from "../resources/certificate-status.ts";
import type { Making } from "../resources/kind.ts";
import { partOf, rowsOf } from "../resources/properties.ts";
import type { Scope, ServiceResource } from "../state/state.ts";
import { type AccountRule, around, refuse } from "./rule.ts";

/** The certificate of an ARN, if it is one that is known in a place; those that were there before may be any. */
function certificateAt({ simulator }: Making, scope: Scope, arn: Json | undefined): ServiceResource | undefined {
  return around(simulator, scope, CERTIFICATE).find(({ id }) => id === arn);
}

const isIssued = ({ simulator }: Making, certificate: ServiceResource) => statusOf(simulator, certificate) === "ISSUED";

/** What uses of certificates demand of them. */
export const CERTIFICATE_RULES: readonly AccountRule[] = [
  {
    name: "a listener's certificate is issued",
    types: ["AWS::ElasticLoadBalancingV2::Listener"],
    source: "Elastic Load Balancing API Reference, CreateListener (UnsupportedCertificate)",
    check: (making) => {
      const arns = rowsOf(making.properties.Certificates).map(({ CertificateArn }) => CertificateArn);
      const pending = arns.find((arn) => {
        const found = certificateAt(making, making.scope, arn);
        return found && !isIssued(making, found);
      });
      return pending === undefined
        ? undefined
        : refuse(
            `The certificate '${String(pending)}' must have a fully-qualified domain name, a supported signature, and a supported key size.`,
          );
    },
  },
  {
    name: "a distribution's certificate is issued",
    types: ["AWS::CloudFront::Distribution"],
    source: "CloudFront API Reference, CreateDistribution (InvalidViewerCertificate)",
    check: (making) => {
      const config = partOf(partOf(making.properties.DistributionConfig).ViewerCertificate);
      const place = { account: making.scope.account, region: "us-east-1" };
      const found = certificateAt(making, place, config.AcmCertificateArn);
      return found && !isIssued(making, found)
        ? refuse(
            "The specified SSL certificate doesn't exist, isn't in us-east-1 region, isn't valid, or doesn't include a valid certificate chain.",
          )
        : undefined;
    },
  },
];
