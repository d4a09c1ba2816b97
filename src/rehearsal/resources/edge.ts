import { digits } from "../state/hash.ts";
import { isValidated, recordsToAdd } from "./certificate-validation.ts";
import {
  arn,
  createdAt,
  generatedName,
  type HandlerRequest,
  hexFor,
  type ResourceHandlers,
  seedOf,
  uuidFor,
} from "./handler.ts";
import { textOf } from "./properties.ts";

/** The hosted zones of Elastic Load Balancing's own names (AWS General Reference, "Elastic Load Balancing endpoints"). */
const ALB_ZONES: { readonly [region: string]: string } = {
  "us-east-1": "Z35SXDOTRQ7X7K",
  "us-east-2": "Z3AADJGX6KTTL2",
  "us-west-1": "Z368ELLRRE2KJ0",
  "us-west-2": "Z1H1FL5HABSF5",
  "ca-central-1": "ZQSVJUPU6J1EY",
  "eu-central-1": "Z215JYRZR1TBD5",
  "eu-west-1": "Z32O12XQLNTSW2",
  "eu-west-2": "ZHURV8PSTC4K8",
  "eu-west-3": "Z3Q77PNBQS71R4",
  "eu-north-1": "Z23TAZ6LKFMNIO",
  "ap-northeast-1": "Z14GRHDCWA56QT",
  "ap-southeast-1": "Z1LMS91P8CMLE5",
  "ap-southeast-2": "Z1GM3OXH4ZPM65",
  "ap-south-1": "ZP97RAFLXTNZK",
  "sa-east-1": "Z2P70J7HTTTPLU",
  "af-south-1": "Z268VQBMOI5EKX",
  "ap-east-1": "Z3DQVH9N71FHZ0",
  "ap-east-2": "Z02789141MW7T1WBU19PO",
  "ap-northeast-2": "ZWKZPGTI48KDX",
  "ap-northeast-3": "Z5LXEXXYW11ES",
  "ap-south-2": "Z0173938T07WNTVAEPZN",
  "ap-southeast-3": "Z08888821HLRG5A9ZRTER",
  "ap-southeast-4": "Z09517862IB2WZLPXG76F",
  "ap-southeast-5": "Z06010284QMVVW7WO5J",
  "ap-southeast-6": "Z023301818UFJ50CIO0MV",
  "ap-southeast-7": "Z0390008CMBRTHFGWBCB",
  "ca-west-1": "Z06473681N0SF6OS049SD",
  "eu-central-2": "Z06391101F2ZOEP8P5EB3",
  "eu-south-1": "Z3ULH7SSC9OV64",
  "eu-south-2": "Z0956581394HF5D5LXGAP",
  "il-central-1": "Z09170902867EHPV2DABU",
  "me-central-1": "Z08230872XQRWHG2XF6I",
  "me-south-1": "ZS929ML54UICD",
};

/** Load balancers, DNS, certificates and the CDN (Template Reference: return values). */
export const EDGE_HANDLERS: ResourceHandlers = {
  "AWS::ElasticLoadBalancingV2::LoadBalancer": {
    nameInIdProperty: "Name",
    id: (request) =>
      arn(
        request,
        "elasticloadbalancing",
        `loadbalancer/${flavour(request)}/${nameOf(request)}/${hexFor(request, 16)}`,
      ),
    attributes: (request, id) => ({
      LoadBalancerArn: id,
      LoadBalancerName: nameOf(request),
      LoadBalancerFullName: id.slice(id.indexOf("loadbalancer/") + "loadbalancer/".length),
      CanonicalHostedZoneID: ALB_ZONES[request.scope.region] ?? "Z35SXDOTRQ7X7K",
      DNSName: `${inside(request)}${nameOf(request)}-${digits(10, ...seedOf(request), "dns")}.${request.scope.region}.elb.amazonaws.com`,
      SecurityGroups: request.properties.SecurityGroups ?? [],
    }),
  },
  "AWS::ElasticLoadBalancingV2::TargetGroup": {
    nameInIdProperty: "Name",
    id: (request) => arn(request, "elasticloadbalancing", `targetgroup/${nameOf(request)}/${hexFor(request, 16)}`),
    attributes: (request, id) => ({
      TargetGroupArn: id,
      TargetGroupName: nameOf(request),
      TargetGroupFullName: id.slice(id.indexOf("targetgroup/")),
      LoadBalancerArns: [],
    }),
  },
  "AWS::ElasticLoadBalancingV2::Listener": {
    id: (request) =>
      `${textOf(request.properties, "LoadBalancerArn").replace(":loadbalancer/", ":listener/")}/${hexFor(request, 16)}`,
    attributes: (_, id) => ({ ListenerArn: id }),
  },
  "AWS::ElasticLoadBalancingV2::ListenerRule": {
    id: (request) =>
      `${textOf(request.properties, "ListenerArn").replace(":listener/", ":listener-rule/")}/${hexFor(request, 16)}`,
    attributes: (_, id) => ({ RuleArn: id, IsDefault: false }),
  },
  "AWS::CertificateManager::Certificate": {
    id: (request) => arn(request, "acm", `certificate/${uuidFor(request)}`),
    attributes: (_, id) => ({ CertificateArn: id }),
    waitsFor: {
      isDone: isValidated,
      says: recordsToAdd,
      // ACM User Guide, "Certificate validation times out": 72 hours.
      milliseconds: 72 * 3_600_000,
      words: "Resource timed out waiting for completion: the certificate was not validated within 72 hours",
      states: ["PENDING_VALIDATION", "ISSUED", "VALIDATION_TIMED_OUT"],
    },
  },
  "AWS::Route53::HostedZone": {
    global: true,
    id: (request) => `Z0${hexFor(request, 18).toUpperCase()}`,
    attributes: (request, id) => ({
      Id: id,
      NameServers: [0, 1, 2, 3].map(
        (i) => `ns-${100 + i * 512}.awsdns-${hexFor(request, 2, String(i))}.${["com", "net", "org", "co.uk"][i]}`,
      ),
    }),
  },
  "AWS::Route53::RecordSet": {
    global: true,
    id: ({ properties }) => textOf(properties, "Name").replace(/\.$/, ""),
    key: ({ properties }) => {
      const zone = textOf(properties, "HostedZoneId") || textOf(properties, "HostedZoneName");
      const name = `${textOf(properties, "Name").replace(/\.$/, "")}.`;
      return [zone, name, textOf(properties, "Type"), textOf(properties, "SetIdentifier")].join("|");
    },
  },
  "AWS::CloudFront::Distribution": {
    global: true,
    id: code,
    attributes: (request, id) => ({ Id: id, DomainName: `d${hexFor(request, 13, "domain")}.cloudfront.net` }),
  },
  "AWS::CloudFront::OriginAccessControl": { global: true, id: code, attributes: (_, id) => ({ Id: id }) },
  "AWS::CloudFront::CloudFrontOriginAccessIdentity": {
    global: true,
    id: code,
    attributes: (request, id) => ({ Id: id, S3CanonicalUserId: hexFor(request, 64) }),
  },
  "AWS::CloudFront::VpcOrigin": {
    global: true,
    id: (request) => `vo_${hexFor(request, 22)}`,
    attributes: (request, id) => ({
      Id: id,
      Arn: arn(request, "cloudfront", `vpcorigin/${id}`, "region"),
      AccountId: request.scope.account,
      Status: "Deployed",
      CreatedTime: new Date(createdAt(request)).toISOString(),
      LastModifiedTime: new Date(createdAt(request)).toISOString(),
    }),
  },
  "AWS::CloudFront::Function": {
    global: true,
    id: (request) => arn(request, "cloudfront", `function/${textOf(request.properties, "Name")}`, "region"),
    attributes: (_, id) => ({ FunctionARN: id, "FunctionMetadata.FunctionARN": id, Stage: "LIVE" }),
  },
  "AWS::CloudFront::CachePolicy": { global: true, id: (request) => uuidFor(request), attributes: policy },
  "AWS::CloudFront::OriginRequestPolicy": { global: true, id: (request) => uuidFor(request), attributes: policy },
  "AWS::CloudFront::ResponseHeadersPolicy": { global: true, id: (request) => uuidFor(request), attributes: policy },
  "AWS::WAFv2::WebACL": {
    id: (request) => `${webAclName(request)}|${uuidFor(request)}|${textOf(request.properties, "Scope")}`,
    attributes: (request, id) => {
      const scope = textOf(request.properties, "Scope") === "CLOUDFRONT" ? "global" : "regional";
      return {
        Id: id.split("|")[1] ?? "",
        Arn: arn(request, "wafv2", `${scope}/webacl/${webAclName(request)}/${uuidFor(request)}`),
        Capacity: 1,
        LabelNamespace: `awswaf:${request.scope.account}:webacl:${webAclName(request)}:`,
      };
    },
  },
};

function code(request: HandlerRequest): string {
  return `E${hexFor(request, 13).toUpperCase()}`;
}

function policy(request: HandlerRequest, id: string) {
  return { Id: id, LastModifiedTime: new Date(createdAt(request)).toISOString() };
}

/** The prefix of internal load balancers' DNS names (ELBv2 API Reference, CreateLoadBalancer: Scheme). */
function inside(request: HandlerRequest): string {
  return textOf(request.properties, "Scheme") === "internal" ? "internal-" : "";
}

function flavour(request: HandlerRequest): string {
  const type = textOf(request.properties, "Type", "application");
  return { application: "app", network: "net", gateway: "gwy" }[type] ?? "app";
}

/** Load balancers and target groups have at most 32 characters: CloudFormation shortens the parts. */
const short = (request: HandlerRequest) => {
  const [stack, logical] = [request.stack.name.slice(0, 6), request.logicalId.slice(0, 5)];
  return `${stack}-${logical}-${generatedName(request).slice(-12)}`.replace(/--+/g, "-");
};

const nameOf = (request: HandlerRequest) => textOf(request.properties, "Name") || short(request);
const webAclName = (request: HandlerRequest) => textOf(request.properties, "Name") || generatedName(request, 128);
