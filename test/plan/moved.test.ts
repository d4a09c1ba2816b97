import { describe, expect, it } from "vitest";
import { type Seen, whatMoved } from "../../src/plan/moved.ts";

const seen = (stack: string, more: Partial<Seen> = {}): Seen => ({
  stack,
  region: "eu-west-1",
  id: `arn:${stack}/1`,
  status: "CREATE_COMPLETE",
  changed: "2026-01-01T00:00:00.000Z",
  content: "abc",
  ...more,
});

describe("the deployed state that a plan was made for", () => {
  it("is the same if every stack is as it was", () => {
    expect(whatMoved([seen("a"), seen("b")], [seen("b"), seen("a")])).toEqual([]);
  });

  it.each<readonly [string, readonly Seen[], RegExp]>([
    ["gone", [], /^a in eu-west-1 is gone$/],
    ["made anew", [seen("a", { id: "arn:a/2" })], /deleted and recreated/],
    ["updated", [seen("a", { changed: "2026-01-02T00:00:00.000Z" })], /was updated at 2026-01-02/],
    [
      "in another state",
      [seen("a", { status: "UPDATE_IN_PROGRESS" })],
      /is in UPDATE_IN_PROGRESS, not CREATE_COMPLETE/,
    ],
    ["tagged anew", [seen("a", { content: "def" })], /a different template or tags/],
    ["not alone any more", [seen("a"), seen("c")], /^c in eu-west-1 is new$/],
  ])("has moved if a stack is %s", (_, now, words) => {
    expect(whatMoved([seen("a")], now)).toEqual([expect.stringMatching(words)]);
  });

  it("tells stacks of one name in two regions apart", () => {
    const there = seen("a", { region: "us-east-1" });
    expect(whatMoved([seen("a"), there], [seen("a")])).toEqual(["a in us-east-1 is gone"]);
  });
});
