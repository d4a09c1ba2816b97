import { isUnresolved, type Value, type Values } from "../../template/evaluate.ts";
import {
  assumed,
  type Billed,
  type CostFinding,
  flag,
  type LocatedResource,
  line,
  list,
  number,
  text,
  unpriced,
  values,
} from "../finding.ts";
import { publicAddresses } from "./network.ts";
import { blockDevices } from "./volumes.ts";

/**
 * An EC2 instance: its hours as Linux on demand, the volumes it names, a public address (Amazon EC2 on-demand pricing,
 * Amazon EBS pricing). What it does not say itself it has from its launch template.
 */
export function* instance(it: Billed): Iterable<CostFinding> {
  const own = it.properties();
  const template = launchTemplate(it, own.LaunchTemplate);
  const source = descriptionOf(template);
  const hours = it.usage.get("hours");
  const address = elasticIps(it) ? false : isPublic(it, [own, source], [own.SubnetId]);
  yield* machines(it, {
    sources: [own, source],
    windows: [it, template].some(isWindows),
    type: own.InstanceType ?? source.InstanceType,
    count: 1,
    hours,
    address,
  });
}

/**
 * An Auto Scaling group: nothing itself, its machines what they cost on EC2. They are the usage file's average, else the
 * desired capacity, else the least (Amazon EC2 Auto Scaling User Guide, "Set scaling limits"), all month.
 */
export function* autoScalingGroup(it: Billed): Iterable<CostFinding> {
  const { DesiredCapacity, MinSize, MaxSize, MixedInstancesPolicy, VPCZoneIdentifier } = it.properties();
  const mixed = values(values(MixedInstancesPolicy).LaunchTemplate);
  const template = launchSource(it);
  const source = descriptionOf(template);
  const type = values(list(mixed.Overrides)?.[0]).InstanceType ?? source.InstanceType;
  const given = it.usage.given("instances");
  const count = given ?? number(DesiredCapacity) ?? number(MinSize);
  if (count === undefined) {
    yield unpriced("how many machines it has is not in the templates");
    return;
  }
  const most = number(MaxSize) ?? count;
  if (given === undefined && most > count)
    yield assumed(`${it.id} runs ${count} machines all month; scaling out to ${most} is not priced`);
  const { OnDemandPercentageAboveBaseCapacity } = values(values(MixedInstancesPolicy).InstancesDistribution);
  if ((number(OnDemandPercentageAboveBaseCapacity) ?? 100) < 100) yield assumed(SPOT);
  const hours = count * it.usage.get("hours");
  const address = isPublic(it, [source], list(VPCZoneIdentifier) ?? []);
  yield* machines(it, { sources: [source], windows: isWindows(template), type, count, hours, address });
}

const SPOT = "machines on Spot are priced on demand, which is too much: Spot prices are in no list";

type Machines = {
  /** Where to look for a property, what comes first goes first. */
  readonly sources: readonly Values[];
  readonly windows: boolean;
  readonly type: Value | undefined;
  readonly count: number;
  /** Of all of them together. */
  readonly hours: number;
  readonly address: boolean;
};

function* machines(it: Billed, { sources, windows, type, count, hours, address }: Machines): Iterable<CostFinding> {
  const first = (name: string) => sources.map((source) => source[name]).find((value) => value !== undefined);
  const placement = values(first("Placement"));
  const tenancy = text(placement.Tenancy ?? first("Tenancy") ?? first("PlacementTenancy")) ?? "default";
  const name = text(type);
  if (name === undefined) yield unpriced("its instance type is not in the templates");
  else if (tenancy !== "default") yield unpriced(`no prices for machines of the tenancy ${tenancy}`);
  else if (windows) yield unpriced("no prices for Windows on EC2");
  else {
    yield line("Other", `${count} × ${name}, Linux on demand`, `ec2.linux.${name}.hour`, hours);
    if (count > 0) yield assumed("EC2 machines run Linux without a licence to pay for: only AWS knows their images");
    if (name.startsWith("t")) yield assumed(`${it.id} stays within its CPU credits`);
  }
  const market = values(first("InstanceMarketOptions")).MarketType;
  if (market === "spot" || first("SpotPrice") !== undefined) yield assumed(SPOT);
  const devices = first("BlockDeviceMappings");
  yield* blockDevices(devices, count);
  if ((list(devices) ?? []).length === 0 && count > 0)
    yield unpriced("the disk that its image brings along, whose size only AWS knows");
  if (flag(values(first("Monitoring")).Enabled ?? first("Monitoring")))
    yield unpriced("its detailed monitoring is billed by the metrics that EC2 sends");
  if (address) yield publicAddresses("public IPv4 addresses of the machines", 1, hours);
}

/** What describes a group's machines: a launch template or a launch configuration. */
function launchSource(it: Billed): LocatedResource | undefined {
  const { LaunchTemplate, LaunchConfigurationName, MixedInstancesPolicy } = it.properties();
  const mixed = values(values(MixedInstancesPolicy).LaunchTemplate).LaunchTemplateSpecification;
  const configuration = it.find(LaunchConfigurationName) ?? named(it, CONFIGURATION, LaunchConfigurationName);
  return configuration ?? launchTemplate(it, LaunchTemplate ?? mixed);
}

const CONFIGURATION = "AWS::AutoScaling::LaunchConfiguration";
const TEMPLATE = "AWS::EC2::LaunchTemplate";

function launchTemplate(it: Billed, specification: Value | undefined): LocatedResource | undefined {
  const { LaunchTemplateId, LaunchTemplateName } = values(specification);
  return it.find(LaunchTemplateId) ?? it.find(LaunchTemplateName) ?? named(it, TEMPLATE, LaunchTemplateName);
}

function descriptionOf(source: LocatedResource | undefined): Values {
  if (source?.resource.Type === TEMPLATE) return values(source.properties().LaunchTemplateData);
  return source?.properties() ?? {};
}

/** True where a template names one of AWS's public parameters for Windows images. */
function isWindows(source: Pick<LocatedResource, "resource"> | undefined): boolean {
  return JSON.stringify(source?.resource.Properties ?? {}).includes("/aws/service/ami-windows");
}

/** The resource of `type` that is called `name`, where a template gives its own name away. */
function named(it: Billed, type: string, name: Value | undefined): LocatedResource | undefined {
  const property = `${type.split("::").at(-1)}Name`;
  const wanted = text(name);
  return it.ofType(type).find((one) => wanted !== undefined && text(one.properties()[property]) === wanted);
}

/** True if machines there get a public address: they say so, or else their subnet does. */
function isPublic(it: Billed, sources: readonly Values[], subnets: readonly (Value | undefined)[]): boolean {
  const said = sources.map(
    (source) => source.AssociatePublicIpAddress ?? values(list(source.NetworkInterfaces)?.[0]).AssociatePublicIpAddress,
  );
  const own = said.find((value) => value !== undefined && !isUnresolved(value));
  return own === undefined
    ? subnets.some((subnet) => flag(it.find(subnet)?.properties().MapPublicIpOnLaunch))
    : flag(own);
}

/** True if an Elastic IP is this machine's, which takes the place of any other public address and is billed by itself. */
function elasticIps(it: Billed): boolean {
  return it.ofType("AWS::EC2::EIP", "AWS::EC2::EIPAssociation").some((one) => {
    const machine = it.find(one.properties().InstanceId);
    return machine?.id === it.id && machine.stack === it.stack;
  });
}
