import type { AppStatus } from "../everyday/app-status.ts";
import { duration } from "./format.ts";
import type { Labelled } from "./labelled.ts";
import { callerName, secondsSince } from "./lock-words.ts";
import { oneLine } from "./text.ts";

/** Seconds of a day. */
const DAY = 86_400;

/** How long ago something was, or the day where that is long ago. */
export function ago(time: string, now: string): string {
  const seconds = secondsSince(time, now);
  return seconds < DAY ? `${duration(seconds)} ago` : `on ${time.slice(0, 10)}`;
}

/** What of the app is said below the stacks: its release, a line for each service, its addresses. */
export function appEntries({ release, services, urls, denied }: AppStatus, now: string): readonly Labelled[] {
  return [
    ...(release ? [["Release", releaseWords(release, now)] as const] : []),
    ...services.map((service) => [service.name, serviceWords(service, now)] as const),
    ...Object.entries(urls).map(([name, url]) => [name === "ApiUrl" ? "API" : "App", oneLine(url)] as const),
    ...(denied ? [["Not seen", `${denied.join(", ")}: not allowed`] as const] : []),
  ];
}

function releaseWords(
  { number, at, who, commit, dirty, image, of }: NonNullable<AppStatus["release"]>,
  now: string,
): string {
  const parts = [
    `${number}${of === undefined ? "" : `, back to ${of}`}`,
    ...(image ? [image.tag ?? image.digest.slice(0, "sha256:".length + 12)] : []),
    ...(commit === undefined ? [] : [`commit ${commit.slice(0, 12)}${dirty ? " and more" : ""}`]),
    `${ago(at, now)} by ${callerName(who)}`,
  ];
  return oneLine(parts.join(" · "));
}

function serviceWords(
  { running, desired, pending, healthy, targets, deployment }: AppStatus["services"][number],
  now: string,
): string {
  const parts = [
    `${running} of ${desired} running${pending > 0 ? `, ${pending} on the way` : ""}`,
    ...(healthy === undefined ? [] : [`${healthy} of ${targets ?? healthy} healthy`]),
    ...(deployment ? [deploymentWords(deployment, now)] : []),
  ];
  return oneLine(parts.join(" · "));
}

const STATES: { readonly [state: string]: string } = {
  COMPLETED: "deployed",
  IN_PROGRESS: "rolling out, begun",
  FAILED: "rollout failed, begun",
};

function deploymentWords(
  { at, state = "COMPLETED", reason }: { at: string; state?: string; reason?: string },
  now: string,
) {
  const why = state === "FAILED" && reason !== undefined ? `: ${reason}` : "";
  return `${STATES[state] ?? state} ${ago(at, now)}${why}`;
}
