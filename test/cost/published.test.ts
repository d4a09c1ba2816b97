import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { PriceList } from "../../src/cost/price-rows.ts";
import { run } from "../support/cli.ts";

const PRICES = join("src", "cost", "prices");
const SERVICES =
  "AmazonECS AmazonRDS AmazonElastiCache AmazonEC2 AWSELB AmazonVPC awskms AWSSecretsManager AmazonCloudWatch AmazonS3 AmazonECR AmazonDynamoDB AWSDataTransfer".split(
    " ",
  );

type Row = { readonly [column: string]: string };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "astro-prices-"));
  cpSync(PRICES, join(folder, "prices"), { recursive: true });
  for (const service of SERVICES) put(service, "current/region_index.json", JSON.stringify({ regions: {} }));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function put(service: string, path: string, text: string): void {
  const file = join(folder, "aws", "offers", "v1.0", "aws", service, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** A service's price list of eu-west-1 as AWS publishes it: five lines about the file, the columns, a line a price. */
function publish(service: string, rows: readonly Row[]): void {
  const path = `/offers/v1.0/aws/${service}/20270103000000/eu-west-1/index.json`;
  const regions = { "eu-west-1": { regionCode: "eu-west-1", currentVersionUrl: path } };
  put(service, "current/region_index.json", JSON.stringify({ formatVersion: "v1.0", regions }));
  const always = {
    SKU: "",
    TermType: "OnDemand",
    StartingRange: "0",
    EndingRange: "Inf",
    PricePerUnit: "",
    Currency: "USD",
  };
  const columns = [...new Set([always, ...rows].flatMap((row) => Object.keys(row)))];
  const line = (cells: readonly string[]) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",");
  const about = [
    ["FormatVersion", "v1.0"],
    ["Disclaimer", 'for information, "as is"'],
    ["Publication Date", "2027-01-03T00:00:00Z"],
    ["Version", "20270103000000"],
    ["OfferCode", service],
  ];
  const text = [...about, columns, ...rows.map((row) => columns.map((name) => ({ ...always, ...row })[name] ?? ""))];
  put(service, "20270103000000/eu-west-1/index.csv", `${text.map(line).join("\r\n")}\r\n`);
}

const write = (...regions: readonly string[]) =>
  run(process.execPath, ["bin/prices.js", "--from", join(folder, "aws"), "--to", join(folder, "prices"), ...regions], {
    cwd: process.cwd(),
  });

const read = (name: string) => readFileSync(join(folder, "prices", name), "utf8");
const ireland = () => JSON.parse(read("eu-west-1.json")) as PriceList;
const tableOf = (list: PriceList, item: string, asOf: string) =>
  list.machines?.find((table) => table.items.includes(item) && table.asOf === asOf)?.usd ?? {};

describe("the script that writes the price lists anew", () => {
  it("writes every list as it was, to the letter, where AWS publishes nothing", async () => {
    for (const name of ["eu-west-1.json", "ap-east-2.json"])
      writeFileSync(join(folder, "prices", name), JSON.stringify(JSON.parse(read(name))));
    const { code, stdout, stderr } = await write();
    expect([code, stdout]).toEqual([0, ""]);
    expect(stderr.trim().split("\n")).toHaveLength(36);
    const names = readdirSync(PRICES);
    expect(names.length).toBeGreaterThan(38);
    for (const name of names) expect(read(name), name).toBe(readFileSync(join(PRICES, name), "utf8"));
  });

  it("takes what is published for exactly an item, with its day: no surcharge, other engine, upfront term or currency", async () => {
    publish("AmazonElastiCache", [
      { SKU: "A", usageType: "EU-NodeUsage:cache.t3.micro", "Cache Engine": "Redis", PricePerUnit: "0.0191000000" },
      { SKU: "B", usageType: "EU-NodeUsage:cache.t3.micro", "Cache Engine": "Valkey", PricePerUnit: "0.0155000000" },
      {
        SKU: "C",
        usageType: "EU-ExtendedSupportYr1-2-NodeUsage:cache.t3.micro",
        "Cache Engine": "Redis",
        PricePerUnit: "0.9",
      },
      {
        SKU: "A",
        TermType: "Reserved",
        usageType: "EU-NodeUsage:cache.t3.micro",
        "Cache Engine": "Redis",
        PricePerUnit: "0.01",
      },
    ]);
    publish("AWSELB", [
      { SKU: "D", usageType: "EU-LoadBalancerUsage", operation: "LoadBalancing:Application", PricePerUnit: "0.0252" },
      { SKU: "E", usageType: "TS-LoadBalancerUsage", operation: "LoadBalancing:Application", PricePerUnit: "0.005" },
    ]);
    publish("awskms", [{ SKU: "F", usageType: "eu-west-1-KMS-Requests", PricePerUnit: "0.0000031000" }]);
    const { code, stdout } = await write("eu-west-1");
    expect([code, stdout.trim().split("\n")]).toEqual([
      0,
      [
        "eu-west-1 elasticache.redis.cache.t3.micro.hour: 0.018 → 0.0191",
        "eu-west-1 elasticache.valkey.cache.t3.micro.hour: 0.0144 → 0.0155",
        "eu-west-1 kms.request.symmetric: 0.000003 → 0.0000031",
      ],
    ]);
    const { items } = ireland();
    expect(items["elasticache.redis.cache.t3.micro.hour"]).toEqual([0.0191, "2027-01-03"]);
    expect(items["alb.hour"]).toEqual([0.0252, "2027-01-03"]);
    expect(items["kms.request.symmetric"]).toEqual([0.0000031, "2027-01-03"]);
    expect(items["nat_gateway.hour"]).toEqual(
      (JSON.parse(readFileSync(join(PRICES, "eu-west-1.json"), "utf8")) as PriceList).items["nat_gateway.hour"],
    );
  });

  it("writes tiers in their order, and leaves out the free one, which is an account's", async () => {
    const out = { SKU: "A", usageType: "EU-DataTransfer-Out-Bytes", "Transfer Type": "AWS Outbound" };
    publish("AWSDataTransfer", [
      { ...out, StartingRange: "10240", EndingRange: "51200", PricePerUnit: "0.0850000000" },
      { ...out, StartingRange: "51200", EndingRange: "Inf", PricePerUnit: "0.0700000000" },
      { ...out, StartingRange: "0", EndingRange: "10240", PricePerUnit: "0.0900000000" },
      { ...out, SKU: "B", "Transfer Type": "AWS Inbound", PricePerUnit: "0.0000000000" },
    ]);
    const stored = { SKU: "C", usageType: "EU-TimedStorage-ByteHrs" };
    publish("AmazonDynamoDB", [
      { ...stored, EndingRange: "25", PricePerUnit: "0.0000000000" },
      { ...stored, StartingRange: "25", PricePerUnit: "0.2840000000" },
    ]);
    expect(await write("eu-west-1")).toMatchObject({ code: 0 });
    const { items } = ireland();
    expect(items["data_transfer.out_internet.gb"]).toEqual({
      tiers: [
        [10_240, 0.09, "2027-01-03"],
        [51_200, 0.085, "2027-01-03"],
        [null, 0.07, "2027-01-03"],
      ],
    });
    expect(items["dynamodb.storage.gb_month"]).toEqual([0.284, "2027-01-03"]);
  });

  it("moves a machine to the table of the day, and adds new ones; of shared tenancy, without software, on demand", async () => {
    const box = { "Operating System": "Linux", Tenancy: "Shared", "Pre Installed S/W": "NA", CapacityStatus: "Used" };
    publish("AmazonEC2", [
      { SKU: "A", usageType: "EU-BoxUsage:m5.large", ...box, PricePerUnit: "0.1080000000" },
      { SKU: "B", usageType: "EU-BoxUsage:m99.24xlarge", ...box, PricePerUnit: "4.5" },
      { SKU: "C", usageType: "EU-BoxUsage:m5.large", ...box, Tenancy: "Dedicated", PricePerUnit: "0.114" },
      { SKU: "D", usageType: "EU-BoxUsage:m5.large", ...box, "Operating System": "Windows", PricePerUnit: "0.2" },
      { SKU: "E", usageType: "EU-BoxUsage:m5.large", ...box, "Pre Installed S/W": "SQL Std", PricePerUnit: "0.6" },
    ]);
    const before = ireland();
    const { stdout } = await write("eu-west-1");
    expect(stdout).toContain("eu-west-1 ec2.linux.m5.large.hour: 0.107 → 0.108\n");
    const after = ireland();
    expect(tableOf(after, "ec2.linux.*.hour", "2027-01-03")).toEqual({
      m5: { large: 0.108 },
      m99: { "24xlarge": 4.5 },
    });
    const { large, ...others } = tableOf(before, "ec2.linux.*.hour", "2022-12-02").m5 ?? {};
    expect(large).toBe(0.107);
    expect(tableOf(after, "ec2.linux.*.hour", "2022-12-02").m5).toEqual(others);
  });

  it("refuses two prices for one item, and writes nothing", async () => {
    publish("AmazonVPC", [
      { SKU: "A", usageType: "EU-VpcEndpoint-Hours", PricePerUnit: "0.011" },
      { SKU: "B", usageType: "EU-VpcEndpoint-Hours", PricePerUnit: "0.012" },
    ]);
    const { code, stderr } = await write("eu-west-1");
    expect([code, stderr]).toEqual([1, expect.stringContaining("two prices of vpc_endpoint.interface.hour: A and B")]);
    expect(read("eu-west-1.json")).toBe(readFileSync(join(PRICES, "eu-west-1.json"), "utf8"));
  });
});

describe("the units of what is priced", () => {
  it("stand once for each item: none is missing, none is of nothing", () => {
    const units = Object.keys(JSON.parse(read("units.json")) as object);
    const lists = readdirSync(PRICES)
      .filter((name) => name.endsWith(".json") && name !== "units.json")
      .flatMap((name): readonly PriceList[] => {
        const list = JSON.parse(read(name)) as PriceList;
        return "items" in list ? [list] : Object.values(list as { readonly [geography: string]: PriceList });
      });
    expect(lists.length).toBeGreaterThan(45);
    const items = new Set(
      lists.flatMap((list) => [...Object.keys(list.items), ...(list.machines ?? []).flatMap((table) => table.items)]),
    );
    const fits = (unit: string, item: string) => {
      const [before = "", after] = unit.split("*");
      return after === undefined ? unit === item : item.startsWith(before) && item.endsWith(after);
    };
    expect([...items].filter((item) => units.filter((unit) => fits(unit, item)).length !== 1)).toEqual([]);
    expect(units.filter((unit) => ![...items].some((item) => fits(unit, item)))).toEqual([]);
  });
});
