// Writes the price lists anew from AWS's own (AWS Billing User Guide, "Using the price list bulk API"):
//   node bin/prices.js [--from FOLDER] [--to FOLDER] [REGION ...]
// All regions, from AWS and over src/cost/prices, unless told otherwise. What AWS publishes for an item is written with the
// date of its publication; an item that no rule below finds stays as it is (Fargate Spot is in no price list). Prints each
// price that differs. A rule that finds two prices for one item is wrong, and nothing is written.
import { createReadStream, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const AWS = "https://pricing.us-east-1.amazonaws.com";
const PRICES = join(dirname(fileURLToPath(import.meta.url)), "..", "src", "cost", "prices");

/** What a rule asks of other columns than the usage type. */
const postgres = { "Database Engine": "PostgreSQL" };
const engine = (name) => ({ "Cache Engine": name });
const operation = (name) => ({ operation: name });
const linux = {
  "Operating System": "Linux",
  Tenancy: "Shared",
  "Pre Installed S/W": "NA",
  CapacityStatus: "Used",
};

/**
 * Item, usage type without its region's prefix, and what else a row must have; `*` is a machine. A surcharge, another
 * engine, an Outpost or a trial has a usage type or a column of its own, and so no rule.
 */
const RULES = {
  AmazonECS: [
    ["fargate.linux.x86.vcpu_hour", "Fargate-vCPU-Hours:perCPU"],
    ["fargate.linux.x86.gb_hour", "Fargate-GB-Hours"],
    ["fargate.linux.arm64.vcpu_hour", "Fargate-ARM-vCPU-Hours:perCPU"],
    ["fargate.linux.arm64.gb_hour", "Fargate-ARM-GB-Hours"],
    ["fargate.ephemeral_storage.gb_hour", "Fargate-EphemeralStorage-GB-Hours"],
  ],
  AmazonRDS: [
    ["rds.postgres.*.single_az.hour", "InstanceUsage:*", { ...postgres, "Deployment Option": "Single-AZ" }],
    ["rds.postgres.*.multi_az.hour", "Multi-AZUsage:*", { ...postgres, "Deployment Option": "Multi-AZ" }],
    ["rds.mysql.*.single_az.hour", "InstanceUsage:*", { "Database Engine": "MySQL", "Deployment Option": "Single-AZ" }],
    [
      "rds.mariadb.*.single_az.hour",
      "InstanceUsage:*",
      { "Database Engine": "MariaDB", "Deployment Option": "Single-AZ" },
    ],
    ["rds.storage.gp3.single_az.gb_month", "RDS:GP3-Storage", postgres],
    ["rds.storage.gp3.multi_az.gb_month", "RDS:Multi-AZ-GP3-Storage", postgres],
    ["rds.backup.gb_month", "RDS:ChargedBackupUsage", postgres],
    ["rds.cpu_credits.t4g.vcpu_hour", "CPUCredits:db.t4g", postgres],
  ],
  AmazonElastiCache: [
    ["elasticache.redis.*.hour", "NodeUsage:*", engine("Redis")],
    ["elasticache.valkey.*.hour", "NodeUsage:*", engine("Valkey")],
    ["elasticache.memcached.*.hour", "NodeUsage:*", engine("Memcached")],
  ],
  AmazonEC2: [
    ["ec2.linux.*.hour", "BoxUsage:*", linux],
    ["nat_gateway.hour", "NatGateway-Hours"],
    ["nat_gateway.gb", "NatGateway-Bytes"],
    ["ebs.gp2.gb_month", "EBS:VolumeUsage.gp2"],
    ["ebs.gp3.gb_month", "EBS:VolumeUsage.gp3"],
    ["ebs.io1.gb_month", "EBS:VolumeUsage.piops"],
    ["ebs.st1.gb_month", "EBS:VolumeUsage.st1"],
    ["ebs.sc1.gb_month", "EBS:VolumeUsage.sc1"],
  ],
  AWSELB: [
    ["alb.hour", "LoadBalancerUsage", operation("LoadBalancing:Application")],
    ["alb.lcu_hour", "LCUUsage", operation("LoadBalancing:Application")],
    ["nlb.hour", "LoadBalancerUsage", operation("LoadBalancing:Network")],
    ["nlb.lcu_hour", "LCUUsage", operation("LoadBalancing:Network")],
    ["clb.hour", "LoadBalancerUsage", operation("LoadBalancing")],
    ["clb.gb", "DataProcessing-Bytes", operation("LoadBalancing")],
  ],
  AmazonVPC: [
    ["public_ipv4.in_use.hour", "PublicIPv4:InUseAddress"],
    ["public_ipv4.idle.hour", "PublicIPv4:IdleAddress"],
    ["vpc_endpoint.interface.hour", "VpcEndpoint-Hours"],
    ["vpc_endpoint.interface.gb", "VpcEndpoint-Bytes"],
  ],
  awskms: [
    ["kms.key.month", "KMS-Keys"],
    ["kms.request.symmetric", "KMS-Requests"],
  ],
  AWSSecretsManager: [
    ["secretsmanager.secret.month", "AWSSecretsManager-Secrets"],
    ["secretsmanager.request", "AWSSecretsManagerAPIRequest"],
  ],
  AmazonCloudWatch: [
    ["alarm.standard.month", "CW:AlarmMonitorUsage"],
    ["logs.ingest.standard.gb", "DataProcessing-Bytes", operation("PutLogEvents")],
    ["logs.vended.gb", "VendedLog-Bytes"],
    ["logs.storage.gb_month", "TimedStorage-ByteHrs"],
  ],
  AmazonS3: [
    ["s3.standard.gb_month", "TimedStorage-ByteHrs"],
    ["s3.standard.request.put_copy_post_list", "Requests-Tier1"],
    ["s3.standard.request.get", "Requests-Tier2"],
  ],
  AmazonECR: [["ecr.storage.gb_month", "TimedStorage-ByteHrs"]],
  AmazonDynamoDB: [
    ["dynamodb.on_demand.wru", "WriteRequestUnits"],
    ["dynamodb.on_demand.rru", "ReadRequestUnits"],
    ["dynamodb.storage.gb_month", "TimedStorage-ByteHrs"],
  ],
  AWSDataTransfer: [
    ["data_transfer.out_internet.gb", "DataTransfer-Out-Bytes", { "Transfer Type": "AWS Outbound" }],
    ["data_transfer.cross_az.gb_each_direction", "DataTransfer-Regional-Bytes"],
  ],
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { from: { type: "string" }, to: { type: "string", default: PRICES } },
});
const known = readdirSync(values.to).flatMap((name) => /^(\w+(?:-\w+)+-\d)\.json$/.exec(name)?.[1] ?? []);
const regions = positionals.length > 0 ? positionals : known;

const written = [];
for (const region of regions) {
  const file = join(values.to, `${region}.json`);
  const list = JSON.parse(readFileSync(file, "utf8"));
  const found = new Map();
  for (const service of Object.keys(RULES)) await collect(service, region, found);
  written.push([file, textOf(merged(list, found, region))]);
  process.stderr.write(`${region}: ${found.size} prices\n`);
}
for (const [file, text] of written) writeFileSync(file, text);

/** Adds what AWS publishes of a service in a region: item → its steps and the day of the publication. */
async function collect(service, region, found) {
  const index = await json(`/offers/v1.0/aws/${service}/current/region_index.json`);
  const { currentVersionUrl } = index.regions[region] ?? {};
  if (currentVersionUrl === undefined) return;
  const rules = RULES[service].map(([item, usage, columns = {}]) => ({ item, usage: patternOf(usage), columns }));
  let header;
  let day;
  for await (const line of lines(currentVersionUrl.replace(/\.json$/, ".csv"))) {
    const cells = cellsOf(line);
    if (header === undefined) {
      if (cells[0] === "Publication Date") day = cells[1].slice(0, 10);
      if (cells[0] === "SKU") header = cells;
      continue;
    }
    const row = Object.fromEntries(cells.map((cell, at) => [header[at], cell]));
    if (row.TermType !== "OnDemand" || row.Currency !== "USD") continue;
    for (const { item, usage, columns } of rules) {
      const match = usage.exec(row.usageType);
      if (match === null || Object.entries(columns).some(([name, value]) => row[name] !== value)) continue;
      const name = item.replace("*", match[1] ?? "");
      const price = found.get(name) ?? { sku: row.SKU, day, steps: [] };
      if (price.sku !== row.SKU) throw new Error(`${region}: two prices of ${name}: ${price.sku} and ${row.SKU}`);
      const upTo = row.EndingRange === "Inf" ? null : Number(row.EndingRange);
      price.steps.push([upTo, Number(row.PricePerUnit)]);
      found.set(name, price);
    }
  }
}

/** A usage type begins with a code of its region, but for us-east-1's and KMS's; `TS-` is a trust store's. */
function patternOf(usage) {
  const exact = usage.replaceAll(/[.:]/g, "\\$&").replace("*", "((?:db\\.|cache\\.)?[a-z0-9-]+\\.[a-z0-9-]+)");
  return new RegExp(`^(?:(?!TS-)[A-Z]{2,4}\\d?-|[a-z]{2}(?:-[a-z]+)+-\\d-)?${exact}$`);
}

/** The list with what was found in the place of what it had. */
function merged({ items, machines = [] }, found, region) {
  const rows = { ...items };
  const tables = machines.flatMap(({ items: patterns, asOf, usd }) =>
    patterns.map((pattern) => ({ pattern, asOf, usd: structuredClone(usd) })),
  );
  for (const [item, { day, steps }] of [...found].sort(([one], [other]) => (one < other ? -1 : 1))) {
    const row = rowOf(steps, day);
    const table = Object.hasOwn(rows, item) ? undefined : machineOf(item);
    if (table === undefined) {
      tell(region, item, rows[item], row);
      rows[item] = row;
      continue;
    }
    const { pattern, family, size } = table;
    for (const { pattern: other, usd } of tables) {
      if (other !== pattern || usd[family]?.[size] === undefined) continue;
      tell(region, item, usd[family][size], row);
      delete usd[family][size];
      if (Object.keys(usd[family]).length === 0) delete usd[family];
    }
    const made = { pattern, asOf: day, usd: {} };
    const into = tables.find((one) => one.pattern === pattern && one.asOf === day) ?? made;
    if (into === made) tables.push(made);
    into.usd[family] = { ...into.usd[family], [size]: row[0] };
  }
  const sorted = Object.entries(rows).sort(([one], [other]) => (one < other ? -1 : 1));
  return {
    items: Object.fromEntries(sorted),
    machines: shared(tables.filter(({ usd }) => Object.keys(usd).length > 0)),
  };
}

/** Free steps are allowances of an account, which the estimate knows by itself (src/cost/allowances.ts). */
function rowOf(steps, day) {
  const billed = steps.some(([, usd]) => usd > 0) ? steps.filter(([, usd]) => usd > 0) : steps;
  const ordered = billed.sort(([one], [other]) => (one ?? Infinity) - (other ?? Infinity));
  return ordered.length === 1 ? [ordered[0][1], day] : { tiers: ordered.map(([upTo, usd]) => [upTo, usd, day]) };
}

function machineOf(item) {
  const [, before, family, size, after] =
    /^(ec2\.linux|rds\.[a-z-]+|elasticache\.[a-z]+)\.((?:db\.|cache\.)?[a-z0-9-]+)\.([a-z0-9-]+)((?:\.single_az|\.multi_az)?\.hour)$/.exec(
      item,
    ) ?? [];
  return before && { pattern: `${before}.*${after}`, family, size };
}

/** Engines that cost the same on the same day share a table. */
function shared(tables) {
  const groups = new Map();
  for (const { pattern, asOf, usd } of tables) {
    const key = JSON.stringify([asOf, usd]);
    const group = groups.get(key) ?? { items: [], asOf, usd };
    group.items.push(pattern);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function tell(region, item, before, after) {
  const steps = (row) =>
    JSON.stringify(row?.tiers?.map(([upTo, usd]) => [upTo, usd]) ?? (Array.isArray(row) ? row[0] : row));
  if (steps(before) !== steps(after)) process.stdout.write(`${region} ${item}: ${steps(before)} → ${steps(after)}\n`);
}

/** The list as it is kept: an item a line, a family a line. */
function textOf({ items, machines }) {
  const inner = (value) => JSON.stringify(value).replaceAll(/([,:])(?=[["{\d.n-])/g, "$1 ");
  const block = (of, pad) =>
    `{\n${Object.entries(of)
      .map(([name, value]) => `${pad}  ${JSON.stringify(name)}: ${inner(value).replace(/^\{(.*)\}$/, "{ $1 }")}`)
      .join(",\n")}\n${pad}}`;
  const table = ({ items: patterns, asOf, usd }) =>
    `    {\n      "items": ${inner(patterns)},\n      "asOf": "${asOf}",\n      "usd": ${block(usd, "      ")}\n    }`;
  const rest = machines.length === 0 ? "" : `,\n  "machines": [\n${machines.map(table).join(",\n")}\n  ]`;
  return `{\n  "items": ${block(items, "  ")}${rest}\n}\n`;
}

function cellsOf(line) {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) =>
    (quoted ?? plain ?? "").replaceAll('""', '"'),
  );
}

async function json(path) {
  if (values.from !== undefined) return JSON.parse(await readFile(join(values.from, path), "utf8"));
  return (await answer(path)).json();
}

/** AmazonEC2's file of a region has hundreds of megabytes: it is read line by line. */
async function* lines(path) {
  const input =
    values.from === undefined ? Readable.fromWeb((await answer(path)).body) : createReadStream(join(values.from, path));
  yield* createInterface({ input, crlfDelay: Infinity });
}

async function answer(path) {
  const response = await fetch(`${AWS}${path}`);
  if (!response.ok) throw new Error(`${AWS}${path}: ${response.status}`);
  return response;
}
