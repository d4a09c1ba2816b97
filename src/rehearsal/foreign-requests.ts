import type { IncomingMessage } from "node:http";

/**
 * Why a request does not come from an AWS client on this machine; undefined if it may. Browsers say whose page a
 * request is of (Fetch Standard, "Origin header"; Fetch Metadata, "Sec-Fetch-Site"), and clients of AWS do not; a page
 * that uses DNS rebinding sends its own name as the host.
 */
export function foreignReason({ rawHeaders, url = "" }: IncomingMessage, port: number): string | undefined {
  const all = (wanted: string) =>
    rawHeaders.flatMap((name, i) => (i % 2 === 0 && name.toLowerCase() === wanted ? [rawHeaders[i + 1] ?? ""] : []));
  if (all("origin").length > 0) return "a rehearsal refuses requests from web pages (Origin)";
  if (all("sec-fetch-site").some((site) => site !== "none"))
    return "a rehearsal refuses requests from web pages (Sec-Fetch-Site)";
  const hosts = all("host");
  if (hosts.length !== 1 || !isOwn(hosts[0] ?? "", port))
    return `a rehearsal only answers at its own address: 127.0.0.1:${port} or localhost:${port} (Host)`;
  return url.startsWith("/") || url === "*" ? undefined : "a rehearsal is not a proxy";
}

/**
 * The server's own address, and for S3 a bucket's name before `localhost`, which always resolves to this machine (RFC
 * 6761, 6.3).
 */
function isOwn(host: string, port: number): boolean {
  const own = /^(?:127\.0\.0\.1|\[::1\]|(?:[a-z0-9][a-z0-9.-]*\.)?localhost)(?::(\d+))?$/i.exec(host);
  // The default port of HTTP is left out.
  return own !== null && Number(own[1] ?? 80) === port;
}

/** Bytes of one request at most, and of all that are being read together. */
const ONE = 128 * 2 ** 20;
const ALL = 512 * 2 ** 20;

/** The memory that requests being read may take. */
export type ReadBudget = {
  readonly enter: () => { readonly takes: (bytes: number) => boolean; readonly leave: () => void };
};

/** Keeps the requests that are read at the same time within bounds. */
export function readBudget(one = ONE, all = ALL): ReadBudget {
  let used = 0;
  return {
    enter: () => {
      let mine = 0;
      return {
        takes: (bytes) => {
          mine += bytes;
          used += bytes;
          return mine <= one && used <= all;
        },
        leave: () => {
          used -= mine;
        },
      };
    },
  };
}
