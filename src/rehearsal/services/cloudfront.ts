import type { JsonObject } from "../../template/types.ts";
import { hex } from "../hash.ts";
import { listOf, textOf } from "../resources/kind.ts";
import { isOn, partOf, rowsOf } from "../rules/rule.ts";
import type { Stage } from "../stage.ts";
import type { Result, ResultValue } from "../wire/call.ts";
import { AwsError } from "../wire/error.ts";
import type { RestAnswer, RestCall, RestService } from "../wire/rest-xml.ts";
import { named } from "../wire/xml.ts";
import type { Thing } from "../world.ts";
import { allOf, isReady, oneOf, unmake } from "./shelf.ts";

const TYPE = "AWS::CloudFront::Distribution";

const quantity = (item: string, items: readonly ResultValue[]): Result => ({
  Quantity: items.length,
  Items: items.length === 0 ? undefined : named(item, items),
});

function theDistribution(stage: Stage, call: RestCall): Thing {
  const found = oneOf(stage, call, TYPE, call.parts[0] ?? "");
  if (!found) throw new AwsError("NoSuchDistribution", "The specified distribution does not exist.", 404);
  return found;
}

function behaviour(value: JsonObject): Result {
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

/** The parts of a distribution that a person looks at; what a template does not give is left out. */
function configOf(distribution: Thing): Result {
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

function headOf(stage: Stage, distribution: Thing): Result {
  return {
    Id: distribution.id,
    ARN: `arn:aws:cloudfront::${distribution.account}:distribution/${distribution.id}`,
    Status: isReady(stage, distribution) ? "Deployed" : "InProgress",
    LastModifiedTime: new Date(distribution.created).toISOString(),
    DomainName: textOf(distribution.attributes, "DomainName"),
  };
}

const etag = (distribution: Thing) => ({ etag: `E${hex(13, JSON.stringify(distribution.properties)).toUpperCase()}` });

const shown = (stage: Stage, one: Thing): RestAnswer => ({
  root: "Distribution",
  headers: etag(one),
  value: { ...headOf(stage, one), InProgressInvalidationBatches: 0, DistributionConfig: configOf(one) },
});

/** Throws unless the caller has seen the distribution as it is now (CloudFront API Reference, "If-Match"). */
function checkSeen(distribution: Thing, call: RestCall): void {
  const seen = call.headers["if-match"];
  if (seen === undefined)
    throw new AwsError("InvalidIfMatchVersion", "The If-Match version is missing or not valid for the resource.");
  if (seen !== etag(distribution).etag)
    throw new AwsError("PreconditionFailed", "The request failed because it didn't meet the preconditions.", 412);
}

/** Settings that a call of a person changes; the rest of what it sends is taken to be as it was. */
function updateDistribution(stage: Stage, call: RestCall): RestAnswer {
  const one = theDistribution(stage, call);
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
  return shown(stage, one);
}

function deleteDistribution(stage: Stage, call: RestCall): RestAnswer {
  const one = theDistribution(stage, call);
  checkSeen(one, call);
  if (isOn(partOf(one.properties.DistributionConfig).Enabled ?? true)) {
    const words = "The distribution you are trying to delete has not been disabled.";
    throw new AwsError("DistributionNotDisabled", words, 409);
  }
  unmake(stage, one);
  return { root: "", value: undefined, status: 204 };
}

const CONTROL = "AWS::CloudFront::OriginAccessControl";

function theControl(stage: Stage, call: RestCall): Thing {
  const found = oneOf(stage, call, CONTROL, call.parts[0] ?? "");
  if (found) return found;
  throw new AwsError("NoSuchOriginAccessControl", "The specified origin access control does not exist.", 404);
}

function controlOf({ properties }: Thing): Result {
  const config = partOf(properties.OriginAccessControlConfig);
  return {
    Name: textOf(config, "Name"),
    Description: textOf(config, "Description"),
    SigningProtocol: textOf(config, "SigningProtocol"),
    SigningBehavior: textOf(config, "SigningBehavior"),
    OriginAccessControlOriginType: textOf(config, "OriginAccessControlOriginType"),
  };
}

function createInvalidation(stage: Stage, call: RestCall): RestAnswer {
  const distribution = theDistribution(stage, call);
  const invalidation = {
    Id: `I${hex(24, distribution.id, stage.world.now).toUpperCase()}`,
    Status: "Completed",
    CreateTime: new Date(stage.world.now).toISOString(),
  };
  const batch = call.body as JsonObject;
  const paths = listOf(partOf(partOf(batch.Paths).Items), "Path");
  const InvalidationBatch = { Paths: quantity("Path", paths), CallerReference: String(batch.CallerReference ?? "") };
  return { root: "Invalidation", status: 201, value: { ...invalidation, InvalidationBatch } };
}

/** Amazon CloudFront, API version 2020-05-31: look-ups, invalidations, and changes behind the back of stacks. */
export const CLOUDFRONT: RestService = {
  prefixes: ["2020-05-31"],
  namespace: "http://cloudfront.amazonaws.com/doc/2020-05-31/",
  lists: ["Path"],
  routes: [
    {
      route: "GET distribution",
      operation: "ListDistributions",
      handler: (stage, call) => {
        const all = allOf(stage, call, TYPE);
        const items = all.map((one) => ({ ...headOf(stage, one), ...configOf(one) }));
        return {
          root: "DistributionList",
          value: { Marker: "", MaxItems: 100, IsTruncated: false, ...quantity("DistributionSummary", items) },
        };
      },
    },
    {
      route: "GET distribution/*",
      operation: "GetDistribution",
      handler: (stage, call) => shown(stage, theDistribution(stage, call)),
    },
    {
      route: "GET distribution/*/config",
      operation: "GetDistributionConfig",
      handler: (stage, call) => {
        const one = theDistribution(stage, call);
        return { root: "DistributionConfig", headers: etag(one), value: configOf(one) };
      },
    },
    {
      route: "GET origin-access-control",
      operation: "ListOriginAccessControls",
      handler: (stage, call) => {
        const items = allOf(stage, call, CONTROL).map((one) => ({ Id: one.id, ...controlOf(one) }));
        return {
          root: "OriginAccessControlList",
          value: { Marker: "", MaxItems: 100, IsTruncated: false, ...quantity("OriginAccessControlSummary", items) },
        };
      },
    },
    {
      route: "GET origin-access-control/*",
      operation: "GetOriginAccessControl",
      handler: (stage, call) => {
        const one = theControl(stage, call);
        return {
          root: "OriginAccessControl",
          headers: etag(one),
          value: { Id: one.id, OriginAccessControlConfig: controlOf(one) },
        };
      },
    },
    { route: "PUT distribution/*/config", operation: "UpdateDistribution", handler: updateDistribution },
    { route: "DELETE distribution/*", operation: "DeleteDistribution", handler: deleteDistribution },
    { route: "POST distribution/*/invalidation", operation: "CreateInvalidation", handler: createInvalidation },
    {
      route: "GET distribution/*/invalidation",
      operation: "ListInvalidations",
      handler: (stage, call) => {
        theDistribution(stage, call);
        return { root: "InvalidationList", value: { Marker: "", MaxItems: 100, IsTruncated: false, Quantity: 0 } };
      },
    },
  ],
};
