import { symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { buildFrontend } from "../../src/build/frontend.ts";
import { readFrontend } from "../../src/build/frontend-files.ts";
import { manifestOf } from "../../src/build/frontend-manifest.ts";
import { cacheControlOf, isHashed, webTypeOf } from "../../src/build/web-types.ts";
import type { AstroError } from "../../src/errors.ts";
import { folderWith, viteOutput } from "../support/frontends.ts";

const PAGE = { "index.html": "<!doctype html>" };

describe("a name with its content's hash in it", () => {
  it.each([
    // Vite and Rollup, Astro; webpack, Create React App, Parcel; Next.js; esbuild and Angular; SvelteKit.
    "assets/index-DRf8L97S.js",
    "assets/index-B_x-1aQz.css",
    "_astro/index.DRf8L97S.js",
    "static/js/main.5f8e2c1a.js",
    "static/js/2.5f8e2c1a.chunk.js",
    "static/js/main.5f8e2c1a.js.map",
    "bundle.0123456789abcdef0123.js",
    "_next/static/chunks/main.js",
    "main-ABCDEFGH.js",
    "media/roboto-5KXTZQ2A.woff2",
    "_app/immutable/entry/start.js",
  ])("is kept for a year: %s", (path) => {
    expect(isHashed(path)).toBe(true);
    expect(cacheControlOf(path)).toBe("public, max-age=31536000, immutable");
  });

  it.each([
    "fonts/Inter-SemiBold.woff2",
    "logo-original.png",
    "photo-20240131.jpg",
    "apple-touch-icon.png",
    "app-version2.js",
    "icon-v1-small.png",
    "my-document.pdf",
    "photo-1920x1080.jpg",
    "robots.txt",
    "main.js",
    "chunk-deadbeef.js",
  ])("is none that only looks like it: %s", (path) => {
    expect(isHashed(path)).toBe(false);
    expect(cacheControlOf(path)).toBe("public, max-age=0, must-revalidate");
  });

  it.each(["index.html", "de/about.HTM", "sw.js", "service-worker.js", "manifest.json", "site.webmanifest"])(
    "does not help what tells of a new version, which is asked about each time: %s",
    (path) => expect(cacheControlOf(path)).toBe("no-cache"),
  );
});

describe("a file's type", () => {
  it.each([
    ["index.html", "text/html; charset=utf-8"],
    ["a/b.MJS", "text/javascript; charset=utf-8"],
    ["a.css", "text/css; charset=utf-8"],
    ["a.svg", "image/svg+xml"],
    ["a.woff2", "font/woff2"],
    ["a.js.map", "application/json"],
    ["a.wasm", "application/wasm"],
    ["site.webmanifest", "application/manifest+json"],
    [".well-known/apple-app-site-association", "application/json"],
    ["LICENSE", "application/octet-stream"],
    ["a.unheardof", "application/octet-stream"],
  ])("of %s is %s", (path, type) => expect(webTypeOf(path)).toBe(type));
});

describe("a frontend that was built", () => {
  it("is the same by its content and its names alone, and is read as it was kept", async () => {
    const [one, other] = [
      await readFrontend(folderWith(viteOutput("A"))),
      await readFrontend(folderWith(viteOutput("A"))),
    ];
    expect(one).toEqual(other);
    expect(one.files.map(({ path }) => path)).toEqual(["assets/index-AqXx1L23.js", "index.html", "logo.svg"]);
    expect(manifestOf(JSON.stringify(one))).toEqual(one);
    expect(manifestOf('{"hash":1}')).toBeUndefined();
    expect(manifestOf("{")).toBeUndefined();
    const moved = await readFrontend(folderWith({ ...PAGE, "a.txt": "x" }));
    expect(moved.hash).not.toBe((await readFrontend(folderWith({ ...PAGE, "b.txt": "x" }))).hash);
  });

  it("has what its links inside lead to, and nothing that systems leave lying about", async () => {
    const folder = folderWith({ ...PAGE, "real/a.txt": "a", ".DS_Store": "x", ".env.example": "NAME=" });
    symlinkSync(join(folder, "real"), join(folder, "linked"));
    const { files } = await readFrontend(folder);
    expect(files.map(({ path }) => path)).toEqual([".env.example", "index.html", "linked/a.txt", "real/a.txt"]);
  });

  it.each<[string, { readonly [path: string]: string }, RegExp]>([
    ["is empty", {}, /output .* is empty/],
    ["has no page", { "app.js": "" }, /has no index.html$/],
    ["has its page one folder below", { "browser/index.html": "" }, /no index.html; there is one in .*browser$/],
    ["has variables", { ...PAGE, ".env": "A=1" }, /output has \.env: would be there for everybody to read/],
    ["has variables of a stage", { ...PAGE, "config/.env.production": "A=1" }, /config\/\.env\.production/],
    ["has a repository", { ...PAGE, ".git/HEAD": "ref" }, /has \.git: a folder of secrets/],
    ["has a key by its name", { ...PAGE, id_ed25519: "x" }, /id_ed25519/],
    [
      "has a key by its content",
      { ...PAGE, "server.pem": "-----BEGIN RSA PRIVATE KEY-----\nMII" },
      /server\.pem: a private key/,
    ],
    ["has a name that nobody can ask for", { ...PAGE, "a\\b.txt": "" }, /"a\\\\b.txt": a name that cannot be served/],
  ])("is refused where its output %s", async (_, files, words) => {
    const refusal = { code: "config", message: expect.stringMatching(words) };
    await expect(readFrontend(folderWith(files))).rejects.toMatchObject(refusal);
  });

  it("may hold a library that knows how a key begins", async () => {
    const { files } = await readFrontend(folderWith({ ...PAGE, "jose.js": 'const b = "-----BEGIN PRIVATE KEY-----"' }));
    expect(files).toHaveLength(2);
  });

  it("is refused where its output is not there, is a file, or leads out or round by a link", async () => {
    const folder = folderWith({ ...PAGE, "sub/a.txt": "" });
    await expect(readFrontend(join(folder, "none"))).rejects.toThrow(/none is not there/);
    await expect(readFrontend(join(folder, "index.html"))).rejects.toThrow(/is not a folder/);
    symlinkSync(folderWith({ secret: "" }), join(folder, "out"));
    await expect(readFrontend(folder)).rejects.toThrow(/a link that leads out of it: out is /);
    const round = folderWith({ ...PAGE, "sub/a.txt": "" });
    symlinkSync(join(round, "sub"), join(round, "sub", "again"));
    await expect(readFrontend(round)).rejects.toThrow(/leads round: sub\/again/);
    const dangling = folderWith(PAGE);
    symlinkSync(join(dangling, "none"), join(dangling, "gone"));
    await expect(readFrontend(dangling)).rejects.toThrow(/a link to what is not there: gone/);
  });

  it("is refused where a file is larger than S3 copies, before it is read", async () => {
    const folder = folderWith(PAGE);
    writeFileSync(join(folder, "film.mp4"), "");
    truncateSync(join(folder, "film.mp4"), 5 * 1024 ** 3 + 1);
    await expect(readFrontend(folder)).rejects.toThrow(
      /film.mp4 has 5.0 GB, and a file of a frontend has 5 GB at most/,
    );
  });
});

/** A context whose builds write these lines and end so. */
const building = (lines: readonly string[], exitCode: number) => {
  const ran: { words: readonly string[]; cwd: string; env: { readonly [name: string]: string } }[] = [];
  return {
    ran,
    program: async (
      words: readonly string[],
      { cwd, env, line }: { cwd: string; env: { readonly [name: string]: string }; line: (text: string) => void },
    ) => {
      ran.push({ words, cwd, env });
      for (const one of lines) line(one);
      return { exitCode };
    },
  };
};

describe("building a frontend", () => {
  it("runs the command in its folder with the release in the environment, and tells its lines", async () => {
    const directory = folderWith({ "dist/index.html": "<!doctype html>" });
    const context = building(["vite v7", "built in 1s, TOKEN=abcdefgh"], 0);
    const heard: string[] = [];
    const source = { directory, build: ["npm", "run", "build"], output: "dist" };
    const built = await buildFrontend(context, source, { release: "1a2b3c", line: (text) => heard.push(text) });
    expect(context.ran).toEqual([
      { words: ["npm", "run", "build"], cwd: directory, env: { RELEASE: "1a2b3c", VITE_RELEASE: "1a2b3c" } },
    ]);
    expect(heard).toEqual(["vite v7", "built in 1s, TOKEN=***"]);
    expect(built).toMatchObject({ folder: join(directory, "dist"), manifest: { files: [{ path: "index.html" }] } });
  });

  it("of a fresh clone installs its packages first, where a lockfile says which", async () => {
    const ranIn = async (files: { readonly [path: string]: string }) => {
      const directory = folderWith({ ...files, "dist/index.html": "" });
      const context = building([], 0);
      const source = { directory, build: ["npm", "run", "build"], output: "dist" };
      await buildFrontend(context, source, { release: "1", line: () => undefined });
      return context.ran.map(({ words }) => words.filter((word) => word !== directory).join(" "));
    };
    expect(await ranIn({ "package-lock.json": "{}" })).toEqual(["npm ci --prefix", "npm run build"]);
    expect(await ranIn({ "package-lock.json": "{}", "node_modules/.package-lock.json": "" })).toEqual([
      "npm run build",
    ]);
    expect(await ranIn({ "yarn.lock": "", ".pnp.cjs": "" })).toEqual(["npm run build"]);
    expect(await ranIn({ "package.json": "{}" })).toEqual(["npm run build"]);
  });

  it("without a command only reads what is there", async () => {
    const directory = folderWith({ "public/index.html": "" });
    const context = building([], 1);
    await buildFrontend(context, { directory, output: "public" }, { release: "1", line: () => undefined });
    expect(context.ran).toEqual([]);
  });

  it("that fails shows its last twenty lines and no secret", async () => {
    const lines = Array.from({ length: 30 }, (_, at) => `line ${at + 1}`);
    const context = building([...lines, "API_KEY=1234567890"], 2);
    const source = { directory: folderWith({}), build: ["npm", "run", "build"], output: "dist" };
    const failed = buildFrontend(context, source, { release: "1", line: () => undefined });
    const error = await failed.catch((thrown: Error) => thrown);
    expect(error).toMatchObject({
      code: "failed",
      message: expect.stringMatching(/ended with exit code 2 \(npm run build\)/),
    });
    const { message } = error as Error;
    expect(message).toContain("line 12\n");
    expect(message).not.toContain("line 11\n");
    expect(message).toContain("API_KEY=***");
  });

  it("that misses its packages names what installs them, by the lockfile that is there", async () => {
    const hinted = async (files: { readonly [path: string]: string }) => {
      const directory = folderWith(files);
      const source = { directory, build: ["npm", "run", "build"], output: "dist" };
      const failed = buildFrontend(building(["sh: 1: vite: not found"], 127), source, {
        release: "1",
        line: () => undefined,
      });
      const error = (await failed.catch((thrown: unknown) => thrown)) as AstroError;
      return error.hints.map(({ command }) => command?.map((word) => (word === directory ? "HERE" : word)));
    };
    expect(await hinted({})).toContainEqual(["npm", "install", "--prefix", "HERE"]);
    expect(await hinted({ "package-lock.json": "{}" })).toContainEqual(["npm", "ci", "--prefix", "HERE"]);
    expect(await hinted({ "yarn.lock": "" })).toContainEqual(["yarn", "--cwd", "HERE", "install"]);
    const pnpm = ["pnpm", "--dir", "HERE", "install", "--frozen-lockfile"];
    expect(await hinted({ "pnpm-lock.yaml": "" })).toContainEqual(pnpm);
    // Tried with Bun 1.4.5.
    const bun = ["bun", "install", "--cwd", "HERE", "--frozen-lockfile"];
    expect(await hinted({ "bun.lock": "" })).toContainEqual(bun);
    expect(await hinted({ "bun.lockb": "" })).toContainEqual(bun);
  });

  it("whose command is not there says how to get it", async () => {
    const source = { directory: folderWith({}), build: ["pnpm", "build"], output: "dist" };
    const failed = buildFrontend(building([], 127), source, { release: "1", line: () => undefined });
    await expect(failed).rejects.toMatchObject({
      message: "the frontend's build ended with exit code 127 (pnpm build), and said nothing",
      hints: [{ text: expect.stringMatching(/^install pnpm, or set frontend.build/) }],
    });
  });
});
