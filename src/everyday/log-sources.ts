import { nearest } from "../config/nearest.ts";
import { AstroError } from "../errors.ts";
import type { Site } from "../plan/provision-plan.ts";
import type { LogEvent } from "../release/port-logs.ts";
import { APP_SERVICES, logGroupOf, MIGRATE } from "./names.ts";

/** Where lines come from: a log group, or those of its streams whose names begin so. */
export type LogSource = { readonly group: string; readonly streams?: string };

/** Whose line it is: what runs (`api`, `migrate`, a schedule's name) and the id of its task. */
export type Writer = { readonly part: string; readonly task: string };

/**
 * The sources of what `part` of the app writes, of all of it without. What migrates writes beside the API, and the schedules
 * share a group: their streams begin with the name. Throws AstroError("usage") for what is no part.
 */
export function logSourcesOf(site: Site, part: string | undefined, schedules: readonly string[]): readonly LogSource[] {
  const group = (of: "api" | "worker" | "schedule") => logGroupOf(site, of);
  if (part === undefined) return [...APP_SERVICES, "schedule" as const].map((of) => ({ group: group(of) }));
  if (part === MIGRATE) return [{ group: group("api"), streams: `${MIGRATE}/` }];
  const service = APP_SERVICES.find((name) => name === part);
  if (service !== undefined) return [{ group: group(service), streams: `${service}/` }];
  if (schedules.includes(part)) return [{ group: group("schedule"), streams: `${part}/` }];
  const known = [...APP_SERVICES, MIGRATE, ...schedules];
  const meant = nearest(part, known);
  throw new AstroError(
    "usage",
    `${JSON.stringify(part)}: nothing of the app is called so`,
    meant === undefined ? `give one of ${known.join(", ")}` : `did you mean ${meant}?`,
  );
}

/** Whose a stream is: PREFIX/CONTAINER/TASK is a container's (Amazon ECS Developer Guide, "Send Amazon ECS logs to CloudWatch"). */
export function writerOf({ stream }: Pick<LogEvent, "stream">): Writer {
  const [part = "", , task] = stream.split("/");
  return { part, task: task ?? part };
}
