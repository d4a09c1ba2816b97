import { Writable } from "node:stream";
import { styleText } from "node:util";
import { confirm, input, password, Separator, select } from "@inquirer/prompts";
import { AstroError } from "../errors.ts";
import { clean, sealed, type Terminal } from "../terminal.ts";
import { oneRow } from "../view/text.ts";
import { themeOf } from "../view/theme.ts";
import { type Ask, WentBack } from "./ask.ts";

/** Lines of a list shown at once, so that a question fits into 24 lines. */
const PAGE = 12;

/**
 * Asks at the terminal with Inquirer's prompts. Ctrl-C or SIGTERM ends the open question with
 * AstroError("interrupted") and the cursor back. With `onKey` Esc ends it with WentBack, and so does the left arrow in a list,
 * which does not need it.
 */
export function terminalAsk(
  outside: { readonly stderr: Terminal; readonly interruptible: () => AbortSignal },
  onKey?: (listener: (name: string) => void) => () => void,
): Ask {
  const terminal = outside.stderr;
  const signal = outside.interruptible();
  const { say: spelled, width } = themeOf(terminal);
  const say = (words: string) => oneRow(clean(spelled(words)));
  const theme = terminal.unicode ? (onKey ? BACK : {}) : onKey ? ASCII_BACK : ASCII;
  const answered = async <T>(prompt: (context: PromptContext) => Promise<T>, keys = ["escape"]): Promise<T> => {
    const back = new AbortController();
    const context = {
      output: outputOf(terminal),
      signal: AbortSignal.any([signal, back.signal]),
      clearPromptOnDone: false,
    };
    const stop = onKey?.((name) => {
      if (!keys.includes(name)) return;
      // The question that is left goes from the screen.
      context.clearPromptOnDone = true;
      back.abort();
    });
    try {
      return await prompt(context);
    } catch (error) {
      if (back.signal.aborted && !signal.aborted) throw new WentBack();
      const left = error instanceof Error && ["ExitPromptError", "AbortPromptError"].includes(error.name);
      if (!left) throw error;
      throw new AstroError("interrupted", "nothing was changed", "run it again to start over", error);
    } finally {
      stop?.();
    }
  };
  const validated = (refuse: (answer: string) => string | undefined) => (answer: string) => {
    const words = refuse(answer);
    return words === undefined || say(words);
  };
  return {
    width: width - 2,
    text: ({ message, initial, shown, refuse }) => {
      const validate = validated(refuse);
      const config = {
        message: say(message),
        validate,
        theme,
        ...(initial === undefined ? {} : { default: clean(initial) }),
        ...(shown && {
          transformer: (answer: string, { isFinal }: { readonly isFinal: boolean }) =>
            isFinal ? say(shown(answer)) : answer,
        }),
      };
      return answered((context) => input(config, context));
    },
    secret: ({ message, refuse }) =>
      // Nothing shows it: a key that would uncover it is pressed by mistake, before whoever looks on or records.
      answered((context) =>
        password(
          {
            message: say(message),
            validate: validated(refuse),
            toggleMask: false,
            theme: { ...theme, style: { maskedText: "(not shown)" } },
          },
          context,
        ),
      ),
    choose: ({ message, choices, initial, below }) => {
      const shown = choices.map(({ name, short, disabled, value }) => ({
        value,
        name: say(name),
        short: say(short),
        ...(disabled === undefined ? {} : { disabled: say(`(${disabled})`) }),
      }));
      const lines = below === undefined ? shown : [...shown, new Separator(` ${say(below)}`)];
      const config = { message: say(message), choices: lines, pageSize: PAGE, loop: false, theme };
      const wanted = initial === undefined ? config : { ...config, default: initial };
      return answered((context) => select(wanted, context), ["escape", "left"]);
    },
    confirm: (message) => {
      // A terminal has written ^C where the question comes.
      terminal.write(sealed("\r"));
      return answered((context) => confirm({ message: say(message), default: false, theme }, context));
    },
  };
}

/** ASCII in place of Inquirer's Unicode symbols. It omits colours by itself (NO_COLOR, TERM). */
const ASCII = {
  prefix: { idle: "?", done: "ok" },
  spinner: { interval: 80, frames: ["-", "/"] },
  icon: { cursor: ">" },
  style: { keysHelpTip: () => "arrow keys move, Enter selects" },
};

/** The same with the way back. */
const ASCII_BACK = { ...ASCII, style: { keysHelpTip: () => "arrow keys move, Enter selects, Esc goes back" } };

const BACK = {
  style: {
    keysHelpTip: (keys: readonly (readonly [key: string, action: string])[]) =>
      [...keys, ["esc", "back"] as const]
        .map(([key, action]) => `${styleText("bold", key)} ${styleText("dim", action)}`)
        .join(styleText("dim", " • ")),
  },
};

type PromptContext = { readonly output: Writable; readonly signal: AbortSignal; readonly clearPromptOnDone: boolean };

/** The terminal as Inquirer's output stream: it was given clean words only, so its control sequences are its own. */
function outputOf(terminal: Terminal): Writable {
  const stream = new Writable({
    write: (chunk, _encoding, done) => {
      terminal.write(sealed(String(chunk)));
      done();
    },
  });
  return Object.defineProperty(stream, "columns", { get: () => terminal.columns });
}
