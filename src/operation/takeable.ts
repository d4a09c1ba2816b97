import { AstroError } from "../errors.ts";
import type { Finding } from "../rules/finding.ts";
import type { Assembly } from "../synth/assembly.ts";

/** Most findings that are said at once. */
const SAID = 10;

/** The assembly, if AWS would take it as far as its templates alone tell. Throws AstroError("template") otherwise. */
export async function takeable(assembly: Assembly, account: string): Promise<Assembly> {
  const { checkTemplates } = await import("../rules/check-templates.ts");
  const findings = checkTemplates(assembly.stacks, account);
  if (findings.length === 0) return assembly;
  const many = findings.length === 1 ? "this" : `${findings.length} things`;
  const more = findings.length > SAID ? [`and ${findings.length - SAID} more`] : [];
  throw new AstroError(
    "template",
    [`AWS would refuse ${many}:`, ...findings.slice(0, SAID).map(words), ...more].join("\n"),
    "change it in the CDK app, then look again with:  astro plan",
  );
}

function words({ stack, id, type, property, value, message, document }: Finding): string {
  const where = id === undefined ? stack : `${stack}: ${id} (${type})`;
  const what = value === undefined ? property : `${property} ${value}`;
  return `${where}, ${what}: ${message}\nsee ${document}`;
}
