import type { CommandLine } from "../../command-line.ts";
import type { Context } from "../../context.ts";
import { AstroError } from "../../errors.ts";

/** A tunnel that is open. */
export type OpenTunnel = {
  /** The session's id. */
  readonly session: string;
  /** Resolves once the person wants to leave; rejects with AstroError if the plugin ends by itself. */
  readonly ended: Promise<void>;
  readonly close: () => Promise<void>;
};

/** What the plugin says once a connection is taken (aws/session-manager-plugin, portsession). */
const OPEN = /Waiting for connections|Port \d+ opened/;

/** Lines of the plugin that are shown where it ends by itself. */
const LAST = 5;

/** Runs the plugin for a session until it takes connections; then it goes on until it is closed. Rejects with AstroError. */
export async function openTunnel(
  context: Context,
  { words, env }: { readonly words: CommandLine; readonly env: { readonly [name: string]: string } },
  session: string,
): Promise<OpenTunnel> {
  const left = context.interruptible();
  const over = new AbortController();
  const signal = AbortSignal.any([left, over.signal]);
  const said: string[] = [];
  const opening = new AbortController();
  const line = (text: string) => {
    said.push(text);
    said.splice(0, Math.max(0, said.length - LAST));
    if (OPEN.test(text)) opening.abort();
  };
  const running = context.program(words, { cwd: context.cwd, env, line, signal }).then(
    ({ exitCode }) => {
      throw new AstroError(
        "failed",
        `the Session Manager plugin ended the tunnel with exit code ${exitCode}: ${said.join(" · ") || "it said nothing"}`,
        "run the same command again; if it ends again, see the task's log and its role's right to ssmmessages",
      );
    },
    (error: unknown) => {
      if (!signal.aborted) throw error;
    },
  );
  // Whoever waits for it hears of its end; nobody may.
  running.catch(() => undefined);
  await Promise.race([aborted(opening.signal), running]);
  if (left.aborted) throw new AstroError("interrupted", "the tunnel was not opened", "run it again to start over");
  return {
    session,
    ended: running,
    close: async () => {
      over.abort(new Error("the tunnel is closed"));
      await running.catch(() => undefined);
    },
  };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
