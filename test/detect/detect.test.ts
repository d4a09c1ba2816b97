import { describe, expect, it } from "vitest";
import { detectApp, detectedSettings } from "../../src/detect/detect.ts";
import { repositoryOf } from "../support/repository.ts";

const detected = (files: { readonly [path: string]: string }) => detectApp(repositoryOf(files));
const dockerfile = (...lines: readonly string[]) => ["FROM python:3.12-slim", "WORKDIR /app", ...lines, ""].join("\n");
const vite = (more: object = {}) =>
  JSON.stringify({ scripts: { build: "tsc -b && vite build" }, devDependencies: { vite: "7" }, ...more });

const ALL = {
  Dockerfile: dockerfile(
    "COPY --chown=app requirements.txt ./",
    "COPY api ./",
    "EXPOSE 8000/tcp",
    "HEALTHCHECK --interval=5s \\",
    "  # the same as the load balancer's",
    "  CMD curl --fail http://localhost:8000/api/health || exit 1",
    'CMD ["uvicorn", "main:app", "--host", "0.0.0.0", "--port", "8000"]',
  ),
  "Dockerfile.dev": "FROM python\nEXPOSE 9000\n",
  "requirements.txt": "fastapi==0.115\nalembic\n",
  "api/main.py": "",
  "api/alembic.ini": "[alembic]\n",
  "frontend/package.json": vite(),
  "frontend/index.html": "",
  "frontend/vite.config.ts": 'export default { build: { outDir: "out" } };',
};

describe("what a repository shows of its app", () => {
  it("is an image with its port and health path, a migration and a frontend", () => {
    const found = detected(ALL);
    expect(found).toEqual({
      image: {
        context: "",
        dockerfile: "Dockerfile",
        file: "Dockerfile",
        line: 1,
        port: { value: 8000, file: "Dockerfile", line: 5 },
        healthPath: { value: "/api/health", file: "Dockerfile", line: 6 },
      },
      migrate: { value: ["alembic", "upgrade", "head"], file: "api/alembic.ini", line: 1 },
      frontend: {
        directory: "frontend",
        build: ["npm", "run", "build"],
        output: "out",
        file: "frontend/package.json",
        line: 1,
      },
      notes: [],
    });
    expect(detectedSettings(found, "..")).toEqual({
      build: { context: "..", dockerfile: "Dockerfile" },
      migrate: ["alembic", "upgrade", "head"],
      frontend: { directory: "../frontend", build: ["npm", "run", "build"], output: "out" },
    });
    expect(detectedSettings(found, "")).toMatchObject({ build: { context: "." }, frontend: { directory: "frontend" } });
  });

  it("is nothing where there is nothing, or nothing that can be read", () => {
    expect(detected({})).toEqual({ notes: [] });
    expect(detected({ "package.json": "{", "requirements.txt": "fastapi\n" })).toEqual({ notes: [] });
    expect(detectedSettings({ notes: [] }, "..")).toEqual({});
  });

  it.each<[string, { readonly [path: string]: string }, object | undefined]>([
    [
      "the root's before its variants",
      { Dockerfile: "FROM a\n", "Dockerfile.prod": "", "api/Dockerfile": "" },
      ["", "Dockerfile"],
    ],
    [
      "the only variant",
      { "Dockerfile.prod": "FROM a\n", "Dockerfile.dev": "", "Dockerfile.dockerignore": "" },
      ["", "Dockerfile.prod"],
    ],
    ["none of two variants", { "Dockerfile.api": "", "Dockerfile.worker": "" }, undefined],
    ["none that is for people at work", { "Dockerfile.dev": "" }, undefined],
    [
      "the only one of a folder, built there",
      { "svc/Dockerfile": "FROM a\nCOPY main.py .\n", "svc/main.py": "" },
      ["svc", "Dockerfile"],
    ],
    [
      "the only one of a folder, built at the root",
      { "svc/Dockerfile": "FROM a\nCOPY svc/main.py .\n", "svc/main.py": "" },
      ["", "svc/Dockerfile"],
    ],
    ["none that copies what is nowhere", { "svc/Dockerfile": "FROM a\nCOPY gone.py .\n" }, undefined],
    ["none of two folders", { "one/Dockerfile": "", "two/Dockerfile": "" }, undefined],
    [
      "that of FastAPI among two folders",
      { "one/Dockerfile": "", "two/Dockerfile": "FROM a\n", "two/requirements.txt": "uvicorn\nfastapi[standard]\n" },
      ["two", "Dockerfile"],
    ],
    [
      "not the frontend's",
      { "web/Dockerfile": "", "web/index.html": "", "web/package.json": vite(), "api/Dockerfile": "FROM a\n" },
      ["api", "Dockerfile"],
    ],
    ["none in what others wrote", { "node_modules/x/Dockerfile": "", "tests/Dockerfile": "" }, undefined],
  ])("Dockerfile: %s", (_, files, expected) => {
    const { image } = detected(files);
    expect(image && [image.context, image.dockerfile]).toEqual(expected);
  });

  it.each<[string, readonly string[], number | undefined, string | undefined]>([
    ["nothing", [], undefined, undefined],
    ["one port", ["EXPOSE 3000"], 3000, undefined],
    ["two ports", ["EXPOSE 3000 9090"], undefined, undefined],
    ["a port by variable", ["EXPOSE $PORT"], undefined, undefined],
    ["a port for datagrams beside", ["EXPOSE 53/udp", "EXPOSE 80"], 80, undefined],
    ["another port than the server's", ["EXPOSE 80", "CMD uvicorn main:app --port 8000"], undefined, undefined],
    ["the server's port alone", ["CMD gunicorn -b 0.0.0.0:5000 main:app"], 5000, undefined],
    ["a check of another port", ["EXPOSE 8000", "HEALTHCHECK CMD curl -f http://localhost:9000/up"], 8000, undefined],
    ["a check of the root", ["EXPOSE 80", "HEALTHCHECK CMD curl -f http://127.0.0.1"], 80, "/"],
    ["a check by program", ["EXPOSE 80", "HEALTHCHECK CMD /check"], 80, undefined],
    ["a check with a variable", ["EXPOSE 80", "HEALTHCHECK CMD curl http://localhost/$X"], 80, undefined],
    ["no check any more", ["EXPOSE 80", "HEALTHCHECK CMD curl http://localhost/up", "HEALTHCHECK NONE"], 80, undefined],
    [
      "a check in Python",
      ["EXPOSE 80", `HEALTHCHECK CMD ["python", "-c", "get('http://[::1]/up', timeout=3)"]`],
      80,
      "/up",
    ],
  ])("a Dockerfile with %s", (_, lines, port, healthPath) => {
    const { image } = detected({ Dockerfile: dockerfile(...lines) });
    expect([image?.port?.value, image?.healthPath?.value]).toEqual([port, healthPath]);
  });

  it("is what the last stage says, with those that it begins from", () => {
    const text =
      "FROM a AS base\nEXPOSE 8000\nFROM b AS build\nEXPOSE 9000\nFROM base\nHEALTHCHECK CMD wget http://localhost:8000/up\n";
    expect(detected({ Dockerfile: text }).image).toMatchObject({ port: { value: 8000 }, healthPath: { value: "/up" } });
  });

  it.each<[string, { readonly [path: string]: string }]>([
    ["nobody installs", { "requirements.txt": "fastapi\n" }],
    ["lies elsewhere in the image", { Dockerfile: dockerfile("COPY . .") }],
    ["is not in the image", { Dockerfile: dockerfile("COPY api/main.py .") }],
  ])("does not migrate by what %s", (_, more) => {
    expect(detected({ ...ALL, ...more }).migrate).toBeUndefined();
  });

  it.each<[string, { readonly [path: string]: string }, object | undefined]>([
    ["at the root", { "package.json": vite(), "index.html": "" }, { directory: "", output: "dist" }],
    [
      "of React's own scripts",
      {
        "web/package.json": JSON.stringify({
          scripts: { build: "react-scripts build" },
          dependencies: { "react-scripts": "5" },
        }),
        "web/public/index.html": "",
      },
      { output: "build" },
    ],
    [
      "by its lock file",
      { "web/package.json": vite(), "web/index.html": "", "pnpm-lock.yaml": "" },
      { build: ["pnpm", "run", "build"] },
    ],
    [
      "that is called so, of two",
      { "admin/package.json": vite(), "admin/index.html": "", "web/package.json": vite(), "web/index.html": "" },
      { directory: "web" },
    ],
    [
      "of two that may be",
      { "one/package.json": vite(), "one/index.html": "", "two/package.json": vite(), "two/index.html": "" },
      undefined,
    ],
    [
      "of a library",
      { "web/package.json": vite(), "web/index.html": "", "web/vite.config.ts": "build: {\n  lib: {} }" },
      undefined,
    ],
    [
      "built where only a program knows",
      { "web/package.json": vite(), "web/index.html": "", "web/vite.config.ts": "build: { outDir: where() }" },
      undefined,
    ],
    [
      "that a server renders",
      { "web/package.json": vite({ dependencies: { "@sveltejs/kit": "2" } }), "web/index.html": "" },
      undefined,
    ],
    ["without a page", { "web/package.json": vite() }, undefined],
  ])("a frontend %s", (_, files, expected) => {
    const { frontend } = detected(files);
    if (expected === undefined) expect(frontend).toBeUndefined();
    else expect(frontend).toMatchObject(expected);
  });
});
