import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";

/** A folder with these files, gone when the test is over. */
export function folderWith(files: { readonly [path: string]: string | Buffer }): string {
  const folder = mkdtempSync(join(tmpdir(), "astro-files-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

/** What Vite writes of a small app: a page that names its script, whose name has its content's hash in it. */
export function viteOutput(name: string): { readonly [path: string]: string } {
  return {
    "index.html": `<!doctype html><title>${name}</title><script type="module" src="/assets/index-${name}qXx1L23.js"></script>`,
    [`assets/index-${name}qXx1L23.js`]: `document.title += " ${name}"`,
    "logo.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
  };
}
