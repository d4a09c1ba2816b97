import type { CommandLine } from "../../command-line.ts";
import type { Context } from "../../context.ts";
import { AstroError } from "../../errors.ts";
import { clusterOf } from "../../everyday/names.ts";
import type { Site } from "../../plan/provision-plan.ts";
import { during } from "../../view/spinner.ts";
import type { EnvironmentOperation } from "../open.ts";

/** Milliseconds between two looks at a rollout. */
const POLL = 5000;

/**
 * Replaces a service's tasks by new ones of the same definition, each old one once a new one is healthy, and waits for the last
 * (Amazon ECS API Reference, UpdateService: forceNewDeployment). Throws AstroError where ECS gives up, or goes back.
 */
export async function restart(context: Context, operation: EnvironmentOperation, service: string): Promise<void> {
  const { target, site } = operation;
  const cluster = clusterOf(site);
  const app = await target.app();
  await app.forceDeployment(site.region, cluster, service);
  const signal = context.interruptible();
  const rollout = async () => (await app.appServices(site.region, cluster, [service]))[0]?.rollout;
  const began = (await rollout())?.at.getTime();
  const failed = (words: string) =>
    new AstroError("failed", `the new tasks of ${service} did not stay up: ${words}`, {
      text: "see why",
      command: ["astro", "logs", service, "--previous"],
    });
  await during(context.stderr, `starting new tasks of ${service}`, () =>
    target.running(async () => {
      for (;;) {
        const now = await rollout();
        if (now === undefined || now.at.getTime() !== began) throw failed("ECS went back to the tasks before");
        if (now.state === "FAILED") throw failed(now.reason ?? "ECS gives no reason");
        if (now.state === "COMPLETED") return;
        await target.clock.sleep(POLL, signal);
      }
    }),
  ).catch((error: unknown) => {
    if (!signal.aborted || error instanceof AstroError) throw error;
    throw new AstroError("interrupted", `the value is set; ECS goes on replacing the tasks of ${service}`, {
      text: "see how far it is",
      command: ["astro", "status"],
    });
  });
}

/** What replaces a service's tasks in the same way without astro (AWS CLI Command Reference, ecs update-service). */
export function restartLine(site: Site, service: string): CommandLine {
  const which = ["--cluster", clusterOf(site), "--service", service, "--region", site.region];
  return ["aws", "ecs", "update-service", ...which, "--force-new-deployment"];
}
