import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { frontendSourceName } from "../../src/build/frontend-source.ts";

function folderOf(): { readonly folder: string; readonly write: (path: string, text: string) => void } {
  const folder = mkdtempSync(join(tmpdir(), "astro-source-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  return { folder, write };
}

it("a frontend's source is named by what is in its folder, whether or not anybody has committed it", () => {
  const { folder, write } = folderOf();
  write("src/main.js", "one");
  write("package.json", "{}");
  const named = (more = {}) => frontendSourceName({ directory: folder, build: ["make"], output: "dist", ...more });
  const name = named();
  expect(name).toMatch(/^[0-9a-f]{16}$/);
  for (const path of ["node_modules/vite/index.js", "dist/index.html", ".git/HEAD", ".astro/x", "tsconfig.tsbuildinfo"])
    write(path, "made");
  expect(named()).toBe(name);
  const others = [named({ build: ["make", "all"] }), named({ output: "out" })];
  write("src/main.js", "two");
  others.push(named());
  write("src/dist/more.js", "more");
  others.push(named());
  symlinkSync("main.js", join(folder, "src", "link.js"));
  others.push(named());
  write(".env.production", "VITE_API=/api");
  others.push(named());
  expect(new Set([name, ...others]).size).toBe(7);
});

it("a folder that nothing builds is its own source, and one that is not there has no name", () => {
  const { folder, write } = folderOf();
  const named = () => frontendSourceName({ directory: folder, output: "dist" });
  write("dist/index.html", "one");
  const name = named();
  write("dist/index.html", "two");
  expect(named()).not.toBe(name);
  expect(frontendSourceName({ directory: join(folder, "gone"), output: "." })).toBeUndefined();
});
