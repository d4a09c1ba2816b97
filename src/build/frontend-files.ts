import { createHash } from "node:crypto";
import { createReadStream, type Dirent } from "node:fs";
import { readdir, realpath, stat } from "node:fs/promises";
import { join, sep } from "node:path";
import { AstroError, reasonOf } from "../errors.ts";
import type { FrontendFile, FrontendManifest } from "./frontend-manifest.ts";
import { cacheControlOf, webTypeOf } from "./web-types.ts";

const GB = 1024 ** 3;

/** The largest object that S3 copies in one call (Amazon S3 API Reference, "CopyObject"). */
const MOST_BYTES = 5 * GB;

/** The longest key of an object, in bytes of UTF-8 (Amazon S3 User Guide, "Naming Amazon S3 objects"). */
const LONGEST = 1024;

/** What systems and tools leave lying about; nobody means to serve it. */
const LITTER = /^(\.DS_Store|Thumbs\.db|desktop\.ini|\.gitkeep|\.gitignore|\.gitattributes)$/i;

/** Files of secrets by their names; an example has none in it. */
const SECRET =
  /^(\.env(?!\.(example|sample|template)$)(\..+)?|\.npmrc|\.netrc|\.htpasswd|\.pgpass|id_(rsa|dsa|ecdsa|ed25519)|.+\.(p12|pfx|jks|keystore|kdbx))$/i;

/** Folders that hold what nobody outside is to see. */
const SECRET_FOLDER = /^\.(git|svn|hg|ssh|aws|azure|gcloud|kube|docker|gnupg|astro)$/i;

/** How a private key begins in its file (RFC 7468, "Textual Encoding of Private Keys"; OpenSSH's alike). */
const PRIVATE_KEY = /^\s*-----BEGIN [A-Z ]*PRIVATE KEY-----/;

/** What a key may be called that no URL and no tool takes as it is (Amazon S3 User Guide, "Characters to avoid"). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: those are meant
const ILLEGAL = /[\x00-\x1f\x7f\\\ufffd]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** Files that are named of those that are refused for one reason. */
const NAMED = 3;

const REBUILT = "then run the same command again";

/**
 * Every file of a folder that a build wrote, as it will be served. Throws AstroError("config") for a folder that is missing,
 * empty or no site, and for what must not be served: secrets, links that lead out, names that are none, files above 5 GB.
 */
export async function readFrontend(folder: string): Promise<FrontendManifest> {
  const root = await realpath(folder).catch((error: unknown) => {
    throw refused(`the frontend's output ${folder} is not there`, OUTPUT, error);
  });
  if (!(await stat(root)).isDirectory()) throw refused(`the frontend's output ${folder} is not a folder`, OUTPUT);
  const found: Found[] = [];
  await collect({ root, seen: new Set([root]), found }, root, "");
  const paths = found.map(({ path }) => path);
  if (found.length === 0) throw refused(`the frontend's output ${folder} is empty`, OUTPUT);
  if (!paths.includes("index.html")) {
    const nested = paths.find((path) => path.endsWith("/index.html"));
    const where =
      nested === undefined ? "" : `; there is one in ${join(folder, nested.slice(0, -"/index.html".length))}`;
    throw refused(`the frontend's output ${folder} has no index.html${where}`, OUTPUT);
  }
  checkFiles(folder, found);
  const files: FrontendFile[] = [];
  for (const one of found.toSorted((a, b) => (a.path < b.path ? -1 : 1))) files.push(await described(one));
  return { hash: hashOf(files), files };
}

const OUTPUT =
  "set frontend.output in astro.yaml to the folder that the build writes, or have it built: frontend.build";

/** The same content in the same places, answered alike, has the same hash. */
function hashOf(files: readonly FrontendFile[]): string {
  const rows = files.map(({ path, sha256, type, cacheControl }) => [path, sha256, type, cacheControl]);
  return createHash("sha256").update(JSON.stringify(rows)).digest("hex");
}

type Found = { readonly path: string; readonly file: string; readonly bytes: number };
type Walk = { readonly root: string; readonly seen: ReadonlySet<string>; readonly found: Found[] };

async function collect(walk: Walk, folder: string, below: string): Promise<void> {
  for (const entry of await entriesOf(folder)) {
    const path = `${below}${entry.name}`;
    if (LITTER.test(entry.name)) continue;
    const file = join(folder, entry.name);
    const real = entry.isSymbolicLink() ? await inside(walk.root, file, path) : file;
    const { size, ...kind } = await statOf(real);
    if (kind.isDirectory) {
      if (SECRET_FOLDER.test(entry.name)) throw secret([path], "a folder of secrets or history");
      // A link to a folder above itself would never end.
      if (walk.seen.has(real)) throw refused(`the frontend's output has a link that leads round: ${path}`, LINK);
      await collect({ ...walk, seen: new Set([...walk.seen, real]) }, real, `${path}/`);
    } else if (kind.isFile) walk.found.push({ path, file: real, bytes: size });
    else throw refused(`the frontend's output has what is neither file nor folder: ${path}`, `delete it, ${REBUILT}`);
  }
}

async function statOf(path: string) {
  const found = await stat(path);
  return { isDirectory: found.isDirectory(), isFile: found.isFile(), size: found.size };
}

async function entriesOf(folder: string): Promise<readonly Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    throw refused(`the frontend's output cannot be read: ${reasonOf(error)}`, "check whose it is", error);
  }
}

const LINK = `have the build copy what it links to, ${REBUILT}`;

async function inside(root: string, link: string, path: string): Promise<string> {
  const target = await realpath(link).catch((error: unknown) => {
    throw refused(`the frontend's output has a link to what is not there: ${path}`, LINK, error);
  });
  if (target.startsWith(`${root}${sep}`)) return target;
  throw refused(`the frontend's output has a link that leads out of it: ${path} is ${target}`, LINK);
}

function checkFiles(folder: string, found: readonly Found[]): void {
  const secrets = found.filter(({ path }) => SECRET.test(nameOf(path))).map(({ path }) => path);
  if (secrets.length > 0) throw secret(secrets, "would be there for everybody to read");
  const illegal = found.map(({ path }) => path).filter((path) => ILLEGAL.test(path));
  if (illegal.length > 0) {
    const words = `${listed(illegal.map((path) => JSON.stringify(path)))}: a name that cannot be served`;
    throw refused(words, `name it without backslashes and control characters, in UTF-8, ${REBUILT}`);
  }
  const long = found.find(({ path }) => Buffer.byteLength(path) > LONGEST);
  if (long) {
    const bytes = Buffer.byteLength(long.path);
    const words = `${long.path.slice(0, 60)}…: a name of ${bytes} bytes, and S3 takes ${LONGEST}`;
    throw refused(words, `give it a shorter name, ${REBUILT}`);
  }
  const large = found.find(({ bytes }) => bytes > MOST_BYTES);
  if (large) {
    const words = `${large.path} has ${(large.bytes / GB).toFixed(1)} GB, and a file of a frontend has 5 GB at most`;
    throw refused(words, `put it into a bucket of its own and link to it, or take it out of ${folder}, ${REBUILT}`);
  }
}

function secret(paths: readonly string[], why: string): AstroError {
  const words = `the frontend's output has ${listed(paths)}: ${why}`;
  return refused(words, `keep it out of what is built, ${REBUILT}; what was in it is safe: nothing was sent`);
}

const nameOf = (path: string) => path.slice(path.lastIndexOf("/") + 1);

function listed(names: readonly string[]): string {
  const more = names.length - NAMED;
  return `${names.slice(0, NAMED).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

function refused(words: string, hint: string, cause?: unknown): AstroError {
  return new AstroError("config", words, hint, cause);
}

/** A file as it is read; its bytes are counted as they come, since a build may still be writing. */
async function described({ path, file }: Found): Promise<FrontendFile> {
  const hash = createHash("sha256");
  let bytes = 0;
  try {
    for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
      if (bytes === 0 && PRIVATE_KEY.test(chunk.toString("latin1", 0, 200))) throw secret([path], "a private key");
      hash.update(chunk);
      bytes += chunk.length;
    }
  } catch (error) {
    if (error instanceof AstroError) throw error;
    throw refused(`${path} of the frontend's output cannot be read: ${reasonOf(error)}`, "check whose it is", error);
  }
  return { path, sha256: hash.digest("hex"), bytes, type: webTypeOf(path), cacheControl: cacheControlOf(path) };
}
