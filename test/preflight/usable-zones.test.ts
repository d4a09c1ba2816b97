import { describe, expect, it } from "vitest";
import { usableZones } from "../../src/preflight/usable-zones.ts";
import { lookUps } from "../support/preflight.ts";

const WANTED = {
  region: "eu-west-1",
  node: "cache.t4g.micro",
  database: { engine: "postgres", version: "16", instanceClass: "db.t4g.micro" },
  endpoints: [],
};
const ids = async (...given: Parameters<typeof usableZones>) => (await usableZones(...given)).map(({ id }) => id);
const offers = (...letters: readonly string[]) => ({
  databaseOffers: async (region: string) => [{ zones: letters.map((letter) => region + letter), multiAz: true }],
});

describe("zones that have it all", () => {
  it("are those of the account, in its order, where the database, the cache's machines and the endpoints are", async () => {
    expect(await ids(lookUps(offers("a", "b", "c")), WANTED)).toEqual(["euw1-az1", "euw1-az2", "euw1-az3"]);
    expect(await ids(lookUps(offers("b", "c")), WANTED)).toEqual(["euw1-az2", "euw1-az3"]);
    const nodes = { ...offers("a", "b", "c"), instanceZones: async () => ["euw1-az1", "euw1-az3"] };
    expect(await ids(lookUps(nodes), WANTED)).toEqual(["euw1-az1", "euw1-az3"]);
    const services = ["com.amazonaws.eu-west-1.logs", "com.amazonaws.eu-west-1.ecr.api"];
    const endpoints = {
      ...offers("a", "b", "c"),
      endpointZones: async () =>
        services.map((service, at) => ({ service, zones: ["eu-west-1b", `eu-west-1${"ac"[at]}`] })),
    };
    expect(await ids(lookUps(endpoints), { ...WANTED, endpoints: services })).toEqual(["euw1-az2"]);
  });

  it("are not narrowed by what nobody knows: a class RDS does not offer, machines that EC2 does not have", async () => {
    const unknown = { databaseVersion: async () => undefined, instanceZones: async () => [] };
    expect(await ids(lookUps(unknown), WANTED)).toHaveLength(3);
    expect(await ids(lookUps({ databaseOffers: async () => [] }), WANTED)).toHaveLength(3);
  });

  it("are only those in which Fargate runs, whatever their letters", async () => {
    // The letters of one account mean other places than those of the next.
    const zoneIds = async (region: string) =>
      [4, 1, 2].map((id, at) => ({ name: `${region}${"abd"[at]}`, id: `cac1-az${id}` }));
    const look = lookUps({ ...offers("a", "b", "d"), zoneIds, instanceZones: async () => [] });
    expect(await ids(look, { ...WANTED, region: "ca-central-1" })).toEqual(["cac1-az1", "cac1-az2"]);
  });
});
