import { partOf } from "../resources/properties.ts";
import { resourcesIn } from "../rules/rule.ts";
import { hex } from "../state/hash.ts";
import type { Simulator } from "../state/simulator.ts";
import type { ResourceTask, SimulatedResource, SimulatedStack } from "../state/stack.ts";
import { signal } from "./signals.ts";

/**
 * Instances that run now send the signals of their user data: success to the resources and wait condition handles that
 * it names (Template Reference, "cfn-signal"; User Guide, "Deploy applications on Amazon EC2"). Nothing is run: user
 * data that would fail on a real instance signals as well.
 */
export function signalFromInstances(
  simulator: Simulator,
  stack: SimulatedStack,
  resource: SimulatedResource,
  task: ResourceTask,
): void {
  if (task.doing === "update" || task.trouble?.effect === "silent") return;
  const count = instanceCount(resource);
  const script = count === 0 ? undefined : scriptOf(simulator, stack, resource);
  if (script === undefined) return;
  for (const logicalId of signalledBy(script, stack, resource)) {
    for (let machine = 0; machine < count; machine++) {
      const id = `i-0${hex(16, simulator.state.seed, stack.id, resource.logicalId, resource.incarnation, machine)}`;
      signal(simulator, stack, logicalId, { id, status: "SUCCESS" });
    }
  }
}

/** How many instances the resource starts. */
function instanceCount({ type, properties }: SimulatedResource): number {
  if (type === "AWS::EC2::Instance") return 1;
  if (type !== "AWS::AutoScaling::AutoScalingGroup") return 0;
  return Number(properties.DesiredCapacity ?? properties.MinSize ?? 0);
}

/** The user data of the resource's instances: its own, a launch template's or a launch configuration's. */
function scriptOf(simulator: Simulator, stack: SimulatedStack, { properties }: SimulatedResource): string | undefined {
  const mixed = partOf(partOf(properties.MixedInstancesPolicy).LaunchTemplate).LaunchTemplateSpecification;
  const named = partOf(properties.LaunchTemplate ?? mixed);
  const templates = resourcesIn(simulator, stack, "AWS::EC2::LaunchTemplate");
  const template = templates.find(
    ({ id, properties: { LaunchTemplateName } }) =>
      id === named.LaunchTemplateId ||
      (LaunchTemplateName !== undefined && LaunchTemplateName === named.LaunchTemplateName),
  );
  const configurations = resourcesIn(simulator, stack, "AWS::AutoScaling::LaunchConfiguration");
  const configuration = configurations.find(({ id }) => id === properties.LaunchConfigurationName);
  const data =
    properties.UserData ??
    partOf(template?.properties.LaunchTemplateData).UserData ??
    configuration?.properties.UserData;
  return typeof data === "string" ? Buffer.from(data, "base64").toString("utf8") : undefined;
}

/** Logical ids that a script signals: by name, by a handle's URL, or, where it names none that is found, its own. */
function signalledBy(script: string, stack: SimulatedStack, own: SimulatedResource): readonly string[] {
  const all = Object.values(stack.resources);
  const handles = all.filter(
    ({ type, physicalId }) => type === HANDLE && physicalId !== "" && script.includes(physicalId),
  );
  const isScript = /cfn-signal|signal-resource/.test(script);
  const named = [
    ...(isScript ? script : "").matchAll(/(?:--resource|--logical-resource-id|-r)[ =]+["']?([A-Za-z0-9]+)/g),
  ].flatMap(([, id]) => all.filter(({ logicalId }) => logicalId === id));
  const found = [...handles, ...named].map(({ logicalId }) => logicalId);
  return found.length > 0 || !isScript ? [...new Set(found)] : [own.logicalId];
}

const HANDLE = "AWS::CloudFormation::WaitConditionHandle";
