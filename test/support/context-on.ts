import { vi } from "vitest";
import { type Context, wallClock } from "../../src/context.ts";
import type { Rehearsal } from "../../src/rehearsal/rehearsal.ts";
import { contextWith } from "./context.ts";

/**
 * The world of a person in the folder `cwd` whose AWS is a served rehearsal, as an emulator's is: whatever is printed goes
 * to `write`, in lines of `columns`. Its credentials are in this process's environment until vitest's stubs are taken back.
 */
export function contextOn(
  { endpoint, credentials }: Pick<Rehearsal, "endpoint" | "credentials">,
  { cwd, columns, write }: { readonly cwd: string; readonly columns: number; readonly write: (text: string) => void },
): Context {
  vi.stubEnv("AWS_ACCESS_KEY_ID", credentials.accessKeyId);
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", credentials.secretAccessKey);
  const base = contextWith(() => Promise.reject(new Error("there is nothing to run")));
  const terminal = { ...base.stderr, columns, write };
  let tokens = 0;
  return {
    ...base,
    cwd,
    env: { AWS_ENDPOINT_URL: endpoint, ASTRO_CLOCK_SPEED: "100" },
    stderr: terminal,
    stdout: terminal,
    clock: wallClock,
    token: () => `token${++tokens}`,
  };
}
