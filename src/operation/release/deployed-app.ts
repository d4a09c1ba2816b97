import { AstroError, type Hint } from "../../errors.ts";
import type { DeployedStack } from "../../plan/deployed.ts";
import { isOf } from "../../plan/ownership.ts";
import { isDead } from "../../plan/status.ts";
import { everyStack, readDeployedTemplate } from "../../provision/look.ts";
import type { Known } from "../../provision/run.ts";
import { sideBySide } from "../../provision/side-by-side.ts";
import type { ServiceRef } from "../../provision/workload/port.ts";
import { type AppStack, appStacksOf } from "../../release/app-stacks.ts";
import { outputNamed } from "../../release/frontend-state.ts";
import { commandWith, type OperationOptions } from "../flags.ts";
import type { EnvironmentOperation } from "../open.ts";

/** An environment's app as it stands: where it runs, and which image. */
export type DeployedApp = {
  /** All stacks of the environment in its region. */
  readonly stacks: readonly DeployedStack[];
  /** Those that run an image, in the order in which a release reaches them. */
  readonly apps: readonly AppStack[];
  /** The one behind the load balancer. */
  readonly api: AppStack;
  readonly service: ServiceRef;
  /** Name of the repository that its images are in. */
  readonly repository: string;
  readonly known: Known;
};

/** Reads what runs an image. Throws AstroError("failed") where the environment is not provisioned, or by an app that is too old. */
export async function deployedApp(operation: EnvironmentOperation, flags: OperationOptions): Promise<DeployedApp> {
  const { target, site } = operation;
  const found = await everyStack(target.cloud, [site.region]);
  const stacks = found.filter(({ tags, status }) => isOf(tags, site) && !isDead(status));
  // Of the others no template needs to be read.
  const running = stacks.filter(({ parameters = {} }) => Object.hasOwn(parameters, "Image"));
  const deployed = await sideBySide(running, async (stack) => ({
    ...stack,
    template: await readDeployedTemplate(target.cloud, stack),
  }));
  const apps = appStacksOf(deployed);
  const api = apps.find(({ part }) => part === "api");
  const [cluster, name] = [outputNamed(stacks, "ClusterName"), outputNamed(stacks, "ServiceName")];
  if (api === undefined || cluster === undefined || name === undefined) throw notReady(operation, flags, stacks);
  const uri = outputNamed(stacks, "RepositoryUri");
  const repository = uri?.slice(uri.indexOf("/") + 1) ?? `${site.project}-${site.environment}`;
  const service = { region: site.region, cluster, name };
  return { stacks, apps, api, service, repository, known: { deployed, values: new Map() } };
}

function notReady(
  { site }: EnvironmentOperation,
  flags: OperationOptions,
  stacks: readonly DeployedStack[],
): AstroError {
  const { environment, region } = site;
  const hint: Hint = {
    text: "provision it first, then run the same command again",
    command: commandWith("provision", environment, flags),
  };
  const hasService = stacks.some(({ outputs }) => outputs.ServiceName !== undefined);
  const words = hasService
    ? `the service of ${environment} takes no image by a parameter: it was provisioned by an older astro`
    : stacks.length === 0
      ? `${environment} is not provisioned in ${region}`
      : `${environment} has no service in ${region} yet`;
  return new AstroError("failed", words, hint);
}

/** Throws AstroError("config") where releases are not for astro to make: an image is pinned, or another tool deploys. */
export function refuseElsewhere(operation: EnvironmentOperation, flags: OperationOptions, { api }: DeployedApp): void {
  const { environment, project, site } = operation;
  const pinned = environment.service.image ?? api.pinned;
  const provision = commandWith("provision", site.environment, flags);
  if (environment.service.releases === "elsewhere") {
    throw new AstroError(
      "config",
      `${project.file} leaves the releases of ${site.environment} to another tool (service.releases: elsewhere)`,
      [{ text: "release with that tool" }, { text: "or set service.releases to astro, then", command: provision }],
    );
  }
  if (pinned === undefined) return;
  throw new AstroError(
    "config",
    `${site.environment} is pinned to the image ${pinned} (service.image of ${project.file})`,
    [
      { text: "to release that one, change it there, then", command: provision },
      { text: "or remove service.image, then run the same command again after", command: provision },
    ],
  );
}
