import { command } from "../command-line.ts";
import { type Hint, reasonOf } from "../errors.ts";
import type { AskedPart, AskedThrough } from "../provision/release-facts.ts";
import type { WebReply } from "./port-web.ts";

/** What is asked, and what counts as an answer of the release. */
export type ProofProbe = {
  readonly about: AskedPart;
  readonly through: AskedThrough;
  readonly url: string;
  /** A record that somebody has to add at another DNS before the name leads anywhere. */
  readonly record?: string;
  /** Digest that the body must have. */
  readonly sha256?: string;
};

/** Where on the way from a browser to the app it went wrong. */
type Hop = "DNS" | "connection" | "TLS" | "CDN" | "bucket" | "load balancer" | "task";

/** What is wrong with an answer, and where. */
export type ProofFault = {
  readonly hop: Hop;
  readonly words: string;
  readonly hints: readonly Hint[];
  /** True for what only the app itself, not time, can change. */
  readonly lasts?: true;
};

const hostOf = (url: string) => new URL(url).hostname;

/** Node's codes for names that lead nowhere, and for certificates that are not trusted (Node.js, "Common system errors", "TLS"). */
const NAMELESS = /^(ENOTFOUND|EAI_AGAIN|ENODATA)$/;
const UNTRUSTED = /CERT|SELF_SIGNED|UNABLE_TO|TLS|SSL|EPROTO/;

/** What a question that nobody answered tells. */
export function unansweredFault({ url, record, through }: ProofProbe, error: unknown): ProofFault {
  const code = codeIn(error);
  const host = hostOf(url);
  if (NAMELESS.test(code)) {
    const text = record
      ? `add this record where the domain's DNS is: ${record}`
      : "names take minutes to be known everywhere; ask for it again later";
    return { hop: "DNS", words: `no DNS knows ${host} (${code})`, hints: [{ text }, look(command`nslookup ${host}`)] };
  }
  if (UNTRUSTED.test(code)) {
    const text =
      "the certificate must be of this name, and a company's proxy may answer with one of its own (AWS_CA_BUNDLE names that)";
    const words = `the certificate of ${host} is not trusted (${code})`;
    return {
      hop: "TLS",
      words,
      hints: [{ text }, look(command`openssl s_client -connect ${host}:443 -servername ${host}`)],
    };
  }
  const text =
    through === "CDN"
      ? "check the network, VPN and proxy here; a new distribution takes minutes to be reachable"
      : "check the network here, and the security group of the load balancer";
  const words = `${host} does not answer: ${code || reasonOf(error)}`;
  return { hop: "connection", words, hints: [{ text }, look(command`curl -sv -o /dev/null ${url}`)] };
}

/** A code, of the error or of what it came from, as `fetch` wraps it. */
function codeIn(error: unknown): string {
  const { code, cause, name } = (error ?? {}) as {
    readonly code?: unknown;
    readonly cause?: unknown;
    readonly name?: unknown;
  };
  if (typeof code === "string") return code;
  if (cause !== undefined) return codeIn(cause);
  return name === "TimeoutError" ? "no answer in ten seconds" : "";
}

const look = (line: readonly string[]): Hint => ({ text: "look for yourself", command: line });

const LOGS = { text: "see what the app says", command: command`astro logs api` };
const STATUS = { text: "see the tasks and why they stop", command: command`astro status` };

/** What is wrong with an answer; undefined for one as it should be. */
export function answerFault(probe: ProofProbe, reply: WebReply): ProofFault | undefined {
  const { status, headers } = reply;
  const said = `${probe.url} answers ${status}`;
  if (probe.about === "page" || probe.about === "asset") return fileFault(probe, reply, said);
  // The page of the frontend in place of the API's word.
  const isPage = /text\/html/.test(headers["content-type"] ?? "") && headers.server === "AmazonS3";
  if (isPage) {
    const text = "/api/* of the distribution leads to the API no more; provision the cdn stack again";
    return { hop: "CDN", words: `${said} with the frontend's page, not the API's`, hints: [{ text }] };
  }
  if (status >= 500 || isRefusal(reply)) return gatewayFault(reply, said);
  if (probe.about === "api" || (status >= 200 && status < 300)) return undefined;
  const text = "set service.healthPath in astro.yaml to a path that the app answers with 200, without a redirection";
  return { hop: "task", words: `${said}, and its health path must answer 200`, hints: [{ text }, LOGS], lasts: true };
}

/** Who made an error page: each hop names itself in the header `server`. */
const maker = ({ headers }: WebReply) => headers.server ?? "";

/** What the load balancer answers whoever is not the CDN. */
const isRefusal = (reply: WebReply) => reply.status === 403 && /The API is at \/api of the CDN/.test(reply.start);

function gatewayFault(reply: WebReply, said: string): ProofFault {
  const { status } = reply;
  if (/FunctionExecutionError|FunctionThrottledError/.test(reply.headers["x-cache"] ?? "")) {
    const text = "look at the distribution's functions in the cdn stack (infra/stacks/cdn.ts)";
    return { hop: "CDN", words: `${said}: a function of the distribution failed`, hints: [{ text }] };
  }
  if (isRefusal(reply)) {
    const text = "CDN and load balancer know different words of the secret between them; provision both stacks again";
    return {
      hop: "load balancer",
      words: `${said}: the load balancer does not know the CDN`,
      hints: [{ text }],
    };
  }
  if (/^CloudFront/i.test(maker(reply))) {
    const why = status === 504 ? "does not answer the CDN in time" : "cannot be reached by the CDN";
    const text = "check its listener, its certificate (of the API's own name) and its security group";
    return { hop: "load balancer", words: `${said}: the load balancer ${why}`, hints: [{ text }, STATUS] };
  }
  if (/^awselb/i.test(maker(reply))) {
    const why = { 502: "a task closed the connection", 503: "there is no task to ask", 504: "no task answers in time" }[
      status
    ];
    return { hop: "task", words: `${said}: ${why ?? "no task answers"}`, hints: [STATUS, LOGS] };
  }
  return { hop: "task", words: `${said}: the app failed`, hints: [LOGS], lasts: true };
}

/** A page or another file of the frontend. */
function fileFault(probe: ProofProbe, reply: WebReply, said: string): ProofFault | undefined {
  const { status, sha256 } = reply;
  if (status === 200 && (probe.sha256 === undefined || sha256 === undefined || sha256 === probe.sha256))
    return undefined;
  const again = { text: "publish it again", command: command`astro deploy --only frontend` };
  if (status === 200) {
    const text = "its edges still keep the file of before; they forget it within minutes";
    return { hop: "CDN", words: `${said} with another release's content`, hints: [{ text }, again] };
  }
  if (status === 403) {
    const isBucket = maker(reply) === "AmazonS3" || /AccessDenied/.test(reply.start);
    const text = isBucket
      ? "the bucket's policy and the key's must let the distribution read (stacks cdn and secrets); provision them again"
      : "a rule of the web firewall may refuse this machine; look at its sampled requests";
    return {
      hop: isBucket ? "bucket" : "CDN",
      words: `${said}: ${isBucket ? "the CDN may not read it" : "refused"}`,
      hints: [{ text }],
    };
  }
  if (status === 404) return { hop: "bucket", words: `${said}: it is not in the bucket`, hints: [again] };
  const text = "look at the distribution in the CloudFront console, and at https://health.aws.amazon.com";
  return { hop: "CDN", words: said, hints: [{ text }] };
}
