import type { Ask } from "./ask.ts";
import { confirmPrompt } from "./confirm-prompt.ts";
import { listPrompt } from "./list-prompt.ts";
import { plainAsk } from "./plain-ask.ts";
import { answerTo, type Outside } from "./prompt.ts";
import { typedPrompt } from "./typed-prompt.ts";

/**
 * Asks at the terminal, with lines that are drawn over where it can do that, else in plain ones. Ctrl-C or SIGTERM ends the
 * open question with AstroError("interrupted") and the cursor back; where there is a way `back`, Esc ends it with WentBack, and
 * so does the left arrow where it has nothing else to do.
 */
export function terminalAsk(outside: Outside, { back = false } = {}): Ask {
  const terminal = outside.stderr;
  if (!terminal.interactive) return plainAsk(outside, back);
  return {
    text: (question) =>
      answerTo(outside, typedPrompt(terminal, question, { back, ...(question.shown && { shownAs: question.shown }) })),
    secret: (question) => answerTo(outside, typedPrompt(terminal, question, { unseen: true })),
    choose: (question) => answerTo(outside, listPrompt(terminal, question, back)),
    confirm: (message) => confirmPrompt(outside, message, back),
  };
}
