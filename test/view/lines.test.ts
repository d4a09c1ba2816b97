import { describe, expect, it } from "vitest";
import { linesOn } from "../../src/view/lines.ts";
import { paper } from "./screen.ts";

describe("lines of a task", () => {
  it("come as they are written, and those that come while a question is open after its answer", () => {
    const terminal = paper();
    const lines = linesOn(terminal);
    lines.write("one");
    const go = lines.hold();
    lines.write("two");
    expect(terminal.text()).toBe("one\n");
    go();
    lines.write("three");
    expect(terminal.text()).toBe("one\ntwo\nthree\n");
  });

  it("come below a question that nobody answers any more", () => {
    const terminal = paper();
    const lines = linesOn(terminal);
    const go = lines.hold();
    lines.write("last");
    lines.close();
    go();
    expect(terminal.text()).toBe("\nlast\n");
  });
});
