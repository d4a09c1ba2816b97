import type { Emit } from "../provision/event.ts";

/** What follows a run: it takes every event, and gives the terminal back when closed. */
export type View = {
  readonly emit: Emit;
  /** Leaves the screen to somebody who asks, cursor and all, until the returned function is called. */
  readonly pause: () => () => void;
  /** Draws the last state and restores the cursor; may be called twice, and after an error. */
  readonly close: () => Promise<void>;
};

/** How fast a rehearsal's clock runs: `60` is a minute a second, `max` jumps to the next event. */
type Rehearsal = { readonly speed: number | "max" };

/** Where a screen is: what every one of them says at its top. */
export type Header = {
  /** The command's name, `provision` for example. */
  readonly command: string;
  readonly environment: string;
  readonly region: string;
  readonly account?: string;
  /** Whose credentials are used there: `profile work`. */
  readonly signer?: string;
  /** The profile that the command line names: the commands that come after have it as well. */
  readonly profile?: string;
  /** Present if nothing of this happens at AWS. */
  readonly rehearsal?: Rehearsal;
};
