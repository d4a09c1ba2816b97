import { isMap, isNode, isSeq } from "yaml";
import * as z from "zod";
import { MOST_SAID } from "../reading/limits.ts";
import { ReadingError } from "../reading/reading-error.ts";
import { readYaml } from "../reading/yaml.ts";
import { check, refusal } from "./problems.ts";
import { REGION_CODES } from "./regions.ts";
import { said } from "./words.ts";

/** Wider than what astro.yaml takes: an app by others may have its stacks tagged already. */
const word = z
  .string()
  .regex(/^[A-Za-z][\w.-]{0,62}$/, "expected a letter, then letters, digits, hyphens, dots and underscores");

/** Whether a project or an environment can ever have been called so. */
export function isName(text: string): boolean {
  return word.safeParse(text).success;
}

const entry = z.strictObject({
  project: word,
  environment: word,
  region: z.string().refine((code) => REGION_CODES.some((one) => one === code), "unknown region"),
  account: z.string().regex(/^\d{12}$/, "an account id is twelve digits"),
  since: z.iso.datetime("expected a time of ISO 8601"),
  monthly: z.number().nonnegative().optional(),
});

/** A deployed environment: since when (ISO 8601), and about what it costs (USD a month). */
export type Remembered = z.output<typeof entry>;

/**
 * Reads astro.deployed.json, the record of deployed environments. Throws AstroError("config") naming `file`, line, column and value
 * of what is wrong: two branches merged by hand, for one.
 */
export function parseDeployed(text: string, file: string): readonly Remembered[] {
  const hint = "correct it there: one entry for each deployed environment, as astro wrote it";
  const { document, placeOf, faults } = readYaml(text);
  if (faults.length > 0) throw refusal("config", faults.map(notJson(file)), hint);
  const at = (offset: number) => {
    const { line, column } = placeOf(offset);
    return `${file}:${line}:${column}`;
  };
  // Aliases could go on without end.
  if (!isJson(text)) throw refusal("config", [`${at(0)}: not JSON`], hint);
  const rows: unknown = document.get("environments");
  if (!isSeq(rows)) throw refusal("config", [`${at(0)}: no list called environments`], hint);
  const known: Remembered[] = [];
  const clauses: string[] = [];
  for (const row of rows.items) {
    const result = check(entry, isNode(row) ? row.toJS(document) : row);
    if (result.ok) known.push(result.value);
    else {
      for (const problem of result.problems) {
        const value: unknown = isMap(row) ? row.getIn(problem.path, true) : undefined;
        const node = isNode(value) ? value : row;
        clauses.push(`${at(isNode(node) ? (node.range?.[0] ?? 0) : 0)}: ${said(problem)}`);
      }
    }
    if (clauses.length >= MOST_SAID) break;
  }
  if (clauses.length > 0) throw refusal("config", clauses, hint);
  return known;
}

const notJson = (file: string) => (fault: ReadingError) =>
  new ReadingError(`not JSON: ${fault.message}`, fault.place).in(file);

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The text of the record, one environment a line and sorted, so that version control can merge it. */
export function renderDeployed(environments: readonly Remembered[]): string {
  const keyOf = ({ project, environment, region, account }: Remembered) =>
    [project, environment, region, account].join(" ");
  const rows = environments
    .toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
    .map((one) => {
      const { project, environment, region, account, since, monthly } = one;
      const values = Object.entries({ project, environment, region, account, since, monthly });
      const written = values.flatMap(([key, value]) =>
        value === undefined ? [] : [`${JSON.stringify(key)}: ${JSON.stringify(value)}`],
      );
      return `    { ${written.join(", ")} }`;
    });
  return `{\n  "environments": [\n${rows.join(",\n")}\n  ]\n}\n`;
}
