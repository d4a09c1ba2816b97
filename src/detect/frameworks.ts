import { type FrontendPackage, jsonIn } from "./package-json.ts";
import { below, hasPath, onlyOf } from "./repository.ts";
import { treeOf } from "./tree.ts";

const at = ({ folder }: FrontendPackage, name: string) => below(folder, name) ?? name;

/** The settings that lie beside a package, without comments: what is switched off is not said. */
function settingsOf(one: FrontendPackage, name: string): string {
  const found = ["ts", "js", "mts", "mjs", "cjs"].map((end) => one.files.read(at(one, `${name}.${end}`)) ?? "");
  return found.join("\n").replace(/\/\*[\s\S]*?\*\/|(?<![:"'])\/\/[^\n]*/g, "");
}

/** A folder below the package; undefined for one that is not. */
const folderOf = (said: string | undefined) => (said === undefined ? undefined : below("", said) || undefined);

/** The plain text that a setting is given: `usual` where nobody sets it, undefined where only a program knows. */
function said(settings: string, key: string, usual: string): string | undefined {
  if (!new RegExp(`\\b${key}\\b`).test(settings)) return usual;
  return new RegExp(`\\b${key}\\s*:\\s*["']([\\w./-]+)["']`).exec(settings)?.[1];
}

/** Whether it is built to be served at the root of its domain, as the CDN does: a setting for elsewhere says otherwise. */
const isAtRoot = (settings: string, key: string) =>
  !new RegExp(`\\b${key}\\s*:\\s*(?!["'](?:\\.?/?)["'])`).test(settings);

/** Vite, "Build Options" and "Command Line Interface": build.outDir and --outDir; a root elsewhere, or a library, is not for us. */
export function viteOutput(one: FrontendPackage): string | undefined {
  const { script, files } = one;
  if (!/\bvite\b.*\bbuild\b/.test(script) || /--(?:ssr|config|mode|base)\b|\s-c\s/.test(script)) return undefined;
  if (!hasPath(files, at(one, "index.html"))) return undefined;
  const settings = settingsOf(one, "vite.config");
  if (/^\s*(?:root|lib|ssr)\s*:/m.test(settings) || !isAtRoot(settings, "base")) return undefined;
  const [, word] = /--outDir[=\s]+["']?([\w./-]+)/.exec(script) ?? [];
  return folderOf(word ?? said(settings, "outDir", "dist"));
}

/** Create React App, "Advanced Configuration": `build`, for the root of a domain unless `homepage` has a path. */
export function reactOutput(one: FrontendPackage): string | undefined {
  const { script, homepage = "" } = one;
  const isElsewhere = /^(?:https?:\/\/[^/]+)?\/[^/]/.test(homepage);
  if (!/\breact-scripts\s+build\b/.test(script) || /BUILD_PATH|PUBLIC_URL/.test(script) || isElsewhere)
    return undefined;
  return hasPath(one.files, at(one, "public/index.html")) ? "build" : undefined;
}

/** Next.js, "Static Exports": with output: 'export' its build is files, in `out` unless distDir says otherwise. */
export function nextOutput(one: FrontendPackage): string | undefined {
  const settings = settingsOf(one, "next.config");
  if (!/\bnext\s+build\b/.test(one.script) || !isAtRoot(settings, "basePath")) return undefined;
  const isExported = /\boutput\s*:\s*["']export["']/.test(settings);
  const isOlder = /\bnext\s+export\s*$/.test(one.script) && !/\boutput\b/.test(settings);
  if (isExported) return folderOf(said(settings, "distDir", "out"));
  return isOlder && !/\bdistDir\b/.test(settings) ? "out" : undefined;
}

/** SvelteKit, "Static site generation": files only with adapter-static, in `build` unless `pages` says otherwise. */
export function svelteOutput(one: FrontendPackage): string | undefined {
  const settings = settingsOf(one, "svelte.config");
  const isStatic =
    /from\s+["']@sveltejs\/adapter-static["']/.test(settings) && !/@sveltejs\/adapter-(?!static)/.test(settings);
  const isHere = isStatic && isAtRoot(settings, "base") && /\bvite\b.*\bbuild\b/.test(one.script);
  return isHere ? folderOf(said(settings, "pages", "build")) : undefined;
}

/** Vue CLI, "Configuration Reference": outputDir, `dist`; for the root of a domain unless publicPath says otherwise. */
export function vueOutput(one: FrontendPackage): string | undefined {
  const settings = settingsOf(one, "vue.config");
  if (!/\bvue-cli-service\s+build\b/.test(one.script) || /--(?:dest|target|mode)\b/.test(one.script)) return undefined;
  return isAtRoot(settings, "publicPath") ? folderOf(said(settings, "outputDir", "dist")) : undefined;
}

/**
 * Angular, "Workspace configuration" and the schema of @angular/build:application: outputPath, `dist/PROJECT` where nobody says; the
 * application builder puts what a browser loads into `browser` there. What a server renders is no folder of files.
 */
export function angularOutput(one: FrontendPackage): string | undefined {
  if (!/\bng\s+build\b/.test(one.script) || /--(?:output-path|base-href|project)\b/.test(one.script)) return undefined;
  const { projects } = jsonIn(one.files.read(at(one, "angular.json")) ?? "");
  const apps = Object.entries(treeOf(projects)).filter(([, project]) => treeOf(project).projectType !== "library");
  const [name, project] = onlyOf(apps) ?? [];
  const { architect, targets } = treeOf(project);
  const { build, server } = treeOf(architect ?? targets);
  const { builder, options } = treeOf(build);
  const { outputPath, ssr, outputMode, baseHref } = treeOf(options);
  const isServed = (ssr !== undefined && ssr !== false && outputMode !== "static") || outputMode === "server";
  if (isServed || server !== undefined || (baseHref !== undefined && baseHref !== "/")) return undefined;
  if (/^@(?:angular\/build|angular-devkit\/build-angular):application$/.test(String(builder))) {
    const { base, browser } = treeOf(outputPath);
    const folder = outputPath === undefined ? `dist/${name}` : typeof outputPath === "string" ? outputPath : base;
    return typeof folder === "string"
      ? folderOf(`${folder}/${typeof browser === "string" ? browser : "browser"}`)
      : undefined;
  }
  const isOlder = /^@angular-devkit\/build-angular:browser(?:-esbuild)?$/.test(String(builder));
  return isOlder && typeof outputPath === "string" ? folderOf(outputPath) : undefined;
}
