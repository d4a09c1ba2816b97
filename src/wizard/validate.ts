import { closest } from "../config/nearest.ts";
import { legalValue } from "../config/path.ts";
import { check, refusal, type Validated } from "../config/problems.ts";
import { REGION_CODES } from "../config/regions.ts";
import { type Config, config, type Environment, environment, environmentName } from "../config/schema.ts";
import { valueAt } from "../config/values.ts";
import { badKey, type Problem, said } from "../config/words.ts";
import type { AstroError } from "../errors.ts";
import type { Draft } from "./draft.ts";
import { QUESTIONS } from "./questions.ts";
import { type ExistingProject, type GivenElsewhere, nameOfGiven } from "./request.ts";

/** The chosen project and environment. */
export type ChosenEnvironment = {
  readonly name: string;
  readonly env: string;
  readonly draft: Draft;
  /** The project's environments as written, without defaults. */
  readonly beside?: ExistingProject["environments"];
  /** What was given other than by a flag. */
  readonly elsewhere?: GivenElsewhere;
  /** The e-mail address of whoever asks, where it is known. */
  readonly mail?: string;
};

/** The environment with every default filled in. Throws AstroError("usage") naming the flags of what is wrong. */
export function environmentOf(target: ChosenEnvironment): Environment {
  const checked = checkedOf(target);
  const found = checked.ok ? checked.value.environments[target.env] : undefined;
  if (found) return found;
  throw usageError(checked.ok ? [] : checked.problems, target);
}

/** Why the choices are illegal, for the prompt that is about to set `path`; undefined if they are legal. */
export function objection(target: ChosenEnvironment, path: string): string | undefined {
  const checked = checkedOf(target);
  if (checked.ok) return undefined;
  const [problem] = checked.problems;
  return keyOf(problem, target.env) === path ? problem.why : said(asFlag(problem, target.env), nameOf(problem, target));
}

function checkedOf({ name, env, draft, beside }: ChosenEnvironment): Validated<Config> {
  const isNamed = check(environmentName, env);
  // Zod passes over a key of this name, so that nothing would be wrong with it.
  if (!isNamed.ok && env === "__proto__") {
    return { ok: false, problems: [badKey(["environments", env], isNamed.problems[0].why)], more: 0 };
  }
  const { [env]: _, ...others } = beside ?? {};
  // Last: of two that exclude each other, the later one is reported.
  const checked = check(config, { name, environments: { ...others, [env]: draft.values } });
  const problems = [...(checked.ok ? [] : checked.problems), ...unknownIn(draft, env)];
  const [first, ...rest] = problems.map((one) => nearer(one, draft, env));
  return first === undefined ? checked : { ok: false, problems: [first, ...rest], more: checked.ok ? 0 : checked.more };
}

/** Values given here of which the question knows that there are none. */
function unknownIn({ values, sources }: Draft, env: string): readonly Problem[] {
  return QUESTIONS.flatMap((question): readonly Problem[] => {
    const { path } = question;
    const value = valueAt(values, path.split("."));
    const isGiven = ["flag", "answer"].includes(sources[path]?.by ?? "");
    if (!isGiven || typeof value !== "string") return [];
    const why = question.wrong?.(value);
    return why === undefined
      ? []
      : [{ path: ["environments", env, ...path.split(".")], kind: "value", why, value, isText: true, legal: [] }];
  });
}

/** The problem with what is the nearest in the question's list, where there is one to type beside. */
function nearer(problem: Problem, { values }: Draft, env: string): Problem {
  const key = keyOf(problem, env);
  if (key === "region" && typeof problem.value === "string" && !problem.why.includes("did you mean"))
    return { ...problem, why: `${problem.why}; the nearest is ${closest(problem.value, REGION_CODES)}` };
  const question = QUESTIONS.find(({ path }) => path === key);
  if (question?.others === undefined || question.kind !== "text" || typeof problem.value !== "string") return problem;
  const region = legalValue(values, "region");
  if (region === undefined || problem.kind !== "value") return problem;
  const { options = [] } = question;
  const listed =
    typeof options === "function" ? options(environment.parse({ region }), {}, { monthlyTotal: 0 }) : options;
  const near = closest(problem.value, listed.map(({ value }) => String(value)).filter(Boolean));
  return near === undefined ? problem : { ...problem, why: `${problem.why}; the nearest here is ${near}` };
}

function usageError(problems: readonly Problem[], target: ChosenEnvironment): AstroError {
  const clauses = problems.map((problem) => said(asFlag(problem, target.env), nameOf(problem, target)));
  const legal = problems[0]?.legal ?? [];
  return refusal(
    "usage",
    clauses,
    legal.length > 0 ? `legal values: ${legal.join(", ")}` : "astro init --help shows every flag",
  );
}

/** An environment's name is a key in the file, but a value of its flag. */
function asFlag(problem: Problem, env: string): Problem {
  return problem.kind === "key" && problem.path.length === 2 ? { ...problem, kind: "value", value: env } : problem;
}

/** What a problem is about: `name`, `env`, or a dotted path below the environment. */
function keyOf({ path }: Problem, env: string): string {
  const [top, second, ...rest] = path.map(String);
  if (top !== "environments" || second !== env) return top ?? "name";
  return rest.length > 0 ? rest.join(".") : "env";
}

function nameOf(problem: Problem, target: ChosenEnvironment): string {
  const key = keyOf(problem, target.env);
  const flag = QUESTIONS.find(({ path }) => path === key)?.flag;
  return flag || ["name", "env", "region"].includes(key) ? nameOfGiven(target, flag ?? key) : key;
}
