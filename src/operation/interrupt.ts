import type { Context } from "../context.ts";
import type { Emit } from "../provision/event.ts";
import type { View } from "../view/view.ts";
import type { Ask, Choice } from "../wizard/ask.ts";

/** How a person breaks into a run: the engine's signals, and the questions it may ask back. */
export type Interruption = {
  /** Aborted to stop watching and leave the deployment running in AWS. */
  readonly signal: AbortSignal;
  /** Aborted to roll back what is in progress. */
  readonly cancel: AbortSignal;
  /** Absent where nobody can be asked. */
  readonly ask?: (question: string) => Promise<boolean>;
  /** The view's emit, which also learns which stacks are in progress. */
  readonly emit: Emit;
  /** Ends an open question and gives Ctrl-C back. */
  readonly close: () => Promise<void>;
};

type Working = Map<string, keyof typeof CONTINUATIONS>;

/**
 * Ctrl-C during a run: a menu where a person sits at the terminal (a second one leaves at once), else it leaves. The
 * view stands still while a question is open.
 */
export function interruption(context: Context, view: View): Interruption {
  const signal = context.interruptible();
  const cancel = new AbortController();
  const over = new AbortController();
  const working: Working = new Map();
  let last: Promise<unknown> = Promise.resolve();

  /** One question after the other, each with the screen to itself. */
  const asking = <T>(question: (ask: Ask) => Promise<T>): Promise<T> => {
    const next = last.then(async () => {
      const resume = view.pause();
      try {
        const { terminalAsk } = await import("../wizard/terminal-ask.ts");
        const both = AbortSignal.any([signal, over.signal]);
        return await question(terminalAsk({ ...context, interruptible: () => both }));
      } finally {
        resume();
      }
    });
    last = next.catch(() => undefined);
    return next;
  };

  const menu = async (): Promise<"stay" | "leave"> => {
    try {
      return await asking((ask) => choose(ask, working, cancel));
    } catch {
      // Ctrl-C in the menu, unless the run came to its end meanwhile.
      return over.signal.aborted ? "stay" : "leave";
    }
  };

  if (context.canAsk) context.onCtrlC(menu);
  return {
    signal,
    cancel: cancel.signal,
    ...(context.canAsk && { ask: (question) => asking((ask) => ask.confirm(question)) }),
    emit: (event) => {
      if (event.type === "stack.started") working.set(event.stack, event.action);
      if (event.type === "stack.done" || event.type === "stack.failed") working.delete(event.stack);
      if (event.type === "step.started" && event.step === "migrate") working.set(MIGRATION, "migrate");
      if (event.type === "step.done" || event.type === "step.failed") working.delete(MIGRATION);
      view.emit(event);
    },
    close: async () => {
      context.onCtrlC();
      over.abort();
      await last;
    },
  };
}

const MENU: readonly Choice<"stay" | "leave" | "cancel">[] = [
  { value: "stay", name: "keep watching", short: "keep watching" },
  { value: "leave", name: "detach: the deployment continues in AWS (follow it with astro attach)", short: "detach" },
  { value: "cancel", name: "cancel: roll back what is in progress, start nothing more", short: "cancel" },
];

async function choose(ask: Ask, working: Working, cancel: AbortController): Promise<"stay" | "leave"> {
  const choices = cancel.signal.aborted ? MENU.filter(({ value }) => value !== "cancel") : MENU;
  const answer = await ask.choose({ message: "The deployment is in progress. What now?", choices });
  if (answer !== "cancel") return answer;
  const what = [...working].map(([stack, action]) => `${stack} ${CONTINUATIONS[action]}`);
  const words = what.length === 0 ? "Nothing is in progress; nothing more will be started." : `${what.join(", ")}.`;
  if (await ask.confirm(`${words} Cancel?`)) cancel.abort();
  return "stay";
}

/** How the migration is told; it is no stack. */
const MIGRATION = "The migration";

const CONTINUATIONS = {
  migrate: "is stopped halfway: what it has done so far stays",
  create: "is deleted again",
  update: "is rolled back",
  delete: "is still removed: AWS cannot cancel that",
  check: "is rolled back if it has begun to change",
} as const;
