import { lines, packageJson, type Shape } from "./shape.ts";

const VITE = packageJson("tsc -b && vite build", ["react", "vite"]);
const angular = (options: object, builder = "@angular/build:application", more: object = {}) =>
  JSON.stringify({
    projects: { shop: { projectType: "application", architect: { build: { builder, options }, ...more } } },
  });
const NEXT = packageJson("next build", ["next", "react"]);
const SERVED =
  "note: a build of Next.js needs a server of its own; astro serves files, which output: 'export' in next.config makes";

/** Frontends that are built into files, and those that only look so. */
export const FRONTENDS: readonly Shape[] = [
  {
    what: "Vite and React in a folder, its output where Vite is told",
    files: {
      "frontend/package.json": VITE,
      "frontend/index.html": "",
      "frontend/vite.config.ts": lines("// outDir: 'old'", "export default { build: { outDir: 'out' } };"),
      "frontend/pnpm-lock.yaml": "",
    },
    found: ["frontend frontend out by pnpm run build @frontend/package.json:3"],
  },
  {
    what: "Vite for a path of its own: none, since the CDN serves the root",
    files: { "package.json": VITE, "index.html": "", "vite.config.js": "export default {\n base: '/app/',\n}\n" },
    found: [],
  },
  {
    what: "Vite for another folder than the package's: none",
    files: { "web/package.json": packageJson("vite build --outDir ../api/static", ["vite"]), "web/index.html": "" },
    found: [],
  },
  {
    what: "Create React App, and a package in node_modules that is nobody's",
    files: {
      "package.json": packageJson("react-scripts build", ["react-scripts"]),
      "public/index.html": "",
      "node_modules/other/package.json": VITE,
      "node_modules/other/index.html": "",
      "yarn.lock": "",
    },
    found: ["frontend . build by yarn run build @package.json:3"],
  },
  {
    what: "Create React App for GitHub's pages: none",
    files: {
      "package.json": packageJson("react-scripts build", ["react-scripts"], { homepage: "https://a.github.io/shop" }),
      "public/index.html": "",
    },
    found: [],
  },
  {
    what: "Next.js that is exported",
    files: {
      "web/package.json": NEXT,
      "web/next.config.mjs": "const c = { output: 'export', distDir: 'site' };\n",
      "web/bun.lock": "",
    },
    found: ["frontend web site by bun run build @web/package.json:3"],
  },
  {
    what: "Next.js that needs a server: none, and why",
    files: {
      "web/package.json": NEXT,
      "web/next.config.ts": "// output: 'export'\nexport default { output: 'standalone' };\n",
    },
    found: [`${SERVED} @web/package.json:3`],
  },
  {
    what: "Next.js that is exported sometimes: none",
    files: {
      "package.json": NEXT,
      "next.config.js": "module.exports = { output: process.env.E ? 'export' : undefined };\n",
    },
    found: [`${SERVED} @package.json:3`],
  },
  {
    what: "Angular of today, in the folder that a browser loads",
    files: {
      "client/package.json": packageJson("ng build", ["@angular/core"]),
      "client/angular.json": angular({ browser: "src/main.ts" }),
    },
    found: ["frontend client dist/shop/browser by npm run build @client/package.json:3"],
  },
  {
    what: "Angular of before, where it is told",
    files: {
      "package.json": packageJson("ng build --configuration production", ["@angular/core"]),
      "angular.json": angular({ outputPath: "dist/site" }, "@angular-devkit/build-angular:browser"),
    },
    found: ["frontend . dist/site by npm run build @package.json:3"],
  },
  {
    what: "Angular whose pages a server renders: none",
    files: {
      "package.json": packageJson("ng build", ["@angular/core"]),
      "angular.json": angular({ outputPath: "dist/site", ssr: { entry: "src/server.ts" } }),
    },
    found: [],
  },
  {
    what: "SvelteKit with the adapter for files",
    files: {
      "ui/package.json": packageJson("vite build", ["@sveltejs/kit", "vite"], { packageManager: "pnpm@9.1.0" }),
      "ui/svelte.config.js": lines(
        'import adapter from "@sveltejs/adapter-static";',
        "export default { kit: { adapter: adapter() } };",
      ),
    },
    found: ["frontend ui build by pnpm run build @ui/package.json:3"],
  },
  {
    what: "SvelteKit with another adapter: none",
    files: {
      "ui/package.json": packageJson("vite build", ["@sveltejs/kit", "vite"]),
      "ui/index.html": "",
      "ui/svelte.config.js": 'import adapter from "@sveltejs/adapter-node";\n',
    },
    found: [],
  },
  {
    what: "Vue CLI",
    files: {
      "package.json": packageJson("vue-cli-service build", ["vue", "@vue/cli-service"]),
      "vue.config.js": "module.exports = { outputDir: 'public_html' };\n",
    },
    found: ["frontend . public_html by npm run build @package.json:3"],
  },
  {
    what: "Svelte with Vite alone, beside an API",
    files: {
      "package.json": packageJson("vite build", ["svelte", "vite"]),
      "index.html": "",
      "api/Dockerfile": "FROM a\nEXPOSE 80\n",
    },
    found: [
      "build api Dockerfile @api/Dockerfile:1",
      "port 80 @api/Dockerfile:2",
      "frontend . dist by npm run build @package.json:3",
    ],
  },
];

/** Repositories of several packages. */
export const MONOREPOS: readonly Shape[] = [
  {
    what: "a workspace of pnpm: the web package, and the API's Dockerfile",
    files: {
      "pnpm-workspace.yaml": "packages:\n  - apps/*\n  - packages/*\n",
      "pnpm-lock.yaml": "",
      "apps/api/Dockerfile": lines("FROM node", "COPY apps/api ./", "EXPOSE 3000"),
      "apps/api/package.json": packageJson("tsc", ["fastify"]),
      "apps/web/package.json": VITE,
      "apps/web/index.html": "",
      "apps/web/Dockerfile": "FROM nginx\n",
      "packages/ui/package.json": packageJson("tsup", ["react"]),
    },
    found: [
      "build . apps/api/Dockerfile @apps/api/Dockerfile:1",
      "port 3000 @apps/api/Dockerfile:3",
      "frontend apps/web dist by pnpm run build @apps/web/package.json:3",
    ],
  },
  {
    what: "a workspace of npm that names its folders, but one",
    files: {
      "package.json": JSON.stringify({ workspaces: { packages: ["clients/*", "!clients/old"] } }),
      "clients/shop/package.json": VITE,
      "clients/shop/index.html": "",
      "clients/old/package.json": VITE,
      "clients/old/index.html": "",
    },
    found: ["frontend clients/shop dist by npm run build @clients/shop/package.json:3"],
  },
  {
    what: "two frontends, none of a name that says which: none, and why",
    files: {
      "apps/admin/package.json": VITE,
      "apps/admin/index.html": "",
      "apps/store/package.json": VITE,
      "apps/store/index.html": "",
    },
    found: [
      "note: several folders are built into files (apps/admin, apps/store): frontend.directory of astro.yaml says which is deployed @apps/admin/package.json:3",
    ],
  },
  {
    what: "services of Python, one of them with a web framework",
    files: {
      "pyproject.toml": '[tool.uv.workspace]\nmembers = ["libs/*", "services/api"]\n',
      "services/api/Dockerfile": lines("FROM python", "COPY . .", "CMD fastapi run"),
      "services/api/pyproject.toml": '[project]\ndependencies = ["fastapi"]\n',
      "services/api/main.py": lines("app = FastAPI()", '@app.get("/health")', "def h(): ..."),
      "services/mailer/Dockerfile": "FROM python\n",
      "services/mailer/pyproject.toml": '[project]\ndependencies = ["jinja2"]\n',
    },
    found: [
      "build services/api Dockerfile @services/api/Dockerfile:1",
      "port 8000 @services/api/Dockerfile:3",
      "health /health @services/api/main.py:2",
    ],
  },
  {
    what: "two services with a web framework, and none called as an app is: none, and why",
    files: {
      "billing/Dockerfile": "FROM python\n",
      "billing/requirements.txt": "flask\n",
      "orders/Dockerfile": "FROM python\n",
      "orders/requirements.txt": "fastapi\n",
    },
    found: [
      "note: there are several (billing/Dockerfile, orders/Dockerfile): build.dockerfile of astro.yaml says which is deployed @billing/Dockerfile:1",
    ],
  },
];
