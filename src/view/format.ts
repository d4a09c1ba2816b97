/** US dollars with two decimals, `$1,204.50`. */
export function money(usd: number): string {
  const cents = Math.round(usd * 100);
  return `${cents < 0 ? "-" : ""}$${grouped(Math.abs(cents) / 100, 2, 2)}`;
}

/** US dollars a month, `$101.17/mo`. */
export function monthly(usd: number): string {
  return `${money(usd)}/mo`;
}

/** How far `after` is from `before` in US dollars, with its sign: `+$2.30`; `no change` below half a cent. */
export function difference(before: number, after: number): string {
  const cents = Math.round((after - before) * 100);
  if (cents === 0) return "no change";
  return `${cents > 0 ? "+" : ""}${money(cents / 100)}`;
}

/** A price of one unit in US dollars, at least two decimals and as many more as it has: `$0.045`. */
export function unitPrice(usd: number): string {
  return `$${grouped(usd, 2, 10)}`;
}

/** A quantity with at most three decimals: `1,204`, `0.25`. */
export function quantity(amount: number): string {
  return grouped(amount, 0, 3);
}

/** Seconds that passed: `41s`, `4m 10s`, `1h 04m`. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole}s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes}m ${two(whole % 60)}s`;
  return `${Math.floor(minutes / 60)}h ${two(minutes % 60)}m`;
}

/** Seconds something will take, no more exact than anybody knows: `~40s`, `~9m`, `~1h 05m`. */
export function roughDuration(seconds: number): string {
  if (seconds < 57.5) return `~${Math.max(5, Math.round(seconds / 5) * 5)}s`;
  const minutes = Math.max(1, Math.round(seconds / 60));
  return minutes < 60 ? `~${minutes}m` : `~${Math.floor(minutes / 60)}h ${two(minutes % 60)}m`;
}

/** Seconds since a run began, for the start of a log line: `00:06:12`. */
export function stamp(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  return [whole / 3600, (whole % 3600) / 60, whole % 60].map((part) => two(Math.floor(part))).join(":");
}

/** A moment in ISO 8601, in UTC, as a person reads it: `2026-03-01 12:05 UTC`. */
export function minute(at: string): string {
  return at.replace("T", " ").replace(/(:\d\d)?(\.\d+)?Z$/, " UTC");
}

/** `1 stack`, `12 stacks`. */
export function count(amount: number, noun: string, plural = `${noun}s`): string {
  return `${grouped(amount, 0, 0)} ${amount === 1 ? noun : plural}`;
}

/** An AWS account id that can be told from another, yet not copied off a screen: `1234…9012`. */
export function shortAccount(account: string): string {
  return account.length <= 8 ? account : `${account.slice(0, 4)}…${account.slice(-4)}`;
}

function grouped(amount: number, least: number, most: number): string {
  return amount.toLocaleString("en-US", { minimumFractionDigits: least, maximumFractionDigits: most });
}

function two(part: number): string {
  return String(part).padStart(2, "0");
}
