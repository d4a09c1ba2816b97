import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import type { Cloud } from "../provision/cloud.ts";
import { cloudformation } from "./cloudformation.ts";
import { must } from "./errors.ts";
import { locks } from "./lock.ts";
import { recovery } from "./recovery.ts";
import { registry } from "./registry.ts";
import { type Access, openSession } from "./session.ts";
import { storage } from "./storage.ts";

/** The engine's `Cloud` on the real SDK: against AWS, an emulator or the rehearsal, unmodified. */
export function openCloud(access: Access, region: string): Cloud {
  const session = openSession(access);
  const identity: Cloud["identity"] = async () => {
    const { Account = "", Arn = "" } = await must("sts:GetCallerIdentity", () =>
      session.sts(region).send(new GetCallerIdentityCommand({})),
    );
    return { account: Account, arn: Arn };
  };
  return {
    identity,
    throttled: session.throttled,
    ...cloudformation(session),
    ...recovery(session),
    ...storage(session),
    ...locks(session),
    ...registry(session),
    publishAssets: async (at, manifest) => {
      // A quarter of a second to load, and few environments have a file to publish.
      const { publishAssets } = await import("./assets.ts");
      await publishAssets(session, at, manifest, async () => (await identity()).account);
    },
  };
}
