import type { LookUps } from "../../preflight/look-ups.ts";
import type { Asking } from "./asking.ts";

type Part = Pick<
  LookUps,
  "addresses" | "vpcs" | "natGateways" | "zones" | "zoneIds" | "endpointZones" | "instanceZones"
>;

/** What a region's networks have already. */
export function networkLookUps({ at, ask }: Asking): Part {
  const ec2 = async (region: string) => {
    const sdk = await import("../ec2.ts");
    return { ...sdk, client: at(region, "ec2", (settings) => new sdk.EC2Client(settings)) };
  };
  const zoneIds: Part["zoneIds"] = async (region) => {
    const { client, DescribeAvailabilityZonesCommand } = await ec2(region);
    const Filters = [
      { Name: "state", Values: ["available"] },
      { Name: "zone-type", Values: ["availability-zone"] },
    ];
    const { AvailabilityZones = [] } = await ask("ec2:DescribeAvailabilityZones", () =>
      client.send(new DescribeAvailabilityZonesCommand({ Filters })),
    );
    const zones = AvailabilityZones.map(({ ZoneName = "", ZoneId = "" }) => ({ name: ZoneName, id: ZoneId }));
    return zones.sort((one, other) => (one.name < other.name ? -1 : 1));
  };
  return {
    addresses: async (region) => {
      const { client, DescribeAddressesCommand } = await ec2(region);
      const { Addresses = [] } = await ask("ec2:DescribeAddresses", () =>
        client.send(new DescribeAddressesCommand({})),
      );
      return Addresses.map(({ AllocationId = "", AssociationId }) => ({
        id: AllocationId,
        used: AssociationId !== undefined,
      }));
    },
    vpcs: async (region) => {
      const { client, paginateDescribeVpcs } = await ec2(region);
      return ask("ec2:DescribeVpcs", async () => {
        let count = 0;
        for await (const { Vpcs = [] } of paginateDescribeVpcs({ client }, {})) count += Vpcs.length;
        return count;
      });
    },
    natGateways: async (region) => {
      const { client, paginateDescribeNatGateways, DescribeSubnetsCommand } = await ec2(region);
      const Filter = [{ Name: "state", Values: ["pending", "available"] }];
      const subnets = await ask("ec2:DescribeNatGateways", async () => {
        const ids: string[] = [];
        for await (const { NatGateways = [] } of paginateDescribeNatGateways({ client }, { Filter })) {
          ids.push(...NatGateways.flatMap(({ SubnetId }) => SubnetId ?? []));
        }
        return ids;
      });
      if (subnets.length === 0) return [];
      const { Subnets = [] } = await ask("ec2:DescribeSubnets", () =>
        client.send(new DescribeSubnetsCommand({ SubnetIds: [...new Set(subnets)] })),
      );
      return subnets.flatMap((id) => Subnets.find(({ SubnetId }) => SubnetId === id)?.AvailabilityZone ?? []);
    },
    zones: async (region) => (await zoneIds(region)).map(({ name }) => name),
    zoneIds,
    endpointZones: async (region, services) => {
      const { client, DescribeVpcEndpointServicesCommand } = await ec2(region);
      const command = new DescribeVpcEndpointServicesCommand({ ServiceNames: [...services] });
      const { ServiceDetails = [] } = await ask("ec2:DescribeVpcEndpointServices", () => client.send(command));
      return ServiceDetails.map(({ ServiceName = "", AvailabilityZones = [] }) => ({
        service: ServiceName,
        zones: AvailabilityZones,
      }));
    },
    instanceZones: async (region, type) => {
      const { client, DescribeInstanceTypeOfferingsCommand } = await ec2(region);
      const Filters = [{ Name: "instance-type", Values: [type] }];
      const command = new DescribeInstanceTypeOfferingsCommand({ LocationType: "availability-zone-id", Filters });
      const found = await ask("ec2:DescribeInstanceTypeOfferings", () => client.send(command));
      return (found.InstanceTypeOfferings ?? []).flatMap(({ Location }) => Location ?? []);
    },
  };
}
