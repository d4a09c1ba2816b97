import { createServer } from "node:net";

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
export function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen({ port, host: "127.0.0.1", exclusive: true }, () => server.close(() => resolve(true)));
  });
}
