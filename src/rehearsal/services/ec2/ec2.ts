import { zoneId } from "../../resources/ec2.ts";
import { REGIONS, zonesOf } from "../../state/regions.ts";
import { resourcesAt } from "../../state/resource-store.ts";
import { type Handler, structures, text, texts } from "../../wire/call.ts";
import { AwsError } from "../../wire/error.ts";
import { ec2Protocol, type Service } from "../../wire/protocol.ts";
import { ec2Name } from "../common/resources.ts";
import { CHANGES } from "./changes.ts";
import { BY_HAND } from "./creations.ts";
import { GROUP_CHANGES } from "./group-changes.ts";
import { describeSecurityGroupRules, SECURITY_GROUPS } from "./groups.ts";
import { INTERFACES } from "./interfaces.ts";
import { NETWORK } from "./network.ts";
import { OTHER_CHANGES } from "./other-changes.ts";
import { SELDOM } from "./other-lookups.ts";
import { lookUp, passes } from "./shared.ts";
import { TABLES } from "./tables.ts";
import { VOLUMES } from "./volumes.ts";

const describeAvailabilityZones: Handler = (_, { input, scope }) => {
  const names = texts(input, "ZoneName");
  const ids = texts(input, "ZoneId");
  const zones = zonesOf(scope.region).filter(
    (zone) => (names.length === 0 || names.includes(zone)) && (ids.length === 0 || ids.includes(zoneId(zone))),
  );
  const wrong = names.find((name) => !zones.includes(name));
  if (wrong !== undefined) throw new AwsError("InvalidParameterValue", `Invalid availability zone: [${wrong}]`);
  const unknown = ids.find((id) => !zones.some((zone) => zoneId(zone) === id));
  if (unknown !== undefined) throw new AwsError("InvalidParameterValue", `Invalid availability zone-id: [${unknown}]`);
  const kept = zones.filter((zone) =>
    passes(input, {
      state: "available",
      "region-name": scope.region,
      "group-name": scope.region,
      "network-border-group": scope.region,
      "zone-id": zoneId(zone),
      "zone-name": zone,
      "zone-type": "availability-zone",
      "opt-in-status": "opt-in-not-required",
    }),
  );
  return {
    availabilityZoneInfo: kept.map((zoneName) => ({
      zoneName,
      zoneId: zoneId(zoneName),
      zoneState: "available",
      regionName: scope.region,
      zoneType: "availability-zone",
      groupName: scope.region,
      networkBorderGroup: scope.region,
      optInStatus: "opt-in-not-required",
      messageSet: [],
    })),
  };
};

/** The zone id that has old instance types only (Amazon EC2 User Guide, "Instance types"; winglang/wing#4126). */
const OLD_ZONE = "use1-az3";

/** Every zone has every instance type, but for that one. */
const describeInstanceTypeOfferings: Handler = (_, { input, scope }) => {
  const filter = structures(input, "Filter").find(({ Name }) => Name === "instance-type");
  const names = Array.isArray(filter?.Value) ? filter.Value.map(String) : [];
  const byId = text(input, "LocationType") === "availability-zone-id";
  const zones = zonesOf(scope.region).filter((zone) => zoneId(zone) !== OLD_ZONE);
  return {
    instanceTypeOfferingSet: names.flatMap((instanceType) =>
      zones.map((zone) => ({
        instanceType,
        locationType: byId ? "availability-zone-id" : "availability-zone",
        location: byId ? zoneId(zone) : zone,
      })),
    ),
  };
};

const describeVpcEndpointServices: Handler = (_, { input, scope }) => {
  const names = texts(input, "ServiceName");
  return {
    serviceNameSet: names,
    serviceDetailSet: names.map((serviceName) => ({
      serviceName,
      serviceType: [{ serviceType: "Interface" }],
      availabilityZoneSet: zonesOf(scope.region),
      owner: "amazon",
      vpcEndpointPolicySupported: true,
      acceptanceRequired: false,
    })),
  };
};

const describeRegions: Handler = (_, { input }) => {
  const names = texts(input, "RegionName");
  const kept = REGIONS.filter((region) => names.length === 0 || names.includes(region));
  return {
    regionInfo: kept.map((regionName) => ({
      regionName,
      regionEndpoint: `ec2.${regionName}.amazonaws.com`,
      optInStatus: "opt-in-not-required",
    })),
  };
};

const describeTags: Handler = (simulator, { input, scope }) => {
  const types = Object.keys(simulator.state.resources).filter((type) => type.startsWith("AWS::EC2::"));
  const resources = types.flatMap((type) => resourcesAt(simulator.state, type, scope));
  const all = resources.flatMap((resource) => {
    const { id: resourceId, kind: resourceType } = ec2Name(resource);
    return Object.entries(resource.tags).map(([key, value]) => ({ resourceId, resourceType, key, value }));
  });
  return {
    tagSet: all.filter(({ resourceId, resourceType, key, value }) =>
      passes(input, { "resource-id": resourceId, "resource-type": resourceType, key, value }),
    ),
  };
};

/** Amazon EC2, API version 2016-11-15: look-ups of what stacks made, zones and regions, and changes outside of them. */
export const EC2_SERVICE: Service = {
  protocol: ec2Protocol("http://ec2.amazonaws.com/doc/2016-11-15/"),
  operations: {
    ...BY_HAND,
    ...CHANGES,
    ...GROUP_CHANGES,
    ...OTHER_CHANGES,
    ...Object.fromEntries(
      Object.entries({ ...NETWORK, ...SELDOM, ...TABLES, ...VOLUMES }).map(([operation, definition]) => [
        operation,
        lookUp(definition),
      ]),
    ),
    DescribeAccountAttributes: () => ({
      accountAttributeSet: [
        { attributeName: "supported-platforms", attributeValueSet: [{ attributeValue: "VPC" }] },
        { attributeName: "max-instances", attributeValueSet: [{ attributeValue: "20" }] },
      ],
    }),
    DescribeAvailabilityZones: describeAvailabilityZones,
    DescribeImages: () => ({ imagesSet: [] }),
    DescribeInstanceTypeOfferings: describeInstanceTypeOfferings,
    DescribeNetworkInterfaces: lookUp(INTERFACES),
    DescribeRegions: describeRegions,
    DescribeSecurityGroupRules: describeSecurityGroupRules,
    DescribeSecurityGroups: lookUp(SECURITY_GROUPS),
    DescribeTags: describeTags,
    DescribeVpcEndpointServices: describeVpcEndpointServices,
  },
};
