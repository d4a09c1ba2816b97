import { NotChecked } from "../../preflight/finding.ts";
import type { TakenName } from "../../preflight/look-ups.ts";

/** A tag as most services list it. */
export type Tagged = { readonly Key?: string | undefined; readonly Value?: string | undefined };

/** What tells what something is, joined; absent where nothing does. */
export function phrase(...parts: readonly (string | undefined | false)[]): Pick<TakenName, "says"> {
  const known = parts.filter((part) => typeof part === "string");
  return known.length === 0 ? {} : { says: known.join(", ") };
}

/** `made on 2026-03-01`, where the day is known. */
export function day(what: string, at: Date | undefined): string | undefined {
  return at && `${what} on ${at.toISOString().slice(0, 10)}`;
}

/** Tags by their keys; none at all where nobody told. */
export function named(tags: readonly Tagged[] | undefined): Pick<TakenName, "tags"> {
  return tags === undefined ? {} : { tags: Object.fromEntries(tags.map(({ Key = "", Value = "" }) => [Key, Value])) };
}

/** Tags that a call of their own tells; absent, never empty, where it is denied: whose something is is then not known. */
export async function seenTags(list: () => Promise<readonly Tagged[] | undefined>): Promise<Pick<TakenName, "tags">> {
  try {
    return named((await list()) ?? []);
  } catch (error) {
    if (error instanceof NotChecked) return {};
    throw error;
  }
}
