import type { Stage } from "../../stage.ts";
import { type Call, needed, type Result, text } from "../../wire/call.ts";
import { invalid } from "../../wire/error.ts";
import { exportNamed, exportsAt } from "../find.ts";
import { importersOf } from "../imports.ts";
import { page } from "./pages.ts";

export function listExports(stage: Stage, call: Call): Result {
  const { items, next } = page(exportsAt(stage.world, call.place), text(call.input, "NextToken"));
  return {
    Exports: items.map(({ stack, exportName, value }) => ({
      ExportingStackId: stack.id,
      Name: exportName,
      Value: value,
    })),
    NextToken: next,
  };
}

export function listImports(stage: Stage, call: Call): Result {
  const name = needed(call.input, "ExportName");
  if (!exportNamed(stage.world, call.place, name)) throw invalid(`No export named ${name} found.`);
  const importers = importersOf(stage, call.place, name);
  if (importers.length === 0) throw invalid(`Export '${name}' is not imported by any stack.`);
  return { Imports: importers.map((stack) => stack.name) };
}
