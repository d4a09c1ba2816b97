import type { Json } from "../../template/types.ts";
import { CERTIFICATE, certificateStatus } from "../resources/certificate-status.ts";
import type { HandlerRequest } from "../resources/handler.ts";
import { partOf, rowsOf } from "../resources/properties.ts";
import type { Scope, ServiceResource } from "../state/state.ts";
import { type AccountRule, refuse, resourcesIn } from "./rule.ts";

/** The certificate of an ARN, if it is known here; one that is not known may have any properties. */
function certificateAt(
  { simulator }: HandlerRequest,
  scope: Scope,
  arn: Json | undefined,
): ServiceResource | undefined {
  return resourcesIn(simulator, scope, CERTIFICATE).find(({ id }) => id === arn);
}

const isIssued = ({ simulator }: HandlerRequest, certificate: ServiceResource) =>
  certificateStatus(simulator, certificate) === "ISSUED";

/** Rules on the certificates that resources use. */
export const CERTIFICATE_ACCOUNT_RULES: readonly AccountRule[] = [
  {
    name: "a listener's certificate is issued",
    types: ["AWS::ElasticLoadBalancingV2::Listener"],
    source: "Elastic Load Balancing API Reference, CreateListener (UnsupportedCertificate)",
    check: (request) => {
      const arns = rowsOf(request.properties.Certificates).map(({ CertificateArn }) => CertificateArn);
      const pending = arns.find((arn) => {
        const found = certificateAt(request, request.scope, arn);
        return found && !isIssued(request, found);
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
    check: (request) => {
      const config = partOf(partOf(request.properties.DistributionConfig).ViewerCertificate);
      const place = { account: request.scope.account, region: "us-east-1" };
      const found = certificateAt(request, place, config.AcmCertificateArn);
      return found && !isIssued(request, found)
        ? refuse(
            "The specified SSL certificate doesn't exist, isn't in us-east-1 region, isn't valid, or doesn't include a valid certificate chain.",
          )
        : undefined;
    },
  },
];
