/** A place text is shown: what a view needs to know of stdout or stderr, and nothing of the process. */
export type Terminal = {
  /** Shows text as `clean` leaves it: whoever wrote it, only what was sealed here moves the cursor or has a colour. */
  readonly write: (text: string) => void;
  /** Width in characters; 80 where nobody knows. */
  readonly columns: number;
  /** Height in lines; left out where nobody knows. */
  readonly rows?: number;
  /** Tells of every change of its size until what it returns is called; left out where it has one for good. */
  readonly onResize?: (listener: () => void) => () => void;
  /** True if a person looks at it and lines may be redrawn. */
  readonly interactive: boolean;
  readonly colour: boolean;
  /** True if a person wants lines alone, one fact each, as a screen reader reads them. */
  readonly plain?: boolean;
  /** True if ✔ and box lines can be drawn; otherwise plain ASCII. */
  readonly unicode: boolean;
};

/**
 * Stands for the beginning of a control sequence of our own until it is written. No text of anybody else's can have it:
 * it is another one in every process, six of 6,400 characters that Unicode gives no meaning.
 */
const SEAL = String.fromCharCode(
  ...crypto.getRandomValues(new Uint16Array(6)).map((chance) => 0xe000 + (chance % 6400)),
);

/** Control sequences that a screen of ours is made of: colours, the cursor's moves, erasing (ECMA-48), and its hiding. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what this is about.
const DRAWING = /\u001b(\[(?:[\d;]*[A-HJKfmsu]|\?(?:7|25|2004)[hl]))|(\r)(?!\n)/g;

/** The same where it is sealed. */
const SEALED = new RegExp(`${SEAL}(?:(\\[[\\d;?]*[A-Za-z])|r)`, "g");

/** Whole control sequences (ECMA-48): CSI, then OSC, DCS, SOS, PM and APC with their text, then the others. */
const SEQUENCES =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what this is about.
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|(?:\u001b[\]PX^_]|[\u0090\u0098\u009d-\u009f])[^\u0007\u001b\u0080-\u009f]*(?:\u0007|\u001b\\|\u009c)|\u001b[ -/]*[0-~]/g;

/**
 * What a terminal obeys or hides instead of showing it: controls (C0, DEL, C1), formats (bidirectional overrides, zero
 * widths, tags), separators of lines and paragraphs, halves of characters.
 */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;
const UNSAFE = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

/** True if `text` holds anything that a terminal would not show but do. */
export function isUnsafe(text: string): boolean {
  return UNSAFE.test(text);
}

/**
 * `text` without anything that a terminal obeys: control sequences go whole, of what is left every single control
 * character but line feeds; a tab is a blank. Nothing can come to be by this that has to be cleaned again.
 */
export function clean(text: string): string {
  if (!isUnsafe(text)) return text;
  return text
    .replaceAll("\r\n", "\n")
    .replaceAll(SEQUENCES, "")
    .replaceAll("\t", " ")
    .replaceAll(UNSEEN, (character) => (character === "\n" ? character : ""));
}

/** `text` drawn by us, or by a library that was given clean words only, with its control sequences sealed. */
export function sealed(text: string): string {
  return text.replaceAll(DRAWING, (_, sequence?: string) => SEAL + (sequence ?? "r"));
}

/** `text` without sealed sequences: what takes room on a screen. */
export function unsealed(text: string): string {
  return text.replaceAll(SEALED, "");
}

/** `text` as it goes to a terminal: clean but for what was sealed. */
export function shown(text: string): string {
  return clean(text).replaceAll(SEALED, (_, sequence?: string) =>
    sequence === undefined ? "\r" : `\u001b${sequence}`,
  );
}

/** JSON that is safe to be shown and is the same value: what `clean` would take out is written as `\uXXXX`. */
export function jsonText(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).replaceAll(UNSEEN, (character) =>
    character === "\n"
      ? character
      : Array.from({ length: character.length }, (_, index) => escaped(character.charCodeAt(index))).join(""),
  );
}

function escaped(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, "0")}`;
}

type Stream = { write: (chunk: string | Uint8Array, ...rest: never[]) => boolean };

const guarded = new WeakSet<Stream>();

/**
 * From here on nothing reaches `stream` that was not cleaned, whoever writes to it. A library that is `trusted` may have
 * its colours and move the cursor: one that was handed nobody's words but ours. The first call decides.
 */
export function guard(stream: Stream, trusted: boolean): void {
  if (guarded.has(stream)) return;
  guarded.add(stream);
  const write = stream.write.bind(stream);
  stream.write = (chunk, ...rest) => {
    const text = typeof chunk === "string" ? chunk : new TextDecoder().decode(chunk);
    return write(shown(trusted ? sealed(text) : text), ...rest);
  };
}

/** A stream of this process as a terminal, guarded; `isPlain` says that lines are all that is wanted of it. */
export function terminalOf(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv, isPlain: boolean): Terminal {
  guard(stream, false);
  const plain = isPlain || env.TERM === "dumb";
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || "";
  return {
    // What is sealed in it the guard opens.
    write: (text) => void stream.write(clean(text)),
    get columns() {
      return stream.columns || 80;
    },
    get rows() {
      return stream.rows || 24;
    },
    onResize: (listener) => {
      stream.on("resize", listener);
      return () => void stream.off("resize", listener);
    },
    interactive: Boolean(stream.isTTY) && !plain && !isSet(env.CI),
    plain,
    colour: !isPlain && (isSet(env.FORCE_COLOR) || (Boolean(stream.isTTY) && !plain && !isSet(env.NO_COLOR))),
    unicode: !plain && env.TERM !== "linux" && (locale === "" || /utf-?8/i.test(locale)),
  };
}

/** The convention of NO_COLOR, FORCE_COLOR and CI: present and not empty, 0 or false. */
export function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== "" && value !== "0" && value !== "false";
}
