import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { describe, expect, it, onTestFinished } from "vitest";
import type { AstroError } from "../../src/errors.ts";
import { ownFolder } from "../../src/folder.ts";
import { emptyState } from "../../src/rehearsal/state/state.ts";
import { problemInState } from "../../src/rehearsal/storage/state-shape.ts";
import { keptIn, stateIn } from "../support/kept.ts";
import { rehearse, template, topic } from "./support/driver.ts";
import { database } from "./support/rules.ts";

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "astro-files-"));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

const stateOf = (directory: string) => stateIn(keptIn(directory).folder);

/** A state with everything in it, an operation under way too, and where it is kept. */
async function full(): Promise<{ readonly directory: string; readonly state: () => unknown }> {
  const directory = folder();
  const driver = await rehearse({ directory });
  await driver.create("shop", template({ T: topic(), B: { Type: "AWS::S3::Bucket" } }));
  await driver.s3.send(new CreateBucketCommand({ Bucket: "kept-things" }));
  await driver.s3.send(new PutObjectCommand({ Bucket: "kept-things", Key: "k", Body: "kept" }));
  void driver.create("later", template({ D: database() })).catch(() => undefined);
  while (!(await driver.history("later").catch((): readonly string[] => [])).includes("D CREATE_IN_PROGRESS"))
    await driver.rehearsal.clock.sleep(1000);
  await driver.rehearsal.close();
  const text = readFileSync(join(stateOf(directory), "world.json"), "utf8");
  return { directory, state: () => JSON.parse(text) as unknown };
}

async function refusalOf(directory: string): Promise<AstroError> {
  const thrown: unknown = await rehearse({ directory }).then(
    () => undefined,
    (error: unknown) => error,
  );
  return thrown as AstroError;
}

const EMPTY = emptyState({ seed: 1, account: "123456789012", now: 0 });
const empty = (more: object) => JSON.stringify({ ...EMPTY, ...more });
const deep = (levels: number) => `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`;

describe("a saved state", () => {
  it.each([
    ["a format alone", '{"format":2}', "seed is not a whole number"],
    ["nothing", "null", "it is not the state of a rehearsal"],
    ["a list", "[]", "it is not the state of a rehearsal"],
    ["a text", '"world"', "it is not the state of a rehearsal"],
    ["an empty file", "", "it is not JSON"],
    ["nothing for its stacks", empty({ stacks: null }), "stacks is not a list"],
    ["an object for its stacks", empty({ stacks: {} }), "stacks is not a list"],
    ["a stack that is nothing", empty({ stacks: [null] }), "stacks.0 is not an object"],
    ["a list for its resources", empty({ resources: [] }), "resources is not an object"],
    ["a resource that is a number", empty({ resources: { T: { k: 7 } } }), "resources.T.k is not an object"],
    ["an endless time", empty({}).replace('"now":0', '"now":1e309'), "now is not a whole number"],
    ["a time before time", empty({ now: -1 }), "now is not a whole number"],
    ["a time that no date has", empty({ now: 9e15 }), "now is not a whole number"],
    [
      "an endless number somewhere",
      empty({}).replace('"items":{}', '"items":{"t":{"k":{"N":1e309}}}'),
      "items.t.k.N is",
    ],
    [
      "JSON without a bottom",
      empty({}).replace('"items":{}', `"items":{"t":{"k":${deep(100_000)}}}`),
      "nested less than",
    ],
    ["lists without a bottom", `${"[".repeat(200_000)}${"]".repeat(200_000)}`, "it is not the state of a rehearsal"],
    [
      "a blob that is a way elsewhere",
      empty({ objects: { b: [{ key: "k", version: "v", at: 0, size: 1, etag: "e", headers: {}, blob: "../../x" }] } }),
      "objects.b.0.blob is not the name of a blob",
    ],
  ])("is refused with %s, its file and place named, in no time, and left as it is", async (_, text, words) => {
    const directory = folder();
    mkdirSync(join(directory, "7"));
    writeFileSync(join(directory, "7", "world.json"), text);
    const began = performance.now();
    const error = await refusalOf(directory);
    expect(error).toMatchObject({ code: "config", exit: 5, message: expect.stringContaining(words) });
    expect(error.message).toContain(`resume the rehearsal in ${join(stateOf(directory), "world.json")}: `);
    expect(error.message.length).toBeLessThan(600);
    expect(error.hint).toMatch(/move the folder away/);
    expect(performance.now() - began).toBeLessThan(5000);
    expect(readFileSync(join(stateOf(directory), "world.json"), "utf8")).toBe(text);
  });

  it("is refused whichever of its values is of another kind, and taken as it was written", async () => {
    const { state } = await full();
    expect(problemInState(state())).toBeUndefined();
    const missed: string[] = [];
    let tried = 0;
    const walk = (value: unknown, path: readonly (string | number)[]): void => {
      if (typeof value === "object" && value !== null)
        for (const [name, one] of Object.entries(value))
          walk(one, [...path, Array.isArray(value) ? Number(name) : name]);
      // What a resource's properties are is its template's to say.
      if (path.length === 0 || /\.(properties|attributes|state|told|metadata)(\.|$)/.test(path.join("."))) return;
      for (const other of [null, typeof value === "object" ? 7 : {}, ...(Array.isArray(value) ? [{}] : [[]])]) {
        const copy = structuredClone(whole);
        let at = copy as { [name: string]: unknown };
        for (const step of path.slice(0, -1)) at = at[step] as typeof at;
        at[path.at(-1) ?? ""] = other;
        tried += 1;
        if (problemInState(copy) === undefined) missed.push(`${path.join(".")} = ${JSON.stringify(other)}`);
      }
    };
    const whole = { ...(state() as object) };
    Reflect.set(whole, "stacks", (whole as { stacks: readonly object[] }).stacks.slice(-1));
    walk(whole, []);
    expect(tried).toBeGreaterThan(200);
    expect(missed).toEqual([]);
  });

  it.each(["", "soon", "1e309", "-1", "NaN", "9999999999999999", "0x10"])(
    "is refused with the time %j beside it, which is left as it is",
    async (text) => {
      const directory = folder();
      await (await rehearse({ directory })).rehearsal.close();
      writeFileSync(join(stateOf(directory), "time"), text);
      const error = await refusalOf(directory);
      expect(error).toMatchObject({ code: "config", message: expect.stringContaining("it is not a time") });
      expect(readFileSync(join(stateOf(directory), "time"), "utf8")).toBe(text);
    },
  );

  it.each(["", "null", "[]", "{}", '{"endpoint":7}', "{"])(
    "is refused with the claim %j, which may be somebody's, until that is deleted",
    async (text) => {
      const directory = folder();
      await (await rehearse({ directory })).rehearsal.close();
      const file = join(stateOf(directory), "server.json");
      writeFileSync(file, text);
      const error = await refusalOf(directory);
      expect(error).toMatchObject({ code: "config", message: expect.stringContaining(`${file} is damaged`) });
      expect(error.hint).toContain(`rm ${file}`);
      rmSync(file);
      expect(await refusalOf(directory)).toBeUndefined();
    },
  );

  it("is read as format 1 had it, in which `resources` were called `things`", async () => {
    const { directory, state } = await full();
    const { resources, ...rest } = state() as { readonly resources: object };
    const file = join(stateOf(directory), "world.json");
    writeFileSync(file, JSON.stringify({ ...rest, format: 1, things: resources }));
    const { rehearsal, s3 } = await rehearse({ directory });
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: "kept-things", Key: "k" }));
    expect(await Body?.transformToString()).toBe("kept");
    await rehearsal.close();
    const text = readFileSync(join(stateOf(directory), "world.json"), "utf8");
    expect(JSON.parse(text)).toMatchObject({ format: 2, resources: { "AWS::S3::Bucket": expect.anything() } });
  });

  it("loses of its blobs only those that it does not mention, and nothing else that lies there", async () => {
    const { directory } = await full();
    const blobs = join(stateOf(directory), "blobs");
    const before = readdirSync(blobs).sort();
    const stray = "0".repeat(64);
    const theirs = ["notes.txt", stray.slice(1), `${stray}0`, "A".repeat(64), `${stray}.bak`];
    for (const name of [stray, `${stray}.0123456789ab.new`, ...theirs]) writeFileSync(join(blobs, name), "x");
    const { rehearsal, s3 } = await rehearse({ directory });
    const now = readdirSync(join(stateOf(directory), "blobs")).sort();
    expect(now).toEqual([...before, ...theirs].sort());
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: "kept-things", Key: "k" }));
    expect(await Body?.transformToString()).toBe("kept");
    await rehearsal.close();
  });
});

describe("a link in what is kept", () => {
  const victimIn = (home: string) => {
    const victim = join(home, "victim");
    mkdirSync(victim);
    for (const name of ["0".repeat(64), "precious"]) writeFileSync(join(victim, name), "mine");
    return victim;
  };
  const WAYS: readonly [where: string, of: (own: string, state: string) => string][] = [
    ["the blobs", (_, state) => join(state, "blobs")],
    ["the blobs of an astro of before", (own) => join(own, "rehearsal", "blobs")],
    ["the state", (_, state) => state],
    ["the rehearsal", (own) => join(own, "rehearsal")],
    [".astro", (own) => own],
  ];

  it.each(WAYS)("that is %s is refused, and nothing that it points to is touched", async (_, of) => {
    const home = folder();
    const victim = victimIn(home);
    const kept = { ...keptIn(home), folder: ownFolder(home, () => true).folder("rehearsal") };
    await (await rehearse({ kept })).rehearsal.close();
    const link = of(join(home, ".astro"), stateIn(kept.folder));
    rmSync(link, { recursive: true, force: true });
    symlinkSync(victim, link);
    await expect(rehearse({ kept })).rejects.toMatchObject({
      code: "config",
      message: expect.stringMatching(/ is a link$/),
      hint: expect.stringContaining("rm "),
    });
    expect(readdirSync(victim).sort()).toEqual(["0".repeat(64), "precious"]);
    expect(existsSync(join(victim, "world.json"))).toBe(false);
  });

  it.each(["world.json", "time", "server.json"])("that is %s is refused, and not followed", async (name) => {
    const directory = folder();
    const victim = victimIn(directory);
    await (await rehearse({ directory })).rehearsal.close();
    rmSync(join(stateOf(directory), name), { force: true });
    symlinkSync(join(victim, "precious"), join(stateOf(directory), name));
    await expect(rehearse({ directory })).rejects.toMatchObject({ message: expect.stringMatching(/ is a link$/) });
    expect(readFileSync(join(victim, "precious"), "utf8")).toBe("mine");
  });
});
