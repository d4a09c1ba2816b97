import { describe, expect, it } from "vitest";
import { canConfirm, confirm } from "../../src/operation/confirm.ts";
import { contextWith } from "../support/context.ts";

const nothing = () => Promise.reject(new Error("nothing is run"));
const CONFIRMATION = {
  question: "Provision dev?",
  without: "add --yes to go on without being asked",
  declined: { message: "nothing was changed", hint: "look at it again with:  astro plan" },
};

describe("confirmation", () => {
  it.each([
    ["there is no terminal", false, {}],
    ["JSON is asked for", true, { json: true }],
    ["--yes is given", true, { yes: true }],
  ])("is not asked where %s: the error says how to go on without", async (_, canAsk, flags) => {
    const context = contextWith(nothing, { canAsk });
    expect(canConfirm(context, flags)).toBe(false);
    await expect(confirm(context, flags, CONFIRMATION)).rejects.toMatchObject({
      code: "usage",
      message: "no terminal to confirm on",
      hint: CONFIRMATION.without,
    });
  });

  it("is asked at a terminal", () => {
    expect(canConfirm(contextWith(nothing, { canAsk: true }), { json: false, yes: false })).toBe(true);
  });
});
