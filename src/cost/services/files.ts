import { assumed, type Billed, type CostFinding, line, list, number, text, unpriced } from "../finding.ts";

/**
 * A file system: what is stored in its Standard or One Zone class, and its throughput: what is read and written of an
 * elastic one, what is provisioned beyond the storage's own of a provisioned one (Amazon EFS pricing).
 */
export function* fileSystem(it: Billed): Iterable<CostFinding> {
  const { AvailabilityZoneName, LifecyclePolicies, ThroughputMode, ProvisionedThroughputInMibps } = it.properties();
  const stored = it.usage.get("storageGB");
  const zone = AvailabilityZoneName === undefined ? "standard" : "one_zone";
  yield line("Other", "files", `efs.${zone}.gb_month`, stored);
  if ((list(LifecyclePolicies) ?? []).length > 0)
    yield assumed(`${it.id} keeps its files in the class they were written to; colder classes are cheaper`);
  const mode = ThroughputMode === undefined ? "bursting" : text(ThroughputMode);
  if (mode === "elastic") {
    yield line("Other", "files read", "efs.elastic.read.gb", it.usage.get("readGB"));
    yield line("Other", "files written", "efs.elastic.written.gb", it.usage.get("writtenGB"));
  } else if (mode === "provisioned") {
    const wanted = number(ProvisionedThroughputInMibps);
    if (wanted === undefined) yield unpriced("its provisioned throughput is not in the templates");
    else {
      const more = Math.max(0, wanted - stored / GB_A_MIBPS);
      yield line("Other", "throughput beyond the storage's own", "efs.provisioned.mbps_month", more);
    }
  } else if (mode !== "bursting") yield unpriced("how its throughput is billed is not in the templates");
}

/** Every 20 GB stored bring 1 MiB/s along (Amazon EFS pricing, "Provisioned Throughput"). */
const GB_A_MIBPS = 20;
