import { join } from "node:path";
import { type Emulator, startEmulator } from "./emulator.ts";
import { faultTools } from "./python.ts";

/** A fault as microburst takes it (its README, "Rules"). */
export type Rule = {
  readonly service: string;
  readonly operation: string;
  readonly times: number;
  readonly error?: { readonly code: string; readonly status: number; readonly message: string };
  readonly reset?: true;
  /** Milliseconds. */
  readonly latency?: number;
  readonly response?: { readonly abort_bytes?: number; readonly truncate_frac?: number };
};

/** What stands in the way to an emulator and breaks calls as it is told. */
export type Microburst = Emulator & {
  /** Replaces all rules, and forgets what has fired. */
  readonly rules: (rules: readonly Rule[]) => Promise<void>;
  /** `service:operation` of each call that was broken since then. */
  readonly fired: () => Promise<readonly string[]>;
};

/** Starts microburst in front of an emulator. */
export async function startMicroburst(upstream: Emulator, account: string): Promise<Microburst> {
  const recipe = {
    program: join(faultTools(), "microburst"),
    args: (port: string) => ["--upstream", upstream.endpoint, "--port", port, "--host", "127.0.0.1"],
    environment: () => ({}),
    ready: "/_microburst/rules",
  };
  const proxy = await startEmulator(recipe, account);
  const ask = async (method: string, path: string, body?: object) => {
    const init = { method, ...(body && { body: JSON.stringify(body) }) };
    const answer = await fetch(`${proxy.endpoint}/_microburst/${path}`, init);
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as unknown;
  };
  return {
    ...proxy,
    rules: async (rules) => {
      await ask("DELETE", "fired");
      await ask("POST", "rules", rules);
    },
    fired: async () => {
      const all = (await ask("GET", "fired")) as readonly { readonly service: string; readonly operation: string }[];
      return all.map(({ service, operation }) => `${service}:${operation}`);
    },
  };
}
