import { join } from "node:path";
import type { RunCommand } from "../../src/child-process.ts";
import type { Context } from "../../src/context.ts";
import type { Terminal } from "../../src/terminal.ts";
import { fakeClock } from "./fake-clock.ts";

/** A world in which `run` is what happens when a program is run; nothing reaches a terminal. */
export function contextWith(run: RunCommand, more: Partial<Context> = {}): Context {
  const terminal: Terminal = {
    write: () => {},
    columns: 80,
    rows: 24,
    interactive: false,
    colour: false,
    unicode: true,
  };
  return {
    cwd: process.cwd(),
    env: {},
    version: "1.0.0",
    root: process.cwd(),
    cache: join(process.cwd(), "node_modules", ".cache", "astro"),
    stdout: terminal,
    stderr: terminal,
    canAsk: false,
    debug: false,
    clock: fakeClock(),
    run,
    program: () => Promise.resolve({ exitCode: 127, stdout: "", stderr: "" }),
    attend: () => Promise.resolve(127),
    input: async () => undefined,
    keyboard: { keys: () => () => {}, lines: () => () => {} },
    machine: () => ({ system: "debian", arm: false }),
    isPortFree: async () => true,
    atExit: () => () => undefined,
    get: () => Promise.reject(new Error("nobody is there")),
    nameServers: () => Promise.reject(new Error("there is no DNS")),
    token: () => "token",
    host: "here",
    process: "here 1",
    isGone: () => false,
    isAlive: () => false,
    trusts: () => true,
    interruptible: () => new AbortController().signal,
    onCtrlC: () => {},
    ...more,
  };
}
