import { expect } from "vitest";
import { DESIGNS, type Design, type Project, type Standing, standingIn } from "./project.ts";
import { travel } from "./travel.ts";

/** One command from a beginning to an end: how many calls it makes undisturbed, and what stands afterwards. */
export type Journey = {
  readonly name: string;
  readonly args: readonly string[];
  /** True if it takes the environment's lock. */
  readonly changes: boolean;
  /** A folder whose rehearsal is where it begins, and what became of it undisturbed; worked out when first asked for. */
  readonly from: () => Promise<string | undefined>;
  readonly way: () => Promise<{ readonly calls: number; readonly end: Standing; readonly copy: string }>;
};

/** A creation, an update, a removal in either order, a plan and an examination of both designs. */
export function journeysOf(project: Project): readonly [Journey, ...Journey[]] {
  const once = <T>(work: () => Promise<T>): (() => Promise<T>) => {
    let done: Promise<T> | undefined;
    return () => {
      done ??= work();
      return done;
    };
  };
  const journey = (name: string, args: readonly string[], from: Journey["from"]): Journey => {
    const way = once(async () => {
      const travelled = await travel(project, { args, from: await from() });
      expect(travelled.first.code, `${name}: ${travelled.first.stderr}`).toBe(0);
      return { ...travelled, end: standingIn(travelled.copy) };
    });
    return { name, args, from, way, changes: args[0] === "provision" || args[0] === "destroy" };
  };
  const of = (design: Design): readonly Journey[] => {
    const env = ["--env", design, "--json"];
    const make = (which: "first" | "changed", order: string) => [
      // Looking first changes nothing: whoever dies there has done nothing yet.
      ...["provision", "--yes", "--no-preflight", "--order", order, ...env],
      ...["--assembly", project.assembly(design, which)],
    ];
    const stood = journey(`${design}: a creation (sequence)`, make("first", "sequence"), async () => undefined);
    const stands = async () => (await stood.way()).copy;
    const changed = ["--assembly", project.assembly(design, "changed")];
    return [
      stood,
      journey(`${design}: a creation (overlap)`, make("first", "overlap"), async () => undefined),
      journey(`${design}: an update (sequence)`, make("changed", "sequence"), stands),
      journey(`${design}: an update (overlap)`, make("changed", "overlap"), stands),
      journey(`${design}: a removal`, ["destroy", "--yes", "--confirm", design, ...env], stands),
      journey(`${design}: a plan`, ["plan", ...env, ...changed], stands),
      journey(`${design}: an examination`, ["doctor", ...env, ...changed], stands),
    ];
  };
  return DESIGNS.flatMap(of) as [Journey, ...Journey[]];
}
