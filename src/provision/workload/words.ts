import type { Diagnosis } from "../diagnosis.ts";
import type { Failure } from "./stops.ts";

/** What is known of tasks that fail alike, beside how they end. */
export type Circumstances = {
  readonly environment: string;
  /** The image of the container in question. */
  readonly image?: string;
  /** The processor that the task asks for, `x86_64` for one. */
  readonly architecture: string;
  /** The last lines of its log. */
  readonly log: readonly string[];
  /** What the load balancer says of its health checks. */
  readonly check?: string;
  readonly port?: number;
};

/** What an image says that was built for another processor: the kernel in the log, or the registry as it is pulled. */
const OTHER_PROCESSOR = /exec format error|descriptor matching platform|no matching manifest/i;

/** The line of a log that tells of it. */
export function processorLine(log: readonly string[]): string | undefined {
  return log.findLast((line) => OTHER_PROCESSOR.test(line));
}

/** The line of a log that most likely tells why: the last that names an error, or else the last there is. */
function tellingLine(log: readonly string[]): string | undefined {
  const lines = log.map((line) => line.trim()).filter((line) => line !== "");
  const named = lines.findLast(
    (line) => /^[\w.$]*(Error|Exception|Panic|Fault)\b.*: /i.test(line) && !/^error:/i.test(line),
  );
  const line = named ?? lines.findLast((one) => /error|fatal|panic|cannot|failed/i.test(one)) ?? lines.at(-1);
  return line && line.length > LONG ? `${line.slice(0, LONG)}...` : line;
}

/** Characters of it that are worth a reader's time. */
const LONG = 200;

type Words = (failure: Failure, found: Circumstances) => Diagnosis;

const wrongProcessor: Words = (_, { architecture, environment, image = "IMAGE" }) => ({
  cause: `the image is built for another processor than the task's (${architecture}), as happens on a laptop of another kind`,
  advice: isOurs(image)
    ? `build it for the task's and push it:  docker build --platform ${platformOf(architecture)} -t ${image} .  docker push ${image}`
    : `name one that is built for ${platformOf(architecture)}:  astro init --env ${environment} --image NAME`,
});

const image: Words = (failure, found) => {
  const { image: name = "its image", environment } = found;
  const { reason } = failure;
  if (OTHER_PROCESSOR.test(reason)) return wrongProcessor(failure, found);
  if (/denied|not authorized|forbidden|403|no basic auth/i.test(reason) && !/not found|does not exist/i.test(reason)) {
    return {
      cause: `the registry does not let the task have ${name}`,
      advice:
        "let the execution role pull it (infra/lib/roles.ts), or name an image of this environment's own repository: service.image in astro.yaml",
    };
  }
  if (/toomanyrequests|429|rate limit/i.test(reason)) {
    return {
      cause: "the registry lets strangers pull only so often, and that is used up",
      advice: `use the same image from public.ecr.aws or your own repository:  astro init --env ${environment} --image NAME`,
    };
  }
  if (/time(d )?out|connection|deadline|dial tcp/i.test(reason)) {
    return {
      cause: "the task does not reach the registry: its subnet has no way to the internet",
      advice: `give it one:  astro init --env ${environment} --nat one`,
    };
  }
  return {
    cause: `there is no image ${name}: it was never pushed, or its name or tag is wrong`,
    advice: `${isOurs(name) ? `push it:  docker push ${name}  or ` : ""}name one that is there:  astro init --env ${environment} --image TAG`,
  };
};

const secret: Words = ({ reason }) =>
  /not authorized|AccessDenied/i.test(reason)
    ? {
        cause: `the task's execution role may not read ${secretIn(reason)}, which the task is given as it starts`,
        advice: "let the role read it, and use its KMS key, in the app's code:  infra/lib/roles.ts",
      }
    : {
        cause: `the task is given ${secretIn(reason)} as it starts, and ECS cannot get it`,
        advice: "make sure that it exists in this region and has the key the task asks for (infra/stacks/service.ts)",
      };

const exit: Words = (failure, found) => {
  if (processorLine(found.log) !== undefined) return wrongProcessor(failure, found);
  const line = tellingLine(found.log);
  return {
    cause: `the container starts and ends by itself, with exit code ${failure.exitCode}${line === undefined ? "" : `. It wrote: ${line}`}`,
    advice: `put right what its log says, push the new image, and name it:  astro init --env ${found.environment} --image TAG`,
  };
};

const WORDS: { readonly [kind in Failure["kind"]]: Words } = {
  image,
  secret,
  exit,
  start: () => ({
    cause: "the task cannot even start: something it needs as it starts is not there or out of reach",
    advice: "put right what AWS names above; it is in the app's code:  infra/stacks/service.ts",
  }),
  memory: (_, { environment }) => ({
    cause: "the container was killed because it used more memory than its task has",
    advice: `give it more:  astro init --env ${environment} --memory MB`,
  }),
  health: (_, { check, environment, port }) => ({
    cause: `the container runs, but does not answer the load balancer's health check${checkWords(check)}`,
    advice: `make it answer 200 ${port === undefined ? "" : `on port ${port} `}at service.healthPath, or name what does:  astro init --env ${environment} --health-path PATH --port PORT`,
  }),
};

/** What it means that tasks fail like this, and what to do about it. */
export function explain(failure: Failure, found: Circumstances): Diagnosis {
  return WORDS[failure.kind](failure, found);
}

/** Why a task failed, in a few words. */
export function inShort({ kind, exitCode }: Failure): string {
  return kind === "exit" ? `exit code ${exitCode}` : SHORT[kind];
}

const SHORT: { readonly [kind in Exclude<Failure["kind"], "exit">]: string } = {
  image: "its image cannot be pulled",
  secret: "it may not read a secret",
  start: "it cannot start",
  memory: "out of memory",
  health: "its health checks fail",
};

/** What the load balancer gets for its health checks, if that says more than that they fail. */
export function checkWords(check: string | undefined): string {
  const codes = /codes: \[([\d,\s]+)\]/.exec(check ?? "")?.[1];
  if (codes !== undefined) return `: it answers ${codes}`;
  return /time/i.test(check ?? "") ? ": no answer comes in time" : "";
}

/** The name of the secret that AWS's words mention. */
function secretIn(reason: string): string {
  const name = /:secret:([\w/+=.@-]+?)(?:-\w{6})?(?=[\s:,]|$)/.exec(reason)?.[1];
  return name === undefined ? "a secret" : `the secret ${name}`;
}

/** An image of a private repository is the user's to push. */
function isOurs(image: string): boolean {
  return /\.dkr\.ecr\./.test(image) || !image.includes("/");
}

function platformOf(architecture: string): string {
  return /arm/i.test(architecture) ? "linux/arm64" : "linux/amd64";
}
