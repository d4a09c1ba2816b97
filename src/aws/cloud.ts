import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import type { Cloud } from "../provision/cloud.ts";
import type { Lives } from "../provision/live/port.ts";
import type { Workloads } from "../provision/workload/port.ts";
import { cloudformation } from "./cloudformation.ts";
import { call } from "./errors.ts";
import { locks } from "./lock.ts";
import { recovery } from "./recovery.ts";
import { type ConnectionOptions, openSession } from "./session.ts";
import { storage } from "./storage.ts";

/** The engine's `Cloud` on the real SDK: against AWS, an emulator or the rehearsal, unmodified. */
export function openCloud(access: ConnectionOptions, region: string): Cloud {
  const session = openSession(access);
  const identity: Cloud["identity"] = async () => {
    const client = session.sts(region);
    const { Account = "", Arn = "" } = await call("sts:GetCallerIdentity", () =>
      client.send(new GetCallerIdentityCommand({})),
    );
    session.fence.know(await client.config.credentials(), Account);
    return { account: Account, arn: Arn };
  };
  let stored: Promise<Cloud["storedValues"]> | undefined;
  // A second to load all the clients there are, and few runs wait for a service.
  let loaded: Promise<Workloads> | undefined;
  const workload = () => {
    loaded ??= import("./workload.ts").then(({ workloads }) => workloads(session));
    return loaded;
  };
  let looking: Promise<Lives> | undefined;
  const live = () => {
    looking ??= import("./lives.ts").then(({ lives }) => lives(session));
    return looking;
  };
  return {
    identity,
    throttled: session.throttled,
    ahead: session.ahead,
    ...cloudformation(session),
    ...recovery(session),
    ...storage(session),
    ...locks(session),
    storedValues: async (at, names) => {
      stored ??= import("./stored.ts").then(({ storedIn }) => storedIn(session));
      return (await stored)(at, names);
    },
    service: async (ref) => (await workload()).service(ref),
    serviceTasks: async (ref, which) => (await workload()).serviceTasks(ref, which),
    targets: async (at, targetGroup) => (await workload()).targets(at, targetGroup),
    logTail: async (at, task, container, most) => (await workload()).logTail(at, task, container, most),
    liveServices: async (at, cluster, names) => (await live()).liveServices(at, cluster, names),
    definition: async (at, name) => (await live()).definition(at, name),
    database: async (at, id) => (await live()).database(at, id),
    cache: async (at, id) => (await live()).cache(at, id),
    secretWritten: async (at, id) => (await live()).secretWritten(at, id),
    emptyRepository: async (at, name) => (await import("./registry.ts")).emptyRepository(session, at, name),
    dropValidations: async (zone) => (await import("./zones.ts")).dropValidations(session, zone),
    inTheWay: async (...of) => (await import("./in-the-way.ts")).inTheWay(session, ...of),
    clearLeftover: async (...of) => (await import("./leftovers.ts")).clearLeftover(session, ...of),
    publishAssets: async (at, manifest) => {
      // A quarter of a second to load, and few environments have a file to publish.
      const { publishAssets } = await import("./assets.ts");
      await publishAssets(session, at, manifest, async () => (await identity()).account);
    },
  };
}
