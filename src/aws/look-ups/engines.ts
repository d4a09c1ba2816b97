import { NotChecked } from "../../preflight/finding.ts";
import type { DatabaseOffer, LookUps } from "../../preflight/look-ups.ts";
import type { Asking } from "./asking.ts";

type Part = Pick<LookUps, "databaseVersion" | "databaseOffers" | "cacheVersions">;

/** What RDS and ElastiCache offer in a region. */
export function engines({ at, ask }: Asking): Part {
  const rds = async (region: string) => {
    const sdk = await import("@aws-sdk/client-rds");
    return { ...sdk, client: at(region, "rds", (settings) => new sdk.RDSClient(settings)) };
  };
  return {
    databaseVersion: async (region, Engine, EngineVersion) => {
      const { client, DescribeDBEngineVersionsCommand, paginateDescribeDBEngineVersions } = await rds(region);
      // Of a major version alone the default minor is what one gets (RDS User Guide, "Creating a DB instance").
      const DefaultOnly = !EngineVersion.includes(".");
      const command = new DescribeDBEngineVersionsCommand({ Engine, EngineVersion, DefaultOnly });
      const { DBEngineVersions = [] } = await ask("rds:DescribeDBEngineVersions", () => client.send(command));
      const [given] = DBEngineVersions.toReversed();
      if (given) return given.EngineVersion;
      // Before something is called a problem: is it in the whole list?
      const all = await ask("rds:DescribeDBEngineVersions", async () => {
        const found: string[] = [];
        for await (const page of paginateDescribeDBEngineVersions({ client }, { Engine })) {
          found.push(...(page.DBEngineVersions ?? []).flatMap((one) => one.EngineVersion ?? []));
        }
        return found;
      });
      if (all.length === 0) throw new NotChecked(`RDS lists no versions of ${Engine} at all`);
      return all.filter((one) => one === EngineVersion || one.startsWith(`${EngineVersion}.`)).at(-1);
    },
    databaseOffers: async (region, { engine, version, instanceClass }) => {
      const { client, paginateDescribeOrderableDBInstanceOptions } = await rds(region);
      const input = { Engine: engine, EngineVersion: version, DBInstanceClass: instanceClass, Vpc: true };
      return ask("rds:DescribeOrderableDBInstanceOptions", async () => {
        const found: DatabaseOffer[] = [];
        for await (const page of paginateDescribeOrderableDBInstanceOptions({ client }, input)) {
          for (const option of page.OrderableDBInstanceOptions ?? []) {
            const {
              AvailabilityZones = [],
              MultiAZCapable = false,
              StorageType,
              MinStorageSize,
              MaxStorageSize,
            } = option;
            found.push({
              zones: AvailabilityZones.flatMap(({ Name }) => Name ?? []),
              multiAz: MultiAZCapable,
              ...(StorageType !== undefined && { storageType: StorageType }),
              ...(MinStorageSize !== undefined && { leastStorage: MinStorageSize }),
              ...(MaxStorageSize !== undefined && { mostStorage: MaxStorageSize }),
            });
          }
        }
        return found;
      });
    },
    cacheVersions: async (region, Engine) => {
      const sdk = await import("@aws-sdk/client-elasticache");
      const client = at(region, "elasticache", (settings) => new sdk.ElastiCacheClient(settings));
      return ask("elasticache:DescribeCacheEngineVersions", async () => {
        const found: string[] = [];
        for await (const page of sdk.paginateDescribeCacheEngineVersions({ client }, { Engine })) {
          found.push(...(page.CacheEngineVersions ?? []).flatMap(({ EngineVersion }) => EngineVersion ?? []));
        }
        return found;
      });
    },
  };
}
