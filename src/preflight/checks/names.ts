import pMap from "p-map";
import { isOf, ownerWords } from "../../plan/ownership.ts";
import { isClearable, removalOf } from "../../provision/leftover.ts";
import type { Check, Scene } from "../check.ts";
import { type Declared, type Held, nameOf } from "../declared.ts";
import { type Fix, NotChecked, type Verdict } from "../finding.ts";
import type { Holder, Taken } from "../look-ups.ts";
import { goingName } from "../named.ts";

/** Look-ups at one time. */
const SIDE_BY_SIDE = 6;

/** Names that the plan gives, and that nothing of the environment has. */
export const NAME_CHECK: Check = {
  code: "names",
  document: "AWS CloudFormation Template Reference, Name type",
  of: async (scene) => {
    const named = namesOf(scene);
    const holder = ({ type, name, region }: Named) =>
      scene.held.find((one) => one.type === type && one.name === name && one.region === region);
    const moved = named.flatMap((one) => {
      const held = holder(one);
      return held ? [movedVerdict(one, held)] : [];
    });
    const others = named.filter((one) => holder(one) === undefined);
    const answers = await pMap(others, (one) => asked(scene, one), {
      concurrency: SIDE_BY_SIDE,
    });
    const taken = answers.flatMap(({ answer, holder, home, ...one }) => {
      if (answer === undefined || answer instanceof NotChecked) return [];
      return [movedAway(scene, one, holder, home) ?? takenVerdict(scene, one, answer, holder)];
    });
    const going = await pMap(goingOf(scene), (one) => heldElsewhere(scene, one), { concurrency: SIDE_BY_SIDE });
    const unknown = answers.filter(({ answer }) => answer instanceof NotChecked);
    const untold = [
      ...unknown.map(({ answer }) => (answer instanceof NotChecked ? answer.message : "")),
      ...going.flatMap((one) => (one instanceof NotChecked ? [one.message] : [])),
    ];
    const free = answers.length - taken.length - unknown.length;
    return [
      ...(free > 0 ? [{ outcome: "ok", words: `${free} of ${answers.length} names are free` } as const] : []),
      ...unreadable(untold),
      ...moved,
      ...taken,
      ...going.flatMap((one) => (one === undefined || one instanceof NotChecked ? [] : [one])),
    ];
  },
};

type Named = Declared & { readonly name: string };

function namesOf({ resources, yielding }: Scene): readonly Named[] {
  return resources.flatMap((one) => {
    const name = nameOf(one.type, one.properties);
    return one.fresh && name !== undefined && !yielding.includes(one.logicalId) ? [{ ...one, name }] : [];
  });
}

/** Where CloudFormation itself has the name now: it makes what is new before it removes what is old. */
function movedVerdict({ type, name }: Named, { stack, logicalId }: Held): Verdict {
  const words = `${what(type)} ${name} is ${logicalId} of ${stack} now, which goes only after the new one has come`;
  return {
    outcome: "problem",
    words,
    fix: { words: "leave it where it is in the app, or give the new one another name" },
  };
}

/** `LogGroup` of `AWS::Logs::LogGroup`. */
function what(type: string): string {
  return type.split("::").at(-1) ?? type;
}

/** Names of what goes with its stack: who has one now is a stack that stands. */
function goingOf({ resources, site }: Scene): readonly (Named & { readonly id: string })[] {
  return resources.flatMap((one) => {
    const named = one.fresh ? goingName(one, site.account) : undefined;
    return named ? [{ ...one, ...named }] : [];
  });
}

async function heldElsewhere(
  { look }: Scene,
  one: Named & { readonly id: string },
): Promise<Verdict | NotChecked | undefined> {
  const holder = await checked(() => look.holder(one.region, one.type, one.id));
  return holder === undefined || holder instanceof NotChecked ? holder : holderVerdict(one, holder);
}

/** What has a name, and which stack has that. */
type Answer = Named & {
  readonly answer: Taken | NotChecked | undefined;
  readonly holder?: Holder | NotChecked | undefined;
  /** Where the stack is that may have it. */
  readonly home?: string;
};

async function asked({ look }: Scene, one: Named): Promise<Answer> {
  const { region, type, name } = one;
  const answer = await checked(() => look.taken(region, type, name));
  if (answer === undefined || answer instanceof NotChecked) return { ...one, answer };
  // What is known everywhere by its name, a role for one, may be of a stack of another region.
  const home = answer.tags?.["aws:cloudformation:stack-id"]?.split(":")[3] ?? answer.region ?? region;
  return { ...one, answer, home, holder: await checked(() => look.holder(home, type, answer.id ?? name)) };
}

async function checked<T>(ask: () => Promise<T>): Promise<T | NotChecked> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof NotChecked) return error;
    throw error;
  }
}

/** One line for each reason, however many names it is of. */
function unreadable(reasons: readonly string[]): readonly Verdict[] {
  return [...new Set(reasons)].map((reason) => ({ outcome: "not-checked", words: reason }));
}

function holderVerdict({ type, name, logicalId }: Pick<Named, "type" | "name" | "logicalId">, holder: Holder): Verdict {
  const words = `${what(type)} ${name} is of stack ${holder.stack}, which ${ownerWords(holder)}`;
  const fix = `give ${logicalId} another name in the app: what a stack has is not to be deleted`;
  return { outcome: "problem", words, fix: { words: fix } };
}

/**
 * Where the environment itself has it, in another region: roles and buckets are known in all regions, so it cannot stand
 * in two of them.
 */
function movedAway(
  { site: { environment, region, ...site } }: Scene,
  { type, name }: Pick<Named, "type" | "name">,
  holder: Answer["holder"],
  home: string | undefined,
): Verdict | undefined {
  if (holder === undefined || holder instanceof NotChecked || home === undefined || home === region) return undefined;
  if (!isOf(holder.tags, { ...site, environment })) return undefined;
  return {
    outcome: "problem",
    words: `${what(type)} ${name} is of stack ${holder.stack} in ${home}: ${environment} stands there, and its name holds in every region`,
    fix: {
      words: [
        `put region: ${home} back under ${environment} in astro.yaml`,
        `or, if it is to move, remove it there first:  astro destroy --env ${environment} --region ${home}`,
        `or have both: make ${region} another environment, with a name of its own`,
      ].join("\n"),
    },
  };
}

function takenVerdict(
  { again, site }: Scene,
  { region, type, name, logicalId, source }: Named,
  { until, tags = {} }: Taken,
  holder: Answer["holder"],
): Verdict {
  const title = `${what(type)} ${name}`;
  const other = `give ${logicalId} another name in the app`;
  if (holder !== undefined && !(holder instanceof NotChecked)) return holderVerdict({ type, name, logicalId }, holder);
  const isOthers = tags.ManagedBy === "astro" && !isOf(tags, site);
  if (isOthers) {
    const words = `${title} is left from project ${tags.Project}, environment ${tags.Environment}`;
    return { outcome: "problem", words, fix: { words: `${other}, or have those it was made for remove it` } };
  }
  const words =
    until === undefined
      ? `${title} is there already, and no stack of this environment knows it`
      : `${title} was deleted lately; its name is taken until ${until.toISOString().slice(0, 10)}`;
  const removal = removalOf(type);
  const adopts = until === undefined && mayStay(source);
  const ways = [
    ...(adopts ? [`take it over:  ${again} --adopt ${logicalId}`] : []),
    ...(holder instanceof NotChecked
      ? [`whether another stack has it is not known, so do not delete it: ${holder.message}`]
      : [
          isClearable(type)
            ? `delete it (${removal?.lost}):  ${again} --delete-leftover ${logicalId}`
            : `delete it (${removal?.lost}):  ${removal?.command(name, region)}`,
        ]),
    `or ${other}`,
  ];
  const fix: Fix = {
    words: ways.join("\n"),
    ...(isClearable(type) &&
      holder === undefined && { action: { type: "delete-leftover", region, of: type, name } as const }),
  };
  return { outcome: "problem", words, fix };
}

/** What is taken over must be meant to stay (CloudFormation User Guide, "Import AWS resources automatically"). */
function mayStay({ DeletionPolicy = "" }: Declared["source"]): boolean {
  return String(DeletionPolicy).startsWith("Retain");
}
