import type { AppCloud } from "../release/port-app.ts";
import type { FrontendCloud } from "../release/port-frontend.ts";
import type { ImagesPort } from "../release/port-images.ts";
import type { Logs } from "../release/port-logs.ts";
import type { Providers } from "../release/port-providers.ts";
import type { AppSecret } from "../release/port-secret.ts";
import type { Sessions } from "../release/port-sessions.ts";
import type { Tasks } from "../release/port-tasks.ts";
import { type ConnectionOptions, openSession } from "./session.ts";

/** What releases ask of AWS, on the real SDK: against AWS, an emulator or the rehearsal, unmodified. */
export function openAppCloud(access: ConnectionOptions, region: string): AppCloud {
  const session = openSession(access);
  return {
    ...onceAsked<Tasks>(async () => (await import("./tasks.ts")).oneOffTasks(session), {
      taskPlace: true,
      registerTask: true,
      deregisterTask: true,
      startTask: true,
      tasksOfFamily: true,
      oneOffTask: true,
      stopTask: true,
      logPage: true,
    }),
    ...onceAsked<ImagesPort>(async () => (await import("./images.ts")).images(session, region), {
      repositoryUri: true,
      registryLogin: true,
      storedImage: true,
      newestTags: true,
      imagePlatforms: true,
      imageScan: true,
      publicImage: true,
    }),
    ...onceAsked<FrontendCloud>(async () => (await import("./frontend.ts")).frontendOn(session), {
      listObjects: true,
      readObject: true,
      writeObject: true,
      sendFile: true,
      copyObject: true,
      removeObjects: true,
      invalidate: true,
      invalidation: true,
    }),
    ...onceAsked<Logs>(async () => (await import("./logs.ts")).logsOn(session), { logGroups: true, logEvents: true }),
    ...onceAsked<Sessions>(async () => (await import("./sessions.ts")).sessionsOn(session), {
      appServices: true,
      appTasks: true,
      forceDeployment: true,
      executeCommand: true,
      startForwarding: true,
      endSession: true,
      secretValue: true,
    }),
    ...onceAsked<AppSecret>(async () => (await import("./app-secret.ts")).appSecretOn(session), {
      appSecret: true,
      putAppSecret: true,
    }),
    ...onceAsked<Providers>(async () => (await import("./providers.ts")).providers(session, region), {
      tokenProvider: true,
    }),
  };
}

type Port<P> = { readonly [name in keyof P]: (...given: never[]) => Promise<unknown> };

/** A port that is loaded with the first question to it: its clients take longer to load than most answers to come. */
function onceAsked<P extends Port<P>>(load: () => Promise<P>, names: { readonly [name in keyof P]: true }): P {
  let loaded: Promise<P> | undefined;
  const asked = (name: string) => {
    return async (...given: never[]) => {
      loaded ??= load();
      return (await loaded)[name as keyof P](...given);
    };
  };
  // Each name is one of the port's own.
  return Object.fromEntries(Object.keys(names).map((name) => [name, asked(name)])) as unknown as P;
}
