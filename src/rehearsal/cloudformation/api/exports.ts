import type { Simulator } from "../../state/simulator.ts";
import { type Call, type CallResult, needed, text } from "../../wire/call.ts";
import { invalid } from "../../wire/error.ts";
import { exportNamed, exportsAt } from "../find.ts";
import { importersOf } from "../imports.ts";
import { page } from "./pages.ts";

export function listExports(simulator: Simulator, call: Call): CallResult {
  const { items, next } = page(exportsAt(simulator.state, call.scope), text(call.input, "NextToken"));
  return {
    Exports: items.map(({ stack, exportName, value }) => ({
      ExportingStackId: stack.id,
      Name: exportName,
      Value: value,
    })),
    NextToken: next,
  };
}

export function listImports(simulator: Simulator, call: Call): CallResult {
  const name = needed(call.input, "ExportName");
  if (!exportNamed(simulator.state, call.scope, name)) throw invalid(`No export named ${name} found.`);
  const importers = importersOf(simulator, call.scope, name);
  if (importers.length === 0) throw invalid(`Export '${name}' is not imported by any stack.`);
  return { Imports: importers.map((stack) => stack.name) };
}
