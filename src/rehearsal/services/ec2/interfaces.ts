import { listOf, textOf } from "../../resources/properties.ts";
import { resourceAt } from "../../state/resource-store.ts";
import type { LookUp } from "./shared.ts";

/** Network interfaces that stacks or calls created; those of services are not shown. */
export const INTERFACES: LookUp = {
  type: "AWS::EC2::NetworkInterface",
  ids: "NetworkInterfaceId",
  missing: "InvalidNetworkInterfaceID.NotFound",
  list: "networkInterfaceSet",
  view: (one, simulator) => {
    const subnetId = textOf(one.properties, "SubnetId");
    const groups = listOf(one.properties, "GroupSet");
    const vpcId = textOf(resourceAt(simulator.state, "AWS::EC2::Subnet", one, subnetId)?.properties ?? {}, "VpcId");
    return {
      shown: {
        networkInterfaceId: one.id,
        subnetId,
        vpcId,
        ownerId: one.account,
        description: textOf(one.properties, "Description"),
        interfaceType: "interface",
        requesterManaged: false,
        status: "available",
        groupSet: groups.map((groupId) => ({ groupId })),
      },
      filters: {
        "network-interface-id": one.id,
        "subnet-id": subnetId,
        "vpc-id": vpcId,
        "group-id": [...groups],
        "requester-managed": "false",
        status: "available",
      },
    };
  },
};
