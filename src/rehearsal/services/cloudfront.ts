import type { JsonObject } from "../../template/types.ts";
import { isOn, listOf, partOf, rowsOf, textOf } from "../resources/properties.ts";
import { hex } from "../state/hash.ts";
import type { Simulator } from "../state/simulator.ts";
import type { ServiceResource } from "../state/state.ts";
import type { CallResult, ResultValue } from "../wire/call.ts";
import { AwsError } from "../wire/error.ts";
import type { RestAnswer, RestCall, RestService } from "../wire/rest-xml.ts";
import { named } from "../wire/xml.ts";
import { deleteResource, findResource, isReady, listResources } from "./common/resources.ts";
import { invalidationRoutes, underWay } from "./invalidations.ts";

const TYPE = "AWS::CloudFront::Distribution";

const quantity = (item: string, items: readonly ResultValue[]): CallResult => ({
  Quantity: items.length,
  Items: items.length === 0 ? undefined : named(item, items),
});

function theDistribution(simulator: Simulator, call: RestCall): ServiceResource {
  const found = findResource(simulator, call, TYPE, call.parts[0] ?? "");
  if (!found) throw new AwsError("NoSuchDistribution", "The specified distribution does not exist.", 404);
  return found;
}

function behaviour(value: JsonObject): CallResult {
  const {
    TargetOriginId,
    ViewerProtocolPolicy,
    CachePolicyId,
    OriginRequestPolicyId,
    ResponseHeadersPolicyId,
    Compress,
    PathPattern,
  } = value;
  return {
    PathPattern,
    TargetOriginId,
    ViewerProtocolPolicy,
    CachePolicyId,
    OriginRequestPolicyId,
    ResponseHeadersPolicyId,
    Compress: isOn(Compress),
  };
}

/** A distribution's main settings; those that a template does not set are left out. */
function configOf(distribution: ServiceResource): CallResult {
  const config = partOf(distribution.properties.DistributionConfig);
  return {
    CallerReference: hex(32, distribution.id),
    Aliases: quantity("CNAME", listOf(config, "Aliases")),
    DefaultRootObject: textOf(config, "DefaultRootObject"),
    Origins: quantity(
      "Origin",
      rowsOf(config.Origins).map(({ Id, DomainName, OriginPath, OriginAccessControlId }) => ({
        Id,
        DomainName,
        OriginPath: OriginPath ?? "",
        OriginAccessControlId: OriginAccessControlId ?? "",
      })),
    ),
    DefaultCacheBehavior: behaviour(partOf(config.DefaultCacheBehavior)),
    CacheBehaviors: quantity("CacheBehavior", rowsOf(config.CacheBehaviors).map(behaviour)),
    Comment: textOf(config, "Comment"),
    PriceClass: textOf(config, "PriceClass", "PriceClass_All"),
    Enabled: isOn(config.Enabled ?? true),
    ViewerCertificate: { ...partOf(config.ViewerCertificate) },
    HttpVersion: textOf(config, "HttpVersion", "http2"),
    IsIPV6Enabled: isOn(config.IPV6Enabled),
    WebACLId: textOf(config, "WebACLId"),
  };
}

function headOf(simulator: Simulator, distribution: ServiceResource): CallResult {
  return {
    Id: distribution.id,
    ARN: `arn:aws:cloudfront::${distribution.account}:distribution/${distribution.id}`,
    Status: isReady(simulator, distribution) ? "Deployed" : "InProgress",
    LastModifiedTime: new Date(distribution.created).toISOString(),
    DomainName: textOf(distribution.attributes, "DomainName"),
  };
}

const etag = (distribution: ServiceResource) => ({
  etag: `E${hex(13, JSON.stringify(distribution.properties)).toUpperCase()}`,
});

const shown = (simulator: Simulator, one: ServiceResource): RestAnswer => ({
  root: "Distribution",
  headers: etag(one),
  value: {
    ...headOf(simulator, one),
    InProgressInvalidationBatches: underWay(simulator, one).length,
    DistributionConfig: configOf(one),
  },
});

/** Throws unless the caller's ETag is current (CloudFront API Reference, "If-Match"). */
function checkSeen(distribution: ServiceResource, call: RestCall): void {
  const seen = call.headers["if-match"];
  if (seen === undefined)
    throw new AwsError("InvalidIfMatchVersion", "The If-Match version is missing or not valid for the resource.");
  if (seen !== etag(distribution).etag)
    throw new AwsError("PreconditionFailed", "The request failed because it didn't meet the preconditions.", 412);
}

/** Settings that UpdateDistribution changes; the rest of its input is ignored. */
function updateDistribution(simulator: Simulator, call: RestCall): RestAnswer {
  const one = theDistribution(simulator, call);
  checkSeen(one, call);
  const sent = call.body as JsonObject;
  const aliases = partOf(partOf(sent.Aliases).Items).CNAME;
  one.properties = {
    ...one.properties,
    DistributionConfig: {
      ...partOf(one.properties.DistributionConfig),
      Enabled: isOn(sent.Enabled),
      ...(typeof sent.Comment === "string" && { Comment: sent.Comment }),
      ...(typeof sent.PriceClass === "string" && { PriceClass: sent.PriceClass }),
      ...(sent.Aliases !== undefined && { Aliases: aliases === undefined ? [] : [aliases].flat() }),
    },
  };
  return shown(simulator, one);
}

function deleteDistribution(simulator: Simulator, call: RestCall): RestAnswer {
  const one = theDistribution(simulator, call);
  checkSeen(one, call);
  if (isOn(partOf(one.properties.DistributionConfig).Enabled ?? true)) {
    const words = "The distribution you are trying to delete has not been disabled.";
    throw new AwsError("DistributionNotDisabled", words, 409);
  }
  deleteResource(simulator, one);
  return { root: "", value: undefined, status: 204 };
}

const CONTROL = "AWS::CloudFront::OriginAccessControl";

function theControl(simulator: Simulator, call: RestCall): ServiceResource {
  const found = findResource(simulator, call, CONTROL, call.parts[0] ?? "");
  if (found) return found;
  throw new AwsError("NoSuchOriginAccessControl", "The specified origin access control does not exist.", 404);
}

function controlOf({ properties }: ServiceResource): CallResult {
  const config = partOf(properties.OriginAccessControlConfig);
  return {
    Name: textOf(config, "Name"),
    Description: textOf(config, "Description"),
    SigningProtocol: textOf(config, "SigningProtocol"),
    SigningBehavior: textOf(config, "SigningBehavior"),
    OriginAccessControlOriginType: textOf(config, "OriginAccessControlOriginType"),
  };
}

/** Amazon CloudFront, API version 2020-05-31: look-ups, invalidations, and changes outside of stacks. */
export const CLOUDFRONT: RestService = {
  prefixes: ["2020-05-31"],
  namespace: "http://cloudfront.amazonaws.com/doc/2020-05-31/",
  lists: ["Path"],
  routes: [
    {
      route: "GET distribution",
      operation: "ListDistributions",
      handler: (simulator, call) => {
        const all = listResources(simulator, call, TYPE);
        const items = all.map((one) => ({ ...headOf(simulator, one), ...configOf(one) }));
        return {
          root: "DistributionList",
          value: { Marker: "", MaxItems: 100, IsTruncated: false, ...quantity("DistributionSummary", items) },
        };
      },
    },
    {
      route: "GET distribution/*",
      operation: "GetDistribution",
      handler: (simulator, call) => shown(simulator, theDistribution(simulator, call)),
    },
    {
      route: "GET distribution/*/config",
      operation: "GetDistributionConfig",
      handler: (simulator, call) => {
        const one = theDistribution(simulator, call);
        return { root: "DistributionConfig", headers: etag(one), value: configOf(one) };
      },
    },
    {
      route: "GET origin-access-control",
      operation: "ListOriginAccessControls",
      handler: (simulator, call) => {
        const items = listResources(simulator, call, CONTROL).map((one) => ({ Id: one.id, ...controlOf(one) }));
        return {
          root: "OriginAccessControlList",
          value: { Marker: "", MaxItems: 100, IsTruncated: false, ...quantity("OriginAccessControlSummary", items) },
        };
      },
    },
    {
      route: "GET origin-access-control/*",
      operation: "GetOriginAccessControl",
      handler: (simulator, call) => {
        const one = theControl(simulator, call);
        return {
          root: "OriginAccessControl",
          headers: etag(one),
          value: { Id: one.id, OriginAccessControlConfig: controlOf(one) },
        };
      },
    },
    { route: "PUT distribution/*/config", operation: "UpdateDistribution", handler: updateDistribution },
    { route: "DELETE distribution/*", operation: "DeleteDistribution", handler: deleteDistribution },
    ...invalidationRoutes(theDistribution),
  ],
};
