import pMap from "p-map";
import { type CommandLine, command } from "../../command-line.ts";
import type { Hint } from "../../errors.ts";
import { isOf, ownerWords } from "../../plan/ownership.ts";
import { isClearable, removalOf } from "../../provision/leftover.ts";
import type { PreflightCheck, Scene } from "../check.ts";
import type { Declared } from "../declared.ts";
import { type Action, type CheckVerdict, NotChecked } from "../finding.ts";
import type { OwningStack, TakenName } from "../look-ups.ts";
import { type Name, type NamedResource, nameOf } from "../named.ts";

/** Look-ups at one time. */
const SIDE_BY_SIDE = 6;

/** Names that the plan gives, and that nothing of the environment has. */
export const NAME_CHECK: PreflightCheck = {
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
    const answers = await pMap(others, (one) => look(scene, one), { concurrency: SIDE_BY_SIDE });
    const taken = answers.flatMap(({ answer, holder, home, ...one }) => {
      if (answer === undefined || answer instanceof NotChecked) return [];
      return [movedAway(scene, one, holder, home) ?? takenVerdict(scene, one, answer, holder)];
    });
    const unknown = answers.flatMap(({ answer }) => (answer instanceof NotChecked ? [answer.message] : []));
    const free = answers.length - taken.length - unknown.length;
    return [
      ...(free > 0 ? [{ outcome: "ok", words: `${free} of ${answers.length} names are free` } as const] : []),
      ...unreadable(unknown),
      ...moved,
      ...taken,
    ];
  },
};

type Named = Declared & Name;

/** What is given a name that it has not yet: something new, or in place of what is called otherwise. */
function namesOf({ resources, yielding, site, held }: Scene): readonly Named[] {
  return resources.flatMap((one) => {
    const named = nameOf(one, site.account);
    if (named === undefined || yielding.includes(one.logicalId)) return [];
    const keeps = held.some((other) => isSame(one, other) && other.name === named.name);
    return one.fresh || (one.how === "replace" && !keeps) ? [{ ...one, ...named }] : [];
  });
}

function isSame(one: Pick<NamedResource, "stack" | "region" | "logicalId">, other: NamedResource): boolean {
  return one.stack === other.stack && one.region === other.region && one.logicalId === other.logicalId;
}

/** Where CloudFormation itself has the name now: it makes what is new before it removes what is old. */
function movedVerdict({ type, name }: Named, { stack, logicalId }: NamedResource): CheckVerdict {
  const words = `${what(type)} ${name} is ${logicalId} of ${stack} now, which is deleted only after the new one is created`;
  return {
    outcome: "problem",
    words,
    fix: { hints: [{ text: "leave it where it is in the app, or give the new one another name" }] },
  };
}

/** `LogGroup` of `AWS::Logs::LogGroup`. */
function what(type: string): string {
  return type.split("::").at(-1) ?? type;
}

/** What has a name, and which stack has that. */
type Answer = Named & {
  readonly answer: TakenName | NotChecked | undefined;
  readonly holder?: OwningStack | NotChecked | undefined;
  /** Where the stack is that may have it. */
  readonly home?: string;
};

/** Asks the service, and the stacks about what it has. */
async function look({ look }: Scene, one: Named): Promise<Answer> {
  const { region, type, id, asked } = one;
  const answer = await checked(() => look.taken(region, type, asked));
  if (answer === undefined || answer instanceof NotChecked) return { ...one, answer };
  const lies = answer.elsewhere ?? region;
  const holder = await checked(() => look.holder(lies, type, answer.id ?? id));
  const home = holder instanceof NotChecked ? lies : (holder?.region ?? lies);
  return { ...one, answer, home, holder };
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
function unreadable(reasons: readonly string[]): readonly CheckVerdict[] {
  return [...new Set(reasons)].map((reason) => ({ outcome: "not-checked", words: reason }));
}

function holderVerdict(
  { type, name, logicalId }: Pick<Named, "type" | "name" | "logicalId">,
  holder: OwningStack,
): CheckVerdict {
  const words = `${what(type)} ${name} is of stack ${holder.stack}, which ${ownerWords(holder)}`;
  const text = `give ${logicalId} another name in the app: what a stack has is not to be deleted`;
  return { outcome: "problem", words, fix: { hints: [{ text }] } };
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
): CheckVerdict | undefined {
  if (holder === undefined || holder instanceof NotChecked || home === undefined || home === region) return undefined;
  if (!isOf(holder.tags, { ...site, environment })) return undefined;
  return {
    outcome: "problem",
    words: `${what(type)} ${name} is of stack ${holder.stack} in ${home}: ${environment} is deployed there, and its name is global`,
    fix: {
      hints: [
        { text: `put region: ${home} back under ${environment} in astro.yaml` },
        {
          text: "or, if it is to move, remove it there first",
          command: command`astro destroy --env ${environment} --region ${home}`,
        },
        { text: `or have both: make ${region} another environment, with a name of its own` },
      ],
    },
  };
}

/**
 * What has a name is left over only where its tags say that it was the environment's and no stack has it; anything else
 * may be at work for somebody, however it looks.
 */
function takenVerdict(
  { again, site, now }: Scene,
  one: Named,
  taken: TakenName,
  holder: Answer["holder"],
): CheckVerdict {
  const { type, name, logicalId, source } = one;
  const { until, tags, says, elsewhere } = taken;
  const title = `${what(type)} ${name}`;
  const told = says === undefined ? "" : ` (${says})`;
  const rename = `give ${logicalId} another name in the app`;
  const problem = (words: string, ways: readonly Hint[], action?: Action): CheckVerdict => ({
    outcome: "problem",
    words,
    fix: { hints: ways, ...(action && { action }) },
  });
  if (holder !== undefined && !(holder instanceof NotChecked)) return holderVerdict(one, holder);
  if (tags?.ManagedBy === "astro" && !isOf(tags, site)) {
    const words = `${title} is left from project ${tags.Project}, environment ${tags.Environment}${told}`;
    return problem(words, [{ text: `${rename}, or have its owner remove it` }]);
  }
  const isMine = tags !== undefined && isOf(tags, site) && holder === undefined;
  const words =
    until !== undefined
      ? `${title} was deleted recently; its name is reserved until ${until.toISOString().slice(0, 10)}`
      : isMine
        ? `${title} is left from an earlier ${site.environment}: its tags say so, and no stack has it${told}`
        : `${title} is there already${told}: no stack of this environment has it, and ${strange(tags)}`;
  const adopt =
    until === undefined && elsewhere === undefined && mayStay(source)
      ? [{ text: "take it over", command: [...again, "--adopt", logicalId] }]
      : [];
  if (holder instanceof NotChecked)
    return problem(words, [
      ...adopt,
      { text: `whether another stack has it is not known, so do not delete it: ${holder.message}` },
      { text: `or ${rename}` },
    ]);
  if (elsewhere || (tags === undefined && until === undefined)) return problem(words, [...adopt, { text: rename }]);
  const removal = removalWays(one, taken, again, now());
  const ways = isMine
    ? [...adopt, ...removal("delete it"), { text: `or ${rename}` }]
    : [...adopt, { text: rename }, ...removal("delete it if nothing needs it")];
  const { region } = one;
  return problem(words, ways, isClearable(type) ? { type: "delete-leftover", region, of: type, name } : undefined);
}

/** What is said of tags that are not the environment's. */
function strange(tags: TakenName["tags"]): string {
  if (tags === undefined) return "its tags cannot be read";
  const told = Object.entries(tags).filter(([key]) => !key.startsWith("aws:"));
  const words = told.slice(0, 3).map(([key, value]) => `${key}=${value}`);
  return words.length === 0
    ? "no tags say whose it is: it may be in use"
    : `its tags are ${words.join(", ")}: it may be in use`;
}

/** How it is deleted, a command each; nothing for what astro knows no way for. */
function removalWays(one: Named, { before = [] }: TakenName, again: CommandLine, now: Date) {
  const { type, name, region, logicalId } = one;
  const removal = removalOf(type);
  const own = isClearable(type)
    ? [...again, "--delete-leftover", logicalId]
    : removal?.command?.({ name, region, now });
  return (words: string): readonly Hint[] => {
    if (removal === undefined || own === undefined) return [];
    const commands = isClearable(type) ? [own] : [...before, own];
    return commands.map((command, at) => ({ text: at === 0 ? `${words} (${removal.lost})` : "then", command }));
  };
}

/** What is taken over must be meant to stay (CloudFormation User Guide, "Import AWS resources automatically"). */
function mayStay({ DeletionPolicy = "" }: Declared["source"]): boolean {
  return String(DeletionPolicy).startsWith("Retain");
}
