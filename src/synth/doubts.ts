/** Modules of Node that give the same answer for the same files. */
const STEADY = ["assert", "buffer", "crypto", "fs", "fs/promises", "module", "path", "test", "url", "util"];

/** Packages that are known to ask something else than the app's files for what a template is made of. */
const UNSTEADY = /^(@aws-sdk\/|aws-sdk$|axios$|dotenv|execa$|got$|node-fetch$|undici$|simple-git$)/;

/** Words by which a program learns of something that no file of its folder says. */
const WORDS: readonly RegExp[] = [
  /\bprocess\b(?!\.(?:(?:argv|cwd|exit|exitCode|platform|stderr|stdout)\b|env\.CDK_))/,
  /\b(Date|performance|randomBytes|randomInt|randomUUID|fetch)\b/,
  /\bMath\.random\b/,
  /\b(readFile|readFileSync|readdir|readdirSync|createReadStream)\(\s*["'`]\//,
];

/** Comments that have their lines to themselves: others may be a piece of a text. */
const COMMENTS = /^\s*(?:\/\/.*|\/\*[\s\S]*?\*\/)/gm;

/** Any module's name, however it is loaded; right behind a quote it is the text of another program. */
const MODULES = /(?<!["'`])(?:\bfrom|\bimport|\brequire)\s*\(?\s*["'`]([^"'`]+)["'`]/g;

/**
 * Why a source file (`depth` folders below the app's own) may depend on more than the files beside it: the clock,
 * chance, the network, the environment, something outside the folder. `undefined` where nothing speaks for it.
 */
export function doubtAbout(text: string, depth: number): string | undefined {
  const source = text.replaceAll(COMMENTS, "");
  const word = WORDS.map((pattern) => pattern.exec(source)?.[0]).find((found) => found !== undefined);
  if (word !== undefined) return word;
  for (const [, name = ""] of source.matchAll(MODULES)) {
    const own = name.replace(/^node:/, "");
    if ((name.startsWith("node:") || NODE.includes(own)) && !STEADY.includes(own)) return name;
    if (UNSTEADY.test(name)) return name;
  }
  return source
    .split("\n")
    .find((line) => climbs(line) > depth)
    ?.trim();
}

/** Modules of Node that can also be named without `node:` and are not steady. */
const NODE = [
  "child_process",
  "cluster",
  "dgram",
  "dns",
  "http",
  "http2",
  "https",
  "net",
  "os",
  "perf_hooks",
  "process",
  "tls",
];

/** How many folders upwards the texts of one line lead together. */
function climbs(line: string): number {
  const texts = [...line.matchAll(/["'`]([^"'`]*)["'`]/g)].map(([, text = ""]) => text);
  return texts.flatMap((text) => text.split("/")).filter((part) => part === "..").length;
}

/** Whether a cdk.json's command runs a program of Node that lies in the folder, and nothing else. */
export function isPlainCommand(app: string): boolean {
  return /^(node|npx (tsx|ts-node)|tsx|ts-node)( [\w@./=:-]+)+$/.test(app.trim()) && !/(^|[ =])(\/|\.\.\/)/.test(app);
}
