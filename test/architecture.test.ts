import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, it } from "vitest";

/**
 * Who may import whom, by room: a folder of src, or a file at its top. A room may always import itself. Types may be
 * imported from the rooms of `SEEN_BY_VIEW` by view, which knows nothing else.
 */
const ROOMS: { readonly [room: string]: readonly string[] } = {
  "command-line": [],
  errors: ["command-line"],
  clock: [],
  terminal: [],
  unwritten: ["errors"],
  folder: ["errors"],
  "child-process": [],
  // What this machine is, and has free.
  system: [],
  context: ["child-process", "clock", "keyboard", "system", "terminal"],
  // An unknown profile is refused, and a known one kept in what hints say, whatever the command.
  command: ["config", "context", "errors", "operation", "terminal", "view"],
  help: [],
  "not-found": ["command", "config", "context", "errors"],
  project: ["command-line", "config", "errors", "folder", "reading"],
  redact: [],
  reading: ["errors"],
  template: ["reading"],
  config: ["errors", "reading"],
  wizard: ["command-line", "config", "errors", "keyboard", "template", "terminal", "view"],
  keyboard: [],
  completion: ["config", "reading"],
  complete: ["completion", "reading", "terminal"],
  scaffold: ["command-line", "config", "errors", "reading"],
  synth: ["command-line", "config", "context", "errors", "folder", "scaffold", "template", "reading"],
  // Runs what builds: knows no AWS.
  build: ["child-process", "command-line", "context", "errors", "folder", "reading", "redact"],
  release: [
    "build",
    "command-line",
    "clock",
    "config",
    "context",
    "errors",
    "plan",
    "provision",
    "reading",
    "redact",
    "synth",
    "template",
  ],
  // Of `build` it takes what a .dockerignore means.
  detect: ["build", "reading"],
  // Logs, sessions and tunnels of what runs, over the ports of the room release.
  everyday: ["clock", "command-line", "config", "errors", "plan", "provision", "redact", "release", "system"],
  rules: ["config", "template"],
  cost: ["config", "errors", "template", "reading"],
  plan: ["command-line", "config", "cost", "errors", "synth", "template"],
  policy: ["plan", "synth", "template"],
  provision: ["command-line", "clock", "config", "errors", "plan", "rules", "synth", "template", "reading", "redact"],
  preflight: ["command-line", "clock", "config", "errors", "plan", "policy", "provision", "synth", "template"],
  aws: [
    "build",
    "command-line",
    "clock",
    "config",
    "errors",
    "plan",
    "preflight",
    "provision",
    "reading",
    "redact",
    "release",
    "template",
  ],
  rehearsal: ["command-line", "clock", "errors", "folder", "rules", "template", "reading"],
  view: [
    "clock",
    "command-line",
    "config",
    "cost",
    "errors",
    "everyday",
    "plan",
    "policy",
    "preflight",
    "provision",
    "template",
    "terminal",
    "redact",
    "release",
  ],
  // The composition root: it alone knows both the engine and what stands behind its port.
  operation: [
    "aws",
    "build",
    "clock",
    "command-line",
    "config",
    "context",
    "cost",
    "detect",
    "errors",
    "everyday",
    "folder",
    "plan",
    "policy",
    "preflight",
    "project",
    "provision",
    "reading",
    "redact",
    "rehearsal",
    "release",
    "rules",
    "scaffold",
    "synth",
    "template",
    "terminal",
    "view",
    "wizard",
  ],
  commands: [
    "command",
    "completion",
    "config",
    "cost",
    "errors",
    "operation",
    "project",
    "scaffold",
    "synth",
    "view",
    "wizard",
  ],
};

/** Rooms of pure data and decisions: nothing of Node, no vendor's SDK. */
const PURE = ["config", "detect", "everyday", "plan", "policy", "preflight", "provision", "release", "cost", "rules"];

/** The rooms a library is at home in; a library that is not listed may be used by nobody. */
const OWNERS: { readonly [library: string]: readonly string[] } = {
  "@oclif/core": ["commands", "command", "help", "not-found"],
  "@inquirer/prompts": ["wizard"],
  listr2: ["view"],
  ora: ["view"],
  picocolors: ["view"],
  "string-width": ["view"],
  zod: ["config", "reading"],
  "fastest-levenshtein": ["config"],
  "smol-toml": ["reading"],
  tinyglobby: ["synth"],
  yaml: ["config", "cost", "reading", "rehearsal", "template"],
  execa: ["child-process"],
  "p-map": ["preflight", "provision"],
  "@aws-cdk/cloudformation-diff": ["plan"],
  "@aws-cdk/cdk-assets-lib": ["aws"],
  "@aws-cdk/aws-service-spec": ["rehearsal"],
  "@aws-cdk/service-spec-types": ["rehearsal"],
  "fast-xml-parser": ["rehearsal"],
  "ip-address": ["rehearsal", "rules"],
  "@aws-sdk/client-budgets": ["aws"],
  "@aws-sdk/client-cloudcontrol": ["aws"],
  "@aws-sdk/client-cloudformation": ["aws"],
  "@aws-sdk/client-cloudfront": ["aws"],
  "@aws-sdk/client-cloudwatch-logs": ["aws"],
  "@aws-sdk/client-dynamodb": ["aws"],
  "@aws-sdk/client-ec2": ["aws"],
  "@aws-sdk/client-ecr": ["aws"],
  "@aws-sdk/client-ssm": ["aws"],
  "@aws-sdk/client-ecs": ["aws"],
  "@aws-sdk/client-elastic-load-balancing-v2": ["aws"],
  "@aws-sdk/client-elasticache": ["aws"],
  "@aws-sdk/client-iam": ["aws"],
  "@aws-sdk/client-rds": ["aws"],
  "@aws-sdk/client-route-53": ["aws"],
  "@aws-sdk/client-s3": ["aws"],
  "@aws-sdk/client-secrets-manager": ["aws"],
  "@aws-sdk/client-service-quotas": ["aws"],
  "@aws-sdk/client-sts": ["aws"],
  "@aws-sdk/credential-providers": ["aws"],
  "@aws-sdk/lib-storage": ["aws"],
  "@smithy/core": ["aws", "rehearsal"],
  "@smithy/signature-v4": ["aws"],
  "proxy-agent": ["aws"],
};

/**
 * The files that change something on disk, or could by what they import (`reading` opens files, to read them), and the only
 * ones that name `.astro`: all that lies there has one door.
 */
const WRITERS = [
  "src/folder.ts",
  "src/operation/answers.ts",
  "src/operation/plan-file.ts",
  "src/reading/file.ts",
  "src/rehearsal/model/load.ts",
  "src/rehearsal/storage/state-lock.ts",
  "src/scaffold/write.ts",
];
const NAMING = [
  "src/folder.ts",
  "src/project.ts",
  "src/scaffold/app-files.ts",
  "src/scaffold/place.ts",
  "src/scaffold/template.ts",
];

/** Lines a file may have; data tables may be longer. */
const LONGEST = 300;
/** Lines of a block that may not stand twice. */
const BLOCK = 12;
const TABLES = ["src/policy/permissions.ts"];
const isTable = (file: string) => TABLES.some((table) => file.startsWith(table));

type Source = {
  readonly file: string;
  readonly room: string;
  readonly text: string;
  /** The text without comments and quoted words. */
  readonly code: string;
  readonly imports: readonly string[];
};

const files = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return files(path);
    return path.endsWith(".ts") ? [path] : [];
  });

const roomOf = (file: string): string => {
  const [top = "", next = ""] = file.split("/");
  return top === "src" ? next.replace(/\.ts$/, "") : top;
};

const sources: readonly Source[] = [...files("src"), ...files("commands")].map((file) => {
  const text = readFileSync(file, "utf8");
  const found = [
    ...text.matchAll(/^(?:import|export)\s[\w*{},\s]*?from\s+"([^"]+)"/gm),
    ...text.matchAll(/\bimport\("([^"]+)"\)/g),
  ];
  const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$|"(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`/gm, "");
  return { file, room: roomOf(file), text, code, imports: found.map((match) => match[1] ?? "") };
});

const packageOf = (name: string) =>
  name
    .split("/")
    .slice(0, name.startsWith("@") ? 2 : 1)
    .join("/");

describe("the house", () => {
  it("has a rule for every room", () => {
    expect([...new Set(sources.map(({ room }) => room))].filter((room) => !(room in ROOMS))).toEqual([]);
  });

  it("is entered only by its doors: who imports whom", () => {
    const breaches = sources.flatMap(({ file, room, imports }) =>
      imports
        .filter((name) => name.startsWith("."))
        .map((name) => roomOf(normalize(join(dirname(file), name))))
        .filter((other) => other !== room && !ROOMS[room]?.includes(other))
        .map((other) => `${file} imports ${other}`),
    );
    expect(breaches).toEqual([]);
  });

  it("has no circles: no file needs itself by way of others, a type's neither", () => {
    const near = new Map(
      sources.map(({ file, imports }) => [file, imports.map((name) => normalize(join(dirname(file), name)))]),
    );
    const reached = (file: string, seen = new Set<string>()): ReadonlySet<string> => {
      for (const next of near.get(file) ?? []) if (!seen.has(next)) reached(next, seen.add(next));
      return seen;
    };
    expect(sources.filter(({ file }) => reached(file).has(file)).map(({ file }) => file)).toEqual([]);
  });

  it("has floors in the simulator: no folder of it needs itself by way of others, its top being one as well", () => {
    const near = new Map<string, Set<string>>();
    for (const { file, imports } of sources.filter(({ room }) => room === "rehearsal"))
      for (const name of imports.filter((one) => one.startsWith("."))) {
        const other = dirname(normalize(join(dirname(file), name)));
        if (other === dirname(file) || !other.startsWith("src/rehearsal")) continue;
        near.set(dirname(file), (near.get(dirname(file)) ?? new Set()).add(other));
      }
    const reached = (folder: string, seen = new Set<string>()): ReadonlySet<string> => {
      for (const next of near.get(folder) ?? []) if (!seen.has(next)) reached(next, seen.add(next));
      return seen;
    };
    expect(near.size).toBeGreaterThan(10);
    expect([...near.keys()].filter((folder) => reached(folder).has(folder))).toEqual([]);
  });

  it("loads the simulator only where something is simulated: others name its types, and import() it when asked", () => {
    const outside = sources.filter(({ room, text }) => room !== "rehearsal" && text.includes("/rehearsal/"));
    const loading = outside.filter(({ text }) =>
      /^(import|export) (?!type\b)[^;]*?from "[^"]*\/rehearsal\/[^"]*"|^import "[^"]*\/rehearsal\//m.test(text),
    );
    expect(loading.map(({ file }) => file)).toEqual([]);
    const asking = outside.filter(({ text }) => /\bimport\("[^"]*\/rehearsal\//.test(text));
    expect(asking.map(({ file }) => file)).toEqual(["src/operation/serve.ts", "src/operation/target.ts"]);
  });

  it("has one meaning for the name of a type that is exported", () => {
    const homes = new Map<string, string[]>();
    for (const { file, text } of sources)
      for (const [, name = ""] of text.matchAll(/^export (?:type|interface|class|enum) (\w+)/gm))
        homes.set(name, [...(homes.get(name) ?? []), file]);
    expect([...homes].filter(([, where]) => where.length > 1)).toEqual([]);
  });

  it("has one meaning for the name of a function or constant that is exported", () => {
    const homes = new Map<string, Set<string>>();
    // The rehearsal is AWS: it has words of its own for what the engine calls by the same names.
    const others = sources.filter(({ file, room }) => room !== "rehearsal" && !isTable(file));
    for (const { file, text } of others)
      for (const [, name = ""] of text.matchAll(/^export (?:async )?(?:function\*?|const) (\w+)/gm))
        homes.set(name, (homes.get(name) ?? new Set()).add(file));
    expect([...homes].filter(([, where]) => where.size > 1).map(([name, where]) => [name, ...where])).toEqual([]);
  });

  it("has one owner a library", () => {
    const breaches = sources.flatMap(({ file, room, imports }) =>
      imports
        .filter((name) => !name.startsWith(".") && !name.startsWith("node:"))
        .filter((name) => !OWNERS[packageOf(name)]?.includes(room))
        .map((name) => `${file} imports ${name}`),
    );
    expect(breaches).toEqual([]);
  });

  it("needs nothing that is not installed with it, but for what the build takes into its bundle", () => {
    const { dependencies } = JSON.parse(readFileSync("package.json", "utf8")) as { readonly dependencies: object };
    const missing = sources.flatMap(({ imports }) =>
      imports
        .filter((name) => !name.startsWith(".") && !name.startsWith("node:"))
        .map(packageOf)
        .filter((name) => !Object.hasOwn(dependencies, name)),
    );
    const clients = /^@(aws-sdk|smithy)\//;
    expect(missing.some((name) => clients.test(name))).toBe(true);
    const others = missing.filter((name) => !clients.test(name));
    expect([...new Set(others)].sort()).toEqual([
      "@inquirer/prompts",
      "fast-xml-parser",
      "fastest-levenshtein",
      "smol-toml",
      "string-width",
      "yaml",
      "zod",
    ]);
  });

  it("keeps what decides free of Node", () => {
    const breaches = sources.filter(
      ({ room, imports }) => PURE.includes(room) && imports.some((name) => name.startsWith("node:")),
    );
    expect(breaches.map(({ file }) => file)).toEqual([]);
  });

  it("reads the process in one place only", () => {
    const breaches = sources.filter(({ file, code }) => file !== "src/context.ts" && /\bprocess\./.test(code));
    expect(breaches.map(({ file }) => file)).toEqual([]);
  });

  it("changes files in few places, and goes to `.astro` by one door", () => {
    const changing =
      /\b(write|append|rm|mkdir|mkdtemp|rename|unlink|copy|cp|truncate|chmod|chown|utimes|link|symlink|open|createWrite)\w*/;
    const imported = /^import \{([^}]*)\} from "node:fs(?:\/promises)?"/gm;
    const writers = sources.filter(({ text }) =>
      [...text.matchAll(imported)].some(([, names = ""]) => changing.test(names)),
    );
    expect(writers.map(({ file }) => file).sort()).toEqual(WRITERS);
    const other = sources.filter(({ text }) => /import (\w+|\* as \w+) from "node:fs|import\("node:fs/.test(text));
    expect(other.map(({ file }) => file)).toEqual([]);
    expect(
      sources
        .filter(({ text }) => text.includes('".astro"'))
        .map(({ file }) => file)
        .sort(),
    ).toEqual(NAMING);
  });

  it("prints through the one place that cleans what it prints", () => {
    const around =
      /\bconsole\.|\bux\.|\bthis\.(log|warn|error|logToStderr|logJson)\(|\bwriteSync\(|\bstd(out|err)\.(fd|_)/;
    const breaches = sources.filter(({ code }) => around.test(code)).map(({ file }) => file);
    expect([...breaches, ...sources.filter(({ text }) => text.includes("/dev/tty")).map(({ file }) => file)]).toEqual(
      [],
    );
  });

  it("lets only what draws seal control sequences, so that nobody else's look like ours", () => {
    const drawing = sources.filter(({ code }) => /\bsealed\(/.test(code)).map(({ file }) => file);
    expect(drawing).toEqual([
      "src/context.ts",
      "src/terminal.ts",
      "src/view/canvas.ts",
      "src/view/live.ts",
      "src/view/spinner.ts",
      "src/view/theme.ts",
      "src/wizard/confirm-prompt.ts",
      "src/wizard/prompt.ts",
    ]);
  });

  it("prints JSON that a terminal can be shown", () => {
    const breaches = sources.filter(({ text }) =>
      /\b(stdout|stderr|terminal)\.write\([^;]*JSON\.stringify\(/.test(text),
    );
    expect(breaches.map(({ file }) => file)).toEqual([]);
  });

  it("draws nothing below the view", () => {
    const seen = sources
      .filter(({ room }) => room === "view")
      .flatMap(({ file, text }) =>
        [...text.matchAll(/^import (?!type)\{?[^;]*from "\.\.\/(aws|rehearsal|operation|synth)\//gm)].map(() => file),
      );
    expect(seen).toEqual([]);
  });
});

describe("every file", () => {
  it(`has at most ${LONGEST} lines`, () => {
    const app = files("templates/app").map((file) => ({ file, text: readFileSync(file, "utf8") }));
    const long = [...sources, ...app]
      .filter(({ file }) => !isTable(file))
      .map(({ file, text }) => ({ file, lines: text.split("\n").length - 1 }))
      .filter(({ lines }) => lines > LONGEST);
    expect(long).toEqual([]);
  });

  it(`repeats no block of ${BLOCK} lines, its own or another's`, () => {
    const first = new Map<string, string>();
    const again: string[] = [];
    for (const { file, text } of sources.filter(({ file }) => !isTable(file))) {
      const lines = text
        .split("\n")
        .map((line, index) => ({ at: `${file}:${index + 1}`, words: line.trim().replaceAll(/\s+/g, " ") }))
        .filter(({ words }) => words !== "" && !/^(\/\/|\/?\*|import )/.test(words));
      for (let from = 0; from + BLOCK <= lines.length; from++) {
        const block = lines.slice(from, from + BLOCK);
        const [words, at = ""] = [block.map((line) => line.words).join("\n"), block[0]?.at];
        const before = first.get(words);
        if (before !== undefined) again.push(`${at} is ${before}`);
        else first.set(words, at);
      }
    }
    expect(again).toEqual([]);
  });

  it("names its types: no any", () => {
    const breaches = sources.filter(({ code }) => /(:|<|\bas) any\b/.test(code));
    expect(breaches.map(({ file }) => file)).toEqual([]);
  });

  it("of the commands is a thin one: at most 60 lines", () => {
    const thick = sources.filter(({ room, text }) => room === "commands" && text.split("\n").length - 1 > 60);
    expect(thick.map(({ file }) => file)).toEqual([]);
  });
});

describe("every test", () => {
  const tests = files("test").map((file) => ({ file, text: readFileSync(file, "utf8") }));

  it("runs: none is skipped, focused or left for later", () => {
    const breaches = tests.filter(({ text }) => /\b(it|test|describe)\.(skip|todo|only|fails)\b/.test(text));
    expect(breaches.map(({ file }) => file).filter((file) => !file.endsWith("architecture.test.ts"))).toEqual([]);
  });

  it("uses fakes, not module mocks", () => {
    const breaches = tests.filter(({ text }) => /\b(vi|jest)\.(mock|doMock)\(/.test(text));
    expect(breaches.map(({ file }) => file)).toEqual([]);
  });
});
