import { describe, expect, it } from "vitest";
import { during } from "../../src/view/spinner.ts";
import { paper, screen } from "./screen.ts";

describe("a short wait", () => {
  it("shows what is being done, and takes it away when it is done", async () => {
    const terminal = screen();
    let seen = "";
    const answer = await during(terminal, "synthesising dev", async () => {
      seen = await terminal.see();
      return 42;
    });
    expect(answer).toBe(42);
    expect(seen).toMatch(/^ \S+ synthesising dev$/);
    expect(await terminal.see()).toBe("");
    expect(terminal.cursorShown()).toBe(true);
  });

  it("gives the screen back when the work fails, and passes the failure on", async () => {
    const terminal = screen();
    const failing = during(terminal, "synthesising dev", () => Promise.reject(new Error("no such app")));
    await expect(failing).rejects.toThrow("no such app");
    expect(await terminal.see()).toBe("");
    expect(terminal.cursorShown()).toBe(true);
  });

  it("is one line where nothing can be redrawn", async () => {
    const terminal = paper({ interactive: false, unicode: false });
    await during(terminal, "reading what is deployed", async () => undefined);
    expect(terminal.text()).toBe(" reading what is deployed ..\n");
  });
});
