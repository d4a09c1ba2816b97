import type { ResourceDescription } from "@aws-sdk/client-cloudcontrol";
import type { TakenName } from "../../preflight/look-ups.ts";
import { sideBySide } from "../../provision/side-by-side.ts";
import type { JsonObject } from "../../template/types.ts";
import { type Asking, isOneOf } from "./asking.ts";
import { named, type Tagged } from "./seen.ts";
import type { Look } from "./stores.ts";

/** Types of which Cloud Control tells by a text that is known before: their primary identifier. */
const BY_IDENTIFIER = [
  "AWS::AutoScaling::AutoScalingGroup",
  "AWS::Backup::BackupVault",
  "AWS::CloudFront::Function",
  "AWS::CloudFront::KeyValueStore",
  "AWS::CloudWatch::Alarm",
  "AWS::CloudWatch::Dashboard",
  "AWS::ECS::Cluster",
  "AWS::Events::Rule",
  "AWS::KMS::Alias",
  "AWS::Kinesis::Stream",
  "AWS::Lambda::Function",
  "AWS::RDS::DBCluster",
  "AWS::SNS::Topic",
  "AWS::SQS::Queue",
  "AWS::SSM::Parameter",
  "AWS::StepFunctions::StateMachine",
];

/** The others are found in a list: under which of their properties the name stands. */
const BY_LIST: { readonly [type: string]: string } = {
  "AWS::CloudFront::CachePolicy": "CachePolicyConfig",
  "AWS::CloudFront::OriginAccessControl": "OriginAccessControlConfig",
  "AWS::CloudFront::OriginRequestPolicy": "OriginRequestPolicyConfig",
  "AWS::CloudFront::ResponseHeadersPolicy": "ResponseHeadersPolicyConfig",
};

/**
 * Whether a name is taken, by Cloud Control: one call that is the same for all types, by the primary identifier of each
 * type's schema, and one list for those that get an id of their own (Cloud Control API User Guide, "Identifying
 * resources"; its reference, GetResource and ListResources).
 */
export const CONTROLLED: { readonly [type: string]: Look } = {
  ...Object.fromEntries(BY_IDENTIFIER.map((type) => [type, byIdentifier(type)])),
  ...Object.fromEntries(Object.entries(BY_LIST).map(([type, under]) => [type, byList(type, under)])),
  // Asked for as `NAME|SCOPE`; its identifier is `NAME|ID|SCOPE`.
  "AWS::WAFv2::WebACL": async (asking, region, asked) => {
    const [name = "", scope = ""] = asked.split("|");
    const all = await listed(asking, region, "AWS::WAFv2::WebACL", { Scope: scope });
    const found = all.find(({ id }) => id.startsWith(`${name}|`));
    return found && { id: found.id, ...tagsOf(found.properties) };
  },
};

type Found = { readonly id: string; readonly properties: JsonObject };

function byIdentifier(type: string): Look {
  return async (asking, region, Identifier) => {
    const found = await got(asking, region, type, Identifier);
    return found && tagsOf(found.properties);
  };
}

function byList(type: string, under: string): Look {
  const nameIn = ({ properties }: Found) => (properties[under] as JsonObject | undefined)?.Name;
  return async (asking, region, name) => {
    const all = await listed(asking, region, type);
    // A list may tell the identifiers alone.
    const whole = await sideBySide(all, async (one) =>
      nameIn(one) === undefined ? await got(asking, region, type, one.id) : one,
    );
    const found = whole.find((one) => one !== undefined && nameIn(one) === name);
    return found && { id: found.id, ...tagsOf(found.properties) };
  };
}

async function got(asking: Asking, region: string, TypeName: string, Identifier: string): Promise<Found | undefined> {
  const { sdk, client } = await control(asking, region);
  const send = () => client.send(new sdk.GetResourceCommand({ TypeName, Identifier }));
  const answer = await asking.ask("cloudcontrolapi:GetResource", send, isOneOf("ResourceNotFound"));
  return answer && read(answer.ResourceDescription);
}

async function listed(asking: Asking, region: string, TypeName: string, model?: JsonObject): Promise<readonly Found[]> {
  const { sdk, client } = await control(asking, region);
  const found: Found[] = [];
  let NextToken: string | undefined;
  do {
    const input = { TypeName, NextToken, ...(model && { ResourceModel: JSON.stringify(model) }) };
    const send = () => client.send(new sdk.ListResourcesCommand(input));
    const page = await asking.ask("cloudcontrolapi:ListResources", send);
    found.push(...(page.ResourceDescriptions ?? []).map(read));
    NextToken = page.NextToken;
  } while (NextToken);
  return found;
}

async function control({ at }: Asking, region: string) {
  const sdk = await import("@aws-sdk/client-cloudcontrol");
  return { sdk, client: at(region, "cloudcontrol", (settings) => new sdk.CloudControlClient(settings)) };
}

function read({ Identifier: id = "", Properties = "{}" }: ResourceDescription = {}): Found {
  return { id, properties: JSON.parse(Properties) as JsonObject };
}

/** Tags as a list or as a map, as each type's schema has them; none where a type has no tags at all. */
function tagsOf({ Tags = [] }: JsonObject): Pick<TakenName, "tags"> {
  return Array.isArray(Tags) ? named(Tags as readonly Tagged[]) : { tags: Tags as { readonly [key: string]: string } };
}
