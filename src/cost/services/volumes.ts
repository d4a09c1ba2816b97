import { isUnresolved, type Value } from "../../template/evaluate.ts";
import { type Billed, type CostFinding, line, list, number, text, unpriced, values } from "../finding.ts";

/** A volume of one's own (Amazon EBS pricing): what it is provisioned with, whether it is used or not. */
export function* volume(it: Billed): Iterable<CostFinding> {
  const { Size, SnapshotId, VolumeType, Iops, Throughput } = it.properties();
  if (Size === undefined && SnapshotId !== undefined)
    yield unpriced("its size is its snapshot's, which only AWS knows");
  else yield* disk({ VolumeSize: Size, VolumeType, Iops, Throughput }, 1);
}

/** The volumes that `count` machines get with these block devices; a device without a size has its snapshot's. */
export function* blockDevices(mappings: Value | undefined, count: number): Iterable<CostFinding> {
  for (const mapping of list(mappings) ?? []) {
    const { Ebs, DeviceName, NoDevice } = values(mapping);
    if (Ebs === undefined || NoDevice !== undefined) continue;
    const own = values(Ebs);
    if (own.VolumeSize === undefined)
      yield unpriced(`the size of ${text(DeviceName) ?? "a volume"} is its snapshot's, which only AWS knows`);
    else yield* disk(own, count);
  }
}

/** What gp3 includes (Amazon EBS User Guide, "General Purpose SSD volumes"). */
const GP3 = { iops: 3000, throughput: 125 };
/** From here on io2 has cheaper tiers of its own for each volume (Amazon EBS pricing). */
const IO2_FIRST_TIER = 32_000;

function* disk(own: { readonly [name: string]: Value | undefined }, count: number): Iterable<CostFinding> {
  // Amazon EC2 API Reference, EbsBlockDevice: gp2 if nothing is said.
  const type = own.VolumeType === undefined ? "gp2" : text(own.VolumeType);
  const gb = number(own.VolumeSize);
  if (type === undefined || gb === undefined) {
    yield unpriced(`the ${type === undefined ? "type" : "size"} of a volume is not in the templates`);
    return;
  }
  const key = `ebs.${type}`;
  yield line("Other", `${type} volume`, `${key}.gb_month`, gb * count);
  if (type === "standard") yield unpriced("I/O of magnetic volumes is billed by the request");
  const iops = number(own.Iops) ?? 0;
  if (type === "io2" && iops > IO2_FIRST_TIER)
    yield unpriced(`no price for more than ${IO2_FIRST_TIER} IOPS of an io2`);
  else if (type === "io1" || type === "io2") yield line("Other", `${type} IOPS`, `${key}.iops_month`, iops * count);
  if (isUnresolved(own.Iops)) yield unpriced("the IOPS of a volume are not in the templates");
  if (type !== "gp3") return;
  const throughput = number(own.Throughput) ?? 0;
  yield line("Other", `IOPS over ${GP3.iops}`, `${key}.iops_month`, Math.max(0, iops - GP3.iops) * count);
  const more = Math.max(0, throughput - GP3.throughput);
  yield line("Other", `throughput over ${GP3.throughput} MB/s`, `${key}.throughput_mbps_month`, more * count);
}
