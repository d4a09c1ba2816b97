import type { LookUps } from "./look-ups.ts";

/**
 * Zones, by id, in which Fargate runs, of the regions where it is not in all (Amazon ECS Developer Guide, "Supported
 * Regions for Amazon ECS on AWS Fargate").
 */
export const FARGATE_ZONES: { readonly [region: string]: readonly string[] } = {
  "ap-northeast-1": ["apne1-az1", "apne1-az2", "apne1-az4"],
  "ca-central-1": ["cac1-az1", "cac1-az2"],
  "us-west-1": ["usw1-az1", "usw1-az3"],
};

export type Zone = { readonly name: string; readonly id: string };

/**
 * The zones in which EC2 has the machines of a cache's node type; `undefined` for a type that it does not know. Only a
 * neighbour tells: ElastiCache has no such look-up.
 */
export async function cacheZones(
  look: Pick<LookUps, "instanceZones">,
  region: string,
  node: string,
  all: readonly Zone[],
): Promise<readonly Zone[] | undefined> {
  const ids = await look.instanceZones(region, node.replace(/^cache\./, ""));
  return ids.length === 0 ? undefined : all.filter(({ id }) => ids.includes(id));
}

/** What an environment is to have in its zones. */
type Wanted = {
  readonly region: string;
  readonly node: string;
  readonly database: { readonly engine: string; readonly version: string; readonly instanceClass: string };
  /** Names of the services with interface endpoints there. */
  readonly endpoints: readonly string[];
};

/** The region's zones that have it all, in the account's order. Throws NotChecked. */
export async function usableZones(look: LookUps, wanted: Wanted): Promise<readonly Zone[]> {
  const { region, node, database, endpoints } = wanted;
  const all = await look.zoneIds(region);
  const [nodes, offers, services] = await Promise.all([
    cacheZones(look, region, node, all),
    databaseOffers(look, region, database),
    endpoints.length === 0 ? [] : look.endpointZones(region, endpoints),
  ]);
  const fargate = FARGATE_ZONES[region];
  return all.filter(
    (zone) =>
      (fargate?.includes(zone.id) ?? true) &&
      (nodes?.includes(zone) ?? true) &&
      (offers?.includes(zone.name) ?? true) &&
      services.every(({ zones }) => zones.includes(zone.name)),
  );
}

/** Names of the zones that have the database; `undefined` where RDS does not offer it at all, which is another matter. */
async function databaseOffers(
  look: LookUps,
  region: string,
  { engine, version: asked, instanceClass }: Wanted["database"],
): Promise<readonly string[] | undefined> {
  const version = await look.databaseVersion(region, engine, asked);
  if (version === undefined) return undefined;
  const offers = await look.databaseOffers(region, { engine, version, instanceClass });
  return offers.length === 0 ? undefined : offers.flatMap(({ zones }) => zones);
}
