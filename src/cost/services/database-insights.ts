import { type Billed, type CostFinding, line, text, unpriced } from "../finding.ts";
import { acuHours } from "./aurora.ts";

/**
 * Database Insights in the advanced mode of an instance or its cluster: by the vCPU-hour, of a serverless instance by the
 * ACU-hour (Amazon CloudWatch pricing, "Database Insights"). The standard mode is free.
 */
export function* databaseInsights(it: Billed, name: string | undefined, multiAz: boolean): Iterable<CostFinding> {
  const { DatabaseInsightsMode, DBClusterIdentifier } = it.properties();
  const mode = DatabaseInsightsMode ?? it.find(DBClusterIdentifier)?.properties().DatabaseInsightsMode;
  if (mode !== "advanced") return;
  if (name === "db.serverless") {
    const used = acuHours(it);
    if (used !== undefined) yield line("Other", "Database Insights, advanced", "database_insights.acu_hour", used);
    return;
  }
  const vcpus = vcpusOf(name);
  if (vcpus === undefined)
    yield unpriced(`no price for Database Insights of the class ${name ?? "that AWS alone knows"}`);
  else {
    const hours = vcpus * it.usage.get("hours");
    yield line("Other", `Database Insights, advanced, ${vcpus} vCPU`, "database_insights.vcpu_hour", hours);
  }
  if (multiAz) yield unpriced("Database Insights of the standby, of which the price page says nothing");
}

/** Amazon RDS User Guide, "Hardware specifications for DB instance classes": two up to large, then four by the number. */
function vcpusOf(name: string | undefined): number | undefined {
  const [, family, size] = /^db\.(\w+)\.(\w+)$/.exec(text(name) ?? "") ?? [];
  if (size === "micro" || size === "small") return family === "t2" ? 1 : 2;
  if (size === "medium" || size === "large") return 2;
  const [, times] = /^(\d*)xlarge$/.exec(size ?? "") ?? [];
  return times === undefined ? undefined : 4 * Number(times || 1);
}
