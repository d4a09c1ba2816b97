/** Calls `tick` every so many milliseconds of wall-clock time until the returned function is called. */
export type Ticker = (milliseconds: number, tick: () => void) => () => void;

/** The wall clock's own; it never keeps the process alive. */
export const wallTicker: Ticker = (milliseconds, tick) => {
  const timer = setInterval(tick, milliseconds);
  timer.unref();
  return () => clearInterval(timer);
};
