import { lines, type Shape } from "./shape.ts";

const BUILD = "build . Dockerfile @Dockerfile:1";

/** What a Dockerfile tells, and what it only seems to. */
export const CONTAINERS: readonly Shape[] = [
  {
    what: "one stage, all of it said",
    files: {
      Dockerfile: lines(
        "FROM python:3.12-slim",
        "WORKDIR /app",
        "COPY . .",
        "EXPOSE 9000/tcp",
        "HEALTHCHECK --interval=30s \\",
        "  # as the load balancer asks",
        "  CMD curl --fail http://localhost:9000/healthz || exit 1",
        'CMD ["uvicorn", "main:app", "--host", "0.0.0.0", "--port", "9000"]',
      ),
    },
    found: [BUILD, "port 9000 @Dockerfile:4", "health /healthz @Dockerfile:5"],
  },
  {
    what: "the port only in the command line",
    files: { Dockerfile: lines("FROM python", "CMD gunicorn -w 4 -b 0.0.0.0:5001 wsgi:app") },
    found: [BUILD, "port 5001 @Dockerfile:2"],
  },
  {
    what: "no port said: the server's own default",
    files: { Dockerfile: lines("FROM python", 'CMD ["fastapi", "run", "app/main.py"]') },
    found: [BUILD, "port 8000 @Dockerfile:2"],
  },
  {
    what: "a port only in a comment: none",
    files: { Dockerfile: lines("FROM node:22", "# EXPOSE 3000", "COPY . .", 'CMD ["node", "server.js"] ') },
    found: [BUILD],
  },
  {
    what: "EXPOSE by an ARG with a default, which a build without arguments has",
    files: { Dockerfile: lines("FROM node:22", "ARG PORT=3100", "EXPOSE ${PORT}", "CMD node server.js") },
    found: [BUILD, "port 3100 @Dockerfile:3"],
  },
  {
    what: "EXPOSE by an ARG without one: none",
    files: { Dockerfile: lines("FROM node:22", "ARG PORT", "EXPOSE $PORT", "CMD node server.js") },
    found: [BUILD],
  },
  {
    what: "a port by PORT, which the environment has: its default in the shell",
    files: { Dockerfile: lines("FROM python", "CMD exec gunicorn --bind :${PORT:-8080} --workers 1 main:app") },
    found: [BUILD, "port 8080 @Dockerfile:2"],
  },
  {
    what: "a port by PORT that nobody sets: none",
    files: { Dockerfile: lines("FROM python", "CMD uvicorn main:app --host 0.0.0.0 --port $PORT") },
    found: [BUILD],
  },
  {
    what: "two ports exposed, and the server's one of them",
    files: {
      Dockerfile: lines("FROM python", "EXPOSE 8000 9090", "CMD uvicorn main:app --host 0.0.0.0 --port 8000"),
    },
    found: [BUILD, "port 8000 @Dockerfile:2"],
  },
  {
    what: "another port exposed than the server's: none",
    files: { Dockerfile: lines("FROM python", "EXPOSE 80", "CMD uvicorn main:app --host 0.0.0.0 --port 8000") },
    found: [BUILD],
  },
  {
    what: "a server that only the container reaches: said",
    files: { Dockerfile: lines("FROM python", "EXPOSE 8000", "CMD uvicorn main:app") },
    found: [
      BUILD,
      "port 8000 @Dockerfile:2",
      "note: uvicorn listens on 127.0.0.1, which nothing outside of the container reaches: let it listen on 0.0.0.0 @Dockerfile:3",
    ],
  },
  {
    what: "the same by a variable of Uvicorn's: not said",
    files: { Dockerfile: lines("FROM python", "ENV UVICORN_HOST=0.0.0.0 UVICORN_PORT=8181", "CMD uvicorn main:app") },
    found: [BUILD, "port 8181 @Dockerfile:3"],
  },
  {
    what: "a health check with a variable host: none",
    files: {
      Dockerfile: lines("FROM python", "EXPOSE 80", "HEALTHCHECK CMD curl -f http://$HOST:80/up", "CMD python main.py"),
    },
    found: [BUILD, "port 80 @Dockerfile:2"],
  },
  {
    what: "a health check of another port: none",
    files: { Dockerfile: lines("FROM a", "EXPOSE 8000", "HEALTHCHECK CMD wget -q http://localhost:9000/up") },
    found: [BUILD, "port 8000 @Dockerfile:2"],
  },
  {
    what: "a health check by a variable that the image sets, and no port but its own",
    files: { Dockerfile: lines("FROM a", "ENV PORT=4000", "HEALTHCHECK CMD curl http://127.0.0.1:$PORT/live") },
    found: [BUILD, "port 4000 @Dockerfile:3", "health /live @Dockerfile:3"],
  },
  {
    what: "a last stage of a name of its own, built from an earlier one",
    files: {
      Dockerfile: lines(
        "FROM python AS base",
        "EXPOSE 8000",
        "FROM node AS assets",
        "EXPOSE 5173",
        "FROM base AS production",
      ),
    },
    found: ["build . Dockerfile @Dockerfile:5", "port 8000 @Dockerfile:2"],
  },
  {
    what: "a last stage for people at work: the one before it is named",
    files: {
      Dockerfile: lines(
        "FROM python AS base",
        "FROM base AS production",
        "EXPOSE 8000",
        "CMD ./run",
        "FROM production AS development",
        "EXPOSE 8000 5678",
        "CMD ./run --reload",
      ),
    },
    found: ["build . Dockerfile (production) @Dockerfile:2", "port 8000 @Dockerfile:3"],
  },
  {
    what: "two stages that are as good: none, and why",
    files: {
      Dockerfile: lines(
        "FROM a AS base",
        "FROM base AS reader",
        "CMD ./r",
        "EXPOSE 81",
        "FROM base AS writer",
        "CMD ./w",
      ),
    },
    found: [
      "note: of its stages (base, reader, writer) build.target of astro.yaml says which is deployed @Dockerfile:5",
    ],
  },
  {
    what: "an image of one architecture",
    files: {
      Dockerfile: lines(
        "FROM --platform=linux/arm64 golang AS build",
        "FROM --platform=linux/arm64 alpine",
        "EXPOSE 1",
      ),
    },
    found: ["build . Dockerfile @Dockerfile:2", "port 1 @Dockerfile:3", "architecture arm64 @Dockerfile:2"],
  },
  {
    what: "a stage for the builder's own platform: no architecture",
    files: {
      Dockerfile: lines(
        "FROM --platform=$BUILDPLATFORM node AS b",
        "FROM --platform=${TARGETPLATFORM} nginx",
        "EXPOSE 80",
      ),
    },
    found: ["build . Dockerfile @Dockerfile:2", "port 80 @Dockerfile:3"],
  },
  {
    what: "instructions in a here-document: none",
    files: {
      Dockerfile: lines(
        "FROM a",
        "COPY <<-EOF /etc/help",
        "EXPOSE 9999",
        "EOF",
        "RUN <<SH",
        "EXPOSE 1",
        "SH",
        "EXPOSE 80",
      ),
    },
    found: [BUILD, "port 80 @Dockerfile:8"],
  },
  {
    what: "two variants and no plain one: none, and why",
    files: { "Dockerfile.api": "FROM a\n", "Dockerfile.worker": "FROM a\n", "Dockerfile.dev": "FROM a\n" },
    found: [
      "note: there are several (Dockerfile.api, Dockerfile.worker): build.dockerfile of astro.yaml says which is deployed @Dockerfile.api:1",
    ],
  },
  {
    what: "one variant beside those for people at work",
    files: { "Dockerfile.prod": lines("FROM a", "EXPOSE 80"), "Dockerfile.dev": "", "Dockerfile.test": "" },
    found: ["build . Dockerfile.prod @Dockerfile.prod:1", "port 80 @Dockerfile.prod:2"],
  },
  {
    what: "a Dockerfile in a folder that is built at the root",
    files: { "docker/Dockerfile": lines("FROM a", "COPY src ./src", "EXPOSE 80"), "src/main.py": "" },
    found: ["build . docker/Dockerfile @docker/Dockerfile:1", "port 80 @docker/Dockerfile:3"],
  },
  {
    what: "a script of the repository that starts the server",
    files: {
      Dockerfile: lines("FROM python", "WORKDIR /srv", "COPY deploy/start.sh /start.sh", 'CMD ["/start.sh"]'),
      "deploy/start.sh": lines(
        "#!/bin/sh",
        "set -e",
        "# uvicorn old:app --port 1",
        "exec gunicorn app:api \\",
        "  --bind 0.0.0.0:8123",
      ),
    },
    found: [BUILD, "port 8123 @deploy/start.sh:4"],
  },
  {
    what: "a shift in the shell's arithmetic, which is no here-document, and a last line that goes on",
    files: { Dockerfile: "FROM a\nRUN echo $((1<<ten)) $((1 <<3))\nEXPOSE \\\n 80 \\\n# the end\n" },
    found: [BUILD, "port 80 @Dockerfile:3"],
  },
  {
    what: "Gunicorn's own file, which says where it listens",
    files: {
      Dockerfile: lines("FROM python", "WORKDIR /app", "COPY . .", "CMD gunicorn main:app"),
      "gunicorn.conf.py": lines("workers = 2", 'bind = "127.0.0.1:8400"'),
    },
    found: [
      BUILD,
      "port 8400 @gunicorn.conf.py:2",
      "note: gunicorn listens on 127.0.0.1, which nothing outside of the container reaches: let it listen on 0.0.0.0 @gunicorn.conf.py:2",
    ],
  },
  {
    what: "Gunicorn's own file where only a program knows: none, but what the command line says",
    files: {
      Dockerfile: lines("FROM python", "WORKDIR /app", "COPY . .", "CMD gunicorn -c deploy/g.py main:app"),
      "deploy/g.py": "bind = f\"0.0.0.0:{os.environ['LISTEN']}\"\n",
    },
    found: [BUILD],
  },
  {
    what: "Gunicorn where nobody says anything: at PORT, which the tasks have",
    files: { Dockerfile: lines("FROM python", "ENV PORT=8300", "CMD gunicorn main:app") },
    found: [BUILD, "port 8300 @Dockerfile:3"],
  },
  {
    what: "a Dockerfile that ends in the middle",
    files: { Dockerfile: 'FROM\nCOPY\nEXPOSE\nHEALTHCHECK\nCMD ["uvicorn",\nENV\nARG\nWORKDIR\nRUN <<X \\' },
    found: [BUILD],
  },
];
