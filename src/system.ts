/** What kind of machine this is, as far as programs are installed differently on it. */
export type Machine = {
  readonly system: "debian" | "redhat" | "macos" | "windows" | "other";
  /** Whether its processor is a 64-bit ARM one. */
  readonly arm: boolean;
};

/** By Node's words for platform and processor, and on Linux by what os-release(5) says. */
export function machineOf(platform: string, architecture: string, osRelease: string): Machine {
  const arm = architecture === "arm64";
  if (platform === "darwin") return { system: "macos", arm };
  if (platform === "win32") return { system: "windows", arm };
  const said = [...osRelease.matchAll(/^ID(?:_LIKE)?=(.*)$/gm)].map(([, word = ""]) => word.replaceAll('"', ""));
  const kin = said.flatMap((words) => words.split(/\s+/));
  if (kin.some((word) => /^(debian|ubuntu)$/.test(word))) return { system: "debian", arm };
  if (kin.some((word) => /^(rhel|fedora|centos|amzn)$/.test(word))) return { system: "redhat", arm };
  return { system: "other", arm };
}

/** Whether nobody listens on a port of this machine. */
export async function isPortFree(port: number): Promise<boolean> {
  const { createServer } = await import("node:net");
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen({ port, host: "127.0.0.1", exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** What comes by standard input, or the first `most` bytes of it. */
export async function readInput(stdin: AsyncIterable<string | Uint8Array>, most: number): Promise<Uint8Array> {
  const read: Uint8Array[] = [];
  let bytes = 0;
  for await (const words of stdin) {
    const chunk = Buffer.from(words);
    read.push(chunk);
    bytes += chunk.length;
    if (bytes > most) break;
  }
  return Buffer.concat(read).subarray(0, most);
}

/** Milliseconds a DNS server has to answer, and how often it is asked. */
const DNS = { timeout: 3000, tries: 2 };

/** The name servers that a domain has in the DNS: see `Context`. */
export async function nameServers(domain: string): Promise<readonly string[]> {
  const { Resolver } = await import("node:dns/promises");
  try {
    return await new Resolver(DNS).resolveNs(domain);
  } catch (error) {
    const { code } = error as { readonly code?: string };
    if (code === "ENOTFOUND" || code === "ENODATA") return [];
    throw error;
  }
}
