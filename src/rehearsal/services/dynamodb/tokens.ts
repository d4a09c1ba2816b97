import { AwsError } from "../../wire/error.ts";

const TOKEN = /\s*(<>|<=|>=|[=<>(),.[\]+-]|[:#]?[A-Za-z_][\w-]*|\d+)/y;

/** DynamoDB's ValidationException. */
export function validationError(message: string): AwsError {
  return new AwsError("ValidationException", message);
}

/** Reads an expression's tokens one after the other. */
export type Tokens = {
  readonly peek: () => string | undefined;
  readonly next: () => string;
  /** Takes the token if it is this one (words in any case). */
  readonly accept: (token: string) => boolean;
  readonly expect: (token: string) => void;
};

/** Splits an expression (Developer Guide, "Expressions"); `kind` names the expression in the error. */
export function tokensOf(text: string, kind: string): Tokens {
  const all: string[] = [];
  let at = 0;
  while (at < text.trimEnd().length) {
    TOKEN.lastIndex = at;
    const found = TOKEN.exec(text);
    if (!found?.[1])
      throw validationError(
        `Invalid ${kind}: Syntax error; token: "${text.slice(at).trim().slice(0, 1)}", near: "${text.slice(at, at + 12).trim()}"`,
      );
    all.push(found[1]);
    at = TOKEN.lastIndex;
  }
  let index = 0;
  const peek = () => all[index];
  const next = () => {
    const token = all[index];
    if (token === undefined)
      throw validationError(`Invalid ${kind}: Syntax error; token: "<EOF>", near: "${text.trim().slice(-12)}"`);
    index += 1;
    return token;
  };
  const accept = (token: string) => {
    if (all[index]?.toUpperCase() !== token) return false;
    index += 1;
    return true;
  };
  const expect = (token: string) => {
    if (!accept(token))
      throw validationError(
        `Invalid ${kind}: Syntax error; token: "${all[index] ?? "<EOF>"}", near: "${text.trim().slice(0, 20)}"`,
      );
  };
  return { peek, next, accept, expect };
}
