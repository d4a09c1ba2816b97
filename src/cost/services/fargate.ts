import type { Value } from "../../template/evaluate.ts";
import { assumed, type Billed, type CostFinding, line, number, text, unpriced, values } from "../finding.ts";
import { spotShare } from "./capacity-providers.ts";
import { onDemandRate, type Platform, type Rate, spotRate } from "./fargate-rates.ts";
import { taskCount } from "./fargate-tasks.ts";
import { publicAddresses } from "./network.ts";

/**
 * An ECS service on Fargate: vCPU and memory of its tasks, ephemeral storage over the 20 GB that are free, public
 * addresses (AWS Fargate pricing). Tasks are the desired count, on Spot by the capacity provider strategy.
 */
export function* ecsService(it: Billed): Iterable<CostFinding> {
  const spot = spotShare(it);
  const { vcpu, gb, architecture, isWindows, extra } = fargateTaskOf(it, it.properties().TaskDefinition);
  if (spot === undefined) {
    // Amazon ECS pricing: on EC2 there is no charge but for the machines.
    const machines = it.ofType("AWS::AutoScaling::AutoScalingGroup", "AWS::EC2::Instance").length > 0;
    yield machines
      ? assumed(`${it.id} runs on machines that are priced by themselves`)
      : unpriced("it runs on container instances of its own, not on Fargate");
    return;
  }
  if (vcpu === undefined || gb === undefined) {
    yield unpriced("CPU and memory of its task are not in the templates");
    return;
  }
  if (isWindows) {
    yield unpriced("no prices for Windows on Fargate");
    return;
  }
  const { tasks, says } = taskCount(it);
  if (says !== undefined) yield assumed(says);
  const hours = tasks * it.usage.get("hours");
  const share = it.usage.given("spotShare") ?? spot(tasks);
  yield* compute({ vcpu, gb }, onDemandRate(architecture), hours * (1 - share));
  if (share > 0) {
    const rate = spotRate(it, architecture);
    yield* compute({ vcpu, gb }, rate, hours * share);
    yield assumed(rate.says);
  }
  yield line("ECS Fargate", `${extra} GB storage over the free 20`, STORAGE, extra * hours);
  const network = values(values(it.properties().NetworkConfiguration).AwsvpcConfiguration);
  if (network.AssignPublicIp === "ENABLED") yield publicAddresses("public IPv4 addresses of the tasks", 1, hours);
}

const FREE_GB = 20;
const STORAGE = "fargate.ephemeral_storage.gb_hour";

/** What a task is billed by, as its definition has it. */
export function fargateTaskOf(it: Billed, definition: Value | undefined) {
  const task = it.find(definition)?.properties() ?? {};
  const platform = values(task.RuntimePlatform);
  const architecture: Platform = platform.CpuArchitecture === "ARM64" ? "arm64" : "x86";
  return {
    vcpu: vcpus(text(task.Cpu)),
    gb: gigabytes(text(task.Memory)),
    architecture,
    isWindows: text(platform.OperatingSystemFamily)?.startsWith("WINDOWS") ?? false,
    /** GB of storage over the free ones. */
    extra: Math.max(0, (number(values(task.EphemeralStorage).SizeInGiB) ?? FREE_GB) - FREE_GB),
  };
}

/** vCPU and memory of a size for so many hours. */
export function* compute(size: { vcpu: number; gb: number }, rate: Rate, hours: number): Iterable<CostFinding> {
  const more = rate.factor === 1 ? {} : { factor: rate.factor };
  yield line("ECS Fargate", `${size.vcpu} vCPU, ${rate.name}`, `${rate.prefix}.vcpu_hour`, size.vcpu * hours, more);
  yield line("ECS Fargate", `${size.gb} GB memory, ${rate.name}`, `${rate.prefix}.gb_hour`, size.gb * hours, more);
}

/** vCPUs of `256` (CPU units) or `0.25 vCPU` (Amazon ECS, "Task size"). */
function vcpus(size: string | undefined): number | undefined {
  const [, units, vcpu] = /^\s*(?:(\d+)|([\d.]+)\s*vcpu)\s*$/i.exec(size ?? "") ?? [];
  return units === undefined ? positive(vcpu) : Number(units) / 1024;
}

/** GB of `512` (MB) or `0.5 GB`. */
function gigabytes(size: string | undefined): number | undefined {
  const [, mb, gb] = /^\s*(?:(\d+)|([\d.]+)\s*gb)\s*$/i.exec(size ?? "") ?? [];
  return mb === undefined ? positive(gb) : Number(mb) / 1024;
}

function positive(text: string | undefined): number | undefined {
  const value = Number(text);
  return value > 0 ? value : undefined;
}
