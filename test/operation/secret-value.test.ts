import { describe, expect, it } from "vitest";
import type { AstroError } from "../../src/errors.ts";
import { secretName, secretText, withoutGiven } from "../../src/operation/everyday/secret-value.ts";
import { SECRET_LIMIT } from "../../src/plan/app-secret.ts";
import { contextWith } from "../support/context.ts";

const VALUE = "sk_live_hidden";

function refusal(words: readonly string[], verb: "set" | "rm" = "set"): AstroError {
  try {
    secretName(verb, words);
  } catch (error) {
    return error as AstroError;
  }
  throw new Error("not refused");
}

/** What is read from standard input, or the refusal. */
const read = (given: string | Uint8Array | undefined) =>
  secretText(
    contextWith(() => Promise.reject(new Error("nothing to run")), {
      input: async (most) => (typeof given === "string" ? Buffer.from(given) : given)?.subarray(0, most),
    }),
    "KEY",
    false,
  );

describe("the name of a secret", () => {
  it("is one word that a variable can be called", () => {
    expect(secretName("set", ["STRIPE_KEY"])).toBe("STRIPE_KEY");
    expect(refusal(["stripe-key"]).message).toMatch(/^a variable's name is letters, digits and underscores/);
    expect(refusal(["PORT"]).message).toBe("PORT is a variable that the app sets itself: choose another name");
    for (const name of ["PATH", "LD_PRELOAD", "AWS_ACCESS_KEY_ID", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"])
      expect(refusal([name]).message).toContain(`${name} decides how the task itself works`);
    expect(refusal([])).toMatchObject({ code: "usage" });
  });

  it.each([[[`KEY=${VALUE}`]], [["KEY", VALUE]], [["KEY", "=", VALUE]], [[`k-k=${VALUE}`]]])(
    "is refused with a value beside it, which no word repeats: %#",
    (words) => {
      const { code, message, hint, hints } = refusal(words);
      expect(code).toBe("usage");
      expect(message).toMatch(/^a value is not given on the command line/);
      expect(JSON.stringify([message, hint, hints])).not.toContain(VALUE);
    },
  );

  it("is not read out of a flag that there is not", () => {
    const error = withoutGiven(new Error(`Nonexistent flag: --value=${VALUE}\nSee more help with --help`));
    expect(JSON.stringify([error.message, (error as AstroError).hints])).not.toContain(VALUE);
    expect(withoutGiven(new Error("another"))).toMatchObject({ message: "another" });
  });
});

describe("the value of a secret from standard input", () => {
  it.each([
    [VALUE, VALUE],
    [`${VALUE}\n`, VALUE],
    [`${VALUE}\r\n`, VALUE],
    [`${VALUE}\n\n`, `${VALUE}\n`],
    [` two words \nö\t"'$`, ` two words \nö\t"'$`],
  ])("is what was piped in, less one newline at its end: %#", async (given, value) => {
    expect(await read(given)).toBe(value);
  });

  it.each([
    ["", "the value is empty"],
    ["\n", "the value is empty"],
    ["a\u0000b", "the character 0"],
    ["x".repeat(SECRET_LIMIT + 1), "more than 65536 bytes"],
    [new Uint8Array([0xff, 0xfe]), "not UTF-8"],
    [undefined, "nobody to ask"],
  ])("is refused, and says why without showing it: %#", async (given, words) => {
    const error = (await read(given).catch((thrown: unknown) => thrown)) as AstroError;
    expect(error).toMatchObject({ code: "usage", message: expect.stringContaining(words) });
  });
});
