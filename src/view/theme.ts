import picocolors from "picocolors";
import { sealed, type Terminal } from "../terminal.ts";

/** Gives a text its colour; leaves it alone where there is none. */
export type Paint = (text: string) => string;

/** How screens are drawn on one terminal. */
export type Theme = {
  /** Columns a line may take. */
  readonly width: number;
  readonly unicode: boolean;
  readonly paint: { readonly [colour in Colour]: Paint };
  /** The same words in the characters this terminal has. */
  readonly say: (text: string) => string;
  readonly ellipsis: string;
};

/** Every colour that a screen has. */
const COLOURS = ["bold", "cyan", "dim", "green", "magenta", "red", "yellow"] as const;

type Colour = (typeof COLOURS)[number];

/** Wider lines than this are hard to follow from a name to its figure. */
const WIDEST = 100;

/** What replaces each of our symbols where Unicode cannot be drawn. */
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
    paint: palette(terminal.colour),
    say: terminal.unicode ? (text) => text : toAscii,
    ellipsis: terminal.unicode ? "…" : "..",
  };
}

/** Colours whose sequences are sealed: those in the words they are given are not, unless they are a palette's own. */
function palette(isOn: boolean): Theme["paint"] {
  const colours = picocolors.createColors(isOn);
  const painted = COLOURS.map((colour): [Colour, Paint] => {
    const [before = "", after = ""] = sealed(colours[colour]("|")).split("|");
    // What ends a colour inside of another must not end that one too.
    return [colour, (text) => (isOn ? before + text.replaceAll(after, after + before) + after : text)];
  });
  return Object.fromEntries(painted) as Theme["paint"];
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
