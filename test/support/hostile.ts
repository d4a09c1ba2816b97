import fc from "fast-check";

const ESC = "\u001b";

/** What makes a terminal do something: sequences of every kind, whole, nested and cut short; overrides and zero widths. */
const WEAPONS = [
  `${ESC}[2J`,
  `${ESC}[1A${ESC}[2K`,
  `${ESC}[31m`,
  `${ESC}[8m`,
  `${ESC}[6n`,
  `${ESC}[3${ESC}[31m1m`,
  `${ESC}${ESC}[0m[1A`,
  `${ESC}]0;title\u0007`,
  `${ESC}]8;;https://example.com${ESC}\\link${ESC}]8;;${ESC}\\`,
  `${ESC}]52;c;cm0gLXJmIH4=\u0007`,
  `${ESC}P1$r${ESC}\\`,
  `${ESC}_payload${ESC}\\`,
  `${ESC}^payload${ESC}\\`,
  `${ESC}Xpayload${ESC}\\`,
  `${ESC}c`,
  `${ESC}(0`,
  `${ESC}[`,
  ESC,
  "\u009b31m",
  "\u009d0;title\u009c",
  "\u0090q\u009c",
  "\u0007",
  "\b\b\b",
  "\r",
  "\u0000",
  "\u007f",
  "\u0085",
  "\u202e",
  "\u2066",
  "\u2069",
  "\u200e",
  "\u061c",
  "\u200b",
  "\ufeff",
  "\u2028",
  "\u2029",
  "\ud800",
  "\udc00",
  "\u{e0041}",
];

/** Text that somebody wrote to make a terminal do something. */
export const hostileText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom(...WEAPONS),
      fc.string({ maxLength: 4, unit: "binary" }),
      fc.constantFrom("name", " ", "\n", "\t"),
    ),
    {
      minLength: 1,
      maxLength: 6,
    },
  )
  .map((parts) => parts.join(""));

/** Everything that a terminal would obey, or hide, in what was printed where there are no colours and no live screen. */
export function rawBytes(printed: string): readonly string[] {
  return [...printed].filter((character) => character !== "\n" && /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u.test(character));
}

/** Names whose values are words of ours, or times, by which a screen is chosen and not shown. */
const OURS = new Set(
  "type action kind phase status outcome why by direction order paint code at since startedAt endedAt heartbeat command".split(
    " ",
  ),
);

/** `value` with every text of others in it made hostile, the names of keys as well; each keeps its beginning. */
export function poisoned<T>(value: T, poison: string): T {
  if (typeof value === "string") return (value + poison) as T;
  if (Array.isArray(value)) return value.map((one) => poisoned(one, poison)) as T;
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, one]) => [key, OURS.has(key) ? one : poisoned(one, poison)]);
  return Object.fromEntries(entries) as T;
}
