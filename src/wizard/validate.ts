import { check, refusal, type Validated } from "../config/problems.ts";
import { type Config, config, type Environment, environmentName } from "../config/schema.ts";
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
};

/** The environment with every default filled in. Throws AstroError("usage") naming the flags of what is wrong. */
export function environmentOf(target: ChosenEnvironment): Environment {
  const checked = checkedOf(target);
  const environment = checked.ok ? checked.value.environments[target.env] : undefined;
  if (environment) return environment;
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
  return check(config, { name, environments: { ...others, [env]: draft.values } });
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
