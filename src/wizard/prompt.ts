import { AstroError } from "../errors.ts";
import type { Key, Keyboard } from "../keyboard.ts";
import { sealed, type Terminal } from "../terminal.ts";
import { canvasOn } from "../view/canvas.ts";
import { WentBack } from "./ask.ts";

/** Where a question is asked: the screen, who answers, and what ends it (a request to terminate, a run that is over). */
export type Outside = {
  readonly stderr: Terminal;
  readonly keyboard: Keyboard;
  readonly interruptible: () => AbortSignal;
};

/** One open question: what it looks like now, and what a key makes of it. */
export type Prompt<T> = {
  /** Its lines, each at most as wide as the terminal is now; with `caret` somebody types at that column of the last one. */
  readonly draw: () => { readonly lines: readonly string[]; readonly caret?: number };
  /** Takes a key; returns the answer once there is one, and BACK where the key leads to the question before. */
  readonly press: (key: Key) => { readonly answer: T } | typeof BACK | undefined;
  /** What stays of it on the screen. */
  readonly done: (answer: T) => readonly string[];
};

export const BACK = "back";

/** Milliseconds in which nothing may come before a question opens: what is left of a paste answers no question it was not for. */
export const QUIET = 20;

/** A terminal that knows bracketed paste tells what is pasted from what is typed (XTerm Control Sequences, "Bracketed Paste Mode"). */
const PASTE_ON = sealed("\u001b[?2004h");
const PASTE_OFF = sealed("\u001b[?2004l");

/**
 * Asks with a drawing that is made anew with every key and every change of the terminal's size. Rejects with
 * AstroError("interrupted") on Ctrl-C and when the signal is aborted, with WentBack where somebody goes back.
 */
export function answerTo<T>({ stderr: terminal, keyboard, interruptible }: Outside, prompt: Prompt<T>): Promise<T> {
  const signal = interruptible();
  const canvas = canvasOn(terminal);
  return new Promise((resolve, reject) => {
    let isOpen = false;
    const draw = () => {
      if (!isOpen) return;
      const { lines, caret } = prompt.draw();
      canvas.draw(lines, caret);
    };
    const end = (settle: () => void) => {
      clearTimeout(opening);
      stopKeys();
      stopResize?.();
      signal.removeEventListener("abort", leave);
      canvas.release();
      terminal.write(PASTE_OFF);
      settle();
    };
    const leave = () => end(() => reject(interrupted()));
    const open = () => {
      isOpen = true;
      terminal.write(PASTE_ON);
      draw();
    };
    const take = (key: Key) => {
      if (key.ctrl && key.name === "c") return leave();
      if (!isOpen) return void opening.refresh();
      if (key.name === "suspend") {
        canvas.release();
        return terminal.write(PASTE_OFF);
      }
      if (key.name === "resume") return open();
      const pressed = prompt.press(key);
      if (pressed === BACK) {
        // The question that is left goes from the screen.
        canvas.draw([]);
        return end(() => reject(new WentBack()));
      }
      if (pressed === undefined) return draw();
      canvas.draw(prompt.done(pressed.answer));
      return end(() => resolve(pressed.answer));
    };
    const opening = setTimeout(open, QUIET);
    const stopKeys = keyboard.keys(take);
    const stopResize = terminal.onResize?.(draw);
    if (signal.aborted) leave();
    else signal.addEventListener("abort", leave);
  });
}

/** What a question rejects with that somebody left. */
export function interrupted(cause?: unknown): AstroError {
  return new AstroError("interrupted", "nothing was changed", "run it again to start over", cause);
}
