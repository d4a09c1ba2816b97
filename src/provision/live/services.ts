import type { Drift } from "../../plan/drift.ts";
import { evaluateProperties, isUnresolved, type Value } from "../../template/evaluate.ts";
import { sideBySide } from "../side-by-side.ts";
import { serviceAt } from "../workload/port.ts";
import { plannedImages } from "./images.ts";
import type { LiveDefinition, LiveService } from "./port.ts";
import { drift, type LiveResource, type LiveView, seen, subjectsOf } from "./view.ts";

const SERVICE = "AWS::ECS::Service";
const DEFINITION = "AWS::ECS::TaskDefinition";
const SCALED = "AWS::ApplicationAutoScaling::ScalableTarget";

/** Services that one call of DescribeServices tells of (ECS API Reference). */
const MOST = 10;

/**
 * Services that run something else, or another number of it, than their stack gave them: a CI registers a task definition
 * and points the service at it (hashicorp/terraform-provider-aws#632). CloudFormation sends ECS every property of a service
 * that it updates, changed or not (aws/aws-cdk#23564), and nothing of one that it does not.
 */
export async function driftedServices(view: LiveView): Promise<readonly Drift[]> {
  const placed = subjectsOf(view, SERVICE).flatMap((subject) => {
    const ref = serviceAt(subject.physicalId);
    return ref ? [{ subject, ref }] : [];
  });
  const clusters = [...new Set(placed.map(({ ref }) => ref.cluster))];
  const batches = clusters.flatMap((cluster) => inBatches(placed.filter(({ ref }) => ref.cluster === cluster)));
  const found = await sideBySide(batches, async (batch) => {
    const [{ ref: { region = "", cluster = "" } = {} } = {}] = batch;
    const names = batch.map(({ ref }) => ref.name);
    const services = await seen("ecs:DescribeServices", view.cloud.liveServices(region, cluster, names));
    return sideBySide(batch, async ({ subject, ref }) => {
      const live = services.find(({ name }) => name === ref.name);
      return live ? [...(await deployedBeside(view, subject, live)), ...counted(view, subject, live)] : [];
    });
  });
  return found.flat(2);
}

function inBatches<T>(all: readonly T[]): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / MOST) }, (_, at) => all.slice(at * MOST, (at + 1) * MOST));
}

type Look = (name: string) => Promise<LiveDefinition | undefined>;

/** What a task definition says of what a task runs: some of it may not be known before it is made. */
type Content = Pick<LiveDefinition, "images" | "settings" | "active">;

/** What somebody else deployed to the service, if it is not what the stack gave it. */
async function deployedBeside(view: LiveView, subject: LiveResource, live: LiveService): Promise<readonly Drift[]> {
  const named = nameOf(view, subject.given.TaskDefinition);
  if (named === undefined || named === live.definition) return [];
  const look: Look = (name) => seen("ecs:DescribeTaskDefinition", view.cloud.definition(view.step.region, name));
  const next = subject.change && nameOf(view, subject.wanted.TaskDefinition);
  const [given, now, base] = await Promise.all([look(named), look(live.definition), next && look(next)]);
  if (given === undefined || now === undefined) return [];
  const after = subject.change && (await contentAfter(view, subject, base || given, look));
  if (after && !after.active) return [drift(subject, goneBack(now, base || given))];
  const images = Object.entries(now.images).flatMap(([container, image]) => {
    const [was, will] = [given.images[container], after?.images[container]];
    if (was === undefined || was === image || (after !== undefined && will === image)) return [];
    const value = Object.keys(now.images).length === 1 ? "image" : `image of ${container}`;
    const becomes = after && { becomes: short(will ?? "what the app says"), undoes: true as const };
    return [drift(subject, { value, live: short(image), given: short(was), ...becomes })];
  });
  const target = after?.settings ?? given.settings;
  const names = [...new Set([...Object.keys(now.settings), ...Object.keys(target)])];
  const other = names.filter((name) => now.settings[name] !== target[name]);
  const settings = drift(subject, {
    value: "task definition",
    live: `${short(now.arn)}, with another ${other.join(", ")}`,
    given: short(given.arn),
    ...(after && { becomes: "what the app says", undoes: true as const }),
  });
  return other.length === 0 ? images : [...images, settings];
}

/** A revision that another tool cleared away is none to go back to (ECS API Reference, DeregisterTaskDefinition). */
function goneBack(now: LiveDefinition, gone: LiveDefinition) {
  const refused = "it is deregistered, and ECS lets no service be updated to such a revision";
  return { value: "task definition", live: short(now.arn), becomes: short(gone.arn), refused };
}

/** What the service runs once the step is done: `named` is what it then names, but for what the step makes anew. */
async function contentAfter(
  view: LiveView,
  { wanted }: LiveResource,
  named: LiveDefinition,
  look: Look,
): Promise<Content> {
  const { step, stack, deployed, there, scopes } = view;
  const pointed = isUnresolved(wanted.TaskDefinition) ? wanted.TaskDefinition.target?.logicalId : undefined;
  const family = typeof wanted.TaskDefinition === "string" ? wanted.TaskDefinition : undefined;
  const made = Object.entries(stack.template.Resources).find(([logicalId, source]) => {
    if (source.Type !== DEFINITION || !step.changes.some((change) => change.logicalId === logicalId)) return false;
    return logicalId === pointed || evaluateProperties(source, scopes.wanted).Family === family;
  });
  if (made === undefined) return named;
  const [logicalId, source] = made;
  const own = there.find((one) => one.logicalId === logicalId)?.physicalId;
  const before = own === undefined || own === named.arn ? named : await look(own);
  const images = plannedImages(source, scopes.wanted, deployed.template.Resources[logicalId], before?.images ?? {});
  // Whatever else its text changes is this step's doing, and in the plan.
  return { images, settings: named.settings, active: true };
}

/** The task definition that a service was given: its ARN, or its family where no revision is named. */
function nameOf({ there, step }: LiveView, value: Value | undefined): string | undefined {
  if (typeof value === "string") return value;
  if (!isUnresolved(value) || value.target?.stack !== step.stack) return undefined;
  const { logicalId } = value.target;
  return there.find((one) => one.logicalId === logicalId)?.physicalId;
}

/** The number of tasks, where the stack gives one and nothing scales it. */
function counted({ deployed }: LiveView, subject: LiveResource, { desired }: LiveService): readonly Drift[] {
  const [given, wanted] = [subject.given.DesiredCount, subject.wanted.DesiredCount];
  const isScaled = Object.values(deployed.template.Resources).some(({ Type }) => Type === SCALED);
  if (given === undefined || isUnresolved(given) || String(given) === String(desired) || isScaled) return [];
  if (subject.change !== undefined && String(wanted) === String(desired)) return [];
  const becomes = subject.change && wanted !== undefined && !isUnresolved(wanted) && { becomes: String(wanted) };
  return [drift(subject, { value: "desired count", live: String(desired), given: String(given), ...becomes })];
}

/** An image without its registry, a task definition without the rest of its ARN. */
function short(name: string): string {
  return name.split("/").at(-1) ?? name;
}
