import { AwsError } from "../wire/error.ts";
import type { LogLine } from "./ecs/log-lines.ts";

/** A line with what tells it from every other of its group, whenever it is asked for. */
export type KeyedLine = LogLine & { readonly key: string };

/** Lines with their keys, in the order of their times. */
export function keyed(lines: readonly LogLine[]): readonly KeyedLine[] {
  const counts = new Map<string, number>();
  return lines.map((line) => {
    const place = `${line.timestamp}/${line.stream}`;
    const count = counts.get(place) ?? 0;
    counts.set(place, count + 1);
    return { ...line, key: `${place}/${count}` };
  });
}

/**
 * The lines after those that a token stands for, and the token of what comes next: the time and key of the last one, so that
 * a line which is put in late moves no page.
 */
export function pageAfter(
  lines: readonly KeyedLine[],
  token: string | undefined,
  limit: number,
): { readonly page: readonly KeyedLine[]; readonly rest: number; readonly last: string | undefined } {
  const after = token === undefined ? undefined : Buffer.from(token, "base64url").toString();
  if (after !== undefined && !/^\d+\//.test(after))
    throw new AwsError("InvalidParameterException", "The specified nextToken is invalid.");
  const from = after === undefined ? 0 : startAfter(lines, after);
  const page = lines.slice(from, from + limit);
  const key = page.at(-1)?.key;
  const last = key === undefined ? token : Buffer.from(key).toString("base64url");
  return { page, rest: lines.length - from - page.length, last };
}

function startAfter(lines: readonly KeyedLine[], key: string): number {
  const own = lines.findIndex((line) => line.key === key);
  if (own >= 0) return own + 1;
  const later = lines.findIndex(({ timestamp }) => timestamp > Number(key.slice(0, key.indexOf("/"))));
  return later < 0 ? lines.length : later;
}
