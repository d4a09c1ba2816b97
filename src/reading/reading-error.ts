/** An error in an input file, with its place: line and column count from 1. */
export class ReadingError extends Error {
  override readonly name = "ReadingError";
  readonly place: { readonly line: number; readonly column: number } | undefined;

  constructor(message: string, place?: ReadingError["place"], cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.place = place;
  }

  /** `FILE:LINE:COLUMN: what is wrong`, as far as that is known. */
  in(file: string): string {
    return `${file}:${this.place ? `${this.place.line}:${this.place.column}:` : ""} ${this.message}`;
  }
}

/** The line and column of an offset in `text`. */
export function placeIn(text: string, offset: number): NonNullable<ReadingError["place"]> {
  const before = text.slice(0, offset);
  const line = before.split("\n").length;
  return { line, column: offset - (before.lastIndexOf("\n") + 1) + 1 };
}
