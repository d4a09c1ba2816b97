import { describe, expect, it } from "vitest";
import { shown } from "../../src/terminal.ts";
import { row } from "../../src/view/row.ts";
import { cut, displayWidth, oneLine, padEnd, padStart, someOf, wrap, wrapPieces } from "../../src/view/text.ts";
import { themeOf } from "../../src/view/theme.ts";
import { paper } from "./screen.ts";

describe("the width of a text", () => {
  it("counts columns, not characters: wide ones two, marks and colours none", () => {
    expect(["abc", "São", "Sa\u0303o", "日本", "👍🏽", "\u001b[31mred\u001b[39m"].map(displayWidth)).toEqual([
      3, 3, 3, 4, 2, 3,
    ]);
  });

  it("is kept when a text is cut, also between wide characters", () => {
    expect([cut("database", 5, "…"), cut("日本語", 4, "…"), cut("short", 5, "…"), cut("abc", 1, "..")]).toEqual([
      "data…",
      "日…",
      "short",
      ".",
    ]);
  });

  it("is filled up by padding", () => {
    expect([padEnd("日", 4), padStart("日", 4), padEnd("long", 2)]).toEqual(["日  ", "  日", "long"]);
  });
});

describe("foreign text", () => {
  it("cannot move the cursor, ring the bell or break the line", () => {
    expect(oneLine("a\u001b[2Jb \u0007c\r\n   d\te ")).toBe("ab c d e");
  });
});

describe("a text in lines", () => {
  it("breaks between words and keeps a command together", () => {
    expect(wrapPieces(["choose another class:", "astro init --db-class db.t4g.micro"], 40)).toEqual([
      "choose another class:",
      "astro init --db-class db.t4g.micro",
    ]);
  });

  it("gives a word longer than the line a line of its own, whole", () => {
    expect(wrap("see arn:aws:rds:us-east-1:123456789012:db:x now", 12)).toEqual([
      "see",
      "arn:aws:rds:us-east-1:123456789012:db:x",
      "now",
    ]);
  });

  it("keeps its own line breaks and its spaces where it fits", () => {
    expect(wrap("  a  b\nc", 10)).toEqual(["  a  b", "c"]);
  });

  it("names as many as fit and counts the rest", () => {
    const names = ["PublicSubnet2", "PublicSubnet2Route", "PrivateSubnet2"];
    expect(someOf(names, 80)).toBe("PublicSubnet2, PublicSubnet2Route, PrivateSubnet2");
    expect(someOf(names, 46)).toBe("PublicSubnet2, PublicSubnet2Route and 1 more");
    expect(someOf(names, 3)).toBe("PublicSubnet2 and 2 more");
    expect(someOf([], 3)).toBe("");
  });
});

describe("a text of somebody else's", () => {
  it("is measured, cut and wrapped in time that grows with its length", () => {
    const started = performance.now();
    const text = `✖ ${"${".repeat(100_000)}${"é 日".repeat(5000)}`;
    expect(displayWidth(text)).toBe(220_002);
    expect(cut(text, 10, "…")).toBe("✖ ${${${$…");
    expect(wrap(text, 80).length).toBeGreaterThan(100);
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

describe("a row", () => {
  const theme = themeOf(paper({ columns: 31 }));

  it("sets figures at the right end and cuts what stands left of them", () => {
    expect(row(theme, ["a database with a long name"], ["$15.44"])).toBe("a database with a lon…  $15.44");
  });

  it("never takes the terminal's last column, nor trailing spaces", () => {
    expect(displayWidth(row(theme, ["x".repeat(99)]))).toBe(30);
    expect(row(theme, ["a", "   "])).toBe("a");
  });

  it("is coloured only where the terminal has colour", () => {
    const coloured = themeOf(paper({ colour: true }));
    expect(shown(row(coloured, [["red", coloured.paint.red]]))).toBe("\u001b[31mred\u001b[39m");
    expect(row(theme, [["red", theme.paint.red]])).toBe("red");
  });
});
