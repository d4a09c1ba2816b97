import { relative } from "node:path";
import { scalar } from "../../config/render.ts";
import type { Context } from "../../context.ts";
import { AstroError } from "../../errors.ts";
import { isAtRest } from "../../plan/status.ts";
import type { ReleaseStep } from "../../provision/release-facts.ts";
import type { ProofCheck } from "../../release/proof.ts";
import type { ReleaseRecord } from "../../release/record.ts";
import { jsonText } from "../../terminal.ts";
import { renderReleased, renderReleasePlan } from "../../view/release.ts";
import { during } from "../../view/spinner.ts";
import { reportOutcome } from "../conduct.ts";
import { confirm } from "../confirm.ts";
import { detectAround } from "../detected.ts";
import { commandWith } from "../flags.ts";
import { type EnvironmentOperation, inOperation } from "../open.ts";
import { interruptibly, type LockSession, underLock } from "../session.ts";
import { type Built, buildStep } from "./build-step.ts";
import { carryRelease, type ReleaseOrder } from "./carry-release.ts";
import { type DeployedApp, deployedApp, refuseElsewhere } from "./deployed-app.ts";
import { builderOf, type DeployFlags, deployAgain, watching } from "./flags.ts";
import { frontendStep, proveStep } from "./frontend-steps.ts";
import { scanned } from "./image-scan.ts";
import { migrateStep } from "./migrate-step.ts";
import { refusePart } from "./refuse-part.ts";
import { refuseUnset } from "./unset-secrets.ts";
import { isMeant, type Wanted, wantedRelease } from "./wanted.ts";
import { withFound } from "./write-found.ts";

/** `astro deploy`: finds what is to be released, shows it, asks, and carries it out. Returns the exit code. */
export async function deploy(context: Context, flags: DeployFlags): Promise<number> {
  builderOf(flags);
  return inOperation(context, "deploy", flags, (operation) =>
    underLock(context, operation, flags, (session) => work(context, operation, flags, session)),
  );
}

async function work(
  context: Context,
  opened: EnvironmentOperation,
  flags: DeployFlags,
  session: LockSession,
): Promise<number> {
  const { site, header } = opened;
  const current = await during(context.stderr, "reading what is deployed", () =>
    interruptibly(context, () => deployedApp(opened, flags)),
  );
  if (flags.only !== "frontend") refuseElsewhere(opened, flags, current);
  const operation = await withFound(context, opened, flags);
  const wanted = await during(context.stderr, "reading the sources", () =>
    interruptibly(context, () => wantedRelease(context, operation, flags, current)),
  );
  const again = deployAgain(site.environment, flags);
  refusePart(operation, flags, current);
  refuseNothing(context, operation, wanted);
  refuseDetached(operation, flags, wanted);
  const order = orderOf(context, operation, flags, current, wanted);
  const report = {
    header,
    number: wanted.number,
    steps: order.steps,
    apps: order.apps,
    wanted: shownFrom(context, wanted),
  };
  if (order.steps.length === 0) {
    const last = wanted.releases.at(-1);
    const words = renderReleasePlan({ ...report, ...(last && { last }) }, context.stdout);
    context.stdout.write(flags.json ? `${jsonText({ outcome: "unchanged", release: last?.number })}\n` : words);
    return 0;
  }
  if (order.apps.length > 0) await interruptibly(context, () => refuseUnset(operation, flags, current));
  if (!flags.json) context.stderr.write(renderReleasePlan(report, context.stderr));
  if (!flags.yes) {
    await confirm(context, flags, {
      question: `Deploy release ${wanted.number} to ${site.environment}?`,
      without: "add --yes to go on without being asked",
      declined: {
        message: "nothing was changed",
        hint: { text: "see what is deployed with", command: commandWith("releases", site.environment, flags) },
      },
    });
  }
  let written: ReleaseRecord | undefined;
  const record: ReleaseOrder["record"] = (made) => {
    written = order.record?.(made);
    return written;
  };
  const carried = { ...order, again, ...(order.record && { record }) };
  const result = await carryRelease(context, operation, session, current, carried, flags.json);
  if (flags.detach && result.outcome === "interrupted" && result.error === undefined) {
    const attach = commandWith("attach", site.environment, flags);
    if (!flags.json) context.stdout.write(renderReleased({ ...report, result, follow: attach }, context.stdout));
    return 0;
  }
  const number = written?.number ?? wanted.number;
  const isSame = number < wanted.number;
  const { checks } = order;
  const next = watching(site.environment, flags);
  const onlyMigrated = flags.only === "migrate";
  const good = () => renderReleased({ ...report, number, isSame, onlyMigrated, checks, result, next }, context.stdout);
  return reportOutcome(
    context,
    operation,
    { project: site.project, steps: order.apps },
    result,
    again,
    good,
    flags.json,
  );
}

/** What is released, its folders as whoever reads it would type them. */
function shownFrom({ cwd }: Context, wanted: Wanted): Wanted {
  const { frontend } = wanted;
  if (frontend === undefined) return wanted;
  const directory = relative(cwd, frontend.source.directory) || ".";
  return { ...wanted, frontend: { ...frontend, source: { ...frontend.source, directory } } };
}

/** Throws AstroError("config") where nothing says what is to be deployed. */
function refuseNothing(
  { cwd }: Context,
  { project, site }: EnvironmentOperation,
  { image, migrate, frontend }: Wanted,
): void {
  if (image || frontend) return;
  const words = migrate
    ? "says what migrates, but not how the image is built"
    : "says neither how an image nor how a frontend is built";
  const { settings } = detectAround(project.directory, cwd);
  const lines = settings.map(({ key, value, from }) => `${key}: ${scalar(value)}  # ${from}`);
  const found = lines.length > 0 ? lines : ["build: {context: .., dockerfile: Dockerfile}"];
  throw new AstroError("config", `${project.file} ${words}`, [
    {
      text: `add to it ${lines.length > 0 ? "what the repository shows" : "what there is, for example"}:\n${found.join("\n")}`,
    },
    {
      text: "or deploy an image that is in a registry",
      command: ["astro", "deploy", "--env", site.environment, "--image", "TAG"],
    },
  ]);
}

function refuseDetached({ site }: EnvironmentOperation, flags: DeployFlags, { frontend }: Wanted): void {
  if (!flags.detach || frontend === undefined || frontend.isServed) return;
  const only = deployAgain(site.environment, { ...flags, only: "api" });
  throw new AstroError(
    "usage",
    "--detach: the frontend comes after the API is rolled out, and nobody would be there for it",
    {
      text: "deploy the API alone",
      command: [...only, "--detach"],
    },
  );
}

function orderOf(
  context: Context,
  operation: EnvironmentOperation,
  flags: DeployFlags,
  current: DeployedApp,
  wanted: Wanted,
): Omit<ReleaseOrder, "again"> & { readonly checks: readonly ProofCheck[] } {
  const { image, migrate, frontend, number } = wanted;
  const apps = current.apps.filter(({ part }) => (part === "api" ? isMeant(flags, "api") : isMeant(flags, "worker")));
  const known = image?.known;
  const runs = (ref: string) => apps.every((one) => one.image === ref && isAtRest(one.stack.status));
  const isRunning = image === undefined || (known !== undefined && runs(known.ref));
  const isServed = frontend === undefined || frontend.isServed;
  const before = wanted.releases.at(-1);
  const isRecorded = flags.only === "migrate" || (recorded(before, wanted, current) && !isOther(before, flags));
  const onlyMigrates = flags.only === "migrate";
  if (isRunning && isServed && isRecorded && !onlyMigrates) return { number, steps: [], apps, checks: [] };
  const migrates = image !== undefined && migrate !== undefined && (onlyMigrates || current.api.image !== known?.ref);
  const rolls = image !== undefined && !onlyMigrates && !isRunning;
  const { source, build } = image ?? {};
  const release = source?.tag ?? String(number);
  const building = {
    image: source && build && !isRunning ? { source, build } : undefined,
    frontend: isServed || frontend?.kept ? undefined : frontend,
    release,
  };
  const builds = building.image !== undefined || building.frontend !== undefined;
  const steps: readonly ReleaseStep[] = [
    ...(builds ? (["build"] as const) : []),
    ...(migrates ? (["migrate"] as const) : []),
    ...(rolls ? (["roll-out"] as const) : []),
    ...(frontend && !isServed ? (["frontend"] as const) : []),
    ...(onlyMigrates || flags.only === "worker" ? [] : (["prove"] as const)),
  ];
  const again = deployAgain(operation.site.environment, flags);
  let served: Parameters<typeof proveStep>[2];
  let built: Built = {};
  const checks: ProofCheck[] = [];
  return {
    number,
    checks,
    steps,
    apps,
    detach: flags.detach,
    build: async (reporter, { signal, cancel }) => {
      const either = AbortSignal.any([signal, cancel]);
      if (builds) built = await buildStep(context, operation, flags, current, building, reporter, either);
      const made = built.image ?? known;
      if (made && rolls) await scanned(operation, flags, current, made, reporter, either);
      return made;
    },
    ...(migrates && {
      before: async (made, reporter, watching) => {
        const what = { image: made.ref, command: migrate, release: number };
        await migrateStep(operation, current, what, again, reporter, watching);
      },
    }),
    ...(frontend &&
      !isServed && {
        frontend: async (reporter) => {
          const manifest = built.frontend?.manifest ?? frontend.kept;
          if (manifest === undefined) throw new Error("nothing is to be served");
          served = await frontendStep(operation, current, { manifest, ...built.frontend }, reporter);
          return { hash: served.hash, ...(frontend.name !== undefined && { source: frontend.name }) };
        },
      }),
    ...(!onlyMigrates && { record: (made) => newOf(before, recordOf(operation, flags, wanted, before, made), flags) }),
    ...(steps.includes("prove") && {
      prove: async (reporter, { signal }) => {
        checks.push(...(await proveStep(operation, current, served, reporter, signal)));
      },
    }),
  };
}

/** Whether the newest release says what runs and is served. */
function recorded(before: ReleaseRecord | undefined, { image, frontend }: Wanted, { api }: DeployedApp): boolean {
  if (before === undefined) return false;
  const isImage = image === undefined || before.image?.ref === image.known?.ref || before.image?.ref === api.image;
  return isImage && (frontend === undefined || before.frontend?.hash === frontend.hash);
}

/** Whether the newest release left the API alone, and this one does not. */
function isOther(before: ReleaseRecord | undefined, flags: DeployFlags): boolean {
  return before?.only === "worker" && isMeant(flags, "api");
}

/**
 * A release, unless it came out as the one before it, as a build may tell only once it is done: then that one, with what its
 * frontend was built from this time.
 */
function newOf(before: ReleaseRecord | undefined, made: ReleaseRecord, flags: DeployFlags): ReleaseRecord {
  if (isOther(before, flags)) return made;
  const isSame = before?.image?.ref === made.image?.ref && before?.frontend?.hash === made.frontend?.hash;
  if (before === undefined || !isSame) return made;
  return { ...before, ...(made.frontend && { frontend: { ...before.frontend, ...made.frontend } }) };
}

function recordOf(
  { who, target }: EnvironmentOperation,
  { only }: DeployFlags,
  { image, frontend, number, releases }: Wanted,
  before: ReleaseRecord | undefined,
  made: Pick<ReleaseRecord, "image" | "frontend">,
): ReleaseRecord {
  const source = image?.source;
  const kept = frontend?.hash === undefined ? before?.frontend : { ...before?.frontend, hash: frontend.hash };
  // What it leaves alone is as it was.
  const ran = made.image ?? releases.findLast((one) => one.only !== "worker")?.image;
  const served = made.frontend ?? kept;
  return {
    number,
    at: target.clock.now().toISOString(),
    who,
    ...(source?.commit !== undefined && { commit: source.commit }),
    ...(source?.dirty && { dirty: true }),
    ...(ran && { image: ran }),
    ...(served && { frontend: served }),
    ...((only === "worker" || only === "frontend") && ({ only } as const)),
  };
}
