import { ORDERS } from "../config/phases.ts";
import type { Context } from "../context.ts";
import { loadPricesFor } from "../cost/catalogue.ts";
import { BOOTSTRAP_STACK } from "../plan/bootstrap.ts";
import type { DeployedTemplate } from "../plan/deployed.ts";
import { planDestroy } from "../plan/destroy-plan.ts";
import { keptBy } from "../plan/kept.ts";
import type { Plan } from "../plan/plan.ts";
import { planProvision } from "../plan/provision-plan.ts";
import { everyStack, lookAt } from "../provision/look.ts";
import { previewed } from "../provision/preview.ts";
import { loadRecord } from "../provision/record.ts";
import type { Known } from "../provision/run.ts";
import { isUntouched } from "../scaffold/untouched.ts";
import type { Assembly } from "../synth/assembly.ts";
import { readAssembly } from "../synth/read.ts";
import { synthesise } from "../synth/synthesise.ts";
import { validate } from "../synth/validate.ts";
import type { SourceFlags } from "./flags.ts";
import { clearKilled, noted } from "./looking.ts";
import type { Operation } from "./open.ts";
import { usualRegions } from "./sight.ts";
import { takeable } from "./takeable.ts";

/** A plan together with what the engine must know to carry it out. */
export type Proposal = {
  readonly plan: Plan;
  readonly known: Known & { readonly deployed: readonly DeployedTemplate[] };
};

/** Synthesises (or reads `assembly`), looks at what stands, and plans the difference. Leaves nothing changed. */
export async function proposeProvision(
  context: Context,
  operation: Operation,
  { assembly, order: asked }: SourceFlags,
): Promise<Proposal> {
  const { site, target } = operation;
  const usual = usualRegions(site.region);
  const made = wantedOf(context, operation, assembly);
  // Somebody's finished assembly may be cut to what an emulator knows: then that alone judges it.
  const judgedHere = assembly === undefined || target.real;
  const wanted = judgedHere ? made.then((ours) => takeable(ours, site.account)) : made;
  const judged = wanted.then((made) => (assembly === undefined ? judge(context, operation, made) : undefined));
  // Waited for last: it takes longer than all that is read meanwhile.
  judged.catch(() => undefined);
  const [{ stacks }, record, found] = await Promise.all([
    wanted,
    loadRecord(target.cloud, site),
    everyStack(target.cloud, usual),
  ]);
  const more = [...new Set(stacks.map((stack) => stack.region))].filter((region) => !usual.includes(region));
  const all = [...found, ...(await everyStack(target.cloud, more))];
  const names = stacks.map((stack) => stack.name);
  const [{ deployed }, prices] = await Promise.all([
    lookAt(target.cloud, site, all, names),
    loadPricesFor([...usual, ...more]),
  ]);
  const order = ORDERS.find((one) => one === asked) ?? operation.environment.order;
  const plan = await planProvision({ site, stacks, deployed, record, prices, order });
  await judged;
  return { plan: await exact(context, operation, plan, deployed), known: { deployed, record } };
}

/**
 * Has the app's templates validated; a rehearsal refuses by itself what AWS would, and nothing is at stake there. An app
 * that is as astro wrote it was judged by astro's own tests, which spares a first run two thirds of its time.
 */
async function judge(context: Context, { project, site, target }: Operation, made: Assembly): Promise<void> {
  if (target.rehearsing || (await isUntouched(project.directory, context.version))) return;
  await validate(context, project.directory, site.region, site.environment, made);
}

/** The plan with AWS's own word for what changes, see `previewed`. */
async function exact(
  context: Context,
  { target, project, site }: Operation,
  plan: Plan,
  deployed: readonly DeployedTemplate[],
): Promise<Plan> {
  const { cloud, clock } = target;
  const signal = context.interruptible();
  const notes = { own: project.own, place: target.rehearsing ? "rehearsal" : site.account };
  const word = context.token();
  let count = 0;
  const token = () => `${word}-${++count}`;
  return target.running(async () => {
    await clearKilled(cloud, context, notes);
    return noted(context, notes, plan, word, () => previewed({ cloud, clock, signal, token }, plan, deployed));
  });
}

/** What is kept after a removal, and why: policies, and a bootstrap that others share. */
export type Removal = Proposal & { readonly kept: readonly string[] };

/** Looks at what stands and plans its removal; the bootstrap only if asked for and if nobody else uses it. */
export async function proposeDestroy(operation: Operation, bootstrapToo: boolean): Promise<Removal> {
  const { site, target } = operation;
  const regions = usualRegions(site.region);
  const [found, record, prices] = await Promise.all([
    everyStack(target.cloud, regions),
    loadRecord(target.cloud, site),
    loadPricesFor(regions),
  ]);
  const { deployed, neighbours } = await lookAt(target.cloud, site, found, []);
  const withBootstrap = bootstrapToo && neighbours.length === 0;
  const going = deployed.filter((stack) => withBootstrap || stack.name !== BOOTSTRAP_STACK);
  const kept = [
    ...keptBy(site, going, prices).map(({ words }) => words),
    ...(withBootstrap ? [] : bootstrapWords(deployed.length > going.length, bootstrapToo, neighbours)),
  ];
  return { plan: planDestroy(site, going, prices), known: { deployed: going, record }, kept };
}

function bootstrapWords(stands: boolean, asked: boolean, neighbours: readonly string[]): readonly string[] {
  if (!stands) return [];
  if (asked) return [`${BOOTSTRAP_STACK} is kept: ${neighbours.join(", ")} uses it too`];
  return [`${BOOTSTRAP_STACK} is kept: it costs nothing while idle and other environments share it`];
}

/** The environment's stacks: those of a finished assembly that belong to it, or freshly synthesised ones. */
async function wantedOf(
  context: Context,
  { project, site }: Operation,
  directory: string | undefined,
): Promise<Assembly> {
  if (directory === undefined) return synthesise(context, project.directory, site.region, site.environment);
  const assembly = await readAssembly(directory, site.region);
  const stacks = assembly.stacks.filter(({ tags }) => (tags.Environment ?? site.environment) === site.environment);
  return { ...assembly, stacks };
}
