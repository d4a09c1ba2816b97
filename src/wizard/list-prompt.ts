import type { Terminal } from "../terminal.ts";
import { type Cell, firstCell, inColumns, inWords, type ListLine } from "../view/columns.ts";
import { themeOf } from "../view/theme.ts";
import type { Choice, Choosing } from "./ask.ts";
import { BACK, type Prompt } from "./prompt.ts";
import { answeredLines, belowLines, keysLines, objectionLines, questionLines, spoken } from "./prompt-words.ts";

/** Lines of a list shown at once, so that a question fits into 24 lines. */
const PAGE = 12;
/** Fewer than these show nothing of a list, however low the terminal is. */
const LEAST = 3;

/** One of the choices, by the arrow keys or by the beginning of its name or its number; the words of the active one in full. */
export function listPrompt<T>(
  terminal: Terminal,
  { message, choices, initial, help, below }: Choosing<T>,
  back: boolean,
): Prompt<T> {
  const say = (words: string) => spoken(terminal, words);
  const named = linesOf(choices);
  const isOpen = (index: number) => choices[index] !== undefined && choices[index].disabled === undefined;
  const wanted = choices.findIndex(({ value, disabled }) => disabled === undefined && value === initial);
  let active =
    initial === undefined || wanted < 0
      ? Math.max(
          0,
          choices.findIndex((_, index) => isOpen(index)),
        )
      : wanted;
  let searched = "";
  let isExplained = false;
  let objection: string | undefined;

  const found = (term: string): number => {
    const named = choices.findIndex(
      ({ name }, index) => isOpen(index) && firstCell(name).toLowerCase().startsWith(term),
    );
    if (named >= 0 || !/^\d+$/.test(term)) return named;
    return isOpen(Number(term) - 1) ? Number(term) - 1 : -1;
  };

  const search = (letter: string): void => {
    const more = searched + letter.toLowerCase();
    searched = found(more) >= 0 ? more : letter.toLowerCase();
    const index = found(searched);
    if (index >= 0) active = index;
  };

  /** With the place in the list, where there is more of it than is shown. */
  const keys = (isWhole: boolean) =>
    keysLines(terminal, [
      ["↑↓ move", "arrow keys move"],
      ["⏎ select", "Enter selects"],
      ...(help === undefined ? [] : [["? help", "? explains"] as const]),
      ...(back ? [["Esc back", "Esc goes back"] as const] : []),
      ...(isWhole ? [] : [place(active + 1, choices.length)]),
    ]);

  const draw = () => {
    const theme = themeOf(terminal);
    const { paint, width } = theme;
    const lines = inColumns([...named, ...(below === undefined ? [] : [below])], width - MARK, {
      say,
      ellipsis: theme.ellipsis,
    });
    const full = lines[active]?.isCut ? belowLines(terminal, say(inWords(named[active] ?? "")), paint.dim) : [];
    const above = [
      ...questionLines(terminal, say(message)),
      ...(isExplained && help !== undefined ? belowLines(terminal, say(help)) : []),
    ];
    const under = (isWhole: boolean) => [
      ...(below === undefined ? [] : [`  ${lines.at(-1)?.text ?? ""}`]),
      " ",
      ...full,
      ...(objection === undefined ? [] : objectionLines(terminal, objection)),
      ...keys(isWhole),
    ];
    const free = (terminal.rows ?? 24) - above.length - under(false).length - 1;
    const size = Math.min(choices.length, Math.max(LEAST, Math.min(PAGE, free)));
    const top = Math.max(0, Math.min(active - Math.floor(size / 2), choices.length - size));
    const page = choices.slice(top, top + size).map((choice, index) => {
      const isActive = top + index === active;
      const mark = isActive ? (theme.unicode ? "❯" : ">") : choice.disabled === undefined ? " " : "-";
      const line = `${mark} ${lines[top + index]?.text ?? ""}`;
      if (choice.disabled !== undefined) return paint.dim(line);
      return isActive ? paint.cyan(line) : line;
    });
    return { lines: [...above, ...page, ...under(size === choices.length)] };
  };

  return {
    draw,
    done: (answer) =>
      answeredLines(terminal, say(message), say(choices.find(({ value }) => value === answer)?.short ?? "")),
    press: ({ name, ctrl, text, pasted }) => {
      // A paste is no choice.
      if (pasted) return undefined;
      objection = undefined;
      if (name === "up" || name === "down" || (ctrl && (name === "p" || name === "n"))) {
        const step = name === "up" || name === "p" ? -1 : 1;
        active = Math.max(0, Math.min(choices.length - 1, active + step));
        searched = "";
      } else if (name === "home" || name === "pageup") active = name === "home" ? 0 : Math.max(0, active - PAGE);
      else if (name === "end") active = choices.length - 1;
      else if (name === "pagedown") active = Math.min(choices.length - 1, active + PAGE);
      else if (back && (name === "escape" || name === "left")) return BACK;
      else if (name === "return" || name === "enter") {
        const chosen = choices[active];
        if (chosen?.disabled === undefined && chosen !== undefined) return { answer: chosen.value };
        objection = say(`it cannot be chosen: ${chosen?.disabled}`);
      } else if (name === "backspace") searched = "";
      else if (text === "?" && help !== undefined) isExplained = !isExplained;
      else if (text.trim() !== "") search(text);
      return undefined;
    },
  };
}

function place(active: number, all: number): readonly [string, string] {
  const words = `${active} of ${all}`;
  return [words, words];
}

/** Columns of the mark before a choice. */
const MARK = 2;

/** The lines of the choices; why one cannot be chosen stands where the others have their words. */
function linesOf<T>(choices: readonly Choice<T>[]): readonly ListLine[] {
  const cells = choices.flatMap(({ name }) => (typeof name === "string" ? [] : [name]));
  const shape = cells.find((line) => line.some(isWords)) ?? ["", { words: "" }];
  return choices.map(({ name, disabled }) =>
    disabled === undefined
      ? name
      : shape.map((cell, index) => (index === 0 ? firstCell(name) : isWords(cell) ? { words: `(${disabled})` } : "")),
  );
}

function isWords(cell: Cell): boolean {
  return typeof cell === "object" && "words" in cell;
}
