import { type FrontendManifest, isPage } from "../build/frontend-manifest.ts";
import type { Clock } from "../clock.ts";
import { AstroError } from "../errors.ts";
import type { AskWeb, WebReply } from "./port-web.ts";
import { answerFault, type ProofFault, type ProofProbe, unansweredFault } from "./proof-faults.ts";

/** What came of asking it: `fault` where it is not as it should be. */
export type ProofCheck = ProofProbe & {
  readonly status?: number;
  readonly firstByte?: number;
  readonly tries: number;
  readonly fault?: ProofFault;
};

type Asking = {
  readonly ask: AskWeb;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Told of each check as it is done, and of each that has to be asked again. */
  readonly tell?: (check: ProofCheck, isDone: boolean) => void;
};

/** Milliseconds for which is asked again: names, certificates and edges take minutes to learn of what is new. */
const PATIENCE = 5 * 60_000;

/** Milliseconds between two questions. */
const INTERVAL = 5000;

/** Times that an answer is asked for again which only the app itself can change. */
const FEW = 3;

/** The path under which the CDN leads to the API. */
const API = "/api/";

/** What is known of an environment and what was released, by the outputs of its stacks. */
export type Provable = {
  readonly outputs: (name: string) => string | undefined;
  readonly healthPath: string;
  /** The frontend that is served; absent where there is none. */
  readonly manifest?: FrontendManifest;
};

/**
 * What can be asked: the API through the load balancer where it has a name of its own (else it answers the CDN alone), and
 * through the CDN, which leads there from `/api/` only; the first page, and one of the files that it needs.
 */
export function proofProbes({ outputs, healthPath, manifest }: Provable): readonly ProofProbe[] {
  const [app, api] = [outputs("AppUrl"), outputs("ApiUrl")];
  const [appRecord, apiRecord] = [outputs("AppRecord"), outputs("ApiRecord")];
  const byCdn = (about: ProofProbe["about"], path: string, sha256?: string): ProofProbe => ({
    about,
    through: "CDN",
    url: `${app}${path}`,
    ...(appRecord !== undefined && { record: appRecord }),
    ...(sha256 !== undefined && { sha256 }),
  });
  const health: ProofProbe = {
    about: "health",
    through: "load balancer",
    url: `${api}${healthPath}`,
    ...(apiRecord !== undefined && { record: apiRecord }),
  };
  const index = manifest?.files.find(({ path }) => path === "index.html");
  const asset = manifest && assetOf(manifest);
  return [
    ...(api === undefined ? [] : [health]),
    ...(app === undefined ? [] : [healthPath.startsWith(API) ? byCdn("health", healthPath) : byCdn("api", API)]),
    ...(app === undefined || index === undefined ? [] : [byCdn("page", "/", index.sha256)]),
    ...(app === undefined || asset === undefined ? [] : [byCdn("asset", pathOf(asset.path), asset.sha256)]),
  ];
}

/** A script or a style of the release, the smallest whose name tells its content, or else any other file. */
function assetOf({ files }: FrontendManifest) {
  const all = files.filter((file) => !isPage(file) && /\.\w+$/.test(file.path) && !file.path.startsWith("api/"));
  const rank = ({ type, cacheControl }: (typeof files)[number]) =>
    (/javascript|css/.test(type) ? 0 : 1) + (/immutable/.test(cacheControl) ? 0 : 2);
  return all.toSorted((a, b) => rank(a) - rank(b) || a.bytes - b.bytes)[0];
}

const pathOf = (path: string) => `/${path.split("/").map(encodeURIComponent).join("/")}`;

/**
 * Asks all of it, again where an answer is not (yet) the release's, for at most five minutes. Returns what came of each, in
 * the order of `probes`; rejects only once the signal is aborted.
 */
export async function proveRelease(probes: readonly ProofProbe[], asking: Asking): Promise<readonly ProofCheck[]> {
  const until = asking.clock.now().getTime() + PATIENCE;
  return Promise.all(probes.map((probe) => proved(probe, until, asking)));
}

async function proved(probe: ProofProbe, until: number, asking: Asking): Promise<ProofCheck> {
  for (let tries = 1; ; tries++) {
    const check = { ...(await asked(probe, asking)), tries };
    const isLast = check.fault === undefined || (check.fault.lasts && tries >= FEW) || isLate(asking, until);
    asking.tell?.(check, isLast);
    if (isLast) return check;
    await asking.clock.sleep(INTERVAL, asking.signal);
  }
}

const isLate = ({ clock }: Asking, until: number) => clock.now().getTime() + INTERVAL > until;

async function asked(probe: ProofProbe, { ask, signal }: Asking): Promise<Omit<ProofCheck, "tries">> {
  let reply: WebReply;
  try {
    reply = await ask(probe.url, signal);
  } catch (error) {
    signal.throwIfAborted();
    return { ...probe, fault: unansweredFault(probe, error) };
  }
  const { status, firstByte } = reply;
  const fault = answerFault(probe, reply);
  return { ...probe, status, firstByte, ...(fault && { fault }) };
}

/** The failed checks as one error, the first hop's words first; undefined where all is well. */
export function proofError(checks: readonly ProofCheck[]): AstroError | undefined {
  const faults = checks.flatMap(({ fault }) => fault ?? []);
  const [first] = faults;
  if (first === undefined) return undefined;
  const words = [...new Set(faults.map(({ hop, words }) => `${hop}: ${words}`))].join("; ");
  const hints = faults.flatMap((fault) => fault.hints);
  const own = hints.filter((hint, at) => hints.findIndex(({ text }) => text === hint.text) === at);
  return new AstroError("failed", `deployed, but not all of it answers: ${words}`, own);
}
