import { describe, expect, it } from "vitest";
import { wrongWithSchedule } from "../../src/config/cron.ts";

// The examples of Amazon EventBridge Scheduler User Guide, "Schedule types", and of Amazon EventBridge User Guide, "Setting a
// schedule pattern for scheduled rules", whose syntax of cron expressions is the same.
const LEGAL = [
  "rate(5 minutes)",
  "rate(1 hour)",
  "rate(1 minute)",
  "rate(1 days)",
  "rate(7 days)",
  "cron(0 10 * * ? *)",
  "cron(15 12 * * ? *)",
  "cron(0 18 ? * MON-FRI *)",
  "cron(0 8 1 * ? *)",
  "cron(0/15 * * * ? *)",
  "cron(0/10 * ? * MON-FRI *)",
  "cron(0/5 8-17 ? * MON-FRI *)",
  "cron(0/30 20-2 ? * MON-FRI *)",
  "cron(0 9 ? * 2#1 *)",
  "cron(15 10 ? * 6L 2022-2023)",
  "cron(15 10 L * ? *)",
  "cron(15 10 3W JAN,FEB,MAR ? *)",
  "cron(15 10 LW 1-12 ? 1970,2199)",
];

const ILLEGAL: readonly (readonly [text: string, why: string])[] = [
  ["", "a schedule looks like cron(0 3 * * ? *) or rate(1 hour)"],
  ["at(2026-11-20T13:00:00)", "a schedule looks like cron(0 3 * * ? *) or rate(1 hour)"],
  ["rate(1 hour) ", "a schedule looks like cron(0 3 * * ? *) or rate(1 hour)"],
  ["rate(0 minutes)", "a rate is a whole number and minutes, hours or days: rate(5 minutes)"],
  ["rate(1.5 hours)", "a rate is a whole number and minutes, hours or days: rate(5 minutes)"],
  ["rate(10 seconds)", "a rate is a whole number and minutes, hours or days: rate(5 minutes)"],
  ["rate(5 minute)", "more than one is rate(5 minutes)"],
  ["cron(60 3 * * ? *)", "its minutes takes 0 to 59 and , - * /"],
  ["cron(0 24 * * ? *)", "its hours takes 0 to 23 and , - * /"],
  ["cron(0 3 32 * ? *)", "its day of month takes 1 to 31 and , - * ? / L W"],
  ["cron(0 3 32W * ? *)", "its day of month takes 1 to 31 and , - * ? / L W"],
  ["cron(0 3 * 13 ? *)", "its month takes 1 to 12 or JAN to DEC and , - * /"],
  ["cron(0 3 ? * 0 *)", "its day of week takes 1 to 7 or SUN to SAT and , - * ? L #"],
  ["cron(0 3 ? * 3#1,6#3 *)", "its day of week takes 1 to 7 or SUN to SAT and , - * ? L #"],
  ["cron(0 3 ? * MON/2 *)", "its day of week takes 1 to 7 or SUN to SAT and , - * ? L #"],
  ["cron(0 3 * * ? 1969)", "its year takes 1970 to 2199 and , - * /"],
  ["cron(0 3 * * * *)", "one of day of month and day of week is ?, and only one: the other one says the day"],
  ["cron(0 3 ? * ? *)", "one of day of month and day of week is ?, and only one: the other one says the day"],
  ["cron(0 3 1 * MON *)", "one of day of month and day of week is ?, and only one: the other one says the day"],
  ["cron(*/0 3 * * ? *)", "its minutes takes 0 to 59 and , - * /"],
  ["cron(0,, 3 * * ? *)", "its minutes takes 0 to 59 and , - * /"],
  [`cron(${"0,".repeat(130)}0 3 * * ? *)`, "a schedule has at most 256 characters"],
];

describe("a schedule of EventBridge Scheduler", () => {
  it.each(LEGAL)("may be %s", (text) => expect(wrongWithSchedule(text)).toBeUndefined());
  it.each(ILLEGAL)("is not %j", (text, why) => expect(wrongWithSchedule(text)).toBe(why));
});
