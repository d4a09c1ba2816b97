import { mkdir, mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { displayWidth } from "../../src/view/text.ts";
import { expectGolden, film, type Shot } from "../support/golden.ts";
import { KEYS, openTerminal, type Screen } from "../support/pty.ts";

let cwd: string;
let screen: Screen | undefined;

beforeEach(async () => {
  // The folder's name is what the project is called at first.
  cwd = join(await realpath(await mkdtemp(join(tmpdir(), "astro-terminal-"))), "shop");
  await mkdir(cwd);
});
afterEach(async () => {
  screen?.close();
  screen = undefined;
  await rm(join(cwd, ".."), { recursive: true });
});

const { enter, down, up, left, clearLine } = KEYS;

function init(size: { cols?: number; rows?: number } = {}, env = {}, flags: readonly string[] = []): Screen {
  const program = [join(process.cwd(), "bin", "run.js"), "init", ...flags];
  screen = openTerminal(process.execPath, program, { cwd, env, ...size });
  return screen;
}

/** Through every kind of question to the last one, which is declined. */
const THROUGH: readonly Shot[] = [
  ["Project name", enter],
  ["Environment name", enter],
  ["Region", down],
  [/. us-east-2/, up + enter],
  ["Start from", enter],
  ["or change something", `n${enter}`],
  ["Availability zones", `${down}${enter}`],
  ["NAT gateways", "?"],
  [/(\? NAT gateways.*\n)(?![❯>  ] none)/, `?${down}`],
  [/NAT gateways/, enter],
  ["or change something", `s${enter}`],
  ["Run on Spot capacity", left],
  ["or change something", `dat${enter}`],
  ["Database instance class", `db.t4g.small${enter}`],
  ["A standby database", enter],
  ["Database storage in GB", `another${enter}`],
  [/\? Database storage in[\s\S]*\(20\)/, `4${enter}`],
  [/> [\s\S]*4/, `${clearLine}40${enter}`],
  ["or change something", `acc${enter}`],
  [/Write \d+ files/, `hm${enter}`],
  ["You must answer with", `${clearLine}${enter}`],
  ["nothing was written"],
];

/** No word of the screens is broken: a line that were wider than the terminal would go on in the next one. */
function widest(filmed: string): number {
  return Math.max(
    ...filmed
      .split("\n")
      .filter((line) => !line.startsWith("── "))
      .map(displayWidth),
  );
}

describe("the wizard on a terminal of its own", () => {
  it.each([80, 40])("is readable at %d columns", async (cols) => {
    const filmed = await film(init({ cols, rows: 24 }), THROUGH);
    await expectGolden(`init-${cols}x24`, filmed);
    expect(widest(filmed)).toBeLessThan(cols);
  });

  it("keeps its columns without Unicode, letters of other places included", async () => {
    const filmed = await film(init({}, { LANG: "C" }), THROUGH);
    await expectGolden("init-ascii", filmed);
    expect(filmed.replaceAll("──", "")).toMatch(/^[\n -~]+$/);
  });

  it("is drawn anew for another size in the middle of a question, with what was typed and chosen", async () => {
    const to = (cols: number) => Object.assign((run: Screen) => run.resize(cols, 24), { shot: `${cols} columns` });
    const filmed = await film(init({ cols: 120 }), [
      ["Project name", "my-sh"],
      ["Project name", to(40)],
      ["my-sh", `op${enter}`],
      ["Environment name", enter],
      ["Region", `eu-west-1${enter}`],
      ["Start from", "prod"],
      [/❯ prod .*…/, to(100)],
      [/❯ prod .*(?<!…) +\$\d+/, to(40)],
      [/❯ prod .*…/, `dev${enter}`],
      ["or change something", `data${enter}`],
      ["Database instance class", "db.m"],
      [/❯ db.m7g.large/, to(120)],
      [/❯ db.m7g.large .*steady, Graviton/, to(40)],
      [/❯ db.m7g.large .*…/, to(200)],
      [/❯ db.m7g.large .*steady, Graviton/, KEYS.ctrlC],
      ["run: astro init"],
    ]);
    await expectGolden("init-resized", filmed);
  });

  it.each([
    ["a terminal that draws nothing over", { TERM: "dumb" }, []],
    ["a screen reader", {}, ["--plain"]],
    ["a screen reader, by its variable", { ASTRO_PLAIN: "1" }, []],
  ])("asks in lines for %s: numbers, no control sequence, one fact a line", async (_, env, flags) => {
    const run = init({ rows: 60 }, { ...env, NO_COLOR: "" }, flags);
    const filmed = await film(run, [
      ["Project name (shop)", enter],
      ["Environment name (dev)", enter],
      ["Number, 1 to", `<${enter}`],
      [/goes back: <\n[\s\S]*Environment name \(dev\)/, enter],
      [/Environment name \(dev\)[\s\S]*Number, 1 to/, `99${enter}`],
      ["Not taken: type a number", `eu-west-1${enter}`],
      ["Start from", enter],
      ["or change something", `network${enter}`],
      ["Availability zones", `2${enter}`],
      ["NAT gateways", enter],
      [/NAT gateways[\s\S]*or change something/, `accept${enter}`],
      [/Write \d+ files/, `y${enter}`],
      ["Next:"],
    ]);
    expect(await run.exit()).toBe(0);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that there are none is what is tested.
    expect(run.raw()).not.toMatch(/[\u001b\u0007\u0008]|\r(?!\n)/);
    await expectGolden("init-plain", filmed);
  });

  it("takes the first line of a paste where it is pasted, and answers nothing by it", async () => {
    const run = init();
    await film(run, [
      ["Project name", "\u001b[200~one\ndev\neu-west-1\n\u001b[201~"],
      ["only the first line of what was pasted is here; Enter takes it", enter],
      // The terminals that do not mark a paste send it in one go.
      ["Environment name", `${clearLine}qa\rprod\r`],
      ["only the first line of what was pasted is here; Enter takes it", enter],
      [/Environment name qa[\s\S]*Region/, "\u001b[200~eu-west-1\ny\n\u001b[201~"],
      [/. us-east-1/, enter],
      ["Start from", KEYS.ctrlC],
      ["run: astro init"],
    ]);
    expect(run.text()).toMatch(/✔ Project name one\n .*\n✔ Environment name qa\n✔ Region us-east-1\n/);
  });

  it("takes the first line of a paste in plain lines too, and says what it did not take", async () => {
    const run = init({}, {}, ["--plain"]);
    await film(run, [
      ["Project name", "one\ndev\neu-west-1\n"],
      ["Only the first line was taken, not the 2 after it.", ""],
      ["Environment name", KEYS.ctrlC],
      ["run: astro init"],
    ]);
    expect(await run.exit()).toBe(3);
  });

  it("stops for Ctrl-Z with the terminal as it was, and goes on where it was", async () => {
    const shell = openTerminal("bash", ["--norc", "--noprofile", "-i"], { cwd, env: { PS1: "$ ", HOME: cwd } });
    screen = shell;
    await film(shell, [
      [/\$/, `'${process.execPath}' '${join(process.cwd(), "bin", "run.js")}' init${enter}`],
      ["Project name", "halfway"],
      ["halfway", "\u001a"],
      [/Stopped/, `echo echo$((1 + 1))${enter}`],
      ["echo2", `fg${enter}`],
      [/echo2[\s\S]*\? Project name .*halfway/, enter],
      ["Environment name", KEYS.ctrlC],
      ["run: astro init"],
    ]);
    expect(shell.all()).toContain("✔ Project name halfway");
  });
});
