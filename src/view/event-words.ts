import { blockerName } from "../provision/blocker.ts";
import type { EventOf, EventType, Event as RunEvent } from "../provision/event.ts";
import type { NotLookedAt } from "../provision/in-the-way.ts";
import { isClearable, whatGoes } from "../provision/leftover.ts";
import type { Weakness } from "../provision/release-facts.ts";
import { count } from "./format.ts";
import { lockWords } from "./lock-words.ts";
import { oneLine } from "./text.ts";
import { warningWords } from "./warning-words.ts";

/** What a scan found, and in which package. */
export const weaknessWords = ({ name, package: of }: Weakness) => (of === undefined ? name : `${name} in ${of}`);

/** Types of the events that a run's screen shows as a notice: what it does to get past something, or waits for. */
type NoticeType = Extract<
  EventType,
  | "stack.recovering"
  | "stack.waiting"
  | "stack.retrying"
  | "stack.cancelling"
  | "stack.updating-twice"
  | "changeset.discarded"
  | "resource.adopted"
  | "resource.emptied"
  | "resource.retained"
  | "resource.skipped"
  | "leftover.deleting"
  | "dns.needed"
  | "nameservers.needed"
  | "task.stopped"
  | "service.unhealthy"
  | "service.unwatched"
  | "lock.held"
  | "lock.left"
  | "network.lost"
  | "endpoints.waiting"
  | "memory.unwritable"
  | "image.scanned"
  | "context.large"
  | "url.asked"
  | "preflight.warned"
  | "drift.found"
  | "drift.unknown"
  | "deletion.blocked"
  | "deletion.unknown"
>;

type Words = { readonly [Type in NoticeType]: (event: EventOf<Type>) => string | readonly string[] };

const WORDS: Words = {
  "stack.recovering": ({ from, how, ...failed }) => `${from}: ${RECOVERIES[how](failed)}`,
  "stack.waiting": ({ status, begunBy, token }) => `${status}: ${beginner(begunBy, token)}; waiting for it to end`,
  "stack.retrying": ({ because }) =>
    because === "parameter-changed"
      ? "a parameter it reads has just changed, retrying"
      : "concurrent change detected, retrying",
  "stack.cancelling": ({ status, how }) =>
    how === "wait" ? `${status}: AWS cannot cancel this; waiting for it to end` : CANCELLING[how],
  "stack.updating-twice": ({ resources }) =>
    `in two updates: first the replicas of ${resources.join(", ")}, then failover, which AWS enables only with a running replica`,
  "changeset.discarded": ({ count: amount }) => `deleting ${count(amount, "change set")} of an earlier run`,
  "resource.adopted": ({ resource, resourceType }) =>
    `${resource} (${resourceType}): taking over what exists, as it is`,
  "resource.emptied": ({ resource, resourceType, count: amount }) =>
    `${resource}: ${amount} ${CONTENTS[resourceType] ?? "entries"} deleted`,
  "resource.retained": ({ resource, physicalId }) =>
    `${resource} cannot be deleted: ${physicalId} stays in the account, outside of any stack`,
  "resource.skipped": ({ resources }) =>
    `skipping ${resources.join(", ")}: CloudFormation counts it as rolled back, whatever state it is in`,
  "leftover.deleting": ({ resource, resourceType, name }) =>
    `${resource}: deleting ${name}, which has its name${isClearable(resourceType) ? `: ${whatGoes(resourceType)}` : ""}`,
  "dns.needed": ({ records }) => [
    `add ${records.length === 1 ? "this record" : "these records"} to the domain's DNS, to stay; AWS waits for it:`,
    ...records.flatMap(({ name, type, value }) => [`${name} ${type}`, value]),
  ],
  "nameservers.needed": ({ nameServers }) => [
    "enter these name servers at the domain's registrar, in place of those there (of a name below your domain: as its NS records in the DNS of the domain); AWS waits for it:",
    ...nameServers,
  ],
  "task.stopped": ({ code, exitCode }) => `a task stopped (${taskWords(code, exitCode)}); ECS starts another`,
  "service.unhealthy": ({ resource, codes, timedOut }) =>
    `${resource} is not healthy yet${codes === undefined ? (timedOut ? ": no answer comes in time" : "") : `: it answers ${codes}`}`,
  "service.unwatched": ({ resource, because }) =>
    `the tasks of ${resource} are not checked: ${because === "denied" ? NOT_ALLOWED : "AWS does not answer"}`,
  "lock.held": (event) => lockWords(event),
  "lock.left": (event) => lockWords(event),
  "network.lost": ({ reason, retrySeconds }) => `${reason}; trying again for ${count(retrySeconds / 60, "minute")}`,
  "endpoints.waiting": ({ endpoints }) =>
    `all stacks are done; waiting until ${endpoints.map(({ name }) => name).join(" and ")} can be reached`,
  "memory.unwritable": ({ file, reason }) => `${file} cannot be written: ${reason}`,
  "image.scanned": ({ critical, findings }) =>
    critical === 0
      ? "the repository's scan found nothing critical in the image"
      : `the repository's scan found ${count(critical, "weakness", "weaknesses")} of severity CRITICAL in the image: ${findings.map(weaknessWords).join(", ")}`,
  "context.large": ({ bytes, files }) =>
    `${count(files, "file")} of ${Math.round(bytes / 2 ** 20)} MB are handed to the builder: name what it does not need in .dockerignore`,
  "url.asked": ({ about, url, through, status, firstByte, isGood }) => {
    const took = firstByte === undefined ? "" : ` in ${Math.round(firstByte)} ms`;
    // The address comes last: it may be too long for a line.
    const words = `${answerWords({ about, status, isGood })}${took} through the ${through}`;
    return `${words}${isGood ? "" : ", asking again"}: ${url}`;
  },
  "preflight.warned": ({ check, finding }) => `${check}: ${warningWords(finding)}`,
  "drift.found": ({ stack, resource, value, live, deployed, becomes, refused }) =>
    [
      `drift: ${resource} of ${stack}: ${value} is ${live}`,
      ...(deployed === undefined ? [] : [`deployed as ${deployed}`]),
      ...(becomes === undefined
        ? []
        : [refused === undefined ? `becomes ${becomes}` : `AWS refuses ${becomes}: ${refused}`]),
    ].join(", "),
  "drift.unknown": ({ stack, reason }) => `drift: not known of ${stack}: ${reason}`,
  "deletion.blocked": ({ by }) => `this will stop the removal: ${blockerName(by)}`,
  "deletion.unknown": (event) => `this may stop the removal: ${unknownWords(event)}`,
};

type Answered = {
  readonly about: EventOf<"url.asked">["about"];
  readonly status?: number | undefined;
  readonly isGood: boolean;
};

/** What a URL answers. `/api/` is a path that no app needs to have: there any word of it will do. */
export function answerWords({ about, status, isGood }: Answered): string {
  const isReached = about === "api" && isGood && status !== undefined && status >= 300;
  return isReached ? `the API answers (${status}, as it has nothing at that path)` : `${status ?? "no answer"}`;
}

/** Of what it is not known whether something will stop its removal, and why. */
export function unknownWords({ resource, reason }: NotLookedAt): string {
  return `cannot check whether others have something in ${resource}: ${reason}`;
}

const RECOVERIES: {
  readonly [how in EventOf<"stack.recovering">["how"]]: (
    failed: Pick<EventOf<"stack.recovering">, "reason" | "resource" | "resourceType">,
  ) => string;
} = {
  "delete-and-create": () => "its first creation failed, so it cannot be updated; deleting what is left of it",
  "finish-deletion": () => "a deletion of it was begun and failed; deleting what is left of it",
  "retry-deletion": ({ resource, resourceType, reason = "AWS gives no reason" }) =>
    `${resource === undefined ? "" : `${resource} (${resourceType}): `}${reason}; trying once more`,
  "roll-back": () => "an update stopped and was not rolled back; rolling it back",
  "continue-rollback": () => "an earlier update could not be rolled back; continuing the rollback",
  "use-empty-stack": () => "an empty stack, left by an earlier change set; using it",
};

const CANCELLING = {
  delete: "cancelling the creation: what exists of it is deleted",
  "roll-back": "cancelling the update: it is rolled back",
} as const;

function beginner(begunBy: EventOf<"stack.waiting">["begunBy"], token: string | undefined): string {
  if (begunBy === "astro") return "started by an earlier run of astro";
  if (begunBy === "console") return "started in the AWS console";
  return token === undefined ? "started by somebody else" : `started by somebody else (token ${token})`;
}

/** What is deleted of each type before it can be deleted itself. */
const CONTENTS: { readonly [type: string]: string } = {
  "AWS::S3::Bucket": "objects",
  "AWS::ECR::Repository": "images",
  "AWS::Route53::HostedZone": "validation records of certificates",
};

const NOT_ALLOWED = "your credentials do not allow it (ecs:DescribeServices, ListTasks, DescribeTasks)";

/** Why a task failed, in a few words. */
function taskWords(code: EventOf<"task.stopped">["code"], exitCode: number | undefined): string {
  if (code === "container-exit") return `exit code ${exitCode}`;
  if (code === "out-of-memory") return "out of memory";
  if (code === "health-check") return "its health checks fail";
  if (code.startsWith("image-")) return "its image cannot be pulled";
  return code === "task-start" ? "it cannot start" : "it cannot read a secret";
}

/** What is to be read of an event on a line by itself, and what below it is to be copied; `undefined` for all others. */
export function noticeLines(event: RunEvent): readonly string[] | undefined {
  if (!Object.hasOwn(WORDS, event.type)) return undefined;
  const words = (WORDS[event.type as NoticeType] as (event: RunEvent) => string | readonly string[])(event);
  return (typeof words === "string" ? [words] : words).map(oneLine);
}
