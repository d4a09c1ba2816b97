import type { Key } from "../keyboard.ts";
import { clean } from "../terminal.ts";

/** A line that is being typed, in characters, and how many of them are before the cursor. */
export type Typed = { readonly characters: readonly string[]; readonly at: number };

export const NOTHING_TYPED: Typed = { characters: [], at: 0 };

/** The line of `text`, the cursor behind it. */
export function typedOf(text: string): Typed {
  const characters = Array.from(text);
  return { characters, at: characters.length };
}

/** What a key makes of the line: a character typed, or the keys that move and erase in a shell's line too (readline(3)). */
export function edited({ characters, at }: Typed, { name, ctrl, text }: Key): Typed {
  const before = characters.slice(0, at);
  const after = characters.slice(at);
  const action = ctrl ? CONTROLS[name] : name;
  switch (action) {
    case "left":
      return { characters, at: Math.max(0, at - 1) };
    case "right":
      return { characters, at: Math.min(characters.length, at + 1) };
    case "home":
      return { characters, at: 0 };
    case "end":
      return { characters, at: characters.length };
    case "backspace":
      return at === 0 ? { characters, at } : { characters: [...before.slice(0, -1), ...after], at: at - 1 };
    case "delete":
      return { characters: [...before, ...after.slice(1)], at };
    case "line":
      return { characters: after, at: 0 };
    case "rest":
      return { characters: before, at };
    case "word": {
      const left = Array.from(before.join("").replace(/\S+\s*$/, ""));
      return { characters: [...left, ...after], at: left.length };
    }
    default: {
      const more = Array.from(clean(text).replaceAll("\n", ""));
      return { characters: [...before, ...more, ...after], at: at + more.length };
    }
  }
}

/** What a letter does together with Ctrl. */
const CONTROLS: { readonly [letter: string]: string | undefined } = {
  a: "home",
  b: "left",
  d: "delete",
  e: "end",
  f: "right",
  h: "backspace",
  k: "rest",
  u: "line",
  w: "word",
};
