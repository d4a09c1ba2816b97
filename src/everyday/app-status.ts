import { AstroError } from "../errors.ts";
import type { DeployedTemplate } from "../plan/deployed.ts";
import type { Site } from "../plan/provision-plan.ts";
import type { Cloud } from "../provision/cloud.ts";
import { sideBySide } from "../provision/side-by-side.ts";
import { DENIED } from "../provision/workload/port.ts";
import type { AppService, Sessions } from "../release/port-sessions.ts";
import { type ReleaseRecord, releasesOf } from "../release/record.ts";
import { APP_SERVICES, clusterOf } from "./names.ts";

/** One of the app's services now. */
type ServiceStatus = Pick<AppService, "name" | "running" | "desired" | "pending"> & {
  /** Targets of its load balancer that are healthy, of how many; absent without one, or where it may not be asked. */
  readonly healthy?: number;
  readonly targets?: number;
  /** Its last rollout: since when, and ECS's word for how it goes. */
  readonly deployment?: { readonly at: string; readonly state?: string; readonly reason?: string };
};

/** The app on an environment. What may not be looked at is left out, and named. */
export type AppStatus = {
  readonly release?: ReleaseRecord;
  readonly services: readonly ServiceStatus[];
  readonly urls: { readonly [name: string]: string };
  /** Calls that were denied. */
  readonly denied?: readonly string[];
};

type Looks = {
  readonly cloud: Pick<Cloud, "listObjects" | "readObject" | "writeObject" | "targets">;
  readonly sessions: () => Promise<Pick<Sessions, "appServices">>;
};

/** Outputs of the app's templates that a person opens. */
const URLS = ["AppUrl", "ApiUrl"];

/**
 * The app as it is now; `undefined` where no service is deployed. Four calls at most: services, their targets' health, the
 * list of releases and the newest of them.
 */
export async function appStatusOf(
  { cloud, sessions }: Looks,
  site: Site,
  deployed: readonly DeployedTemplate[],
): Promise<AppStatus | undefined> {
  const isApp = ({ template }: DeployedTemplate) =>
    Object.values(template.Resources).some(({ Type }) => Type === "AWS::ECS::Service");
  if (!deployed.some(isApp)) return undefined;
  const denied: string[] = [];
  const allowed = async <T>(work: Promise<T>): Promise<T | undefined> => {
    try {
      return await work;
    } catch (error) {
      if (!(error instanceof AstroError) || error.code !== "denied") throw error;
      denied.push(error.refusal?.call ?? error.message);
      return undefined;
    }
  };
  const services = async () => {
    const found = await allowed((await sessions()).appServices(site.region, clusterOf(site), APP_SERVICES));
    return sideBySide(found ?? [], async (service) => statusOf(service, await healthOf(cloud, site, service, denied)));
  };
  const [live, releases] = await Promise.all([services(), allowed(releasesOf(cloud, site, 1))]);
  const release = releases?.releases.at(-1);
  const outputs = Object.assign({}, ...deployed.map((stack) => stack.outputs)) as { readonly [name: string]: string };
  return {
    ...(release && { release }),
    services: live,
    urls: Object.fromEntries(URLS.flatMap((name) => (outputs[name] === undefined ? [] : [[name, outputs[name]]]))),
    ...(denied.length > 0 && { denied: [...new Set(denied)].sort() }),
  };
}

type Health = Pick<ServiceStatus, "healthy" | "targets">;

async function healthOf(
  cloud: Looks["cloud"],
  { region }: Site,
  { targetGroups: [group] }: AppService,
  denied: string[],
): Promise<Health> {
  if (group === undefined) return {};
  const targets = await cloud.targets(region, group);
  if (targets === DENIED) {
    denied.push("elasticloadbalancing:DescribeTargetHealth");
    return {};
  }
  // One that is being taken out is none of its tasks any more.
  const counted = targets.filter(({ state }) => state !== "draining");
  return { healthy: counted.filter(({ state }) => state === "healthy").length, targets: counted.length };
}

function statusOf({ name, running, desired, pending, rollout }: AppService, health: Health): ServiceStatus {
  return {
    name,
    running,
    desired,
    pending,
    ...health,
    ...(rollout && {
      deployment: {
        at: rollout.at.toISOString(),
        ...(rollout.state !== undefined && { state: rollout.state }),
        ...(rollout.reason !== undefined && { reason: rollout.reason }),
      },
    }),
  };
}
