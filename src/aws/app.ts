import type { AppCloud } from "../release/port-app.ts";
import { appSecretOn } from "./app-secret.ts";
import { frontendOn } from "./frontend.ts";
import { images } from "./images.ts";
import { logsOn } from "./logs.ts";
import { providers } from "./providers.ts";
import { type ConnectionOptions, openSession } from "./session.ts";
import { sessionsOn } from "./sessions.ts";
import { oneOffTasks } from "./tasks.ts";

/** What releases ask of AWS, on the real SDK: against AWS, an emulator or the rehearsal, unmodified. */
export function openAppCloud(access: ConnectionOptions, region: string): AppCloud {
  const session = openSession(access);
  return {
    ...oneOffTasks(session),
    ...images(session, region),
    ...frontendOn(session),
    ...logsOn(session),
    ...sessionsOn(session),
    ...appSecretOn(session),
    ...providers(session, region),
  };
}
