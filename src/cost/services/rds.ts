import type { Values } from "../../template/evaluate.ts";
import { assumed, type Billed, type Finding, flag, layered, line, number, text, unpriced } from "../finding.ts";
import { publicAddresses } from "./network.ts";

/**
 * A PostgreSQL database on RDS: instance hours, storage, IOPS and throughput over gp3's baseline, charged backups
 * (Amazon RDS for PostgreSQL pricing). Multi-AZ has prices of its own.
 */
export function* dbInstance(it: Billed): Iterable<Finding> {
  const { MultiAZ, PubliclyAccessible, ManageMasterUserPassword } = it.properties();
  const { Engine, DBInstanceClass } = ownOrSource(it);
  if (text(Engine)?.toLowerCase() !== "postgres") {
    yield unpriced(`no prices for the engine ${text(Engine) ?? "known to AWS alone"}, only for postgres`);
    return;
  }
  const az = flag(MultiAZ) ? "multi_az" : "single_az";
  const words = flag(MultiAZ) ? "Multi-AZ" : "Single-AZ";
  const name = text(DBInstanceClass);
  const hours = it.usage.get("hours");
  if (name === undefined) yield unpriced("its instance class is not in the templates");
  else yield line(RDS, `${name}, ${words}`, `rds.postgres.${name}.${az}.hour`, hours);
  if (name?.startsWith("db.t")) yield assumed(`${it.id} stays within its CPU credits`);
  yield* storage(it, az, words);
  yield line(RDS, "backups beyond the free amount", "rds.backup.gb_month", it.usage.get("backupGB"));
  if (flag(PubliclyAccessible)) yield publicAddresses("public IPv4 address of the database", 1, hours);
  if (flag(ManageMasterUserPassword)) yield line("Other", "secret kept by RDS", "secretsmanager.secret.month", 1);
}

const RDS = "RDS PostgreSQL";

/** What a read replica does not say of itself it has from its source. */
function ownOrSource(it: Billed): Values {
  return layered(it.properties(), it.find(it.properties().SourceDBInstanceIdentifier)?.properties());
}

function* storage(it: Billed, az: string, words: string): Iterable<Finding> {
  const { StorageType, AllocatedStorage, Iops, StorageThroughput, MaxAllocatedStorage } = ownOrSource(it);
  // Amazon RDS API Reference, CreateDBInstance: io1 if Iops is given, otherwise gp3.
  const type = StorageType === undefined ? (Iops === undefined ? "gp3" : "io1") : text(StorageType);
  const gb = number(AllocatedStorage);
  if (type !== "gp2" && type !== "gp3") yield unpriced(`no prices for ${type ?? "its"} storage, only for gp2 and gp3`);
  else if (gb === undefined) yield unpriced("the size of its storage is not in the templates");
  else {
    yield line(RDS, `${type} storage, ${words}`, `rds.storage.${type}.${az}.gb_month`, gb);
    const most = number(MaxAllocatedStorage) ?? 0;
    if (most > gb) yield assumed(`${it.id} keeps its ${gb} GB; growing to ${most} GB is not priced`);
    if (type === "gp3") yield* overBaseline(gb, number(Iops) ?? 0, number(StorageThroughput) ?? 0, az);
  }
}

/** What gp3 includes for PostgreSQL (Amazon RDS User Guide, "gp3 storage"): from 400 GB on, four volumes' worth. */
function* overBaseline(gb: number, iops: number, throughput: number, az: string): Iterable<Finding> {
  const [free, freeThroughput] = gb >= 400 ? [12_000, 500] : [3000, 125];
  const key = `rds.storage.gp3.${az}`;
  yield line(RDS, `IOPS over ${free}`, `${key}.iops_month`, Math.max(0, iops - free));
  const more = Math.max(0, throughput - freeThroughput);
  yield line(RDS, `throughput over ${freeThroughput} MB/s`, `${key}.throughput_mbps_month`, more);
}
