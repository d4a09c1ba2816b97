/** What a web server answered. */
export type WebReply = {
  readonly status: number;
  /** By their names in small letters. */
  readonly headers: { readonly [name: string]: string };
  /** How the body begins: 64 kB at most, as text. */
  readonly start: string;
  /** Digest of the whole body; absent where it is larger than anybody wants to read for that. */
  readonly sha256?: string;
  /** Milliseconds from the question to the first byte of the answer: name, connection and TLS are part of it. */
  readonly firstByte: number;
};

/**
 * Asks a URL once, and follows no redirection. Rejects with the system's own error where nobody answers (`code` says which:
 * ENOTFOUND, ECONNREFUSED, CERT_…), with a TimeoutError after ten seconds, and once `signal` is aborted.
 */
export type AskWeb = (url: string, signal: AbortSignal) => Promise<WebReply>;
