import type { Terminal } from "../terminal.ts";

/** A terminal for somebody else's lines, of which none gets into a question. */
export type Lines = {
  readonly write: (line: string) => void;
  /** Keeps lines back from here on; what it returns writes those that came, and again each that comes. */
  readonly hold: () => () => void;
  /** Writes what is kept back below a question that nobody answers any more. */
  readonly close: () => void;
};

/** Lines on `terminal`. */
export function linesOn(terminal: Terminal): Lines {
  let held: string[] | undefined;
  const release = () => {
    for (const line of held ?? []) terminal.write(`${line}\n`);
    held = undefined;
  };
  return {
    write: (line) => {
      if (held) held.push(line);
      else terminal.write(`${line}\n`);
    },
    hold: () => {
      held ??= [];
      return release;
    },
    close: () => {
      if (held) terminal.write("\n");
      release();
    },
  };
}
