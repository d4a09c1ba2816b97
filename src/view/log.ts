import type { Clock } from "../clock.ts";
import type { Event } from "../provision/event.ts";
import type { Terminal } from "../terminal.ts";
import { stamp } from "./format.ts";
import { logWords, waitingWords } from "./log-words.ts";
import { advance, NOTHING_YET } from "./progress.ts";
import { displayWidth, oneRow, padEnd } from "./text.ts";
import { themeOf } from "./theme.ts";
import { type Ticker, wallTicker } from "./ticker.ts";
import type { Header, View } from "./view.ts";
import { shortStack } from "./words.ts";

/** A stack that has had no line for this long of the run's time gets one about what it waits for. */
const SILENCE_MILLISECONDS = 60_000;
const LOOK_MILLISECONDS = 1000;

/**
 * A run as lines, for a log file: one for each event that matters, and one a minute for a stack that only waits. Each
 * begins with the time since the run began and the place, `00:06:12  data/database`.
 */
export function logView(terminal: Terminal, clock: Clock, header: Header, ticker: Ticker = wallTicker): View {
  const theme = themeOf(terminal);
  const spoken = new Map<string, number>();
  let progress = NOTHING_YET;

  const places = () => [
    ...progress.phases.flatMap(({ phase, stacks }) => stacks.map(({ stack }) => placeOf(phase, stack))),
    ...[...(progress.before ?? []), ...(progress.after ?? [])].map(({ step }) => step),
  ];
  const placeOf = (phase: string, stack?: string) =>
    stack === undefined ? phase : `${phase}/${shortStack(stack, progress.project, progress.environment)}`;

  const write = (at: number, place: string, words: string): void => {
    const width = Math.max(0, ...places().map(displayWidth));
    const seconds = (at - (progress.since ?? at)) / 1000;
    const line = `${stamp(seconds)}  ${place === "" ? "" : `${padEnd(place, width)}  `}${theme.say(words)}`;
    terminal.write(`${oneRow(line)}\n`);
  };

  const speak = (event: Event): void => {
    const words = logWords(event, progress, header);
    const at = Date.parse(event.at);
    const stack = "stack" in event ? event.stack : undefined;
    if (stack !== undefined && (words !== undefined || event.type === "stack.started")) spoken.set(stack, at);
    const place = "phase" in event ? placeOf(event.phase, stack) : "step" in event ? event.step : "";
    if (words !== undefined) write(at, place, words);
  };

  const remind = (): void => {
    const now = clock.now().getTime();
    for (const { phase, stacks } of progress.phases) {
      for (const row of stacks.filter(({ state }) => state === "running")) {
        if (now - (spoken.get(row.stack) ?? now) < SILENCE_MILLISECONDS) continue;
        spoken.set(row.stack, now);
        write(now, placeOf(phase, row.stack), waitingWords(row, now));
      }
    }
  };

  const stop = ticker(LOOK_MILLISECONDS, remind);
  return {
    emit: (event) => {
      progress = advance(progress, event);
      // What still runs then continues in AWS, and nothing waits for it here.
      if (event.type === "result") stop();
      speak(event);
    },
    pause: () => () => {},
    close: async () => stop(),
  };
}
