import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { parseDocument } from "yaml";
import { astro } from "../support/cli.ts";
import { rehearsalIn, stateIn } from "../support/kept.ts";

/** How often each test does its thing: few times in `npm test`, as often as it takes in `npm run test:chaos`. */
export const ROUNDS = (few: number, many: number) => (process.env.CHAOS === "full" ? many : few);

export const DESIGNS = ["dev", "prod"] as const;
export type Design = (typeof DESIGNS)[number];

/** What is changed of each design: MB of memory that Fargate pairs with its CPU, and a larger database; both can be undone. */
const MORE = {
  dev: { memory: 1024, class: "db.t3.small" },
  prod: { memory: 4096, class: "db.t4g.large" },
} as const;

/** A project with both designs, each synthesised as it is at first, and with values changed. */
export type Project = {
  readonly folder: string;
  readonly assembly: (design: Design, which: "first" | "changed") => string;
  /** A copy of the project's folder, with what its rehearsal remembers (of another copy, if given). */
  readonly copy: (state?: string) => string;
  /** Forgets a copy. */
  readonly drop: (copy: string) => void;
  readonly remove: () => void;
};

/** Makes it, of all designs or of some; `edit` may write more into its astro.yaml. */
export async function makeProject(
  designs: readonly Design[] = DESIGNS,
  edit: (file: string) => void = () => {},
): Promise<Project> {
  const folder = mkdtempSync(join(tmpdir(), "astro-chaos-"));
  for (const design of designs) {
    const init = [
      "init",
      "infra",
      "--yes",
      "--name",
      "shop",
      "--env",
      design,
      "--preset",
      design,
      "--region",
      "us-east-1",
    ];
    expect(await astro(init, { cwd: folder })).toMatchObject({ code: 0 });
  }
  const file = join(folder, "infra", "astro.yaml");
  const write = (values: { readonly [path: string]: unknown }) => {
    const document = parseDocument(readFileSync(file, "utf8"));
    for (const [path, value] of Object.entries(values)) document.setIn(["environments", ...path.split(".")], value);
    writeFileSync(file, String(document));
  };
  // Its zone is made with it, and its removal is what is rehearsed.
  if (designs.includes("prod"))
    write({ "prod.domain": { name: "example.com", zone: "create" }, "prod.protect": false });
  edit(file);
  const text = readFileSync(file, "utf8");
  const at = (design: Design, which: string) => join(folder, `${design}-${which}`);
  const synth = async (which: string) => {
    for (const design of designs) {
      const { code, stdout, stderr } = await astro(["synth", "--env", design, "--json"], { cwd: folder });
      expect(code, stderr).toBe(0);
      const { assembly } = JSON.parse(stdout) as { assembly: string };
      cpSync(assembly, at(design, which), { recursive: true });
    }
  };
  await synth("first");
  for (const design of designs) {
    const { memory, class: larger } = MORE[design];
    write({ [`${design}.database.class`]: larger, [`${design}.service.memory`]: memory });
  }
  await synth("changed");
  let copies = 0;
  return {
    folder,
    assembly: at,
    copy: (state) => {
      const copy = join(folder, `copy-${++copies}`);
      mkdirSync(copy);
      writeFileSync(join(copy, "astro.yaml"), text);
      if (state !== undefined) cpSync(join(state, ".astro"), join(copy, ".astro"), { recursive: true });
      return copy;
    },
    drop: (copy) => rmSync(copy, { recursive: true, force: true }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

type Kept = {
  readonly stacks: readonly {
    readonly name: string;
    readonly region: string;
    readonly status?: string;
    readonly terminationProtection: boolean;
    readonly resources: { readonly [id: string]: { readonly status: string; readonly physicalId: string } };
    readonly outputs: readonly { readonly key: string }[];
    readonly changeSets: readonly { readonly name: string }[];
  }[];
  readonly resources: { readonly [type: string]: { readonly [key: string]: { readonly owner?: object } } };
  readonly objects: { readonly [bucket: string]: readonly { readonly key: string }[] };
  readonly items: { readonly [table: string]: { readonly [key: string]: object } };
};

/** What stands in the end, in words that do not depend on how it came to be. */
export type Standing = {
  readonly stacks: readonly string[];
  /** How many resources of each type exist, those of no stack included. */
  readonly resources: { readonly [type: string]: number };
  readonly objects: readonly string[];
  /** Locks, change sets, empty stacks: what nobody needs any more. */
  readonly left: readonly string[];
};

/** Reads what a rehearsal that was stopped has kept on disk. */
export function standingIn(copy: string): Standing {
  const text = readFileSync(join(stateIn(rehearsalIn(copy)), "world.json"), "utf8");
  const { stacks, resources, objects, items } = JSON.parse(text) as Kept;
  // Of those that are gone and kept apart only the id is told.
  const live = stacks.filter(({ status }) => status !== undefined && status !== "DELETE_COMPLETE");
  return {
    stacks: live
      .map((stack) => {
        const resources = Object.entries(stack.resources).map(([id, { status }]) => `${id} ${settled(status)}`);
        const outputs = stack.outputs.map(({ key }) => key);
        const words = [settled(stack.status), stack.terminationProtection, ...resources.sort(), ...outputs.sort()];
        return `${stack.region}/${stack.name}: ${words.join(" ")}`;
      })
      .sort(),
    resources: Object.fromEntries(
      Object.entries(resources)
        .map(([type, all]) => [type, Object.keys(all).length] as const)
        .filter(([, count]) => count > 0)
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
    objects: [...new Set(Object.entries(objects).flatMap(([bucket, all]) => all.map(({ key }) => `${bucket}/${key}`)))]
      .filter((key) => !key.includes("/templates/"))
      .sort(),
    left: [
      ...Object.values(items).flatMap((table) => Object.keys(table).map((key) => `lock ${key}`)),
      ...live.flatMap((stack) => stack.changeSets.map(({ name }) => `change set ${name} of ${stack.name}`)),
      ...live.filter(({ status }) => status === "REVIEW_IN_PROGRESS").map(({ name }) => `empty stack ${name}`),
    ],
  };
}

/** Whether it was created or updated in the end says how often it was interrupted, and nothing else. */
function settled(status = ""): string {
  return status.replace(/^(CREATE|UPDATE)_COMPLETE$/, "standing");
}
