import { listOf, textOf } from "../../resources/properties.ts";
import { hex } from "../../state/hash.ts";
import { resourceAt } from "../../state/resource-store.ts";
import type { Simulator } from "../../state/simulator.ts";
import type { ServiceResource } from "../../state/state.ts";
import type { CallResult } from "../../wire/call.ts";
import { groupNameOf } from "./groups.ts";

/** The default policy of an endpoint allows everything (AWS PrivateLink Guide, "Endpoint policies"). */
const OPEN = { Statement: [{ Action: "*", Effect: "Allow", Principal: "*", Resource: "*" }] };

/**
 * An endpoint of a VPC as EC2 shows it; an interface endpoint with a network interface in each subnet, and DNS names
 * (localstack's test_deploy_vpc_endpoint, recorded 2024-04-30).
 */
export function endpointShown(endpoint: ServiceResource, simulator: Simulator): CallResult {
  const { id, properties } = endpoint;
  const [type, service] = [textOf(properties, "VpcEndpointType") || "Gateway", textOf(properties, "ServiceName")];
  const subnets = listOf(properties, "SubnetIds");
  const isInterface = type === "Interface";
  return {
    vpcEndpointId: id,
    vpcEndpointType: type,
    vpcId: textOf(properties, "VpcId"),
    serviceName: service,
    state: "available",
    policyDocument: written(properties.PolicyDocument ?? OPEN),
    routeTableIdSet: [...listOf(properties, "RouteTableIds")],
    subnetIdSet: [...subnets],
    groupSet: listOf(properties, "SecurityGroupIds").map((groupId) => {
      const group = resourceAt(simulator.state, "AWS::EC2::SecurityGroup", endpoint, groupId);
      return { groupId, groupName: group ? groupNameOf(group) : "default" };
    }),
    ...(isInterface && { ipAddressType: "ipv4", dnsOptions: { dnsRecordIpType: "ipv4" } }),
    privateDnsEnabled: isInterface && textOf(properties, "PrivateDnsEnabled") !== "false",
    requesterManaged: false,
    networkInterfaceIdSet: isInterface ? subnets.map((subnet) => `eni-0${hex(16, id, subnet)}`) : [],
    dnsEntrySet: isInterface ? namesOf(endpoint, simulator, service, subnets) : [],
    creationTimestamp: new Date(endpoint.created).toISOString(),
    ownerId: endpoint.account,
  };
}

/** Services whose endpoints answer to their dual-stack name as well, as far as that is recorded (see above). */
const DUAL_STACK = ["logs"];

const written = (policy: unknown) => (typeof policy === "string" ? policy : JSON.stringify(policy));

/** A DNS name for all zones, one for each, and the service's with private DNS. */
function namesOf(
  endpoint: ServiceResource,
  simulator: Simulator,
  service: string,
  subnets: readonly string[],
): readonly CallResult[] {
  const { id, properties } = endpoint;
  const [short = ""] = service.split(".").toReversed();
  const [domain, hostedZoneId] = [
    `${short}.${endpoint.region}.vpce.amazonaws.com`,
    `Z${hex(13, domainZone(endpoint)).toUpperCase()}`,
  ];
  const zones = subnets.map((subnet) =>
    textOf(resourceAt(simulator.state, "AWS::EC2::Subnet", endpoint, subnet)?.attributes ?? {}, "AvailabilityZone"),
  );
  const label = `${id}-${hex(8, id, "label")}`;
  const regional = [label, ...new Set(zones.filter((zone) => zone !== "").map((zone) => `${label}-${zone}`))];
  const domains = DUAL_STACK.includes(short) ? ["amazonaws.com", "api.aws"] : ["amazonaws.com"];
  const isPrivate = textOf(properties, "PrivateDnsEnabled") !== "false";
  const own = isPrivate ? domains.map((one) => `${short}.${endpoint.region}.${one}`) : [];
  return [
    ...regional.map((name) => ({ dnsName: `${name}.${domain}`, hostedZoneId })),
    ...own.map((dnsName) => ({ dnsName, hostedZoneId: `Z${hex(13, id, "private", dnsName).toUpperCase()}` })),
  ];
}

const domainZone = ({ region }: ServiceResource) => `vpce ${region}`;
