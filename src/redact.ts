/** What stands in for a secret. */
const HIDDEN = "***";

/** What gives a secret away, and what of it may stay: the words before it. */
const SECRETS: readonly (readonly [pattern: RegExp, instead: string])[] = [
  // A password in an address: scheme://user:password@host.
  [/\b([a-z][a-z0-9+.-]*:\/\/[^\s:/@]*):[^\s@]+@/gi, `$1:${HIDDEN}@`],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(-----END [A-Z ]*PRIVATE KEY-----|$)/g, HIDDEN],
  // A JSON web token.
  [/\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g, HIDDEN],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]{8,}/gi, `$1 ${HIDDEN}`],
  // AWS access keys (IAM User Guide, "Unique identifiers"), and tokens of well-known services.
  [/\b(AKIA|ASIA)[A-Z0-9]{16}\b/g, HIDDEN],
  [/\b(gh[pousr]_|github_pat_|xox[abpr]-|sk_live_|sk-)[\w-]{16,}/g, HIDDEN],
  // name=value, name: value, "name": "value", where the name says what it is; but not an ARN or an action of AWS's.
  [
    /((?<![:/\w.-])(?!secretsmanager:)[\w.-]*(?:passw(?:or)?d|passphrase|pwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credential)[\w.-]*["']?\s*(?:=>|[:=])\s*)(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^\s,;&"')\]}]+)/gi,
    `$1${HIDDEN}`,
  ],
];

/** Words of others without what looks like a password, a key or a token in them. */
export function redact(text: string): string {
  return SECRETS.reduce((words, [pattern, instead]) => words.replace(pattern, instead), text);
}
