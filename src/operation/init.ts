import { join, relative, resolve } from "node:path";
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
import { findProject, legalName, type Project, suggestName } from "../project.ts";
import { type AppPlan, planApp, writeApp } from "../scaffold/app.ts";
import { count } from "../view/format.ts";
import { writtenOf } from "../wizard/answers.ts";
import type { Ask } from "../wizard/ask.ts";
import { type Choices, choose } from "../wizard/choose.ts";
import { decide } from "../wizard/draft.ts";
import type { EnvironmentPrice, PriceOf } from "../wizard/price.ts";
import type { Request } from "../wizard/request.ts";
import { renderChoices } from "../wizard/summary.ts";
import { renderGreeting, renderNotes, renderWritten } from "../wizard/written.ts";
import { type AnswerOptions, givenAnswers, saveAnswers } from "./answers.ts";
import { canConfirm, confirm } from "./confirm.ts";
import { type Detected, detectAround, foundTree, nameAround } from "./detected.ts";
import { regionHere } from "./region.ts";

/** Flags of `astro init` as they were given. */
type InitOptions = AnswerOptions & { readonly json?: boolean };

/** What `astro init --json` answers. */
type Initialised = {
  readonly directory: string;
  readonly environment: string;
  readonly files: { readonly written: readonly string[]; readonly kept: readonly string[] };
  /** USD a month. */
  readonly monthly: number;
};

/** `astro init`: choose, show, ask, write. Throws AstroError before anything is written; files are written completely. */
export async function init(
  context: Context,
  folder: string | undefined,
  flags: InitOptions,
): Promise<{ readonly value: Initialised; readonly render: () => string }> {
  const given = givenAnswers(context, flags);
  const project = await findProject(context, folder);
  const directory = project?.directory ?? resolve(context.cwd, folder ?? "infra");
  const path = relative(context.cwd, directory);
  const shown = path === "" || path.startsWith("..") ? path || "." : `./${path}`;
  const ask = await askOf(context, flags);
  if (ask) context.stderr.write(renderGreeting(project ? project.file : undefined, context.stderr));
  const detected = detectAround(directory, context.cwd);
  const request = await requestOf(context, given, project, detected);
  const choices = await placed(context, await choose(request, priceOf, ask));
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
  if (!flags.json && plan.files.size > 0) {
    context.stderr.write(renderChoices(choices, price, await priceBefore(choices), context.stderr));
    if (!project) context.stderr.write(renderNotes(detected.notes, context.stderr));
  }
  if (ask && plan.files.size > 0) await confirmed(context, flags, plan.files, shown);
  if (flags["save-answers"] !== undefined) await saveAnswers(context, flags["save-answers"], choices);
  await writeApp(app, plan);
  const files = { written: [...plan.files.keys()], kept: plan.kept };
  const next = nextCommand(context, directory, choices.env, project);
  return {
    value: { directory, environment: choices.env, files, monthly: price.monthlyTotal },
    render: () => renderWritten(files, shown, next, context.stdout),
  };
}

/** The same with the zones of a new environment, where there is an account to say which of them have it all. */
async function placed(context: Context, choices: Choices): Promise<Choices> {
  const { before, draft, environment } = choices;
  if (before !== undefined || environment.network.zones !== undefined) return choices;
  const { zonesHere } = await import("./zones-here.ts");
  const zones = await zonesHere(context, environment);
  if (zones === undefined) return choices;
  const source = { by: "account", words: "the account's zones" } as const;
  return {
    ...choices,
    environment: { ...environment, network: { ...environment.network, zones: [...zones] } },
    draft: decide(draft, [{ path: "network.zones", value: zones, source }]),
  };
}

/** The prompts, if there is a terminal and no --yes; Inquirer is loaded only then. */
async function askOf(context: Context, flags: InitOptions): Promise<Ask | undefined> {
  if (!canConfirm(context, flags)) return undefined;
  return (await import("../wizard/terminal-ask.ts")).terminalAsk(context);
}

function confirmed(context: Context, flags: InitOptions, files: AppPlan["files"], shown: string): Promise<void> {
  const [first = ""] = files.keys();
  const what = files.size === 1 ? `${shown}/${first}` : `${count(files.size, "file")} to ${shown}`;
  return confirm(context, flags, {
    question: `Write ${what}?`,
    without: "add --yes to go on without being asked",
    declined: { message: "nothing was written", hint: { text: "to start over, run", command: command`astro init` } },
  });
}

async function requestOf(
  context: Context,
  given: Pick<Request, "flags" | "elsewhere">,
  project: Project | undefined,
  { settings, values }: Detected,
): Promise<Request> {
  const here = await regionHere(context);
  const named = nameAround(context.cwd);
  const found = here && REGION_CODES.some((code) => code === here.region) ? here : undefined;
  return {
    ...given,
    ...(project && { project: { name: project.config.name, file: project.file, environments: writtenIn(project) } }),
    suggested: {
      name: named ? legalName(named.name) : await suggestName(context),
      ...(named && { nameFrom: named.from }),
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

const priceOf: PriceOf = async (environment) =>
  priceChoices("", environment, await loadPricesFor([environment.region]));

async function priceBefore({ before }: Choices): Promise<EnvironmentPrice | undefined> {
  return before && priceOf(environmentSchema.parse(before));
}

/** The next command, for this folder. */
function nextCommand({ cwd }: Context, directory: string, env: string, project: Project | undefined): string {
  const isFound = directory === join(cwd, "infra") || !relative(directory, cwd).startsWith("..");
  const others = Object.keys(project?.config.environments ?? {}).filter((name) => name !== env);
  return [
    "astro provision",
    ...(others.length > 0 ? [`--env ${env}`] : []),
    ...(isFound ? [] : [`--dir ${relative(cwd, directory)}`]),
    "--rehearse",
  ].join(" ");
}
