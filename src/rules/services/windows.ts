/** A span of time: minutes since the week's or the day's first, and how many it lasts. */
type Window = { readonly from: number; readonly minutes: number };

const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const DAY = 24 * 60;
const WEEK = 7 * DAY;

/** Reads hh24:mi-hh24:mi, which may pass midnight; `undefined` if it is not of that form. */
export function readDaily(window: string): Window | undefined {
  const found = /^(\d\d):(\d\d)-(\d\d):(\d\d)$/.exec(window);
  if (!found) return undefined;
  const [h1 = 24, m1 = 60, h2 = 24, m2 = 60] = found.slice(1).map(Number);
  if (h1 > 23 || h2 > 23 || m1 > 59 || m2 > 59) return undefined;
  const from = h1 * 60 + m1;
  return { from, minutes: (h2 * 60 + m2 - from + DAY) % DAY };
}

/** Reads ddd:hh24:mi-ddd:hh24:mi, which may pass the week's end; `undefined` if it is not of that form. */
export function readWeekly(window: string): Window | undefined {
  const found = /^([a-z]{3}):(\d\d):(\d\d)-([a-z]{3}):(\d\d):(\d\d)$/.exec(window.toLowerCase());
  if (!found) return undefined;
  const [, d1 = "", h1, m1, d2 = "", h2, m2] = found;
  const minuteOf = (day: string, hour = "", minute = "") =>
    DAYS.indexOf(day) * DAY + Number(hour) * 60 + Number(minute);
  const legal = [h1, h2].every((hour) => Number(hour) < 24) && [m1, m2].every((minute) => Number(minute) < 60);
  if (!legal || !DAYS.includes(d1) || !DAYS.includes(d2)) return undefined;
  const from = minuteOf(d1, h1, m1);
  return { from, minutes: (minuteOf(d2, h2, m2) - from + WEEK) % WEEK };
}

/** Whether a daily window overlaps a weekly one on any day. */
export function overlapInWeek(daily: Window, weekly: Window): boolean {
  // A week before and after, since both may pass its end.
  return Array.from({ length: 21 }, (_, day) => daily.from + (day - 7) * DAY).some(
    (from) => from < weekly.from + weekly.minutes && weekly.from < from + daily.minutes,
  );
}
