import { type Made, repositoryPath } from "./copied.ts";
import { below, split } from "./repository.ts";

/** A module of the image, as the repository has it. */
export type PythonFile = {
  /** Absolute, in the image. */
  readonly path: string;
  readonly file: string;
  readonly text: string;
};

/** A file of the image, its comments and longer texts blank, so that only what is carried out is found in it. */
export function pythonAt(made: Made, path: string): PythonFile | undefined {
  const file = repositoryPath(made, path);
  const text = file === undefined ? undefined : made.files.read(file);
  return file === undefined || text === undefined ? undefined : { path, file, text: pythonCode(text) };
}

/** The code of a module, with blanks for comments and for texts of several lines; all lines stay where they are. */
export function pythonCode(text: string): string {
  const blank = (part: string) => part.replace(/[^\n]/g, " ");
  return text.replace(/"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|#[^\n]*/g, (part) =>
    part.startsWith('"""') || part.startsWith("'''") || part.startsWith("#") ? blank(part) : part,
  );
}

/** The module called so below a folder of the image: a file, or a package's own. */
export function moduleAt(made: Made, folder: string, name: string): PythonFile | undefined {
  const path = `${folder === "/" ? "" : folder}/${name.replaceAll(".", "/")}`;
  return pythonAt(made, `${path}.py`) ?? pythonAt(made, `${path}/__init__.py`);
}

/** What a name of a module stands for: another module, or something in one. */
export type Imported = { readonly module: PythonFile; readonly name?: string };

/** What a module imports by a name. `root` is the folder of the image that modules are looked for in. */
export function importedAs(made: Made, root: string, from: PythonFile, name: string): Imported | undefined {
  const imports = from.text.matchAll(/^[ \t]*from[ \t]+(\.*)([\w.]*)[ \t]+import[ \t]+(?:\(([^)]*)\)|([^\n]*))/gm);
  for (const [, dots = "", module = "", listed = "", inline = ""] of imports) {
    for (const part of (listed || inline).split(",")) {
      const [, original = "", as = original] = /^\s*(\w+)(?:\s+as\s+(\w+))?\s*$/.exec(part) ?? [];
      if (as !== name || original === "") continue;
      const folder = dots === "" ? root : `/${below(split(from.path).folder, "../".repeat(dots.length - 1)) ?? ""}`;
      const itself = moduleAt(made, folder, module === "" ? original : `${module}.${original}`);
      if (itself) return { module: itself };
      const holder = module === "" ? pythonAt(made, `${folder}/__init__.py`) : moduleAt(made, folder, module);
      return holder && { module: holder, name: original };
    }
  }
  const [, plain = ""] =
    new RegExp(`^[ \\t]*import[ \\t]+([\\w.]+)[ \\t]+as[ \\t]+${name}[ \\t]*$`, "m").exec(from.text) ?? [];
  const module = plain === "" ? undefined : moduleAt(made, root, plain);
  return module && { module };
}

/** The words between the bracket at an offset and the one that ends it; up to the end where none does. */
export function inBrackets(text: string, open: number): string {
  let depth = 0;
  for (let at = open; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"' || character === "'") {
      const end = text.indexOf(character, at + 1);
      if (end < 0) return text.slice(open + 1);
      at = end;
    } else if (character === "(" || character === "[" || character === "{") depth += 1;
    else if (character === ")" || character === "]" || character === "}") {
      depth -= 1;
      if (depth === 0) return text.slice(open + 1, at);
    }
  }
  return text.slice(open + 1);
}
