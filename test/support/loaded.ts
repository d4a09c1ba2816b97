import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/**
 * The modules that each process loaded whose coverage V8 wrote into `folder` (NODE_V8_COVERAGE): paths from the checkout, and
 * URLs of what is Node's. A file of the bundle is the modules it was made of, as the bundler names them in it.
 */
export function loadedModules(folder: string): readonly (readonly string[])[] {
  const reports = readdirSync(folder).filter((name) => name.startsWith("coverage-"));
  return reports.map((name) => {
    const { result } = JSON.parse(readFileSync(`${folder}/${name}`, "utf8")) as { result: { url: string }[] };
    return result.flatMap(({ url }) => (url.startsWith("file:") ? modulesOf(fileURLToPath(url)) : [url]));
  });
}

function modulesOf(file: string): readonly string[] {
  const path = file.startsWith(`${process.cwd()}/`) ? file.slice(process.cwd().length + 1) : file;
  if (!path.startsWith("dist/")) return [path];
  return [...readFileSync(file, "utf8").matchAll(/^\/\/ ((?:src|commands|node_modules)\/\S+)$/gm)].map(
    ([, module = ""]) => module,
  );
}
