import { describe, expect, it, vi } from "vitest";
import type { Key, Keyboard } from "../../src/keyboard.ts";
import { WentBack } from "../../src/wizard/ask.ts";
import { terminalAsk } from "../../src/wizard/terminal-ask.ts";
import { screen } from "../view/screen.ts";

/** A person whose keys are pressed by the test, before a screen that can be read and made another size. */
function person(size: { readonly columns?: number; readonly rows?: number } = {}, back = true) {
  const terminal = screen(size);
  let listener: ((key: Key) => void) | undefined;
  let resized = () => {};
  const keyboard: Keyboard = {
    keys: (told) => {
      listener = told;
      return () => {
        listener = undefined;
      };
    },
    lines: () => () => {},
  };
  const stderr = Object.assign(terminal, {
    onResize: (told: () => void) => {
      resized = told;
      return () => {
        resized = () => {};
      };
    },
  });
  const leaving = new AbortController();
  const press = (...names: readonly string[]) => {
    for (const name of names) listener?.({ name, ctrl: false, text: name.length === 1 ? name : "", pasted: false });
  };
  return {
    ask: terminalAsk({ stderr, keyboard, interruptible: () => leaving.signal }, { back }),
    leave: () => leaving.abort(),
    press,
    paste: (text: string) => {
      listener?.({ name: "paste-start", ctrl: false, text: "", pasted: true });
      for (const letter of text)
        listener?.({ name: letter === "\n" ? "return" : letter, ctrl: false, text: letter.trim(), pasted: true });
    },
    shows: (words: string) => vi.waitFor(async () => expect(await terminal.see()).toContain(words)),
    see: terminal.see,
    narrow: (columns: number) => {
      terminal.narrow(columns);
      resized();
    },
    cursorShown: terminal.cursorShown,
  };
}

const CHOICES = [
  {
    value: 1,
    name: ["one", { right: "$1.00" }, { words: "the first of them, which says so in many words" }],
    short: "one",
  },
  { value: 2, name: ["two", { right: "$20.00" }, { words: "the second" }], short: "two", disabled: "it is taken" },
  { value: 3, name: ["three", { right: "$3.00" }, { words: "the third" }], short: "three" },
];
const HELP = "A number says how many of something there are; whoever has not met one yet begins with the first.";

describe("a list", () => {
  it("explains itself on ?, again not, and says so only where there is something to explain", async () => {
    const { ask, press, shows, see } = person();
    const answer = ask.choose({ message: "How many", choices: CHOICES, help: HELP });
    await shows("↑↓ move • ⏎ select • ? help • Esc back");
    press("?");
    await shows(
      "? How many\n  A number says how many of something there are; whoever has not met one yet\n  begins with the first.\n❯ one",
    );
    press("?");
    await vi.waitFor(async () => expect(await see()).not.toContain("A number"));
    press("down", "down", "return");
    expect(await answer).toBe(3);
    expect(await see()).toBe("✔ How many three");
    const next = ask.choose({ message: "Again", choices: CHOICES });
    await shows("↑↓ move • ⏎ select • Esc back");
    press("?", "escape");
    await expect(next).rejects.toThrow(WentBack);
    expect(await see()).toBe("✔ How many three");
  });

  it("refuses what cannot be chosen, in its words", async () => {
    const { ask, press, shows } = person();
    const answer = ask.choose({ message: "How many", choices: CHOICES });
    await shows("- two");
    press("down", "return");
    await shows("> it cannot be chosen: it is taken");
    press("t", "h", "return");
    expect(await answer).toBe(3);
  });

  it("is drawn for the width there is: name and figure stay, words go between two of them and are whole below", async () => {
    const { ask, press, shows, see, narrow } = person({ columns: 80 });
    const answer = ask.choose({
      message: "How many of them are there",
      choices: CHOICES,
      below: ["all", { right: "$24.00" }, { words: "" }],
    });
    await shows("❯ one     $1.00  the first of them, which says so in many words");
    for (const columns of [40, 60, 41, 200, 40]) {
      narrow(columns);
      const lines = (await see()).split("\n");
      expect(lines.filter((line) => line.startsWith("? How many"))).toHaveLength(1);
      expect(lines.filter((line) => /^[❯ -] \w+ +(\(|\$)/.test(line))).toHaveLength(4);
      expect(lines.every((line) => line.length < columns)).toBe(true);
    }
    await shows("❯ one     $1.00  the first of them…\n");
    await shows("  one: $1.00, the first of them, which\n  says so in many words");
    press("return");
    expect(await answer).toBe(1);
  });

  it("fits a low terminal, and says where in the list one is", async () => {
    const { ask, press, shows, see } = person({ rows: 10 });
    const many = Array.from({ length: 30 }, (_, index) => ({
      value: index,
      name: `number ${index}`,
      short: `${index}`,
    }));
    const answer = ask.choose({ message: "Which", choices: many, initial: 20 });
    await shows("❯ number 20");
    expect((await see()).split("\n").length).toBeLessThan(10);
    await shows("21 of 30");
    press("end", "return");
    expect(await answer).toBe(29);
  });
});

describe("a typed answer", () => {
  const refuse = (answer: string) => (answer === "wrong" ? "that is wrong" : undefined);

  it("explains itself on ? while nothing is typed; after that a ? is a letter", async () => {
    const { ask, press, shows } = person();
    const answer = ask.text({ message: "Name", initial: "shop", help: HELP, refuse });
    await shows("? Name (shop) [? help]");
    press("?");
    await shows("A number says");
    press("?", "a", "?");
    await shows("? Name a?");
    press("return");
    expect(await answer).toBe("a?");
  });

  it("takes what is suggested, lets it be wiped away or edited, and goes back from an empty line only", async () => {
    const { ask, press, shows } = person();
    const taken = ask.text({ message: "Name", initial: "shop", refuse });
    await shows("(shop)");
    press("return");
    expect(await taken).toBe("shop");
    const wiped = ask.text({ message: "Other", initial: "shop", refuse });
    await shows("Other (shop)");
    press("backspace", "return");
    expect(await wiped).toBe("");
    const typed = ask.text({ message: "Third", initial: "shop", refuse });
    await shows("Third (shop)");
    press("tab", "left", "o", "end", "s", "return");
    expect(await typed).toBe("shoops");
    const left = ask.text({ message: "Fourth", refuse });
    await shows("Fourth");
    press("left");
    await expect(left).rejects.toThrow(WentBack);
  });

  it("keeps what was typed where it is refused, and through any width", async () => {
    const { ask, press, shows, narrow, see } = person();
    const answer = ask.text({ message: "A question of some length that does not fit forty columns", refuse });
    await shows("? A question");
    press(..."wrong", "return");
    await shows("> that is wrong\n  wrong");
    for (const columns of [40, 120, 40]) {
      narrow(columns);
      expect((await see()).match(/wrong$/gm)).toHaveLength(2);
      expect((await see()).match(/A question/g)).toHaveLength(1);
    }
    press("backspace", "return");
    expect(await answer).toBe("wron");
  });

  it("takes nothing of a secret of several lines", async () => {
    const { ask, press, paste, shows, see } = person();
    const answer = ask.secret({ message: "Value", refuse });
    await shows("? Value (not shown)");
    paste("-----BEGIN\nabc\n");
    await shows("> what was pasted has several lines, and nothing of it was taken");
    paste("hunter\n");
    press("return");
    expect(await answer).toBe("hunter");
    expect(await see()).not.toContain("hunter");
  });

  it("left by a signal gives the cursor back and says that nothing was changed", async () => {
    const { ask, leave, shows, cursorShown } = person();
    const answer = ask.choose({ message: "How many", choices: CHOICES });
    await shows("How many");
    expect(cursorShown()).toBe(false);
    leave();
    await expect(answer).rejects.toMatchObject({ code: "interrupted" });
    expect(cursorShown()).toBe(true);
  });
});
