import { describe, expect, it } from "vitest";
import { gitHubName, repositoryAt, tokenSubject } from "../../src/operation/repository.ts";
import { contextWith } from "../support/context.ts";

/** A world in which programs say this, by their words but for git's `-C` and its folder. */
function worldOf(says: { readonly [words: string]: string }) {
  return contextWith(() => Promise.reject(new Error("no shell")), {
    program: async (words) => {
      const asked = words.filter((word, index) => word !== "-C" && words[index - 1] !== "-C").join(" ");
      const stdout = says[asked];
      return stdout === undefined
        ? { exitCode: 1, stdout: "", stderr: "fatal" }
        : { exitCode: 0, stdout: `${stdout}\n`, stderr: "" };
    },
  });
}

describe("the name of a repository", () => {
  it.each([
    "https://github.com/octo-org/shop.git",
    "https://github.com/octo-org/shop",
    "https://somebody:token@github.com/octo-org/shop.git/",
    "git@github.com:octo-org/shop.git",
    "github.com:octo-org/shop",
    "ssh://git@github.com/octo-org/shop.git",
    "ssh://git@ssh.github.com:443/octo-org/shop.git",
    "git://github.com/octo-org/shop.git",
  ])("is read from %s", (remote) => {
    expect(gitHubName(remote)).toBe("octo-org/shop");
  });

  it.each([
    "https://gitlab.com/octo-org/shop.git",
    "git@github.com.example.com:octo-org/shop.git",
    "https://github.com.example.com/octo-org/shop",
    "https://example.com/github.com/octo-org/shop",
    "git@bitbucket.org:octo-org/shop.git",
    "https://github.com/octo-org",
    "https://github.com/octo-org/shop/tree/main",
    "/srv/git/shop.git",
  ])("is not read from %s", (remote) => {
    expect(gitHubName(remote)).toBeUndefined();
  });
});

describe("the repository around an app", () => {
  it("has a root, the remote called origin, and that one's first branch", async () => {
    const world = worldOf({
      "git rev-parse --show-toplevel": "/src/shop",
      "git remote": "backup\norigin",
      "git remote get-url origin": "git@github.com:octo-org/shop.git",
      "git symbolic-ref --short refs/remotes/origin/HEAD": "origin/trunk",
    });
    expect(await repositoryAt(world, "/src/shop/infra")).toEqual({
      root: "/src/shop",
      remote: "git@github.com:octo-org/shop.git",
      branch: "trunk",
    });
  });

  it("may have no remote", async () => {
    expect(await repositoryAt(worldOf({ "git rev-parse --show-toplevel": "/src" }), "/src")).toEqual({ root: "/src" });
  });

  it("has to be there", async () => {
    await expect(repositoryAt(worldOf({}), "/src")).rejects.toMatchObject({
      code: "config",
      hints: [{ command: ["git", "init"] }],
    });
  });
});

describe("how tokens name a repository", () => {
  const SUB = "gh api repos/octo-org/shop/actions/oidc/customization/sub";
  it.each([
    [
      "with numbers",
      { use_default: true, use_immutable_subject: true, sub_claim_prefix: "repo:octo-org@12/shop@34" },
      { known: true, ids: "12/34" },
    ],
    [
      "by name",
      { use_default: true, use_immutable_subject: false, sub_claim_prefix: "repo:octo-org/shop" },
      { known: true },
    ],
    ["by name where GitHub has nothing newer", { use_default: true }, { known: true }],
    ["as somebody has chosen", { use_default: false, include_claim_keys: ["repo"] }, { known: true, custom: true }],
    ["unknown", [], { known: false }],
  ])("%s", async (_, answer, expected) => {
    expect(await tokenSubject(worldOf({ [SUB]: JSON.stringify(answer) }), "octo-org/shop")).toEqual(expected);
  });

  it("is unknown without GitHub's client", async () => {
    expect(await tokenSubject(worldOf({}), "octo-org/shop")).toEqual({ known: false });
    expect(await tokenSubject(worldOf({ [SUB]: "<html>" }), "octo-org/shop")).toEqual({ known: false });
  });
});
