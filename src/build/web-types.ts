/**
 * Content types of what a frontend is made of, by the end of its name (IANA, "Media Types"; JavaScript's by RFC 9239, a
 * web app's manifest by W3C, "Web Application Manifest"; fonts by RFC 8081). A browser refuses scripts, styles and
 * WebAssembly of another type where `X-Content-Type-Options: nosniff` is sent, which the CDN does (Fetch Standard,
 * "X-Content-Type-Options header").
 */
const TYPES: { readonly [end: string]: string } = {
  html: "text/html",
  htm: "text/html",
  css: "text/css",
  js: "text/javascript",
  mjs: "text/javascript",
  cjs: "text/javascript",
  txt: "text/plain",
  md: "text/markdown",
  csv: "text/csv",
  ics: "text/calendar",
  vtt: "text/vtt",
  json: "application/json",
  map: "application/json",
  jsonld: "application/ld+json",
  geojson: "application/geo+json",
  webmanifest: "application/manifest+json",
  xml: "application/xml",
  xsl: "application/xml",
  rss: "application/rss+xml",
  atom: "application/atom+xml",
  xhtml: "application/xhtml+xml",
  wasm: "application/wasm",
  pdf: "application/pdf",
  zip: "application/zip",
  gz: "application/gzip",
  rtf: "application/rtf",
  epub: "application/epub+zip",
  svg: "image/svg+xml",
  png: "image/png",
  apng: "image/apng",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  gif: "image/gif",
  webp: "image/webp",
  avif: "image/avif",
  jxl: "image/jxl",
  bmp: "image/bmp",
  tif: "image/tiff",
  tiff: "image/tiff",
  // What browsers know an icon by; IANA's own name for it is image/vnd.microsoft.icon.
  ico: "image/x-icon",
  cur: "image/x-icon",
  woff2: "font/woff2",
  woff: "font/woff",
  ttf: "font/ttf",
  otf: "font/otf",
  eot: "application/vnd.ms-fontobject",
  mp3: "audio/mpeg",
  m4a: "audio/mp4",
  aac: "audio/aac",
  oga: "audio/ogg",
  ogg: "audio/ogg",
  opus: "audio/ogg",
  wav: "audio/wav",
  weba: "audio/webm",
  flac: "audio/flac",
  mid: "audio/midi",
  mp4: "video/mp4",
  m4v: "video/mp4",
  mov: "video/quicktime",
  webm: "video/webm",
  ogv: "video/ogg",
  m3u8: "application/vnd.apple.mpegurl",
  mpd: "application/dash+xml",
  glb: "model/gltf-binary",
  gltf: "model/gltf+json",
  usdz: "model/vnd.usdz+zip",
};

/** Files that are known by their whole name (RFC 8615 keeps the folder they lie in). */
const NAMED: { readonly [name: string]: string } = {
  "apple-app-site-association": "application/json",
};

/** The Content-Type of a file by its name; text is in UTF-8. What is unknown is bytes. */
export function webTypeOf(path: string): string {
  const name = path.slice(path.lastIndexOf("/") + 1).toLowerCase();
  const end = name.includes(".") ? name.slice(name.lastIndexOf(".") + 1) : "";
  const type = NAMED[name] ?? TYPES[end] ?? "application/octet-stream";
  return type.startsWith("text/") ? `${type}; charset=utf-8` : type;
}

/** Seconds of a year: as long as anything is kept (RFC 9111, "max-age"; a year is what caches take for ever). */
const YEAR = 31_536_000;

const FOR_EVER = `public, max-age=${YEAR}, immutable`;

/** It is kept, and asked about each time it is used (RFC 9111, "no-cache"). */
const ASKED_EACH_TIME = "no-cache";

const ASKED_WHEN_OLD = "public, max-age=0, must-revalidate";

/** Pages, and what a browser looks at to learn of a new version: service workers and an app's manifest. */
const NEVER_KEPT =
  /\.(html?|webmanifest)$|(^|\/)(manifest\.json|(service-?worker|sw|ngsw-worker|firebase-messaging-sw)\.js|registerSW\.js|ngsw\.json)$/i;

/**
 * Folders in which every name has a hash or the build's own id in it (Next.js, "Caching": static assets; SvelteKit,
 * "Adapters": immutable).
 */
const HASHED_FOLDERS = /^(.*\/)?(_next\/static|_app\/immutable)\//;

/** A name's last part before what says its type: `index-DRf8L97S.js`, `main.5f8e2c1a.chunk.css.map`. */
const TOKEN = /[-.~]([\w-]{8}|[0-9a-f]{8,64})((?:\.chunk)?(?:\.\w{1,11}){1,2})$/;

/** What looks like words and a number, not like a hash: `SemiBold`, `original`, `version2`, `20240131`. */
const WORDS = /^(?:[A-Z]?[a-z]{2,}|[A-Z]{2,}|[-_])*\d*$/;

/**
 * Whether a name has a hash of the file's content in it, as Vite and Rollup write it (`[name]-[hash]`: eight characters of
 * Base64 for URLs), esbuild and Angular (eight of Base32), webpack, Parcel and Create React App (8 to 32 hexadecimal
 * digits). A wrong yes would be kept for a year, a wrong no is only asked about again: in doubt it is none.
 */
export function isHashed(path: string): boolean {
  if (HASHED_FOLDERS.test(path)) return true;
  const [, token = "", ends = ""] = TOKEN.exec(path.slice(path.lastIndexOf("/") + 1)) ?? [];
  if (token === "") return false;
  if (/^[0-9a-f]{8,}$/.test(token)) return /\d/.test(token) && /[a-f]/.test(token);
  if (/^[A-Z2-7]{8}$/.test(token)) return /\d/.test(token) || /^\.(m?js|css)\b/.test(ends);
  return /[A-Z]/.test(token) && /[a-z]/.test(token) && !WORDS.test(token);
}

/** How long a file may be kept, by its name: for ever, or not without asking. */
export function cacheControlOf(path: string): string {
  if (NEVER_KEPT.test(path)) return ASKED_EACH_TIME;
  return isHashed(path) ? FOR_EVER : ASKED_WHEN_OLD;
}
