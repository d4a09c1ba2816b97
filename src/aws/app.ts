import type { AppCloud } from "../release/port-app.ts";
import { type ConnectionOptions, openSession } from "./session.ts";
import { oneOffTasks } from "./tasks.ts";

/** What releases ask of AWS, on the real SDK: against AWS, an emulator or the rehearsal, unmodified. */
export function openAppCloud(access: ConnectionOptions): AppCloud {
  const session = openSession(access);
  return { ...oneOffTasks(session) };
}
