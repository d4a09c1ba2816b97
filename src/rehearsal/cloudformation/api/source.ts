import type { Template } from "../../../template/types.ts";
import type { Simulator } from "../../state/simulator.ts";
import type { SimulatedStack } from "../../state/stack.ts";
import { isExtended } from "../../template/expand.ts";
import { templateIn } from "../../template/parsed-templates.ts";
import { validateTemplate } from "../../template/validate.ts";
import { type Call, flag, text } from "../../wire/call.ts";
import { invalid } from "../../wire/error.ts";
import { fetchTemplate } from "../fetch.ts";

/**
 * The template of a call, in its body, at a URL, or the previous one: the blob's name, and the parsed template as sent.
 */
export function templateOf(
  simulator: Simulator,
  call: Call,
  stack: SimulatedStack | undefined,
): { readonly blob: string; readonly template: Template } {
  const { input } = call;
  const [body, url] = [text(input, "TemplateBody"), text(input, "TemplateURL")];
  if (flag(input, "UsePreviousTemplate")) {
    if (body !== undefined || url !== undefined)
      throw invalid(`You cannot specify both usePreviousTemplate and Template ${body === undefined ? "URL" : "Body"}.`);
    if (!stack?.deployed) throw invalid("No previous template to use");
    const kept = stack.deployed.original ?? stack.deployed.template;
    return { blob: kept, template: templateIn(simulator.blobs, kept) };
  }
  if (body !== undefined && url !== undefined) throw invalid("You cannot specify both Template URL and Template Body.");
  const blob = body !== undefined ? simulator.blobs.put(body) : fetched(simulator, call, url);
  const template = templateIn(simulator.blobs, blob);
  // With language extensions it can only be validated once its parameters are known.
  if (!isExtended(template)) validateTemplate(template, simulator.model);
  return { blob, template };
}

function fetched(simulator: Simulator, call: Call, url: string | undefined): string {
  if (url === undefined || url === "") throw invalid("Either Template URL or Template Body must be specified.");
  return fetchTemplate(simulator, url, call.http.headers.host ?? "");
}
