import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { detectApp } from "../../src/detect/detect.ts";
import { damaged } from "../fuzz/mutate.ts";
import { repositoryOf } from "../support/repository.ts";
import { COMPOSE } from "./shapes/compose.ts";
import { CONTAINERS } from "./shapes/containers.ts";
import { FRONTENDS, MONOREPOS } from "./shapes/frontends.ts";
import { PYTHON } from "./shapes/python.ts";

const SHAPES = [...CONTAINERS, ...PYTHON, ...COMPOSE, ...FRONTENDS, ...MONOREPOS];

/** As files are read. */
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

describe("a repository with a file that is damaged", () => {
  it("is looked at all the same, whatever the file holds", () => {
    const shape = fc
      .constantFrom(...SHAPES)
      .chain(({ files }) =>
        fc
          .constantFrom(...Object.keys(files))
          .chain((path) => damaged(files[path] ?? "").map((bytes) => ({ ...files, [path]: decoder.decode(bytes) }))),
      );
    fc.assert(
      fc.property(shape, (files) => {
        const { image, frontend, notes } = detectApp(repositoryOf(files));
        const places = [image, image?.port, image?.healthPath, frontend, ...notes].filter((one) => one !== undefined);
        for (const { file, line } of places) {
          expect(Object.keys(files)).toContain(file);
          expect(line).toBeLessThanOrEqual((files[file] ?? "").split("\n").length);
        }
      }),
      { numRuns: 1500 },
    );
  });

  it.each<[string, string, string]>([
    ["quotes", "shop/worker.py", `Celery("""${"'".repeat(200_000)}`],
    ["brackets", "shop/main.py", `app = FastAPI(${"(".repeat(200_000)}`],
    ["routes", "shop/main.py", `app = FastAPI()\n${'@app.get("/health")\n'.repeat(20_000)}`],
    ["stages", "Dockerfile", "FROM a AS a\nFROM a\nCOPY . .\n".repeat(2000)],
    ["backslashes", "Dockerfile", `FROM a\nRUN ${"\\\n".repeat(100_000)}`],
    ["words", "entrypoint.sh", `#!/bin/sh\n${`exec ${"a ".repeat(2000)}\n`.repeat(50)}`],
    ["anchors", "docker-compose.yml", `services:\n${" a: &a [*a]\n".repeat(1000)}`],
    ["tables", "pyproject.toml", "[[a.b]]\n".repeat(50_000)],
    ["folders", ".git/config", "[".repeat(300_000)],
  ])("of %s without end is looked at before the test's time is over", (_, path, text) => {
    const files = {
      Dockerfile:
        'FROM python\nWORKDIR /app\nCOPY . .\nENTRYPOINT ["./entrypoint.sh"]\nCMD ["uvicorn", "shop.main:app"]\n',
      "requirements.txt": "celery\n",
      "shop/main.py": "app = FastAPI()\n",
      "entrypoint.sh": "#!/bin/sh\n",
      [path]: text,
    };
    expect(() => detectApp(repositoryOf(files))).not.toThrow();
  });
});
