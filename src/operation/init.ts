import { join, relative, resolve } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { command } from "../command-line.ts";
import { editConfig, environmentEdits } from "../config/edit.ts";
import { writtenValues } from "../config/parse.ts";
import { PRESETS } from "../config/presets.ts";
import { REGION_CODES } from "../config/regions.ts";
import { renderConfig } from "../config/render.ts";
import { environment as environmentSchema } from "../config/schema.ts";
import { type ConfigTree, isConfigTree } from "../config/values.ts";
import type { Context } from "../context.ts";
import { loadPricesFor } from "../cost/catalogue.ts";
import { priceChoices } from "../cost/choices.ts";
import { AstroError, type Hint } from "../errors.ts";
import { findProject, legalName, type Project, suggestName } from "../project.ts";
import { type App, type AppPlan, planApp, writeApp } from "../scaffold/app.ts";
import { refusePlace } from "../scaffold/place.ts";
import { count } from "../view/format.ts";
import { type Advice, adviceOn, renderAdvice } from "../wizard/advice.ts";
import { writtenOf } from "../wizard/answers.ts";
import { type Ask, WentBack } from "../wizard/ask.ts";
import { type Choices, choose, rejectWrong } from "../wizard/choose.ts";
import { dnsSteps } from "../wizard/dns-steps.ts";
import { decide, pinned } from "../wizard/draft.ts";
import type { EnvironmentPrice, PriceOf } from "../wizard/price.ts";
import type { ChoiceOptions, Request } from "../wizard/request.ts";
import { renderChoices } from "../wizard/summary.ts";
import { environmentOf } from "../wizard/validate.ts";
import { renderGreeting, renderLimits, renderNotes, renderWritten } from "../wizard/written.ts";
import { type AccountHere, accountHere } from "./account-here.ts";
import { announced, tellNews } from "./announced.ts";
import { type AnswerOptions, givenAnswers, refuseSaving, stageAnswers } from "./answers.ts";
import { canConfirm } from "./confirm.ts";
import { type Detected, detectAround, foundTree, nameAround } from "./detected.ts";
import { profileWords } from "./flags.ts";
import { mailHere } from "./mail.ts";
import { folderFlags, nextSteps } from "./next-steps.ts";
import { regionHere } from "./region.ts";
import { answersLeft, forgetAnswers, keepAnswers } from "./resume.ts";

/** Flags of `astro init` as they were given. */
type InitOptions = AnswerOptions & { readonly json?: boolean; readonly profile?: string | undefined };

/** What `astro init --json` answers. */
type Initialised = {
  readonly directory: string;
  readonly environment: string;
  readonly files: { readonly written: readonly string[]; readonly kept: readonly string[] };
  /** USD a month. */
  readonly monthly: number;
  /** Choices that may be regretted, and flags for better ones. */
  readonly advice: readonly Advice[];
};

/** `astro init`: choose, show, ask, write. Throws AstroError before anything is written; files are written completely. */
export async function init(
  context: Context,
  folder: string | undefined,
  flags: InitOptions,
): Promise<{ readonly value: Initialised; readonly render: () => string }> {
  const given = givenAnswers(context, flags);
  if (folder?.trim() === "") {
    const here = { text: "name one; for this folder itself", command: command`astro init .` };
    throw new AstroError("usage", "the name of the folder is empty", here);
  }
  const project = await findProject(context, folder);
  const directory = project?.directory ?? resolve(context.cwd, folder ?? "infra");
  const path = relative(context.cwd, directory);
  const shown = path === "" || path.startsWith("..") ? path || "." : `./${path}`;
  // Before anybody is asked anything.
  if (!project) refusePlace(directory, shown);
  if (flags["save-answers"] !== undefined) refuseSaving(context, flags["save-answers"]);
  const account = accountHere(context);
  const ask = announced(await askOf(context, flags), account, context);
  if (ask) context.stderr.write(renderGreeting(project ? project.file : undefined, context.stderr));
  const detected = detectAround(directory, context.cwd);
  const request = { ...(await requestOf(context, given, project, detected)), accountOf: account.of };
  const place = { project, directory, shown, notes: detected.notes, account };
  const proposed = await (ask
    ? asked(context, flags, request, place, ask, folder)
    : shownPlan(context, flags, place, await choose(request, priceOf))
  ).finally(account.end);
  const { app, plan, choices, price, advice } = proposed;
  const answers = flags["save-answers"];
  const saving =
    answers === undefined ? undefined : stageAnswers(context, answers, choices, { directory, files: plan.files });
  await writeApp(app, plan).catch((error: unknown) => {
    saving?.takeBack();
    throw error;
  });
  saving?.save();
  if (ask) forgetAnswers(context, directory);
  const files = { written: [...plan.files.keys()], kept: plan.kept };
  const next = nextSteps(context, directory, proposed, project);
  return {
    value: { directory, environment: choices.env, files, monthly: price.monthlyTotal, advice },
    render: () => renderWritten(files, shown, next, context.stdout, stepsOf(choices, folderFlags(context, directory))),
  };
}

/** Where the app is or is to be, and what a person should know of what is around it. */
type Place = {
  readonly project: Project | undefined;
  readonly directory: string;
  readonly shown: string;
  readonly notes: Detected["notes"];
  readonly account: AccountHere;
};

/** What is to be written, and what it costs. */
type Proposed = {
  readonly app: App;
  readonly plan: AppPlan;
  readonly choices: Choices;
  readonly price: EnvironmentPrice;
  readonly advice: readonly Advice[];
};

/**
 * What a person at the terminal chose and agreed to. Who goes back from the last question is back in the list; who leaves finds
 * the answers again. Rejects with AstroError("interrupted") or ("declined").
 */
async function asked(
  context: Context,
  flags: InitOptions,
  request: Request,
  place: Place,
  ask: Ask,
  folder: string | undefined,
): Promise<Proposed> {
  let kept: ChoiceOptions | undefined;
  try {
    kept = legalIn(request, await answersLeft(context, place.directory, ask));
    for (;;) {
      const noted = (answers: ChoiceOptions) => {
        kept = answers;
      };
      const choices = await choose({ ...request, ...(kept && { kept }) }, priceOf, ask, noted);
      const proposed = await shownPlan(context, flags, place, choices, true);
      try {
        if (proposed.plan.files.size > 0) await confirmed(ask, proposed.plan.files, place.shown);
        return proposed;
      } catch (error) {
        if (!(error instanceof WentBack)) throw error;
      }
    }
  } catch (error) {
    if (!(error instanceof AstroError) || error.code !== "interrupted" || kept === undefined) throw error;
    if (!keepAnswers(context, place.directory, { ...request.flags, ...kept })) throw error;
    const again = folder === undefined ? command`astro init` : command`astro init ${folder}`;
    throw new AstroError(
      "interrupted",
      error.message,
      { text: "to go on with the same answers, run", command: again },
      error,
    );
  }
}

/** Answers of an earlier run to what is not given now, if they are still legal beside that. */
function legalIn(request: Request, left: ChoiceOptions | undefined): ChoiceOptions | undefined {
  try {
    if (left !== undefined) rejectWrong({ ...request, flags: { ...left, ...request.flags } });
    return left && Object.fromEntries(Object.entries(left).filter(([flag]) => request.flags[flag] === undefined));
  } catch (error) {
    if (error instanceof AstroError) return undefined;
    throw error;
  }
}

/** The plan of what was chosen, with its review shown. */
async function shownPlan(
  context: Context,
  flags: InitOptions,
  { project, directory, shown, notes, account }: Place,
  made: Choices,
  isAsked = false,
): Promise<Proposed> {
  // Side by side: each may have to wait for its answers.
  const [choices, limits] = await Promise.all([placed(account, made), flags.json ? [] : limitsOf(account, made)]);
  if (isAsked) tellNews(account, context.stderr);
  const app = {
    directory,
    shown,
    name: choices.name,
    config: configText(choices, project),
    read: project?.text,
    template: join(context.root, "templates", "app"),
    version: context.version,
  };
  const plan = await planApp(app);
  const price = await priceOf(choices.environment);
  const advice = await adviceOn(choices, priceOf);
  if (!flags.json && plan.files.size > 0) {
    context.stderr.write(renderChoices(choices, price, await priceBefore(choices), context.stderr));
    if (!project) context.stderr.write(renderNotes(notes, context.stderr));
    context.stderr.write(renderLimits(limits, context.stderr));
    const here = [...folderFlags(context, directory), ...profileWords(flags)];
    const again = command`astro init --env ${choices.env} ${here}`;
    context.stderr.write(renderAdvice(advice, { again, isAsked }, context.stderr));
  }
  return { app, plan, choices, price, advice };
}

/** The same, pinned to the account and in zones that have it all, where it is new and an account says so. */
async function placed(account: AccountHere, choices: Choices): Promise<Choices> {
  const { before, environment } = choices;
  if (before !== undefined) return choices;
  const isOpen = environment.network.zones === undefined;
  const [id, zones] = await Promise.all([account.id(), isOpen ? account.zones(environment) : undefined]);
  const draft = pinned(choices.draft, id);
  const source = { by: "account", words: "the account's zones" } as const;
  const found = zones === undefined ? draft : decide(draft, [{ path: "network.zones", value: zones, source }]);
  return { ...choices, draft: found, environment: environmentOf({ ...choices, draft: found }) };
}

/** What of the account would keep a new environment from being made. */
async function limitsOf(account: AccountHere, { before, name, env, environment }: Choices): Promise<readonly string[]> {
  if (before !== undefined) return [];
  return account.limits({ region: environment.region, project: name, environment: env }, environment);
}

/** The prompts, if there is a terminal and no --yes; they are loaded only then. */
async function askOf(context: Context, flags: InitOptions): Promise<Ask | undefined> {
  if (!canConfirm(context, flags)) return undefined;
  return (await import("../wizard/terminal-ask.ts")).terminalAsk(context, { back: true });
}

async function confirmed(ask: Ask, files: AppPlan["files"], shown: string): Promise<void> {
  const [first = ""] = files.keys();
  const what = files.size === 1 ? `${shown}/${first}` : `${count(files.size, "file")} to ${shown}`;
  if (await ask.confirm(`Write ${what}?`)) return;
  throw new AstroError("declined", "nothing was written", { text: "to start over, run", command: command`astro init` });
}

async function requestOf(
  context: Context,
  given: Pick<Request, "flags" | "elsewhere">,
  project: Project | undefined,
  { settings, values }: Detected,
): Promise<Request> {
  const here = await regionHere(context);
  const named = nameAround(context.cwd);
  const mail = mailHere(context);
  const found = here && REGION_CODES.some((code) => code === here.region) ? here : undefined;
  return {
    ...given,
    ...(project && { project: { name: project.config.name, file: project.file, environments: writtenIn(project) } }),
    suggested: {
      name: named ? legalName(named.name) : await suggestName(context),
      ...(named && { nameFrom: named.from }),
      ...(mail !== undefined && { mail }),
      region: found ?? { region: "us-east-1", from: "default" },
      found: values,
    },
    app: settings,
  };
}

function writtenIn({ text }: Project): { readonly [name: string]: ConfigTree } {
  const { environments } = writtenValues(text);
  const all = Object.entries(isConfigTree(environments) ? environments : {});
  return Object.fromEntries(all.map(([name, values]) => [name, isConfigTree(values) ? values : {}]));
}

function configText(choices: Choices, project: Project | undefined): string {
  const { name, env, preset, before, app } = choices;
  const values = writtenOf(choices);
  const origin = preset ? `From the preset ${preset}: ${PRESETS[preset].summary}.` : "";
  if (!project) return renderConfig(name, env, values, origin, foundTree(app ?? []));
  return editConfig(project.text, environmentEdits(env, before, values, origin));
}

/** What a domain wants of a person, if it is another than it was; a zone that was made already wants nothing for another name in it. */
function stepsOf(choices: Choices, place: readonly string[]): readonly Hint[] {
  const before = choices.before && environmentSchema.parse(choices.before).domain;
  const { domain } = choices.environment;
  const isSameZone = domain?.zone === "create" && before?.zone === "create" && before.name === domain.name;
  return isSameZone || isDeepStrictEqual(before, domain) ? [] : dnsSteps(choices, place);
}

const priceOf: PriceOf = async (environment) =>
  priceChoices("", environment, await loadPricesFor([environment.region]));

async function priceBefore({ before }: Choices): Promise<EnvironmentPrice | undefined> {
  return before && priceOf(environmentSchema.parse(before));
}
