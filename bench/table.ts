/** One line of a table: a name, then its cells. */
export type Row = readonly string[];

/** `ours` against `theirs`, both in seconds, and whether their ratio is what it shall be at most. */
export function ratioRow(name: string, ours: number, other: string, theirs: number, atMost?: number): Row {
  const ratio = ours / theirs;
  const goal = atMost === undefined ? "" : `≤ ${atMost} ${ratio <= atMost ? "✔" : "✖"}`;
  return [name, seconds(ours), other, seconds(theirs), ratio.toFixed(ratio < 1 ? 2 : 3), goal];
}

export function seconds(value: number): string {
  if (value < 1) return `${Math.round(value * 1000)} ms`;
  return value < 100 ? `${value.toFixed(2)} s` : `${Math.round(value)} s`;
}

/** A table in Markdown, its columns aligned. */
export function table(head: Row, rows: readonly Row[]): string {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => [...(row[column] ?? "")].length)));
  const line = (row: Row) =>
    `| ${widths.map((width, column) => (row[column] ?? "") + " ".repeat(width - [...(row[column] ?? "")].length)).join(" | ")} |`;
  return [line(head), `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`, ...rows.map(line)].join("\n");
}
