import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { detectAround, nameAround } from "../../src/operation/detected.ts";
import { MOST_BYTES } from "../../src/reading/limits.ts";

let home: string;
let root: string;

beforeEach(() => {
  home = realpathSync(mkdtempSync(join(tmpdir(), "astro-detected-")));
  root = join(home, "shop");
  mkdirSync(root);
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const DOCKERFILE = "FROM python\nWORKDIR /app\nCOPY . .\nEXPOSE 9000\n";

function write(files: { readonly [path: string]: string | Uint8Array }, folder = root): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

const seen = (directory = join(root, "infra"), cwd = root) => {
  const { settings, values } = detectAround(directory, cwd);
  return [
    ...settings.map(({ key, words, from }) => `${key} ${words}, ${from}`),
    ...values.map(({ path, value, source }) => `${path} ${[value].flat().join(" ")}, ${source.words}`),
  ];
};

describe("what a folder shows of its app", () => {
  it("is said with the file and the line that show it", () => {
    write({
      Dockerfile: `${DOCKERFILE}CMD ["python", "main.py"]\n`,
      "requirements.txt": "celery\n",
      "jobs/worker.py": 'app = Celery("jobs")\n',
    });
    expect(seen()).toEqual([
      "build ../Dockerfile, found in Dockerfile:1",
      "service.port 9000, found in Dockerfile:4",
      "worker.command celery -A jobs.worker worker, found in jobs/worker.py:1",
    ]);
  });

  it("is that of the folder around, before that of the whole repository", () => {
    write({ ".git/config": "", Dockerfile: "FROM a\nEXPOSE 80\n", "services/api/README": "" });
    expect(seen(join(root, "services", "infra"))).toEqual([
      "build ../../Dockerfile, found in Dockerfile:1",
      "service.port 80, found in Dockerfile:2",
    ]);
    write({ "services/Dockerfile": "FROM a\nEXPOSE 81\n" });
    expect(seen(join(root, "services", "infra"))[1]).toBe("service.port 81, found in Dockerfile:2");
  });

  it("is nothing that a link has outside of it, and what a link has within", () => {
    write(
      {
        Dockerfile: DOCKERFILE,
        "web/package.json": '{"scripts": {"build": "vite build"}, "dependencies": {"vite": "7"}}',
        "web/index.html": "",
      },
      home,
    );
    symlinkSync(join("..", "Dockerfile"), join(root, "Dockerfile"));
    symlinkSync(join("..", "web"), join(root, "web"));
    mkdirSync(join(root, ".git"));
    expect(seen()).toEqual([]);
    rmSync(join(root, "Dockerfile"));
    write({ "docker/api": DOCKERFILE });
    symlinkSync(join("docker", "api"), join(root, "Dockerfile"));
    expect(seen()).toEqual(["build ../Dockerfile, found in Dockerfile:1", "service.port 9000, found in Dockerfile:4"]);
  });

  it("is nothing of a file that is larger than one is, and what can be read of one in another encoding", () => {
    write({ ".git/config": "", Dockerfile: `${DOCKERFILE}${"#".repeat(MOST_BYTES.source)}` });
    expect(seen()).toEqual([]);
    const strange = Buffer.concat([
      Buffer.from([0xff, 0xfe, 0x0a]),
      Buffer.from(DOCKERFILE),
      Buffer.from([0xc3, 0x28, 0x00]),
    ]);
    write({ Dockerfile: strange });
    expect(seen()).toEqual(["build ../Dockerfile, found in Dockerfile:2", "service.port 9000, found in Dockerfile:5"]);
  });

  it("is not what a pipe would say, or a folder that is called like a file", () => {
    mkdirSync(join(root, "Dockerfile"));
    mkdirSync(join(root, "package.json"));
    mkdirSync(join(root, ".git"));
    expect(seen()).toEqual([]);
  });
});

describe("the name of a repository", () => {
  it.each([
    ["git@github.com:acme/shop-api.git", "shop-api"],
    ["https://user:token@gitlab.example.com/group/sub/Shop_Api.git/", "Shop_Api"],
    ["ssh://git@host:2222/~ada/shop", "shop"],
    ["../shop.git", "shop"],
  ])("of %s is %s", (url, name) => {
    write({
      ".git/config": `[core]\n\tbare = false\n[remote "other"]\n\turl = x/y\n[remote "origin"]\n\turl = ${url}\n[branch "main"]\n`,
    });
    expect(nameAround(root)).toEqual({ name, from: "found in .git/config:6" });
  });

  it("is none without a remote, or in a folder that is not its root", () => {
    write({ ".git/config": '[remote "origin"]\n\tfetch = +refs/heads/*:refs/remotes/origin/*\n[x]\n\turl = a/b\n' });
    expect(nameAround(root)).toBeUndefined();
    write({ ".git/config": '[remote "origin"]\n\turl = a/b\n', "api/main.py": "" });
    expect(nameAround(join(root, "api"))).toBeUndefined();
  });
});
