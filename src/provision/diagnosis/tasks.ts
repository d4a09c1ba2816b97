import { command } from "../../command-line.ts";
import type { HealthCheck } from "../workload/port.ts";
import type { Diagnosis, TaskCode } from "./code.ts";

/** What is known of tasks that fail with the same error, beside how they end. */
export type TaskFacts = {
  /** ECS's words for why they stop, without what differs from task to task. */
  readonly reason: string;
  readonly exitCode?: number;
  /** The image of the container in question. */
  readonly image?: string;
  /** The processor that the task asks for, `x86_64` for example. */
  readonly architecture: string;
  /** The last lines of its log. */
  readonly log: readonly string[];
  /** What the load balancer says of its health checks. */
  readonly check?: HealthCheck;
  readonly port?: number;
  /** Set where the image came by a release, which the same command makes again. */
  readonly released?: true;
};

type Explain = (found: TaskFacts) => Diagnosis;

/** What failures of an ECS service's tasks mean. */
export const OF_TASKS: { readonly [code in TaskCode]: Explain } = {
  "image-platform": ({ architecture, image = "IMAGE" }) => ({
    cause: `the image is built for another processor than the task's (${architecture}), as happens when it is built on another kind of machine`,
    hints: isPushable(image)
      ? [
          {
            text: "build it for the task's processor",
            command: command`docker build --platform ${platformOf(architecture)} -t ${image} .`,
          },
          { text: "then push it", command: command`docker push ${image}` },
        ]
      : [
          {
            text: `name an image that is built for ${platformOf(architecture)}`,
            command: command`astro init --image NAME`,
          },
        ],
  }),
  "image-denied": ({ image = "its image" }) => ({
    cause: `the registry does not let the task pull ${image}`,
    hints: [
      {
        text: "let the execution role pull it (infra/lib/roles.ts), or name an image of this environment's own repository: service.image in astro.yaml",
      },
    ],
  }),
  "image-rate-limit": () => ({
    cause: "the registry's anonymous pull rate limit is reached",
    hints: [
      {
        text: "use the same image from public.ecr.aws or your own repository",
        command: command`astro init --image NAME`,
      },
    ],
  }),
  "image-unreachable": () => ({
    cause: "the task does not reach the registry: its subnet has no route to the internet",
    hints: [{ text: "add a NAT gateway", command: command`astro init --nat one` }],
  }),
  "image-missing": ({ image = "its image", released }) => ({
    cause: `there is no image ${image}: it was never pushed, or its name or tag is wrong`,
    hints: [
      ...(isPushable(image) ? [{ text: "push it", command: command`docker push ${image}` }] : []),
      {
        text: `${isPushable(image) ? "or " : ""}${released ? "deploy" : "name"} one that exists`,
        command: released ? command`astro deploy --image TAG` : command`astro init --image TAG`,
      },
    ],
  }),
  "secret-denied": ({ reason }) => ({
    cause: `the task's execution role may not read ${secretIn(reason)}, which the task needs to start`,
    hints: [{ text: "let the role read it, and use its KMS key, in the app's code (infra/lib/roles.ts)" }],
  }),
  "secret-unavailable": ({ reason }) => ({
    cause: `the task needs ${secretIn(reason)} to start, and ECS cannot get it`,
    hints: [
      { text: "make sure that it exists in this region and has the key the task asks for (infra/stacks/service.ts)" },
    ],
  }),
  "task-start": () => ({
    cause: "the task cannot start: something it needs to start is missing or cannot be reached",
    hints: [{ text: "fix what AWS names above, in the app's code (infra/stacks/service.ts)" }],
  }),
  "container-exit": ({ exitCode, log, released }) => {
    const line = errorLine(log);
    return {
      cause: `the container starts and exits by itself, with exit code ${exitCode}${line === undefined ? "" : `. It wrote: ${line}`}`,
      hints: released
        ? [{ text: "fix what its log says, and commit it" }]
        : [
            {
              text: "fix what its log says, push the new image, and name it",
              command: command`astro init --image TAG`,
            },
          ],
    };
  },
  "out-of-memory": () => ({
    cause: "the container was killed because it used more memory than its task has",
    hints: [{ text: "give it more", command: command`astro init --memory MB` }],
  }),
  "health-check": ({ check, port, released }) => ({
    cause: `the container runs, but does not answer the load balancer's health check${checkWords(check)}`,
    hints: [
      {
        text: `make it answer 200 ${port === undefined ? "" : `on port ${port} `}at service.healthPath, or name the path and port that do`,
        command: command`astro init --health-path PATH --port PORT`,
      },
      // Path and port are the load balancer's, which a release leaves as it is.
      ...(released ? [{ text: "which is then provisioned first", command: command`astro provision` }] : []),
    ],
  }),
};

/** What the load balancer gets for its health checks, if that says more than that they fail. */
function checkWords({ codes, timedOut }: HealthCheck = {}): string {
  if (codes !== undefined) return `: it answers ${codes}`;
  return timedOut ? ": no answer comes in time" : "";
}

/** The line of a log that most likely tells why: the last that names an error, or else the last there is. */
function errorLine(log: readonly string[]): string | undefined {
  const lines = log.map((line) => line.trim()).filter((line) => line !== "");
  const named = lines.findLast(
    (line) => /^[\w.$]*(Error|Exception|Panic|Fault)\b.*: /i.test(line) && !/^error:/i.test(line),
  );
  const line = named ?? lines.findLast((one) => /error|fatal|panic|cannot|failed/i.test(one)) ?? lines.at(-1);
  return line && line.length > LONG ? `${line.slice(0, LONG)}...` : line;
}

/** Characters of it that are worth a reader's time. */
const LONG = 200;

/** The name of the secret that AWS's words mention. */
function secretIn(reason: string): string {
  const name = /:secret:([\w/+=.@-]+?)(?:-\w{6})?(?=[\s:,]|$)/.exec(reason)?.[1];
  return name === undefined ? "a secret" : `the secret ${name}`;
}

/** An image of a private repository is the user's to push. */
function isPushable(image: string): boolean {
  return /\.dkr\.ecr\./.test(image) || !image.includes("/");
}

function platformOf(architecture: string): string {
  return /arm/i.test(architecture) ? "linux/arm64" : "linux/amd64";
}
