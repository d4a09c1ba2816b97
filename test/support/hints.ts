import { type Hint, hintText } from "../../src/errors.ts";

/** What a failure says to do, a line each, as a screen shows it. */
export function adviceOf(failed: { readonly hints: readonly Hint[] } | undefined): string {
  return (failed?.hints ?? []).map(hintText).join("\n");
}
