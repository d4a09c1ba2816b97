import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { mailHere } from "../../src/operation/mail.ts";

/** A home and a folder in it, with files. */
function home(files: { readonly [path: string]: string }): { readonly env: { HOME: string }; readonly cwd: string } {
  const folder = mkdtempSync(join(tmpdir(), "astro-mail-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const cwd = join(folder, "shop");
  mkdirSync(cwd);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return { env: { HOME: folder }, cwd };
}

describe("the address that git has", () => {
  it.each([
    ["this user's", { ".gitconfig": "[user]\n\tname = A\n\temail = a@example.com # work\n" }, "a@example.com"],
    [
      "the repository's own before it",
      {
        ".gitconfig": "[user]\nemail=a@example.com\n",
        "shop/.git/config": '[core]\n[user]\n  email = "b@example.com"\n',
      },
      "b@example.com",
    ],
    ["the other file of this user", { ".config/git/config": "[User] email = c@example.com\n" }, "c@example.com"],
    [
      "the last one of several",
      { ".gitconfig": "[user]\nemail = a@example.com\nemail = d@example.com\n" },
      "d@example.com",
    ],
    [
      "none of another section",
      { ".gitconfig": '[sendemail]\nemail = a@example.com\n[user "x"]\nemail = b@example.com\n' },
      undefined,
    ],
    ["none that is no address", { ".gitconfig": "[user]\nemail = root@localhost\n" }, undefined],
    ["none without a file", {}, undefined],
  ])("is %s", (_, files, mail) => {
    expect(mailHere(home(files))).toBe(mail);
  });

  it("is that of the file that GIT_CONFIG_GLOBAL names, in place of this user's", () => {
    const { env, cwd } = home({
      ".gitconfig": "[user]\nemail = a@example.com\n",
      other: "[user]\nemail = o@example.com\n",
    });
    expect(mailHere({ env: { ...env, GIT_CONFIG_GLOBAL: join(env.HOME, "other") }, cwd })).toBe("o@example.com");
  });
});
