import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { astro, type Ended, INIT } from "./cli.ts";
import { type EverydayTools, everydayTools } from "./everyday-tools.ts";
import { openTerminal, type Screen } from "./pty.ts";

const PROGRAM = join(process.cwd(), "bin", "run.js");
const REHEARSE = ["--env", "dev", "--rehearse"];
const BUILD = `import { mkdirSync, writeFileSync } from "node:fs";
mkdirSync("dist", { recursive: true });
writeFileSync("dist/index.html", "<!doctype html>");
`;
const FILES = {
  "api/Dockerfile": "FROM python:3.12\n",
  "api/requirements.txt": "fastapi\n",
  "web/package.json": JSON.stringify({
    scripts: { build: "node build.mjs && : vite build" },
    devDependencies: { vite: "7" },
  }),
  "web/index.html": "",
  "web/build.mjs": BUILD,
};

/** A repository with an app, its environment dev on a rehearsal, and whoever works with it every day. */
export type EverydayProject = {
  readonly folder: string;
  /** The app of the infrastructure, and what astro keeps. */
  readonly infra: string;
  readonly tools: EverydayTools;
  /** A command in a terminal of a person, 80 by 24. */
  readonly terminal: (args: readonly string[], more?: { readonly [name: string]: string }) => Screen;
  /** The exit code of one. */
  readonly ended: (screen: Screen) => Promise<number>;
  /** All that a command showed, which has to end well; a question is answered by keys. */
  readonly shown: (args: readonly string[], question?: string, keys?: string) => Promise<string>;
  /** A command on the rehearsal without a terminal. */
  readonly run: (args: readonly string[], more?: { readonly [name: string]: string }) => Promise<Ended>;
  /** Keeps what somebody saw for the look at everything. */
  readonly saw: (text: string) => void;
  /** All that anybody could see: screens, output, lists of processes, and what astro keeps but for the simulated AWS. */
  readonly everything: () => readonly string[];
  readonly remove: () => void;
};

/** Makes one, with nothing deployed to it yet. */
export async function everydayProject(): Promise<EverydayProject> {
  const folder = mkdtempSync(join(tmpdir(), "astro-everyday-"));
  const beside = mkdtempSync(join(tmpdir(), "astro-everyday-tools-"));
  const infra = join(folder, "infra");
  const tools = everydayTools(beside);
  const screens: Screen[] = [];
  let seen = "";
  for (const [path, text] of Object.entries(FILES)) {
    mkdirSync(join(folder, path, ".."), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const git = (...words: readonly string[]) => execFileSync("git", words, { cwd: folder });
  git("init", "--quiet", "--initial-branch=main", ".");
  git("remote", "add", "origin", "git@github.com:octo-org/shop.git");

  const run: EverydayProject["run"] = async (args, more = {}) => {
    const done = await astro([...args, ...REHEARSE], { cwd: folder, env: { ...tools.env, ...more } });
    seen += done.stdout + done.stderr;
    return done;
  };
  const terminal: EverydayProject["terminal"] = (args, more = {}) => {
    const env = { ...tools.env, ...more };
    const screen = openTerminal(process.execPath, [PROGRAM, ...args], { cwd: folder, env });
    screens.push(screen);
    return screen;
  };
  const ended = async (screen: Screen) => {
    const code = await screen.exit();
    seen += screen.all();
    return code;
  };
  const well = (code: number | null, words: string) => {
    if (code !== 0) throw new Error(`${code}: ${words}`);
  };
  const made = await astro(INIT, { cwd: folder });
  well(made.code, made.stderr);
  const provisioned = await run(["provision", "--speed", "max", "--yes", "--json"]);
  well(provisioned.code, provisioned.stderr);
  return {
    folder,
    infra,
    tools,
    terminal,
    ended,
    shown: async (args, question, keys = "y\r") => {
      const screen = terminal(args);
      if (question !== undefined) {
        await screen.waitFor(question);
        screen.type(keys);
      }
      well(await ended(screen), screen.all());
      return screen.all();
    },
    run,
    saw: (text) => {
      seen += text;
    },
    everything: () => [seen, ...tools.seen(), ...textsIn(join(infra, ".astro"))],
    remove: () => {
      for (const screen of screens) screen.close();
      for (const path of [folder, beside]) rmSync(path, { recursive: true, force: true });
    },
  };
}

/** Texts of what astro keeps itself, without the simulated AWS, which has to know its secrets. */
function textsIn(path: string): readonly string[] {
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === "rehearsal") return [];
    const inside = join(path, entry.name);
    return entry.isDirectory() ? textsIn(inside) : [readFileSync(inside, "utf8")];
  });
}
