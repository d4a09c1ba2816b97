import { firstCell, inWords } from "../view/columns.ts";
import { wrap } from "../view/text.ts";
import { type Ask, type Choice, type Choosing, type Typing, WentBack } from "./ask.ts";
import { edited, NOTHING_TYPED } from "./editor.ts";
import { interrupted, type Outside, QUIET } from "./prompt.ts";
import { spoken, YES_OR_NO, yesOrNo } from "./prompt-words.ts";

/** What is typed for help, and for the question before. */
const HELP = "?";
const BACK = "<";

/** Added to the time in which a paste comes to its end: a terminal that edits lines gives them out one by one. */
const MORE_LINES = QUIET * 3;

/**
 * Asks in lines, one below the other, for terminals that draw nothing over and for screen readers: choices have numbers, and
 * the terminal itself takes and shows what is typed. Of several lines that come at once the first one is the answer.
 */
export function plainAsk(outside: Outside, back: boolean): Ask {
  const { stderr: terminal } = outside;
  // The terminal itself would break a line inside a word.
  const say = (words: string) => wrap(spoken(terminal, words), terminal.columns - 1).join("\n");
  const tell = (words: string) => terminal.write(`${say(words)}\n`);

  /** A typed line, asked for until something comes of it; undefined from `take` asks again. */
  const asked = async <T>(
    prompt: string,
    help: string | undefined,
    take: (line: string) => { readonly answer: T } | { readonly objection: string },
  ): Promise<T> => {
    for (;;) {
      terminal.write(`${say(prompt)} `);
      const { line, more } = await lineOf(outside);
      if (more > 0) tell(`Only the first line was taken, not the ${more} after it.`);
      if (line.trim() === HELP && help !== undefined) {
        tell(help);
        continue;
      }
      if (line.trim() === BACK && back) throw new WentBack();
      const taken = take(line);
      if ("answer" in taken) return taken.answer;
      tell(`Not taken: ${taken.objection}`);
    }
  };

  const ways = (help: string | undefined) =>
    [...(help === undefined ? [] : [`${HELP} explains`]), ...(back ? [`${BACK} goes back`] : [])]
      .map((way) => `; ${way}`)
      .join("");

  return {
    text: async ({ message, initial, help, shown, refuse }: Typing) => {
      const suggested = initial === undefined ? "" : ` (${initial})`;
      const tip = ways(help);
      const prompt = `${message}${suggested}${tip === "" ? "" : ` [${tip.slice(2)}]`}${/[:?]$/.test(message) && suggested + tip === "" ? "" : ":"}`;
      const answer = await asked(prompt, help, (line) => {
        const answer = line.trim() === "" ? (initial ?? "") : line;
        const objection = refuse(answer);
        return objection === undefined ? { answer } : { objection };
      });
      const words = shown?.(answer) ?? answer;
      if (words !== answer) tell(`${message}: ${words}`);
      return answer;
    },
    choose: async <T>({ message, choices, initial, help, below }: Choosing<T>) => {
      tell(message);
      for (const [index, choice] of choices.entries()) tell(numbered(choice, index));
      if (below !== undefined) tell(inWords(below));
      const suggested = choices.findIndex(({ value, disabled }) => value === initial && disabled === undefined);
      const usual = Math.max(
        0,
        suggested,
        suggested < 0 ? choices.findIndex(({ disabled }) => disabled === undefined) : 0,
      );
      const chosen = await asked(`Number, 1 to ${choices.length} (${usual + 1})${ways(help)}:`, help, (line) => {
        const word = line.trim().toLowerCase();
        const named = choices.find(({ name, short }) =>
          [firstCell(name), short].some((one) => one.toLowerCase() === word),
        );
        const choice =
          word === "" ? choices[usual] : (named ?? (/^\d+$/.test(word) ? choices[Number(word) - 1] : undefined));
        if (choice === undefined) return { objection: `type a number, 1 to ${choices.length}` };
        return choice.disabled === undefined
          ? { answer: choice }
          : { objection: `it cannot be chosen: ${choice.disabled}` };
      });
      tell(`${message}: ${chosen.short}`);
      return chosen.value;
    },
    secret: async ({ message, refuse }) => {
      for (;;) {
        terminal.write(`${say(message)} (not shown) `);
        const value = await unseen(outside);
        const objection = value === undefined ? "it has several lines" : refuse(value);
        if (value !== undefined && objection === undefined) return value;
        tell(`Not taken: ${objection}`);
      }
    },
    confirm: (message) =>
      asked(`${message} (y/N)${back ? ` [${BACK} goes back]` : ""}`, undefined, (line) => {
        const answer = yesOrNo(line);
        return answer === undefined ? { objection: YES_OR_NO } : { answer };
      }),
  };
}

function numbered<T>({ name, disabled }: Choice<T>, index: number): string {
  const words = disabled === undefined ? inWords(name) : `${firstCell(name)}: cannot be chosen, ${disabled}`;
  return `${index + 1}. ${words}`;
}

/** The next line that is typed, and how many came with it. */
function lineOf({ keyboard, interruptible }: Outside): Promise<{ readonly line: string; readonly more: number }> {
  const signal = interruptible();
  return new Promise((resolve, reject) => {
    const lines: string[] = [];
    const end = (settle: () => void) => {
      clearTimeout(over);
      stop();
      signal.removeEventListener("abort", leave);
      settle();
    };
    const leave = () => end(() => reject(interrupted()));
    const over = setTimeout(() => {
      const [line, ...rest] = lines;
      if (line !== undefined) end(() => resolve({ line, more: rest.filter((one) => one.trim() !== "").length }));
    }, MORE_LINES);
    const stop = keyboard.lines((line) => {
      if (line === undefined) return leave();
      lines.push(line);
      over.refresh();
    });
    if (signal.aborted) leave();
    else signal.addEventListener("abort", leave);
  });
}

/** What is typed up to Enter, shown to nobody; undefined for more than one line. */
function unseen({ stderr, keyboard, interruptible }: Outside): Promise<string | undefined> {
  const signal = interruptible();
  return new Promise((resolve, reject) => {
    let typed = NOTHING_TYPED;
    let isPasted = false;
    const end = (settle: () => void) => {
      stop();
      signal.removeEventListener("abort", leave);
      stderr.write("\n");
      settle();
    };
    const leave = () => end(() => reject(interrupted()));
    const stop = keyboard.keys((key) => {
      if (key.ctrl && key.name === "c") return leave();
      const isEnd = key.name === "return" || key.name === "enter";
      if (isEnd && key.pasted) isPasted = true;
      else if (isEnd) return end(() => resolve(isPasted ? undefined : typed.characters.join("")));
      else typed = edited(typed, key);
    });
    if (signal.aborted) leave();
    else signal.addEventListener("abort", leave);
  });
}
