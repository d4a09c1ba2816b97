import type { Key } from "../keyboard.ts";
import type { Terminal } from "../terminal.ts";
import { displayWidth } from "../view/text.ts";
import { themeOf } from "../view/theme.ts";
import type { Typing } from "./ask.ts";
import { edited, NOTHING_TYPED, type Typed, typedOf } from "./editor.ts";
import { BACK, type Prompt } from "./prompt.ts";
import { answeredLines, belowLines, objectionLines, questionLines, spoken } from "./prompt-words.ts";

/**
 * Question and answer share a line as long as that fits the narrowest terminal: one made narrower then never breaks the line
 * that the cursor is on, which terminals handle each in its own way.
 */
const SHARED = 39;

/** What is said of a paste of which only the first line was taken. */
const FIRST_LINE = "only the first line of what was pasted is here; Enter takes it";
/** The same where a part of it would be something else, and nobody could see that. */
const NO_LINES = "what was pasted has several lines, and nothing of it was taken";

/** A typed answer; with `unseen` it is not shown. A paste never answers: its first line is there to be taken by Enter. */
export function typedPrompt(
  terminal: Terminal,
  { message, initial, help, refuse }: Typing,
  { back = false, unseen = false, shownAs = (answer: string) => answer },
): Prompt<string> {
  const suggested = initial === undefined ? "" : `(${initial})`;
  const say = (words: string) => spoken(terminal, words);
  let typed: Typed = NOTHING_TYPED;
  let suggestion = initial;
  let isExplained = false;
  let note: string | undefined;
  /** How much of the present paste has come: nothing, its first line, that line's end. */
  let paste: "none" | "line" | "ended" = "none";

  /** Takes a character of a paste; true if there was nothing else to do with the key. */
  const pasted = ({ name, pasted: isPasted, text }: Key): boolean => {
    if (!isPasted || name === "paste-start" || name === "paste-end") {
      paste = "none";
      return isPasted;
    }
    const isEnd = name === "return" || name === "enter";
    if (isEnd && paste === "line") paste = "ended";
    else if (!isEnd && paste === "none") paste = "line";
    else if (!isEnd && paste === "ended" && text !== "") {
      note = unseen ? NO_LINES : FIRST_LINE;
      if (unseen) typed = NOTHING_TYPED;
    }
    return isEnd || paste === "ended";
  };

  const draw = () => {
    const theme = themeOf(terminal);
    const isEmpty = typed.characters.length === 0;
    // What is suggested goes once something else is typed.
    const isSuggested = initial === undefined || (isEmpty && suggestion !== undefined);
    const shown = [isSuggested ? suggested : "", isEmpty && help !== undefined ? "[? help]" : ""].filter(
      (word) => word !== "",
    );
    const head = questionLines(terminal, say(message), unseen ? "(not shown)" : say(shown.join(" ")));
    const below = [
      ...(isExplained && help !== undefined ? belowLines(terminal, say(help)) : []),
      ...(note === undefined ? [] : objectionLines(terminal, say(note))),
    ];
    const room = theme.width - 3;
    const { text, before } = unseen ? { text: "", before: 0 } : windowOf(typed, room, theme.ellipsis);
    const [first = ""] = head;
    const start = displayWidth(first) + 1;
    if (head.length === 1 && below.length === 0 && start + displayWidth(text) < SHARED)
      return { lines: [`${first} ${text}`], caret: start + before };
    return { lines: [...head, ...below, `  ${text}`], caret: 2 + before };
  };

  return {
    draw,
    done: (answer) => answeredLines(terminal, say(message), unseen ? "(not shown)" : say(shownAs(answer))),
    press: (key) => {
      if (pasted(key)) return undefined;
      const { name, ctrl, text } = key;
      const isEmpty = typed.characters.length === 0;
      if (name === "return" || name === "enter") {
        const answer = isEmpty ? (suggestion ?? "") : typed.characters.join("");
        note = refuse(answer);
        return note === undefined ? { answer } : undefined;
      }
      if (back && (name === "escape" || (name === "left" && isEmpty))) return BACK;
      if (name === "escape" || name === "up" || name === "down") return undefined;
      if (text === "?" && !ctrl && isEmpty && help !== undefined) {
        isExplained = !isExplained;
        return undefined;
      }
      note = key.pasted && note === NO_LINES ? note : undefined;
      // What is suggested is wiped away like what was typed.
      if (name === "backspace" && isEmpty) suggestion = undefined;
      else if (name === "tab" && !key.pasted) {
        if (isEmpty && suggestion !== undefined && !unseen) typed = typedOf(suggestion);
      } else typed = edited(typed, key);
      return undefined;
    },
  };
}

/** As much of the line as fits, with the cursor in it. */
function windowOf(
  { characters, at }: Typed,
  room: number,
  ellipsis: string,
): { readonly text: string; readonly before: number } {
  const widthOf = (from: number, to: number) => displayWidth(characters.slice(from, to).join(""));
  let from = 0;
  while (from < at && widthOf(from, at) > room - (from > 0 ? ellipsis.length : 0)) from += 1;
  const start = from > 0 ? ellipsis : "";
  let to = characters.length;
  while (to > at && widthOf(from, to) > room - start.length) to -= 1;
  return { text: start + characters.slice(from, to).join(""), before: start.length + widthOf(from, at) };
}
