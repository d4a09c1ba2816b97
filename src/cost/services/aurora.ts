import { assumed, type Billed, type CostFinding, flag, line, number, text, unpriced, values } from "../finding.ts";

/** Aurora's engines, by the name a template has for them; `aurora` is the old one of Aurora MySQL. */
const ENGINES: { readonly [name: string]: string | undefined } = {
  aurora: "aurora-mysql",
  "aurora-mysql": "aurora-mysql",
  "aurora-postgresql": "aurora-postgresql",
};

/** The engine that Aurora's price list has for this one; `undefined` for another database's. */
export function auroraEngine(name: string | undefined): string | undefined {
  const known = name?.toLowerCase() ?? "";
  return Object.hasOwn(ENGINES, known) ? ENGINES[known] : undefined;
}

/**
 * An instance of an Aurora cluster: its class's hours, or the ACU-hours of a serverless one, at its least capacity unless
 * a usage file says more (Amazon Aurora pricing, "Database instances").
 */
export function* auroraInstance(it: Billed, engine: string): Iterable<CostFinding> {
  const { DBInstanceClass, DBClusterIdentifier } = it.properties();
  const cluster = it.find(DBClusterIdentifier)?.properties() ?? {};
  const optimized = isOptimized(cluster.StorageType);
  const name = text(DBInstanceClass);
  if (name === undefined) yield unpriced("its instance class is not in the templates");
  else if (name === "db.serverless") yield* serverless(it, values(cluster.ServerlessV2ScalingConfiguration), optimized);
  else if (optimized) yield unpriced(`no price for ${name} in a cluster that is I/O-Optimized`);
  else {
    yield line("Other", `${name}, ${engine}`, `rds.${engine}.${name}.hour`, it.usage.get("hours"));
    if (name.startsWith("db.t")) yield assumed(`${it.id} stays within its CPU credits`);
  }
}

/** The ACU-hours of a serverless instance, `undefined` where neither the usage file nor the cluster says. */
export function acuHours(it: Billed): number | undefined {
  const { ServerlessV2ScalingConfiguration } = it.find(it.properties().DBClusterIdentifier)?.properties() ?? {};
  const least = number(values(ServerlessV2ScalingConfiguration).MinCapacity);
  return it.usage.given("acuHours") ?? (least === undefined ? undefined : least * it.usage.get("hours"));
}

type Scaling = { readonly MinCapacity?: unknown; readonly MaxCapacity?: unknown };

function* serverless(it: Billed, scaling: Scaling, optimized: boolean): Iterable<CostFinding> {
  const used = acuHours(it);
  if (used === undefined) {
    yield unpriced("its least capacity is not in the templates");
    return;
  }
  const storage = optimized ? "io_optimized" : "standard";
  yield line("Other", "Aurora capacity units", `aurora.acu.${storage}.hour`, used);
  if (it.usage.given("acuHours") === undefined)
    yield assumed(
      `${it.id} stays at its least, ${String(scaling.MinCapacity)} ACU, all month; scaling out to ${String(scaling.MaxCapacity)} is not priced`,
    );
}

/**
 * An Aurora cluster: what it stores, its I/O unless it is I/O-Optimized, charged backups (Amazon Aurora pricing). Its
 * instances are resources of their own.
 */
export function* dbCluster(it: Billed): Iterable<CostFinding> {
  const { Engine, EngineMode, StorageType, ManageMasterUserPassword } = it.properties();
  if (auroraEngine(text(Engine)) === undefined) {
    yield unpriced(`no prices for a cluster of the engine ${text(Engine) ?? "known to AWS alone"}, only for Aurora`);
    return;
  }
  if (EngineMode === "serverless") yield unpriced("no prices for Aurora Serverless v1");
  const optimized = isOptimized(StorageType);
  const storage = `aurora.storage.${optimized ? "io_optimized" : "standard"}.gb_month`;
  yield line("Other", "Aurora storage", storage, it.usage.get("storageGB"));
  if (!optimized) yield line("Other", "Aurora I/O", "aurora.io", it.usage.get("ioRequests"));
  yield line("Other", "Aurora backups beyond the free amount", "aurora.backup.gb_month", it.usage.get("backupGB"));
  if (flag(ManageMasterUserPassword)) yield line("Other", "secret kept by RDS", "secretsmanager.secret.month", 1);
}

const isOptimized = (storageType: unknown) => storageType === "aurora-iopt1";
