import type { Made } from "./copied.ts";
import type { Chosen } from "./dockerfiles.ts";
import type { Server } from "./image.ts";
import { beginningOf } from "./image.ts";
import { importedAs, inBrackets, moduleAt, type PythonFile, pythonAt } from "./python.ts";
import { below, lineAt, type Note, onlyValue, type Place, type Shown } from "./repository.ts";

/** What a path's last part is called where it says that an app is well, the likeliest first. */
const NAMES = [
  ...["health", "healthz", "healthcheck", "health-check", "health_check", "livez", "live", "liveness"],
  ...["alive", "ready", "readyz", "readiness", "heartbeat", "ping", "up"],
];
/** What asks who is there: the load balancer is nobody. */
const GUARDED =
  /(?:Depends|Security)\s*\(\s*[\w.]*(?:auth|user|token|key|perm|admin|verify|current|login|credential)|login_required/i;
/** Modules that include others, one in another. */
const DEEPEST = 4;

/** A route of the app: without its path where what stands before it is not known. */
type Route = Place & { readonly path?: string; readonly end: string; readonly rank: number };

/** The path in the source at which the app that the image serves says that it is well, or a note that it has one somewhere. */
export function healthIn(
  chosen: Chosen,
  server: Server | undefined,
): { readonly path?: Shown<string>; readonly notes: readonly Note[] } {
  const routes = routesOf(chosen, server).filter(({ rank }) => rank >= 0);
  const known = routes.flatMap(({ path, file, line, rank }) =>
    path === undefined ? [] : [{ value: path, file, line, rank }],
  );
  const [best] = known.sort((one, other) => one.rank - other.rank || one.value.length - other.value.length);
  if (best !== undefined) return { path: { value: best.value, file: best.file, line: best.line }, notes: [] };
  const [doubtful] = routes;
  if (doubtful === undefined) return { notes: [] };
  const { file, line, end } = doubtful;
  return {
    notes: [{ file, line, words: `${end} is below a path that is not known here: --health-path takes all of it` }],
  };
}

const rankOf = (path: string) => NAMES.indexOf(path.replace(/\/$/, "").split("/").at(-1)?.replace(/^_+/, "") ?? "");

function routesOf(chosen: Chosen, server: Server | undefined): readonly Route[] {
  const { workdir } = beginningOf(chosen);
  const root = `/${below(server?.folder?.startsWith("/") ? "" : workdir, server?.folder ?? "") ?? ""}`;
  const found = servedModule(chosen, root, server);
  const routes = found ? routesIn(chosen, root, found.module, found.variable, "", DEEPEST) : [];
  return routes.length > 0 ? routes : djangoRoutes(chosen, workdir);
}

/** The module of the app that a server serves, and the name of the app in it; any name where it makes the app when it is called. */
function servedModule(chosen: Chosen, root: string, server: Server | undefined) {
  const { serves } = server ?? {};
  if (server?.program === "fastapi" && serves !== undefined) {
    const module = pythonAt(chosen, `/${below(root, serves) ?? ""}`);
    return module && { module };
  }
  if (server === undefined || serves === undefined) {
    const isUsual = server?.program === "flask" || server?.program === "fastapi";
    const found = isUsual
      ? ["main", "app", "app.main", "wsgi"].flatMap((name) => moduleAt(chosen, root, name) ?? [])
      : [];
    return found[0] && { module: found[0] };
  }
  const [name = "", variable = ""] = serves.split(":");
  const module = moduleAt(chosen, root, name);
  if (module === undefined) return undefined;
  const imported = importedAs(chosen, root, module, variable);
  if (imported?.name !== undefined) return { module: imported.module, variable: imported.name };
  return appsIn(module).some((one) => one === variable) ? { module, variable } : { module };
}

const MAKES = /^[ \t]*(\w+)(?:[ \t]*:[ \t]*[\w.]+)?[ \t]*=[ \t]*(?:\w+\.)?(?:FastAPI|Flask|Quart|Starlette)\(/gm;

const appsIn = ({ text }: PythonFile) => [...text.matchAll(MAKES)].map(([, name = ""]) => name);

/** The routes of an app, or of a router, in a module and in those that it includes. */
function routesIn(
  made: Made,
  root: string,
  module: PythonFile,
  given: string | undefined,
  before: string | undefined,
  deep: number,
): readonly Route[] {
  const variable = given ?? onlyValue(appsIn(module).map((value) => ({ value, file: "", line: 1 })))?.value;
  if (variable === undefined || deep === 0) return [];
  const own = ownOf(module, variable);
  if (own === undefined || GUARDED.test(own.options)) return [];
  // Flask, "Blueprint": what a blueprint is registered with stands in the place of its own.
  const prefix = own.isBlueprint && before !== "" ? before : joined(before, own.prefix);
  return [
    ...decorated(module, variable, prefix),
    ...included(module, variable).flatMap(({ name, prefix: more }) => {
      const [holder = "", attribute] = name.split(".");
      const imported = importedAs(made, root, module, holder);
      const inside = imported ?? { module, name: holder };
      const next = imported === undefined ? holder : (attribute ?? imported.name);
      return routesIn(made, root, inside.module, next, joined(prefix, more), deep - 1);
    }),
  ];
}

const joined = (one: string | undefined, other: string | undefined) =>
  one === undefined || other === undefined ? undefined : one + other;

/** How a module makes an app, router or blueprint: undefined where it does not. */
function ownOf({ text }: PythonFile, variable: string) {
  const made = new RegExp(
    `^[ \\t]*${variable}(?:[ \\t]*:[ \\t]*[\\w.]+)?[ \\t]*=[ \\t]*(?:\\w+\\.)?(\\w+)\\(`,
    "m",
  ).exec(text);
  if (made === null || !/^(?:FastAPI|Flask|Quart|Starlette|APIRouter|Blueprint)$/.test(made[1] ?? "")) return undefined;
  const options = inBrackets(text, made.index + made[0].length - 1);
  return { options, prefix: prefixIn(options), isBlueprint: made[1] === "Blueprint" };
}

/** The prefix that options name: "" where they name none, undefined where it is no plain text. */
function prefixIn(options: string): string | undefined {
  if (!/\b(?:url_)?prefix\s*=/.test(options)) return "";
  return /\b(?:url_)?prefix\s*=\s*["']([\w./~-]*)["']\s*(?:,|$)/.exec(options)?.[1];
}

function included({ text }: PythonFile, variable: string) {
  const calls = text.matchAll(new RegExp(`^[ \\t]*${variable}\\.(?:include_router|register_blueprint)\\(`, "gm"));
  return [...calls].flatMap(({ 0: call, index }) => {
    const inside = inBrackets(text, index + call.length - 1);
    const [, name] = /^\s*([\w.]+)\s*(?:,|$)/.exec(inside) ?? [];
    return name === undefined || GUARDED.test(inside) ? [] : [{ name, prefix: prefixIn(inside) }];
  });
}

function decorated({ file, text }: PythonFile, variable: string, prefix: string | undefined): readonly Route[] {
  const found = text.matchAll(
    new RegExp(
      `^[ \\t]*@${variable}\\.(?:get|route|api_route)\\(\\s*(?:path\\s*=\\s*|rule\\s*=\\s*)?["']([\\w./~-]*)["']`,
      "gm",
    ),
  );
  return [...found].flatMap(({ 0: start, 1: path = "", index }) => {
    const all = joined(prefix, path);
    const rank = rankOf(all ?? path);
    if (rank < 0) return [];
    const whole = text.slice(index, index + WHOLE_ROUTE);
    const definition = /^[\s\S]*?\bdef\s+\w+\([\s\S]*?\)\s*(?:->[^:\n]*)?:/.exec(whole)?.[0] ?? start;
    const [, methods] = /\bmethods\s*=\s*[[({]([^\])}]*)/.exec(definition) ?? [];
    // The load balancer takes 200 for well (Application Load Balancers, "Health checks for your target groups": Matcher).
    const isOther = /\bstatus_code\s*=\s*(?:\w+\.)*(?:HTTP_)?(?!200)\d/.test(definition);
    if (isOther || GUARDED.test(definition) || (methods !== undefined && !/GET/i.test(methods))) return [];
    const isPath = all !== undefined && /^\/(?!.*\/\/)/.test(all);
    const route = { file, line: lineAt(text, index), end: path, rank };
    return [isPath ? { ...route, path: all } : route];
  });
}

/** Characters in which a route and the head of its function stand. */
const WHOLE_ROUTE = 2000;

/** Routes that Django's own list of them has. */
function djangoRoutes(chosen: Chosen, workdir: string): readonly Route[] {
  const [root] = djangoSettings(chosen, workdir).flatMap(
    (one) => valueIn(one, /^ROOT_URLCONF\s*=\s*["']([\w.]+)["']/m) ?? [],
  );
  const urls = root === undefined ? undefined : moduleAt(chosen, workdir, root);
  return urls === undefined ? [] : urlsIn(chosen, workdir, urls, "/", DEEPEST);
}

/** The module of a Django project's settings, and what it is usually built on. */
function djangoSettings(chosen: Chosen, workdir: string): readonly PythonFile[] {
  const manage = pythonAt(chosen, `${workdir}/manage.py`);
  const named =
    beginningOf(chosen).environment.get("DJANGO_SETTINGS_MODULE") ??
    valueIn(manage, /["']DJANGO_SETTINGS_MODULE["']\s*,\s*["']([\w.]+)["']/);
  if (named === undefined) return [];
  const base = [...named.split(".").slice(0, -1), "base"].join(".");
  return [named, base].flatMap((name) => moduleAt(chosen, workdir, name) ?? []);
}

/**
 * Settings by which Django answers the load balancer's check with 400 or 301: its Host is the task's address (Application Load
 * Balancers, "Health checks for your target groups"), and it asks by http (Django, "Settings").
 */
export function djangoNotes(chosen: Chosen): readonly Note[] {
  const settings = djangoSettings(chosen, beginningOf(chosen).workdir);
  const found = (pattern: RegExp, words: string): readonly Note[] => {
    const one = settings.find(({ text }) => pattern.test(text));
    return one ? [{ file: one.file, line: lineAt(one.text, one.text.search(pattern)), words }] : [];
  };
  const hosts =
    "ALLOWED_HOSTS has no address of a task, which the load balancer's check asks for: Django answers it with 400";
  const https =
    "SECURE_SSL_REDIRECT sends the load balancer's check elsewhere: SECURE_REDIRECT_EXEMPT excepts its path";
  const isExempt = settings.some(({ text }) => /^SECURE_REDIRECT_EXEMPT\b/m.test(text));
  return [
    ...found(/^ALLOWED_HOSTS\s*=\s*\[\s*(?:["'][\w.-]*["']\s*(?:,\s*|(?=\])))*\]/m, hosts),
    ...(isExempt ? [] : found(/^SECURE_SSL_REDIRECT\s*=\s*True\b/m, https)),
  ];
}

/** The routes of a list of Django's, and of those that it includes. */
function urlsIn(made: Made, root: string, urls: PythonFile, before: string, deep: number): readonly Route[] {
  // What is translated stands below its language.
  if (deep === 0 || /\bi18n_patterns\(/.test(urls.text)) return [];
  const paths = urls.text.matchAll(
    /(?<![\w.])path\(\s*["']([\w./~-]*)["']\s*,\s*(?:(include)\(\s*\(?\s*["']([\w.]+)["'])?/g,
  );
  return [...paths].flatMap(({ 1: more = "", 2: includes, 3: name = "", index }) => {
    const path = before + more;
    const route = { file: urls.file, line: lineAt(urls.text, index), end: path, path };
    if (includes === undefined) return [{ ...route, rank: rankOf(path) }];
    // django-health-check's own list has one route, at its root (its README).
    if (name === "health_check.urls") return [{ ...route, rank: 0 }];
    const next = moduleAt(made, root, name);
    return next === undefined ? [] : urlsIn(made, root, next, path, deep - 1);
  });
}

const valueIn = (module: PythonFile | undefined, pattern: RegExp) => pattern.exec(module?.text ?? "")?.[1];
