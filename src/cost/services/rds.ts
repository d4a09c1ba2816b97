import type { Values } from "../../template/evaluate.ts";
import {
  assumed,
  type Billed,
  type Component,
  type CostFinding,
  flag,
  layered,
  line,
  number,
  text,
  unpriced,
} from "../finding.ts";
import { auroraEngine, auroraInstance } from "./aurora.ts";
import { databaseInsights } from "./database-insights.ts";
import { publicAddresses } from "./network.ts";

/**
 * A PostgreSQL, MySQL or MariaDB database on RDS: instance hours, storage, IOPS and throughput over gp3's baseline,
 * charged backups (Amazon RDS for PostgreSQL, for MySQL and for MariaDB pricing); or an instance of Aurora.
 */
export function* dbInstance(it: Billed): Iterable<CostFinding> {
  const { MultiAZ, PubliclyAccessible, ManageMasterUserPassword } = it.properties();
  const { Engine, DBInstanceClass } = ownOrSource(it);
  const engine = text(Engine)?.toLowerCase();
  const aurora = auroraEngine(engine);
  const name = text(DBInstanceClass);
  const hours = it.usage.get("hours");
  if (aurora !== undefined) yield* auroraInstance(it, aurora);
  else if (engine !== "postgres" && engine !== "mysql" && engine !== "mariadb") {
    yield unpriced(`no prices for the engine ${engine ?? "known to AWS alone"}, ${ENGINES}`);
    return;
  } else {
    const component = engine === "postgres" ? RDS : "Other";
    yield* compute(it, engine, name, { component, multiAz: flag(MultiAZ), hours });
    yield* storage(it, flag(MultiAZ), component);
    yield line(component, "backups beyond the free amount", "rds.backup.gb_month", it.usage.get("backupGB"));
  }
  yield* databaseInsights(it, name, aurora === undefined && flag(MultiAZ));
  if (flag(PubliclyAccessible)) yield publicAddresses("public IPv4 address of the database", 1, hours);
  if (flag(ManageMasterUserPassword)) yield line("Other", "secret kept by RDS", "secretsmanager.secret.month", 1);
}

const RDS = "RDS PostgreSQL";
const ENGINES = "only for postgres, mysql, mariadb and Aurora";

type Deployment = { readonly component: Component; readonly multiAz: boolean; readonly hours: number };

/**
 * The hours of the class. Multi-AZ has prices of its own; where only Single-AZ's is known, both machines are billed at it
 * (Amazon RDS User Guide, "On-Demand DB instances": by the hour "for both the primary and standby instances").
 */
function* compute(
  it: Billed,
  engine: string,
  name: string | undefined,
  { component, multiAz, hours }: Deployment,
): Iterable<CostFinding> {
  if (name === undefined) {
    yield unpriced("its instance class is not in the templates");
    return;
  }
  const [single, multi] = [`rds.${engine}.${name}.single_az.hour`, `rds.${engine}.${name}.multi_az.hour`];
  // What is not PostgreSQL says so: its prices differ.
  const words = `${engine === "postgres" ? "" : `${engine}, `}${multiAz ? "Multi-AZ" : "Single-AZ"}`;
  const twice = multiAz && it.price(multi) === undefined && it.price(single) !== undefined;
  if (twice) {
    yield line(component, `${name}, ${words}`, single, 2 * hours);
    yield assumed(`Multi-AZ of ${engine} ${name}: primary and standby at the price of Single-AZ each`);
  } else yield line(component, `${name}, ${words}`, multiAz ? multi : single, hours);
  if (name.startsWith("db.t")) yield assumed(`${it.id} stays within its CPU credits`);
}

/** What a read replica does not say of itself it has from its source. */
function ownOrSource(it: Billed): Values {
  return layered(it.properties(), it.find(it.properties().SourceDBInstanceIdentifier)?.properties());
}

function* storage(it: Billed, multiAz: boolean, component: Component): Iterable<CostFinding> {
  const az = multiAz ? "multi_az" : "single_az";
  const words = multiAz ? "Multi-AZ" : "Single-AZ";
  const { StorageType, AllocatedStorage, Iops, StorageThroughput, MaxAllocatedStorage } = ownOrSource(it);
  // Amazon RDS API Reference, CreateDBInstance: io1 if Iops is given, otherwise gp3.
  const type = StorageType === undefined ? (Iops === undefined ? "gp3" : "io1") : text(StorageType);
  const gb = number(AllocatedStorage);
  if (type !== "gp2" && type !== "gp3" && type !== "io1")
    yield unpriced(`no prices for ${type ?? "its"} storage, only for gp2, gp3 and io1`);
  else if (gb === undefined) yield unpriced("the size of its storage is not in the templates");
  else {
    yield line(component, `${type} storage, ${words}`, `rds.storage.${type}.${az}.gb_month`, gb);
    const most = number(MaxAllocatedStorage) ?? 0;
    if (most > gb) yield assumed(`${it.id} keeps its ${gb} GB; growing to ${most} GB is not priced`);
    const iops = number(Iops) ?? 0;
    if (type === "io1") yield line(component, "provisioned IOPS", `rds.storage.io1.${az}.iops_month`, iops);
    if (type === "gp3") yield* overBaseline(component, gb, iops, number(StorageThroughput) ?? 0, az);
  }
}

/** What gp3 includes for these three engines (Amazon RDS User Guide, "gp3 storage"): from 400 GB on, four volumes' worth. */
function* overBaseline(
  component: Component,
  gb: number,
  iops: number,
  throughput: number,
  az: string,
): Iterable<CostFinding> {
  const [free, freeThroughput] = gb >= 400 ? [12_000, 500] : [3000, 125];
  const key = `rds.storage.gp3.${az}`;
  yield line(component, `IOPS over ${free}`, `${key}.iops_month`, Math.max(0, iops - free));
  const more = Math.max(0, throughput - freeThroughput);
  yield line(component, `throughput over ${freeThroughput} MB/s`, `${key}.throughput_mbps_month`, more);
}
