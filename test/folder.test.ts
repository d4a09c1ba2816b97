import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ownFolder, type PrivateFolder, refuseForeign, type Trusts } from "../src/folder.ts";
import { run } from "./support/cli.ts";

let home: string;
let victim: string;
const me = statSync(tmpdir()).uid;
const anybody = () => true;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "astro-private-"));
  victim = join(home, "victim");
  mkdirSync(victim);
  writeFileSync(join(victim, "precious"), "mine");
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const own = (trusts: Trusts = anybody) => ownFolder(home, trusts);
const path = (...names: readonly string[]) => join(home, ".astro", ...names);
const modeOf = (file: string) => (statSync(file).mode & 0o777).toString(8);
const untouched = () => expect(readFileSync(join(victim, "precious"), "utf8")).toBe("mine");

/** All that can be done in a folder. */
const DEEDS: readonly [what: string, deed: (folder: PrivateFolder) => unknown][] = [
  ["making", (folder) => folder.make()],
  ["listing", (folder) => folder.list()],
  ["reading", (folder) => folder.read("precious")],
  ["looking for a file", (folder) => folder.has("precious")],
  ["writing", (folder) => folder.write("precious", "theirs")],
  ["removing", (folder) => folder.remove("precious")],
  ["dropping", (folder) => folder.drop()],
];

describe("a folder of astro's own", () => {
  it("is open to its owner alone, as are the files in it", () => {
    const folder = own().folder("deep");
    folder.make();
    folder.write("one", "1");
    expect([path(), path("deep"), path("deep", "one")].map(modeOf)).toEqual(["700", "700", "600"]);
  });

  it("is tightened where an astro of before left it open", () => {
    mkdirSync(path("deep"), { recursive: true, mode: 0o755 });
    writeFileSync(path("deep", "one"), "1", { mode: 0o644 });
    chmodSync(path("deep", "one"), 0o644);
    expect(own().folder("deep").read("one")?.toString()).toBe("1");
    expect([path(), path("deep"), path("deep", "one")].map(modeOf)).toEqual(["700", "700", "600"]);
  });

  it("leaves the mode of a file that is known by another name too", () => {
    own().make();
    chmodSync(join(victim, "precious"), 0o644);
    linkSync(join(victim, "precious"), path("one"));
    own().read("one");
    expect(modeOf(join(victim, "precious"))).toBe("644");
    own().write("one", "theirs");
    untouched();
  });

  it.each(DEEDS)("refuses %s where it is a link, and touches nothing", (_, deed) => {
    symlinkSync(victim, path());
    expect(() => deed(own())).toThrow(`${path()} is a link`);
    untouched();
  });

  it.each(DEEDS)("refuses %s below a link, and touches nothing", (_, deed) => {
    mkdirSync(path());
    mkdirSync(join(victim, "inner"));
    writeFileSync(join(victim, "inner", "precious"), "mine");
    symlinkSync(victim, path("link"));
    expect(() => deed(own().folder("link").folder("inner"))).toThrow(`${path("link")} is a link`);
    expect(readFileSync(join(victim, "inner", "precious"), "utf8")).toBe("mine");
  });

  it.each(DEEDS.slice(2, 6))("refuses %s a file that is a link, one to nothing too", (_, deed) => {
    for (const target of [join(victim, "precious"), join(victim, "nothing")]) {
      own().make();
      symlinkSync(target, path("precious"));
      expect(() => deed(own())).toThrow(`${path("precious")} is a link`);
      rmSync(path("precious"));
    }
    untouched();
    expect(readdirSync(victim)).toEqual(["precious"]);
  });

  it("never writes through what lies where it writes beside", () => {
    own().make();
    symlinkSync(join(victim, "precious"), path("one.new"));
    own().write("one", "1");
    untouched();
    expect(readFileSync(path("one"), "utf8")).toBe("1");
  });

  it("is dropped with the links in it, and without what they point to", () => {
    const folder = own().folder("deep");
    folder.make();
    symlinkSync(victim, path("deep", "link"));
    folder.drop();
    untouched();
    expect(existsSync(path("deep"))).toBe(false);
  });

  it("does not wait at a pipe, and takes a folder for no file", async () => {
    own().make();
    expect(await run("mkfifo", [path("pipe")], { cwd: home })).toMatchObject({ code: 0 });
    mkdirSync(path("folder"));
    expect(() => own().read("pipe")).toThrow(`${path("pipe")} is not a file`);
    expect(() => own().read("folder")).toThrow(`${path("folder")} is not a file`);
    writeFileSync(path("file"), "");
    expect(() => own().folder("file").list()).toThrow(`${path("file")} is not a folder`);
  });

  it("is not read beyond its bound", () => {
    own().make();
    own().write("one", "12345");
    expect(() => own().read("one", 4)).toThrow(/is larger than/);
    expect(own().read("one", 5)?.toString()).toBe("12345");
  });

  it("is not made anew by whoever writes to it after it is gone", () => {
    expect(() => own().write("one", "1")).toThrow(`${path()} is gone`);
    expect(existsSync(path())).toBe(false);
  });

  it.each(DEEDS)("refuses %s where it is another user's, naming them and the way", (_, deed) => {
    mkdirSync(path());
    writeFileSync(path("precious"), "theirs");
    let thrown: unknown;
    try {
      deed(own((uid) => uid !== me));
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({ code: "config", exit: 5, message: expect.stringContaining(`(uid ${me})`) });
    expect(thrown).toMatchObject({ hint: expect.stringContaining(`ASTRO_TRUST_OWNER=${me}`) });
    expect(readFileSync(path("precious"), "utf8")).toBe("theirs");
  });
});

describe("what another user owns", () => {
  // Only root can give files away.
  const isRoot = me === 0 && process.geteuid?.() === 0;

  it("is found behind a link as well as in its place", () => {
    if (isRoot) chownSync(join(victim, "precious"), 4711, 4711);
    symlinkSync(join(victim, "precious"), join(home, "link"));
    const owner = statSync(join(victim, "precious")).uid;
    expect(() => refuseForeign([join(home, "link")], (uid) => uid !== owner)).toThrow(`(uid ${owner})`);
    expect(() => refuseForeign([join(home, "link"), join(home, "nothing")], anybody)).not.toThrow();
  });

  it("is not the only thing that must not be read: nor is what has no end, whoever owns it", async () => {
    const pipe = join(home, "pipe");
    expect(await run("mkfifo", [pipe], { cwd: home })).toMatchObject({ code: 0 });
    symlinkSync(pipe, join(home, "to-pipe"));
    for (const path of [pipe, join(home, "to-pipe"), "/dev/zero"]) {
      expect(() => refuseForeign([path], anybody)).toThrow(`${path} is neither a file nor a folder`);
    }
  });
});
