import { Writable } from "node:stream";
import { sealed, type Terminal } from "../terminal.ts";
import { WentBack } from "./ask.ts";
import { interrupted, type Outside } from "./prompt.ts";
import { spoken } from "./prompt-words.ts";

/**
 * A yes or a no, by Inquirer's prompt; nothing is a no. Rejects with AstroError("interrupted") on Ctrl-C and when the signal is
 * aborted, and with WentBack on Esc where there is a way `back`. Lists and typed questions are not Inquirer's: its screen
 * follows no change of the terminal's size, and its input does not tell what is pasted.
 */
export async function confirmPrompt(
  { stderr: terminal, keyboard, interruptible }: Outside,
  message: string,
  back: boolean,
): Promise<boolean> {
  const signal = interruptible();
  if (signal.aborted) throw interrupted();
  const { confirm } = await import("@inquirer/prompts");
  const leaving = new AbortController();
  const context = {
    output: outputOf(terminal),
    signal: AbortSignal.any([signal, leaving.signal]),
    clearPromptOnDone: false,
  };
  const stop = back
    ? keyboard.keys(({ name }) => {
        if (name !== "escape") return;
        // The question that is left goes from the screen.
        context.clearPromptOnDone = true;
        leaving.abort();
      })
    : undefined;
  // A terminal has written ^C where the question comes.
  terminal.write(sealed("\r"));
  try {
    const theme = terminal.unicode ? {} : { prefix: { idle: "?", done: "ok" } };
    return await confirm({ message: spoken(terminal, message), default: false, theme }, context);
  } catch (error) {
    if (leaving.signal.aborted && !signal.aborted) throw new WentBack();
    const left = error instanceof Error && ["ExitPromptError", "AbortPromptError"].includes(error.name);
    throw left ? interrupted(error) : error;
  } finally {
    stop?.();
  }
}

/** The terminal as Inquirer's output: it was given clean words only, so its control sequences are its own. */
function outputOf(terminal: Terminal): Writable {
  const stream = new Writable({
    write: (chunk, _encoding, done) => {
      terminal.write(sealed(String(chunk)));
      done();
    },
  });
  return Object.defineProperty(stream, "columns", { get: () => terminal.columns });
}
