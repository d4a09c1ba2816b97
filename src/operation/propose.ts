import { resolve } from "node:path";
import { dayOf } from "../clock.ts";
import { ORDERS } from "../config/phases.ts";
import type { Context } from "../context.ts";
import { loadPricesFor } from "../cost/catalogue.ts";
import { AstroError } from "../errors.ts";
import { BOOTSTRAP_STACK, withBootstraps } from "../plan/bootstrap.ts";
import type { DeployedStack, DeployedTemplate } from "../plan/deployed.ts";
import { planDestroy } from "../plan/destroy-plan.ts";
import { isNamed } from "../plan/elsewhere.ts";
import { withDeployedImage } from "../plan/images.ts";
import { withInterruptions } from "../plan/interruptions.ts";
import { type Kept, keptBy } from "../plan/kept.ts";
import { claimed } from "../plan/ownership.ts";
import { type Plan, stackFor } from "../plan/plan.ts";
import { planProvision } from "../plan/provision-plan.ts";
import { isDead } from "../plan/status.ts";
import { foreignIn } from "../provision/in-the-way.ts";
import { withDrift } from "../provision/live/look.ts";
import { everyStack, lookAt } from "../provision/look.ts";
import { previewed } from "../provision/preview.ts";
import type { Known } from "../provision/run.ts";
import { storedFor } from "../provision/stored.ts";
import { isUntouched } from "../scaffold/untouched.ts";
import type { Assembly, Stack } from "../synth/assembly.ts";
import { readAssembly } from "../synth/read.ts";
import { synthesise } from "../synth/synthesise.ts";
import { validate } from "../synth/validate.ts";
import { imageParameterOf } from "../template/image-parameter.ts";
import { storedReads } from "../template/stored.ts";
import { checkedTemplates, reachable, sameTypes } from "./checked-templates.ts";
import { usualRegions } from "./deployed.ts";
import { type Around, isDeployedIn, lookAround, stopForElsewhere } from "./elsewhere.ts";
import {
  commandWith,
  type DestroyOptions,
  type OperationOptions,
  type ProvisionOptions,
  type SourceOptions,
} from "./flags.ts";
import type { EnvironmentOperation } from "./open.ts";
import { missing, withoutValue, withParameters } from "./parameters.ts";
import { clearKilledPreviews, recordedPreview } from "./preview-records.ts";
import { provideBootstrap } from "./simulated-bootstrap.ts";

/** A plan together with what the engine must know to carry it out. */
export type Proposal = {
  readonly plan: Plan;
  /** The assembly's stacks that its steps deploy. */
  readonly stacks: readonly Stack[];
  readonly known: Known & { readonly deployed: readonly DeployedTemplate[] };
  readonly around: Around;
  /** What was added to the simulated account automatically, a sentence each. */
  readonly given?: readonly string[];
};

/** Synthesises (or reads `assembly`), reads what is deployed, and plans the difference. Leaves nothing changed. */
export async function proposeProvision(
  context: Context,
  operation: EnvironmentOperation,
  flags: OperationOptions & SourceOptions & Pick<ProvisionOptions, "revertDrift">,
): Promise<Proposal> {
  const { assembly, order: asked } = flags;
  const today = dayOf(context.clock);
  const { site, target } = operation;
  const usual = usualRegions(site.region);
  const made = wantedOf(context, operation, flags);
  // Somebody's finished assembly may be cut to what an emulator knows: then that alone judges it.
  const judgedHere = assembly === undefined || target.real || target.rehearsing !== undefined;
  const taken = judgedHere ? made.then((ours) => checkedTemplates(ours, site.account)) : made;
  const judged = taken.then((made) => (assembly === undefined ? judge(context, operation, made) : undefined));
  // Waited for last: it takes longer than all that is read meanwhile.
  judged.catch(() => undefined);
  const [{ stacks: asWritten }, { given, values }, found] = await Promise.all([
    taken,
    taken.then(async ({ stacks }) => {
      const given = provideBootstrap(operation, stacks);
      return { given, values: await storedFor(target.cloud, stacks) };
    }),
    everyStack(target.cloud, usual),
  ]);
  const more = [...new Set(asWritten.map((stack) => stack.region))].filter((region) => !usual.includes(region));
  const all = [...found, ...(await everyStack(target.cloud, more))];
  const written = withBootstraps(site.region, asWritten);
  const adopt = adoptedOf(flags, written);
  const ways = (foreign: readonly DeployedStack[]) => {
    const named = { ...flags, adoptStack: [...adopt, ...foreign.map(({ name }) => name)] };
    return [
      { text: "or, if nobody else needs it, take it over", command: commandWith("provision", site.environment, named) },
    ];
  };
  const [{ deployed }, prices] = await Promise.all([
    lookAt(target.cloud, site, all, { wanted: written, adopt, ways }),
    loadPricesFor([...usual, ...more]),
  ]);
  const stacks = asWritten.map((stack) =>
    withDeployedImage(stack, stackFor(deployed, { stack: stack.name, region: stack.region })),
  );
  const wanted = withBootstraps(site.region, stacks);
  const order = ORDERS.find((one) => one === asked) ?? operation.environment.order;
  const around = await lookAround(operation, [...usual, ...more], all);
  if (!isDeployedIn(deployed, site.region)) {
    const nothing = `${site.environment} is not deployed in ${site.region}`;
    stopForElsewhere(operation, flags, around, { nothing, ...(flags.beside && { beside: flags.beside }) });
  }
  allGiven(stacks, deployed, (parameter) => {
    const command = operation.header.command === "plan" ? "plan" : "provision";
    return commandWith(command, site.environment, { ...flags, parameter: [...(flags.parameter ?? []), ...parameter] });
  });
  sameTypes(stacks, deployed);
  const planned = (withPreviews?: Plan) =>
    planProvision({ site, stacks, deployed, values, prices, order, today, ...(withPreviews && { withPreviews }) });
  const plan = await planned();
  await judged;
  const exactly = await exact(context, operation, { plan, replan: planned }, wanted, deployed);
  await reachable(exactly, wanted, deployed);
  const expected = withInterruptions(exactly, wanted, deployed);
  const seen = await withDrift(target.cloud, expected, wanted, deployed, { reverts: flags.revertDrift });
  return { plan: seen, stacks: wanted, known: { deployed, values }, around, given };
}

/** The stacks that `--adopt-stack` names. Throws AstroError("usage") for one that the plan does not make. */
function adoptedOf(flags: SourceOptions, wanted: readonly Stack[]): readonly string[] {
  const named = flags.adoptStack ?? [];
  const unknown = named.find((name) => !wanted.some((stack) => stack.name === name));
  if (unknown === undefined) return named;
  const names = wanted.map((stack) => stack.name).join(", ");
  throw new AstroError("usage", `--adopt-stack ${unknown}: the app has no such stack`, `its stacks are ${names}`);
}

/**
 * Has the app's templates validated; a rehearsal refuses by itself what AWS would, and nothing is at stake there. An app
 * that is as astro wrote it was judged by astro's own tests, which spares a first run two thirds of its time.
 */
async function judge(context: Context, { project, site, target }: EnvironmentOperation, made: Assembly): Promise<void> {
  if (target.rehearsing || (await isUntouched(project.directory, context.version))) return;
  await validate(context, project.directory, site.region, site.environment, made);
}

/** The plan with AWS's own word for what changes, see `previewed`. */
async function exact(
  context: Context,
  { target, project, site }: EnvironmentOperation,
  { plan, replan }: { readonly plan: Plan; readonly replan: (withPreviews: Plan) => Promise<Plan> },
  stacks: readonly Stack[],
  deployed: readonly DeployedTemplate[],
): Promise<Plan> {
  const { cloud, clock } = target;
  const signal = context.interruptible();
  const records = { own: project.own, place: target.rehearsing ? "rehearsal" : site.account };
  const word = context.token();
  let count = 0;
  const token = () => `${word}-${++count}`;
  return target.running(async () => {
    await clearKilledPreviews(cloud, clock.now(), context, records);
    const engine = { cloud, clock, signal, token };
    return recordedPreview(context, records, plan, word, () => previewed(engine, plan, stacks, deployed, replan));
  });
}

/** A removal, and what it retains: by policy, and a bootstrap that others share. */
export type Removal = Proposal & {
  readonly kept: readonly Kept[];
  /** Resources of others that block the removal, and those that could not be looked at. */
  readonly inTheWay: Awaited<ReturnType<typeof foreignIn>>;
};

/** Plans the removal of what is deployed; of the bootstrap only if requested and if no other environment uses it. */
export async function proposeDestroy(
  context: Context,
  operation: EnvironmentOperation,
  flags: DestroyOptions,
): Promise<Removal> {
  const { bootstrap: bootstrapToo, leaveStack: leave = [], assembly } = flags;
  const { site, target, project } = operation;
  const places = assembly === undefined ? [] : (await readAssembly(resolve(context.cwd, assembly), site.region)).stacks;
  const regions = [...new Set([...usualRegions(site.region), ...places.map((stack) => stack.region)])];
  const today = dayOf(context.clock);
  const written = project.foreign ? "foreign" : isNamed(site, project.config) ? "named" : "unnamed";
  const [found, prices] = await Promise.all([everyStack(target.cloud, regions), loadPricesFor(regions)]);
  const ways = (foreign: readonly DeployedStack[]) => {
    const named = { ...flags, leaveStack: [...leave, ...foreign.map(({ name }) => name)] };
    return [
      { text: "or leave it, and remove only what is yours", command: commandWith("destroy", site.environment, named) },
    ];
  };
  const { deployed, neighbours } = await lookAt(target.cloud, site, found, { leave, ways });
  const around = await lookAround(operation, regions, found);
  const withBootstrap = bootstrapToo && neighbours.length === 0;
  const going = deployed.filter((stack) => withBootstrap || stack.name !== BOOTSTRAP_STACK);
  const kept = [
    ...keptBy(site, going, prices, today),
    ...(withBootstrap || deployed.length === going.length ? [] : [keptBootstrap(bootstrapToo, neighbours)]),
  ];
  return {
    plan: planDestroy(site, going, prices, written, today),
    stacks: [],
    known: { deployed: going, values: new Map() },
    kept,
    inTheWay: await foreignIn(target.cloud, going),
    around,
  };
}

function keptBootstrap(asked: boolean, users: readonly string[]): Kept {
  const it = { type: "bootstrap", stack: BOOTSTRAP_STACK } as const;
  return asked ? { ...it, because: "in-use", users } : { ...it, because: "not-asked" };
}

/** The environment's stacks: those of a finished assembly that belong to it, or freshly synthesised ones. */
async function wantedOf(
  context: Context,
  { project, site, target }: EnvironmentOperation,
  flags: SourceOptions,
): Promise<Assembly> {
  const { assembly: directory } = flags;
  const assembly =
    directory === undefined
      ? await synthesise(context, project, site.region, site.environment)
      : await readAssembly(resolve(context.cwd, directory), site.region);
  const stacks = assembly.stacks.filter(({ tags }) => (tags.Environment ?? site.environment) === site.environment);
  if (stacks.length === 0) {
    const others = [...new Set(assembly.stacks.map(({ tags }) => tags.Environment))].join(", ");
    const words = `no stack of ${assembly.directory} is of ${site.environment}: they are tagged Environment=${others}`;
    throw new AstroError(
      "synthesis",
      words,
      "give the environment that they belong to, or change their tags in the app",
    );
  }
  const elsewhere = stacks.find(({ account = site.account }) => account !== site.account);
  // A rehearsal is in no account, and an emulator in one of its own.
  if (elsewhere !== undefined && target.real) {
    const words = `${elsewhere.name} is for account ${elsewhere.account} by the app, but this is account ${site.account}`;
    throw new AstroError(
      "wrong-account",
      words,
      "choose the right profile (--profile NAME), or change it in the app (env)",
    );
  }
  const given = withParameters(context, flags, stacks);
  for (const stack of given) refuseGiven(stack);
  return { ...assembly, stacks: given.map((stack) => claimed(stack, site)) };
}

/**
 * Stops with an AstroError("usage") at a value for what is read in Parameter Store, since where to read it says the app alone,
 * and for the image, which only a deployment changes.
 */
function refuseGiven({ name, template, parameters = {} }: Stack): void {
  const image = imageParameterOf(template)?.parameter;
  if (image !== undefined && Object.hasOwn(parameters, image)) {
    const words = `${name}: ${image} is the image that was deployed, and provisioning keeps it`;
    throw new AstroError("usage", words, "deploy another with astro deploy, or pin one in astro.yaml (service.image)");
  }
  const read = storedReads(template).find(({ parameter }) => Object.hasOwn(parameters, parameter));
  if (read === undefined) return;
  const words = `${name}: ${read.parameter} is read from Parameter Store, under ${read.path}`;
  throw new AstroError("usage", words, "change the value there, or the parameter's default in the app");
}

/**
 * Stops with an AstroError("usage") where a parameter would have no value: none is given, it has no default, and its stack
 * is not deployed with one.
 */
function allGiven(
  stacks: readonly Stack[],
  deployed: readonly DeployedTemplate[],
  way: Parameters<typeof missing>[2],
): void {
  for (const stack of stacks) {
    const current = deployed.find(({ name, region }) => name === stack.name && region === stack.region);
    const names = withoutValue(stack, current && !isDead(current.status) ? current.parameters : {});
    if (names.length > 0) throw missing(stack.name, names, way);
  }
}
