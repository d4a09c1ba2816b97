import { createInterface, emitKeypressEvents } from "node:readline";
import { PassThrough, type Readable } from "node:stream";

/** A key that was pressed, or a character of what was pasted. */
export type Key = {
  /** As Node names it ("readline.emitKeypressEvents"): `return`, `up`, `a`; empty where it has none. */
  readonly name: string;
  readonly ctrl: boolean;
  /** The character it types, if any. */
  readonly text: string;
  /** Whether it came with others at once, as nobody types: a line feed in it is no answer. Before the first is `paste-start`. */
  readonly pasted: boolean;
};

/** How somebody at the terminal is heard. Each listens until what it returns is called. */
export type Keyboard = {
  /** Keys as they are pressed, shown by nobody (raw mode); Ctrl-C is one of them. Around a suspension (Ctrl-Z) come `suspend` and `resume`. */
  readonly keys: (listener: (key: Key) => void) => () => void;
  /** Lines as the terminal itself takes and shows them; undefined once there are no more. */
  readonly lines: (listener: (line: string | undefined) => void) => () => void;
};

/** A terminal's input, as `process.stdin` is one. */
export type KeyboardInput = Readable & { readonly setRawMode?: (on: boolean) => unknown };

/** Milliseconds after which an escape is a key, not the beginning of another key's sequence. */
const ESCAPE = 100;

/** What a terminal without bracketed paste sends at once: a line that ends, and more after it. */
const LINES = /[\r\n]+[^\r\n]/;

/** How a terminal with bracketed paste begins one. */
const PASTE = "\u001b[200~";
const PASTED: Key = { name: "paste-start", ctrl: false, text: "", pasted: true };

/** The keyboard of `input`; `suspend` stops this process until somebody lets it go on, and then calls what it is given. */
export function keyboardOf(input: KeyboardInput, suspend: (resumed: () => void) => void): Keyboard {
  return {
    keys: (listener) => {
      // Does nothing the second time: whoever reads keys first decides how long an escape takes.
      const patience = createInterface({ input: new PassThrough(), escapeCodeTimeout: ESCAPE });
      emitKeypressEvents(input, patience);
      patience.close();
      let burst = false;
      let bracketed = false;
      const arrived = (chunk: string | Uint8Array) => {
        const text = typeof chunk === "string" ? chunk : new TextDecoder().decode(chunk);
        burst = LINES.test(text);
        if (burst && !bracketed && !text.includes(PASTE)) listener(PASTED);
      };
      const told = (text: string | undefined, key: { name?: string; ctrl?: boolean; meta?: boolean }) => {
        const { name = "", ctrl = false, meta = false } = key;
        if (name === "paste-start" || name === "paste-end") {
          bracketed = name === "paste-start";
          listener({ name, ctrl, text: "", pasted: true });
        } else if (ctrl && name === "z") {
          listener({ name: "suspend", ctrl: false, text: "", pasted: false });
          input.setRawMode?.(false);
          suspend(() => {
            input.setRawMode?.(true);
            listener({ name: "resume", ctrl: false, text: "", pasted: false });
          });
        } else listener({ name, ctrl, text: ctrl || meta ? "" : (text ?? ""), pasted: bracketed || burst });
      };
      input.prependListener("data", arrived);
      input.on("keypress", told);
      input.setRawMode?.(true);
      input.resume();
      return () => {
        input.off("keypress", told);
        input.off("data", arrived);
        input.setRawMode?.(false);
        input.pause();
      };
    },
    lines: (listener) => {
      const reader = createInterface({ input, terminal: false });
      let stopped = false;
      reader.on("line", listener);
      reader.on("close", () => {
        if (!stopped) listener(undefined);
      });
      return () => {
        stopped = true;
        reader.off("line", listener);
        reader.close();
      };
    },
  };
}
