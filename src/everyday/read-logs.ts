import type { Clock } from "../clock.ts";
import { isCallFailure } from "../errors.ts";
import { sideBySide } from "../provision/side-by-side.ts";
import { redact } from "../redact.ts";
import type { LogEvent, Logs } from "../release/port-logs.ts";
import { type LogSource, type Writer, writerOf } from "./log-sources.ts";

/** A line of the app. */
export type AppLine = Writer & {
  /** When it was written, in milliseconds since 1970. */
  readonly at: number;
  /** Without what looks like a secret. */
  readonly message: string;
};

export type LogReading = {
  readonly logs: Pick<Logs, "logEvents">;
  readonly region: string;
  readonly sources: readonly LogSource[];
  /** Lines written then and later, in milliseconds since 1970. */
  readonly from: number;
  readonly pattern?: string | undefined;
  readonly line: (line: AppLine) => void;
  /** Ends it: what was told was told. */
  readonly signal?: AbortSignal;
};

/** Milliseconds between two looks. */
export const LOOK = 2000;

/**
 * Milliseconds that are asked for again at each look: lines of several tasks are taken in late and out of order (Amazon
 * CloudWatch Logs API Reference, PutLogEvents; the log driver sends what it has every five seconds).
 */
const OVERLAP = 30_000;

/** Lines that are remembered before the older ones are forgotten. */
const MANY = 20_000;

/** Looks in a row that may fail before following ends. */
const PATIENCE = 30;

/** A source that is being read: which of its lines were told already, and when the newest of them was written. */
type Reader = { readonly source: LogSource; readonly told: Map<string, number>; newest: number };

function readersOf({ sources, from }: LogReading): readonly Reader[] {
  return sources.map((source) => ({ source, told: new Map(), newest: from }));
}

/** Tells the lines of all sources in the order of their times, a source page by page; how many there were. */
export async function readLogs(reading: LogReading): Promise<number> {
  return read(reading, readersOf(reading));
}

/**
 * Tells the lines there are, and then those that come, each once; ends when `signal` is aborted. A line that was taken in
 * late is told when it comes.
 */
export async function followLogs(
  reading: LogReading & { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<void> {
  const { clock, signal } = reading;
  const readers = readersOf(reading);
  let failed = 0;
  await read(reading, readers);
  while (!signal.aborted) {
    await clock.sleep(LOOK, signal).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
    if (signal.aborted) return;
    try {
      await readNew(reading, readers, clock.now().getTime());
      failed = 0;
    } catch (error) {
      failed += 1;
      // What is throttled or out of reach for a moment comes at the next look: nothing is left out.
      if (!mayPass(error) || failed > PATIENCE) throw error;
    }
  }
}

function mayPass(error: unknown): boolean {
  const passing = ["throttled", "no-answer", "aws-fault", "unreachable"];
  const { code } = error as { readonly code?: string };
  return code !== undefined && passing.includes(code) && (isCallFailure(error) || code === "unreachable");
}

/** Several streams of lines, each in its own order, become one. */
async function read(reading: LogReading, readers: readonly Reader[]): Promise<number> {
  const opened = readers.map((reader) => ({ reader, events: eventsOf(reading, reader, reading.from) }));
  const heads = await Promise.all(opened.map(async (one) => ({ ...one, head: await one.events.next() })));
  let lines = 0;
  for (;;) {
    const [first] = heads.filter(({ head }) => !head.done).toSorted((a, b) => timeOf(a.head) - timeOf(b.head));
    if (first === undefined || first.head.done) break;
    tell(reading, first.reader, first.head.value);
    lines += 1;
    first.head = await first.events.next();
  }
  return lines;
}

const timeOf = (head: IteratorResult<LogEvent, void>) => (head.done ? Number.POSITIVE_INFINITY : head.value.at);

/** All that is new in the sources, in the order of its times; nothing of it is told if a source cannot be read. */
async function readNew(reading: LogReading, readers: readonly Reader[], now: number): Promise<void> {
  const found = await sideBySide(readers, async (reader) => {
    const events: { readonly reader: Reader; readonly event: LogEvent }[] = [];
    for await (const event of eventsOf(reading, reader, startOf(reading, reader, now))) events.push({ reader, event });
    return events;
  });
  for (const { reader, event } of found.flat().toSorted((a, b) => a.event.at - b.event.at))
    tell(reading, reader, event);
  for (const reader of readers) forget(reader, startOf(reading, reader, now));
}

/** From when on a source is asked again: a line whose time lies ahead must not take the others' place. */
function startOf({ from }: LogReading, { newest }: Reader, now: number): number {
  return Math.max(from, Math.min(newest, now) - OVERLAP);
}

/** Lines of one source that were not told yet. */
async function* eventsOf(
  { logs, region, pattern, signal }: LogReading,
  reader: Reader,
  from: number,
): AsyncGenerator<LogEvent, void> {
  const seen = new Set<string>();
  let next: string | undefined;
  do {
    const more = { ...(pattern !== undefined && { pattern }), ...(next !== undefined && { next }) };
    const page = await logs.logEvents(region, { ...reader.source, from, ...more });
    if (page === undefined || signal?.aborted) return;
    for (const event of page.events.toSorted((a, b) => a.at - b.at)) {
      if (reader.told.has(event.id) || seen.has(event.id)) continue;
      seen.add(event.id);
      yield event;
    }
    next = page.next;
  } while (next !== undefined);
}

function tell({ line }: LogReading, reader: Reader, event: LogEvent): void {
  reader.told.set(event.id, event.at);
  reader.newest = Math.max(reader.newest, event.at);
  if (reader.told.size > MANY) forget(reader, reader.newest - OVERLAP);
  line({ ...writerOf(event), at: event.at, message: redact(event.message.trimEnd()) });
}

/** What is older than anything that will be asked for again need not be known any more. */
function forget({ told }: Reader, from: number): void {
  for (const [id, at] of told) if (at < from - OVERLAP) told.delete(id);
}
