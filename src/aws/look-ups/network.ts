import type { LookUps } from "../../preflight/look-ups.ts";
import type { Asking } from "./asking.ts";

type Part = Pick<LookUps, "addresses" | "vpcs" | "natGateways" | "zones">;

/** What a region's networks have already. */
export function network({ at, ask }: Asking): Part {
  const ec2 = async (region: string) => {
    const sdk = await import("@aws-sdk/client-ec2");
    return { ...sdk, client: at(region, "ec2", (settings) => new sdk.EC2Client(settings)) };
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
    zones: async (region) => {
      const { client, DescribeAvailabilityZonesCommand } = await ec2(region);
      const Filters = [
        { Name: "state", Values: ["available"] },
        { Name: "zone-type", Values: ["availability-zone"] },
      ];
      const { AvailabilityZones = [] } = await ask("ec2:DescribeAvailabilityZones", () =>
        client.send(new DescribeAvailabilityZonesCommand({ Filters })),
      );
      return AvailabilityZones.flatMap(({ ZoneName }) => ZoneName ?? []).sort();
    },
  };
}
