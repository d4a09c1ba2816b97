import { expect } from "vitest";
import type { Screen } from "./pty.ts";

/** One step of a filmed run: what the screen must show, then what is pressed or done to the terminal. */
export type Shot = readonly [wait: string | RegExp, then?: string | Act];

/** Something else than a key, such as another size of the terminal, and its name in the film. */
type Act = ((screen: Screen) => unknown) & { readonly shot: string };

/**
 * Goes through the steps and returns the screen as it is at each before its keys are pressed, each under a line that says which
 * it is. A line wider than the terminal would have been broken by it, so that what is filmed is what a person reads.
 */
export async function film(screen: Screen, shots: readonly Shot[]): Promise<string> {
  const frames: string[] = [];
  for (const [index, [wait, then]] of shots.entries()) {
    await screen.waitFor(typeof wait === "string" ? anywhere(wait) : wait);
    // What is found out beside the first question is told before the second: in a film always the same.
    if (index === 0) await screen.idle();
    await screen.settled();
    frames.push(`── ${index + 1}: ${then === undefined ? "the end" : nameOf(then)}\n${screen.text()}\n`);
    if (typeof then === "string") screen.type(then);
    else await then?.(screen);
  }
  return frames.join("\n");
}

/** The same words however they are divided into lines. */
function anywhere(words: string): RegExp {
  const parts = words.split(" ").map((word) => word.replaceAll(/[$()*+.?[\\\]^{|}]/g, "\\$&"));
  return new RegExp(parts.join("\\s+"));
}

/** Compares a film with `test/e2e/golden/NAME.txt`; `npx vitest -u` writes it anew. */
export async function expectGolden(name: string, filmed: string): Promise<void> {
  await expect(filmed).toMatchFileSnapshot(`../e2e/golden/${name}.txt`);
}

const NAMES: { readonly [keys: string]: string } = {
  "\r": "Enter",
  "\u001b": "Esc",
  "\u001b[D": "Left",
  "\u001b[A": "Up",
  "\u001b[B": "Down",
  "\u007f": "Backspace",
  "\u0015": "Ctrl-U",
  "\u0003": "Ctrl-C",
};

/** Keys in the words of whoever presses them. */
function nameOf(then: string | Act): string {
  if (typeof then !== "string") return `then ${then.shot}`;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are the keys.
  const keys = then.match(/\u001b\[[A-D]|[^\u0000-\u001f\u007f]+|[\s\S]/g) ?? [];
  return `then ${keys.map((key) => NAMES[key] ?? JSON.stringify(key)).join(" ")}`;
}
