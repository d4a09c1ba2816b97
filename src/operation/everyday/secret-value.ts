import { wrongWithVariable } from "../../config/variables.ts";
import type { Context } from "../../context.ts";
import { AstroError } from "../../errors.ts";
import { SECRET_LIMIT } from "../../plan/app-secret.ts";

/** The one word behind `astro secret set` or `rm`. Throws AstroError("usage"), in whose words no value is. */
export function secretName(verb: "set" | "rm", words: readonly string[]): string {
  const [name, ...more] = words;
  const example = ["astro", "secret", verb, "STRIPE_KEY"];
  if (name === undefined) throw new AstroError("usage", "no name", { text: "name the variable", command: example });
  const [before = "", after] = name.split(/=(.*)/s);
  if (after !== undefined || more.length > 0) {
    const isName = wrongWithVariable(before) === undefined;
    const text =
      verb === "set" ? "give the name alone; the value is asked for, or read from standard input" : "name it";
    throw new AstroError(
      "usage",
      verb === "set"
        ? "a value is not given on the command line: the shell's history and the list of processes would show it. If it was real, take it for known and change it"
        : "one name at a time",
      { text, command: isName ? ["astro", "secret", verb, before] : example },
    );
  }
  const wrong = wrongWithVariable(name);
  if (wrong !== undefined) throw new AstroError("usage", wrong, { text: "give another name", command: example });
  return name;
}

/** An error of the command line without what was given there: an unknown flag may hold the value. */
export function withoutGiven(error: unknown): Error {
  const isFlag = error instanceof Error && /^Nonexistent flag/.test(error.message);
  if (!isFlag) return error instanceof Error ? error : new Error(String(error));
  return new AstroError("usage", "there is no such flag; what it is given is not shown, as it may be the value", {
    text: "see the flags",
    command: ["astro", "secret", "set", "--help"],
  });
}

/** The value of a secret: typed unseen by a person, or read from standard input, a newline at its end left out. Throws AstroError("usage"). */
export async function secretText(context: Context, name: string, made: boolean): Promise<string> {
  const refuse = (value: string) => wrongWithValue(value);
  if (context.canAsk) {
    const { terminalAsk } = await import("../../wizard/terminal-ask.ts");
    const message = `Value of ${name}${made ? " (rehearsal: a made-up one will do)" : ""}:`;
    return terminalAsk(context).secret({ message, refuse });
  }
  const bytes = await context.input(SECRET_LIMIT + 2);
  const pipe = `pipe it in: astro secret set ${name} < FILE`;
  if (bytes === undefined) throw new AstroError("usage", "there is nobody to ask for the value", pipe);
  const value = utf8(bytes)?.replace(/\r?\n$/, "");
  if (value === undefined) throw new AstroError("usage", "standard input is no text: it is not UTF-8", pipe);
  const wrong = refuse(value);
  if (wrong !== undefined) throw new AstroError("usage", `standard input: ${wrong}`, pipe);
  return value;
}

function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function wrongWithValue(value: string): string | undefined {
  if (value === "") return "the value is empty";
  if (value.includes("\u0000")) return "the value holds the character 0, which no variable can";
  return Buffer.byteLength(value) > SECRET_LIMIT ? `the value has more than ${SECRET_LIMIT} bytes` : undefined;
}
