import type { Context } from "../../context.ts";
import { AstroError } from "../../errors.ts";
import { isAtRest } from "../../plan/status.ts";
import type { ReleaseStep } from "../../provision/release-facts.ts";
import { isPublished } from "../../release/frontend.ts";
import { frontendSite, readManifest } from "../../release/frontend-state.ts";
import { type ReleaseRecord, releasesOf } from "../../release/record.ts";
import { renderReleased, renderReleasePlan } from "../../view/release.ts";
import { during } from "../../view/spinner.ts";
import { reportOutcome } from "../conduct.ts";
import { confirm } from "../confirm.ts";
import { commandWith } from "../flags.ts";
import { type EnvironmentOperation, inOperation } from "../open.ts";
import { interruptibly, type LockSession, underLock } from "../session.ts";
import { carryRelease, type ReleaseOrder } from "./carry-release.ts";
import { type DeployedApp, deployedApp, refuseElsewhere } from "./deployed-app.ts";
import { type RollbackFlags, watching } from "./flags.ts";
import { frontendStep, proveStep } from "./frontend-steps.ts";
import { runningRelease } from "./releases.ts";

/** `astro rollback`: an earlier release's image and frontend again, as a release of its own. Returns the exit code. */
export async function rollback(context: Context, flags: RollbackFlags): Promise<number> {
  return inOperation(context, "rollback", flags, (operation) =>
    underLock(context, operation, flags, (session) => work(context, operation, flags, session)),
  );
}

async function work(
  context: Context,
  operation: EnvironmentOperation,
  flags: RollbackFlags,
  session: LockSession,
): Promise<number> {
  const { site, header } = operation;
  const { current, to, number, manifest, isServed } = await during(context.stderr, "reading the releases", () =>
    interruptibly(context, () => look(operation, flags)),
  );
  const ref = to.image?.ref;
  const apps = ref === undefined ? [] : current.apps;
  const isRunning = apps.every((one) => one.image === ref && isAtRest(one.stack.status));
  const steps: readonly ReleaseStep[] = [
    ...(isRunning ? [] : (["roll-out"] as const)),
    ...(manifest && !isServed ? (["frontend"] as const) : []),
  ];
  const of = to.number;
  const wanted = {
    ...(to.image && { image: { known: to.image } }),
    ...(to.frontend && { frontend: { isServed } }),
  };
  const all = steps.length === 0 ? [] : ([...steps, "prove"] as const);
  const report = { header, number, steps: all, apps, wanted, of };
  if (all.length === 0) {
    context.stdout.write(renderReleasePlan({ ...report, last: to }, context.stdout));
    return 0;
  }
  if (!flags.json) context.stderr.write(renderReleasePlan(report, context.stderr));
  if (!flags.yes) {
    await confirm(context, flags, {
      question: `Take ${site.environment} back to release ${of}?`,
      without: "add --yes to go on without being asked",
      declined: {
        message: "nothing was changed",
        hint: { text: "see the releases with", command: commandWith("releases", site.environment, flags) },
      },
    });
  }
  const again = [...commandWith("rollback", site.environment, flags), "--to", String(of)];
  const order: ReleaseOrder = {
    number,
    steps: all,
    apps,
    of,
    again,
    build: async () => to.image,
    ...(manifest &&
      !isServed && {
        frontend: async (reporter) => {
          await frontendStep(operation, current, { manifest }, reporter);
          return to.frontend;
        },
      }),
    record: () => ({ ...without(to), number, at: operation.target.clock.now().toISOString(), who: operation.who, of }),
    prove: (reporter, { signal }) => proveStep(operation, current, manifest, reporter, signal),
  };
  const result = await carryRelease(context, operation, session, current, order, flags.json);
  const good = () => renderReleased({ ...report, result, next: watching(site.environment, flags) }, context.stdout);
  return reportOutcome(context, operation, { project: site.project, steps: apps }, result, again, good, flags.json);
}

/** What an earlier release was made of. */
function without({ only: _, of: __, ...release }: ReleaseRecord): ReleaseRecord {
  return release;
}

async function look(operation: EnvironmentOperation, flags: RollbackFlags) {
  const { target, site } = operation;
  const [current, { last, releases }] = await Promise.all([
    deployedApp(operation, flags),
    releasesOf(target.cloud, site),
  ]);
  refuseElsewhere(operation, flags, current);
  const to = chosen(operation, flags, releases, current);
  const place = to.frontend && frontendSite(site, current.stacks);
  const app = await target.app();
  const manifest = place && to.frontend ? await readManifest(app, place, to.frontend.hash) : undefined;
  const isServed = place && to.frontend ? await isPublished(app, place, to.frontend.hash) : true;
  if (to.frontend && manifest === undefined) throw notKept(operation, flags, to);
  await imageThere(operation, flags, current, to);
  return { current, to, number: last + 1, manifest, isServed };
}

function chosen(
  { site }: EnvironmentOperation,
  { to, ...flags }: RollbackFlags,
  releases: readonly ReleaseRecord[],
  { api }: DeployedApp,
): ReleaseRecord {
  const list = { text: "see what there is with", command: commandWith("releases", site.environment, flags) };
  if (to !== undefined) {
    const found = releases.find(({ number }) => number === to);
    if (found) return found;
    throw new AstroError("usage", `--to ${to}: ${site.environment} has no such release`, list);
  }
  const running = runningRelease(releases, api);
  const at = running === undefined ? releases.length : releases.indexOf(running);
  // What runs may have come by a rollback itself: then it goes on back from what that went to.
  const from = running?.of === undefined ? at : releases.findIndex(({ number }) => number === running.of);
  const before = releases
    .slice(0, from)
    .findLast((one) => one.of === undefined && !isSame(one, running) && one.only !== "worker");
  if (before) return before;
  throw new AstroError("failed", `${site.environment} has no release before the one that runs`, list);
}

function isSame(one: ReleaseRecord, other: ReleaseRecord | undefined): boolean {
  return one.image?.ref === other?.image?.ref && one.frontend?.hash === other?.frontend?.hash;
}

function notKept({ site }: EnvironmentOperation, flags: RollbackFlags, { number }: ReleaseRecord): AstroError {
  return new AstroError("failed", `the frontend of release ${number} is not kept any more`, {
    text: "see the other releases with",
    command: commandWith("releases", site.environment, flags),
  });
}

/** Throws AstroError("failed") for an image that was deleted meanwhile: no task could start from it. */
async function imageThere(
  { target, site }: EnvironmentOperation,
  flags: RollbackFlags,
  { repository, api }: DeployedApp,
  { image, number }: ReleaseRecord,
): Promise<void> {
  if (image === undefined || image.ref === api.image) return;
  const app = await target.app();
  const uri = await app.repositoryUri(repository);
  if (uri === undefined || !image.ref.startsWith(`${uri}@`)) return;
  if (await app.storedImage(repository, image.digest)) return;
  throw new AstroError("failed", `the image of release ${number} is in the repository ${repository} no more`, {
    text: "see the other releases with",
    command: commandWith("releases", site.environment, flags),
  });
}
