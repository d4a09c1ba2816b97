import picocolors from "picocolors";
import type { Terminal } from "../terminal.ts";

/** Gives a text its colour; leaves it alone where there is none. */
export type Paint = (text: string) => string;

/** How screens are drawn on one terminal. */
export type Theme = {
  /** Columns a line may take. */
  readonly width: number;
  readonly unicode: boolean;
  readonly paint: ReturnType<typeof picocolors.createColors>;
  /** The same words in the characters this terminal has. */
  readonly say: (text: string) => string;
  readonly ellipsis: string;
};

/** Wider lines than this are hard to follow from a name to its figure. */
const WIDEST = 100;

/** What stands for each of our symbols where Unicode cannot be drawn. */
const ASCII: { readonly [symbol: string]: string } = {
  "✔": "ok",
  "✖": "!!",
  "↻": "..",
  "·": "-",
  "→": "->",
  "…": "..",
  "×": "x",
};

/** The drawing rules of `terminal`; one column stays free, so that no line ever wraps. */
export function themeOf(terminal: Terminal): Theme {
  return {
    width: Math.max(20, Math.min(terminal.columns, WIDEST) - 1),
    unicode: terminal.unicode,
    paint: picocolors.createColors(terminal.colour),
    say: terminal.unicode ? (text) => text : toAscii,
    ellipsis: terminal.unicode ? "…" : "..",
  };
}

/** A failure's word: it shouts where there is neither colour nor Unicode to catch the eye. */
export function failedWord(theme: Theme): string {
  return theme.unicode ? "failed" : "FAILED";
}

/** A failure's mark with its word. */
export function failedMark(theme: Theme): string {
  return theme.unicode ? `✖ ${failedWord(theme)}` : failedWord(theme);
}

function toAscii(text: string): string {
  return text.replaceAll(/✖ failed|[✔✖↻·→…×]/g, (symbol) => (symbol === "✖ failed" ? "FAILED" : (ASCII[symbol] ?? "")));
}
