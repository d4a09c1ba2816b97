import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { detectAround } from "../src/operation/detected.ts";
import { interleaved, node } from "./measure.ts";
import { type Row, seconds } from "./table.ts";

const ROUNDS = 9;
const FILES = 5000;
/** Milliseconds that nobody at a prompt takes for waiting. */
const GOAL = 300;

const DOCKERFILE = `FROM python:3.12-slim AS builder
WORKDIR /app
COPY . .
FROM python:3.12-slim
COPY --from=builder /app /app
WORKDIR /app
HEALTHCHECK CMD curl http://localhost:8000/api/health
CMD ["uvicorn", "shop.main:app", "--host", "0.0.0.0", "--port", "8000"]
`;
const COMPOSE = `services:
  api: {build: ., ports: ["8000:8000"]}
  db: {image: "postgres:16"}
`;

/** A repository of an API of many packages with a worker, and of a frontend: half of its files Python's. */
function repository(): string {
  const root = mkdtempSync(join(tmpdir(), "astro-detection-"));
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const named: { readonly [path: string]: string } = {
    Dockerfile: DOCKERFILE,
    "docker-compose.yml": COMPOSE,
    "pyproject.toml": '[project]\ndependencies = ["fastapi", "alembic", "celery"]\n',
    "alembic.ini": "[alembic]\n",
    "shop/main.py": 'app = FastAPI()\n\n\n@app.get("/api/health")\ndef health(): ...\n',
    "shop/worker.py": 'from celery import Celery\n\napp = Celery("shop")\n',
    "frontend/package.json": JSON.stringify({ scripts: { build: "vite build" }, devDependencies: { vite: "7" } }),
    "frontend/index.html": "<!doctype html>\n",
  };
  for (const [path, text] of Object.entries(named)) write(path, text);
  const modules = ["__init__", "models", "routes", "schemas", "services", "tasks", "urls", "views", "worker", "forms"];
  const body = "def one(value: int) -> int:\n    return value + 1\n\n\n".repeat(40);
  const left = FILES - Object.keys(named).length;
  for (let at = 0; at < left; at += 1) {
    const place = Math.floor(at / 20);
    if (at % 2 === 0) write(`shop/part${place}/${modules[(at / 2) % modules.length]}.py`, body);
    else write(`frontend/src/part${place}/view${at}.tsx`, "export const View = () => null;\n".repeat(40));
  }
  return root;
}

/** How long astro looks at a large repository for what it is made of, beside the start of Node alone. */
export async function detection(): Promise<readonly Row[]> {
  const root = repository();
  try {
    const look = () => {
      const { settings, values } = detectAround(join(root, "infra"), root);
      if (settings.length !== 3 || values.length !== 3) throw new Error("not all of the repository was found");
      return Promise.resolve();
    };
    const { bare, found } = await interleaved(ROUNDS, {
      bare: { run: () => node(["-e", "0"], root) },
      found: { run: look },
    });
    const goal = `≤ ${GOAL} ms ${found * 1000 <= GOAL ? "✔" : "✖"}`;
    return [[`${FILES} files`, seconds(found), "`node -e 0`", seconds(bare), (found / bare).toFixed(2), goal]];
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
