import type { Value } from "../../template/evaluate.ts";
import type { PreflightCheck, Scene } from "../check.ts";
import { type Declared, isMade, pointedAt, selectedZone, wordOf } from "../declared.ts";
import type { CheckVerdict } from "../finding.ts";
import { cacheZones, FARGATE_ZONES, type Zone } from "../usable-zones.ts";

/** Something that wants a zone: in how many of its subnets' zones it must be, and in which of the region's it is. */
type Want = {
  readonly what: string;
  readonly subnets: readonly Declared[];
  readonly least: number;
  readonly zones: readonly Zone[];
  /** True where nobody but a neighbour tells: EC2 for ElastiCache, which has no such look-up. */
  readonly guessed?: true;
};

/**
 * Whether the zones of subnets that are made have what is to stand in them; databases are asked for by their own check.
 * Zones are compared by id: letters mean other places in other accounts.
 */
export const ZONE_CHECK: PreflightCheck = {
  code: "zones",
  document: "Amazon ECS Developer Guide, AWS_Fargate-Regions; Amazon EC2 API Reference, DescribeVpcEndpointServices",
  of: async (scene) => {
    const made = scene.resources.filter((one) => one.type === "AWS::EC2::Subnet" && isMade(one));
    const regions = [...new Set(made.map(({ region }) => region))];
    const verdicts = await Promise.all(
      regions.map((region) =>
        inRegion(
          scene,
          region,
          made.filter((one) => one.region === region),
        ),
      ),
    );
    return verdicts.flat();
  },
};

async function inRegion(scene: Scene, region: string, made: readonly Declared[]): Promise<readonly CheckVerdict[]> {
  const all = await scene.look.zoneIds(region);
  const placed = new Map(made.map((subnet) => [subnet, zoneOf(subnet, all)]));
  const unknown = [...placed].flatMap(([{ properties }, zone]) =>
    zone === undefined
      ? (wordOf(properties, "AvailabilityZone") ?? wordOf(properties, "AvailabilityZoneId") ?? [])
      : [],
  );
  const offered = all.map(({ id, name }) => `${id} (${name})`).join(", ");
  if (unknown.length > 0) {
    const words = `${[...new Set(unknown)].join(", ")}: no zone of ${region} in this account`;
    return [{ outcome: "problem", words, fix: { hints: [{ text: `name zones that exist: ${offered}` }] } }];
  }
  const wants = await wantsOf(scene, region, all, made);
  const lacking = wants.flatMap((want) => {
    const own = unique(want.subnets.flatMap((subnet) => placed.get(subnet) ?? []));
    const without = own.filter(({ id }) => want.zones.every((zone) => zone.id !== id));
    return own.length - without.length < Math.min(want.least, own.length) ? [{ ...want, without }] : [];
  });
  const zones = unique([...placed.values()].flatMap((zone) => zone ?? []));
  if (lacking.length === 0) {
    const words = `${zones.map(({ id }) => id).join(", ")} of ${region}: everything needed is available there`;
    return zones.length === 0 ? [] : [{ outcome: "ok", words }];
  }
  const good = all.filter(({ id }) => wants.every((want) => want.zones.some((zone) => zone.id === id)));
  const better = good.slice(0, zones.length).map(({ id }) => id);
  const isEnough = better.length === zones.length;
  return lacking.map(({ what, without, guessed }, index): CheckVerdict => {
    const fix = isEnough
      ? {
          hints: [
            {
              text: `name zones that have it all, before anything is made: zones: [${better.join(", ")}] under network in astro.yaml`,
            },
          ],
          ...(index === 0 && { action: { type: "choose-zones", zones: better } as const }),
        }
      : {
          hints: [
            {
              text: `no ${zones.length} zones of ${region} have it all: take fewer zones, another size or another region`,
            },
          ],
        };
    if (guessed)
      return { outcome: "warning", warning: { type: "node-type-unlikely", nodeType: what, zones: without }, fix };
    const where = without.map(({ id, name }) => `${id} (${name})`).join(", ");
    return { outcome: "problem", words: `${what} is not in ${where}`, fix };
  });
}

/** What is to stand in the subnets, and in which zones it is. */
async function wantsOf(
  { resources, look }: Scene,
  region: string,
  all: readonly Zone[],
  made: readonly Declared[],
): Promise<readonly Want[]> {
  const here = resources.filter((one) => one.region === region && isMade(one));
  const of = (type: string) => here.filter((one) => one.type === type);
  const subnetsIn = (value: Value | undefined) =>
    Array.isArray(value)
      ? (value as readonly Value[]).flatMap((one) => {
          const found = pointedAt(one, resources);
          return found && made.includes(found) ? [found] : [];
        })
      : [];
  const fargate = FARGATE_ZONES[region];
  const services = fargate === undefined ? [] : of("AWS::ECS::Service");
  const endpoints = of("AWS::EC2::VPCEndpoint").filter(
    ({ properties }) => wordOf(properties, "VpcEndpointType") === "Interface",
  );
  const names = [...new Set(endpoints.flatMap(({ properties }) => wordOf(properties, "ServiceName") ?? []))];
  const offers = names.length === 0 ? [] : await look.endpointZones(region, names);
  const caches = await Promise.all(
    of("AWS::ElastiCache::ReplicationGroup").map(async (group): Promise<readonly Want[]> => {
      const node = wordOf(group.properties, "CacheNodeType");
      const subnets = subnetsIn(pointedAt(group.properties.CacheSubnetGroupName, resources)?.properties.SubnetIds);
      const zones = node === undefined ? undefined : await cacheZones(look, region, node, all);
      // Of a type that EC2 does not know nothing follows.
      if (node === undefined || zones === undefined) return [];
      return [{ what: node, subnets, least: subnets.length, zones, guessed: true }];
    }),
  );
  return [
    ...services.map(({ properties: { NetworkConfiguration } }) => {
      const { AwsvpcConfiguration } = (NetworkConfiguration ?? {}) as { readonly [key: string]: Value };
      const subnets = subnetsIn(((AwsvpcConfiguration ?? {}) as { readonly [key: string]: Value }).Subnets);
      const zones = all.filter(({ id }) => fargate?.includes(id));
      return { what: "Fargate", subnets, least: subnets.length, zones };
    }),
    ...endpoints.flatMap(({ properties }) => {
      const service = wordOf(properties, "ServiceName");
      const found = offers.find((one) => one.service === service);
      if (service === undefined || found === undefined) return [];
      const subnets = subnetsIn(properties.SubnetIds);
      const zones = all.filter(({ name }) => found.zones.includes(name));
      return [{ what: `the endpoint of ${service}`, subnets, least: subnets.length, zones }];
    }),
    ...caches.flat(),
  ];
}

/** The zone a subnet will be in; `undefined` for one that the region does not have, or that only AWS can tell. */
function zoneOf({ properties, source }: Declared, all: readonly Zone[]): Zone | undefined {
  const [name, id] = [wordOf(properties, "AvailabilityZone"), wordOf(properties, "AvailabilityZoneId")];
  if (name !== undefined || id !== undefined) return all.find((zone) => zone.name === name || zone.id === id);
  return all[selectedZone(source.Properties?.AvailabilityZone) ?? -1];
}

function unique(zones: readonly Zone[]): readonly Zone[] {
  return zones.filter(({ id }, index) => zones.findIndex((other) => other.id === id) === index);
}
