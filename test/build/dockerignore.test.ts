import { describe, expect, it } from "vitest";
import { ignoreRules } from "../../src/build/dockerignore.ts";

/** Which of these paths a `.dockerignore` of these lines leaves out. */
const ignored = (lines: readonly string[], paths: readonly string[]) => {
  const rules = ignoreRules(lines.join("\n"));
  return paths.filter((path) => rules.ignores(path));
};

describe("a .dockerignore (Docker documentation, .dockerignore files)", () => {
  it("leaves out what its patterns name, from the context's root, and what is in a folder they name", () => {
    const paths = ["a", "a/b", "x/a", "ab"];
    expect(ignored(["a"], paths)).toEqual(["a", "a/b"]);
    expect(ignored(["/a/"], paths)).toEqual(["a", "a/b"]);
    expect(ignored(["./x/../a"], paths)).toEqual(["a", "a/b"]);
  });

  it.each([
    ["*/temp*", ["one/temporary.txt", "one/temp/x"], ["one/two/temp", "temp"]],
    ["*/*/temp*", ["one/two/temp.txt"], ["one/temp"]],
    ["temp?", ["tempa", "tempb/x"], ["temp", "tempab"]],
    ["**/*.go", ["a.go", "x/y/b.go"], ["a.gox"]],
    ["**", ["a", "x/y"], []],
    ["docs/**", ["docs/a", "docs/x/y"], ["docs"]],
    ["**/node_modules", ["node_modules/x", "web/node_modules/y/z"], ["node_modules.txt"]],
    ["[ab].txt", ["a.txt", "b.txt"], ["c.txt"]],
    ["[^a].txt", ["c.txt"], ["a.txt"]],
    ["a\\*b", ["a*b"], ["axb"]],
    ["a.b+(c)", ["a.b+(c)"], ["aXb+(c)"]],
  ])("%s", (pattern, out, left) => {
    expect(ignored([pattern], [...out, ...left])).toEqual(out);
  });

  it("takes in again what a later line excepts, and the last line that matches decides", () => {
    const paths = ["README.md", "README-secret.md", "a.md", "a.txt"];
    expect(ignored(["*.md", "!README*.md", "README-secret.md"], paths)).toEqual(["README-secret.md", "a.md"]);
    expect(ignored(["*.md", "README-secret.md", "!README*.md"], paths)).toEqual(["a.md"]);
    expect(ignored(["docs", "!docs/keep"], ["docs/a", "docs/keep", "docs/keep/b"])).toEqual(["docs/a"]);
    expect([["a"], ["a", "!a/b"]].map((lines) => ignoreRules(lines.join("\n")).hasExceptions)).toEqual([false, true]);
  });

  it("has comments, blank lines, carriage returns and a byte order mark; what is no pattern matches nothing", () => {
    expect(ignored(["\uFEFFa\r", "# b", "", "  c  ", "!", "[z"], ["a", "# b", "b", "c", "[z", "z"])).toEqual([
      "a",
      "c",
      "[z",
    ]);
  });

  it("goes on past a line that is longer than any path", () => {
    const rules = ignoreRules(`${"[".repeat(200_000)}\ndocs\n`);
    expect(["docs/a.md", "main.py"].map(rules.ignores)).toEqual([true, false]);
  });
});
