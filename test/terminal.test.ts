import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clean, guard, jsonText, sealed, shown, unsealed } from "../src/terminal.ts";
import { hostileText, rawBytes } from "./support/hostile.ts";

describe("foreign text on its way to a terminal", () => {
  it("loses whole sequences, not only their first character", () => {
    expect(clean("a\u001b[31mb\u001b]8;;https://example.com\u001b\\c\u001b_d\u001b\\e\u009b1mf")).toBe("abcef");
    expect(clean("10 %\r100 %\r\nnext\tcell")).toBe("10 %100 %\nnext cell");
  });

  it("shows what it cannot take for a sequence, without the character that makes it one", () => {
    expect(clean("\u001b]0;never ended, and the words\nafter it")).toBe("0;never ended, and the words\nafter it");
    expect(clean("\u001b[3\u001b[31m1m")).toBe("31m");
  });

  it("keeps letters of every script, signs and emoji", () => {
    const text = "São Paulo 日本 عربي Ελλάδα ✔ ✖ → … ~€ 👍🏽";
    expect(clean(text)).toBe(text);
  });

  it("holds nothing that a terminal obeys, whatever it was", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(rawBytes(shown(text))).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  it("is not changed by being cleaned again", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(clean(clean(text))).toBe(clean(text));
        expect(shown(clean(text))).toBe(shown(text));
      }),
      { numRuns: 2000 },
    );
  });

  it("is cleaned in time that grows with its length alone", () => {
    const started = performance.now();
    for (const piece of ["\u001b", "\u001b]", "\u009d", "\u001b[", "\u001b[;", "\u001b]8;;", "\u001b[3", " \n"]) {
      clean(piece.repeat(200_000));
    }
    expect(performance.now() - started).toBeLessThan(5000);
  });
});

describe("what we draw ourselves", () => {
  it("keeps its colours and the cursor's moves, and takes no room", () => {
    const line = sealed("\u001b[31mred\u001b[39m\u001b[K\u001b[2A\u001b[?25l\r");
    expect(shown(line)).toBe("\u001b[31mred\u001b[39m\u001b[K\u001b[2A\u001b[?25l\r");
    expect([clean(line), unsealed(line)]).toEqual([line, "red"]);
  });

  it("cannot be imitated by whoever has seen the sealed text of another process", () => {
    const [seal = ""] = sealed("\u001b[31m").split("[");
    const other = [...seal].map((character) => String.fromCodePoint((character.codePointAt(0) ?? 0) ^ 1)).join("");
    expect(shown(`${other}[31m`)).toBe(`${other}[31m`);
  });

  it("has no sequence that a terminal would answer, or that names a place elsewhere", () => {
    for (const sequence of ["\u001b[6n", "\u001b[c", "\u001b[21t", "\u001b]8;;x\u001b\\", "\u001b[?1049h", "\u001bc"]) {
      expect(shown(sealed(sequence))).not.toContain("\u001b");
    }
  });
});

describe("a stream that is guarded", () => {
  const stream = () => {
    const written: (string | Uint8Array)[] = [];
    return { written, write: (chunk: string | Uint8Array) => written.push(chunk) > 0 };
  };

  it("gets clean text from whoever writes to it, as words or as bytes", () => {
    const out = stream();
    guard(out, false);
    out.write("a\u001b[31mb");
    out.write(new TextEncoder().encode("c\u001b]0;x\u0007d"));
    out.write(sealed("\u001b[32mours"));
    expect(out.written).toEqual(["ab", "cd", "\u001b[32mours"]);
  });

  it("lets a trusted library colour and draw, and do nothing else", () => {
    const out = stream();
    guard(out, true);
    guard(out, false);
    out.write("\u001b[1mUSAGE\u001b[22m\u001b]0;x\u0007\u001b[6n");
    expect(out.written).toEqual(["\u001b[1mUSAGE\u001b[22m"]);
  });
});

describe("JSON that is printed", () => {
  it("holds nothing that a terminal obeys and is the same value", () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: "binary" }), hostileText, (value, text) => {
        const whole = { [text]: value, text };
        const printed = jsonText(whole, 2);
        expect(rawBytes(printed)).toEqual([]);
        expect(JSON.parse(printed)).toEqual(JSON.parse(JSON.stringify(whole)));
      }),
      { numRuns: 1000 },
    );
  });

  it("is as short as JSON is where there is nothing to write otherwise", () => {
    expect(jsonText({ name: "São 日本", list: [1] })).toBe('{"name":"São 日本","list":[1]}');
    expect(jsonText("\u{e0041}\u202e\u007f")).toBe('"\\udb40\\udc41\\u202e\\u007f"');
  });
});
