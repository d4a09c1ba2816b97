import { describe, expect, it } from "vitest";
import { detectApp, detectedLines } from "../../src/detect/detect.ts";

const reading = (files: { readonly [path: string]: string }) => (path: string) =>
  Object.hasOwn(files, path) ? files[path] : undefined;

describe("what a repository shows of its app", () => {
  it("is a Dockerfile with its port, FastAPI, Alembic and a frontend that Vite builds", () => {
    const found = detectApp(
      reading({
        Dockerfile: "FROM python:3.12 AS build\nEXPOSE 80\nFROM python:3.12-slim\nEXPOSE 8000/tcp\n",
        "requirements.txt": "# what it needs\nfastapi==0.115\nuvicorn\n",
        "alembic.ini": "[alembic]\n",
        "frontend/package.json": JSON.stringify({ scripts: { build: "vite build" }, devDependencies: { vite: "7" } }),
        "frontend/vite.config.ts": 'export default { build: { outDir: "out" } };',
      }),
    );
    expect(found).toEqual({
      dockerfile: { path: "Dockerfile", port: 8000 },
      fastApi: true,
      migrate: ["alembic", "upgrade", "head"],
      frontend: { directory: "frontend", build: ["npm", "run", "build"], output: "out" },
    });
    expect(detectedLines(found, "..")).toEqual([
      "build: {context: .., dockerfile: Dockerfile}",
      "migrate: [alembic, upgrade, head]",
      "frontend: {directory: ../frontend, build: [npm, run, build], output: out}",
    ]);
  });

  it("is what React's own scripts build, at the root", () => {
    const text = JSON.stringify({ scripts: { build: "react-scripts build" }, dependencies: { "react-scripts": "5" } });
    const { frontend } = detectApp(reading({ "package.json": text }));
    expect(frontend).toEqual({ directory: ".", build: ["npm", "run", "build"], output: "build" });
  });

  it("is nothing where there is nothing, or nothing that can be read", () => {
    expect(detectApp(reading({}))).toEqual({});
    expect(detectApp(reading({ "package.json": "{", "requirements.txt": "flask\n" }))).toEqual({});
    expect(detectedLines({}, "..")).toEqual([]);
  });
});
