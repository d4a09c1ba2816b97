import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { astroErrorOf } from "../src/aws/errors.ts";
import { command } from "../src/command-line.ts";
import { ERROR_CODES, exitCodeOf } from "../src/errors.ts";
import type { Facts, FailureCode } from "../src/provision/diagnosis/code.ts";
import { DIAGNOSES, diagnosisOf } from "../src/provision/diagnosis/diagnose.ts";
import { REASONS } from "../src/provision/diagnosis/reasons.ts";
import { OF_TASKS } from "../src/provision/diagnosis/tasks.ts";
import { adviceOf } from "./support/hints.ts";
import { SITE } from "./support/stacks.ts";

/** Every text that an error can have as its hint, and where it is made. */
type Hint = { readonly at: string; readonly code: string; readonly hint: string };

const files = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return files(path);
    return path.endsWith(".ts") ? [path] : [];
  });

/** A string or a template, quotes and all: within one, commas and brackets part nothing. */
const QUOTED = /"(?:[^"\\]|\\.)*"|`(?:[^`\\$]|\\.|\$(?!\{)|\$\{(?:[^`{}]|`[^`]*`|\{[^}]*\})*\})*`/g;

/** The arguments that begin right after an opening bracket at `start`, as they are written. */
function argumentsAt(text: string, start: number): readonly string[] {
  const found: string[] = [];
  let depth = 0;
  let from = start;
  for (let at = start; at < text.length; at++) {
    QUOTED.lastIndex = at;
    const [quoted] = /["`]/.test(text[at] ?? "") ? (QUOTED.exec(text) ?? []) : [];
    if (quoted !== undefined) {
      at += quoted.length - 1;
      continue;
    }
    const letter = text[at] ?? "";
    if ("([{".includes(letter)) depth += 1;
    if (depth === 0 && (letter === "," || letter === ")")) {
      found.push(text.slice(from, at).trim());
      from = at + 1;
      if (letter === ")") return found;
    }
    if (")]}".includes(letter)) depth -= 1;
  }
  return found;
}

/** The texts that an expression has in it, places for values as an ellipsis; a name's are those it is set to nearby. */
function textsOf(expression: string, text: string): readonly string[] {
  const words = (expression.match(QUOTED) ?? []).map((quoted) => quoted.slice(1, -1).replaceAll(/\$\{[^}]*\}/g, "…"));
  if (words.length > 0 || !/^\w+$/.test(expression)) return words;
  const set = new RegExp(`const ${expression} =\\s*([^;]*);`, "g");
  return [...text.matchAll(set)].flatMap(([, value = ""]) => textsOf(value, ""));
}

function hintsIn(file: string): readonly Hint[] {
  const text = readFileSync(file, "utf8");
  return [...text.matchAll(/new AstroError\(/g)].flatMap((match) => {
    const [code = "", , hint = ""] = argumentsAt(text, match.index + match[0].length);
    const line = text.slice(0, match.index).split("\n").length;
    const at = `${file}:${line}`;
    const texts = textsOf(hint, text);
    // Hints of one error, and a hint with its command, belong together.
    const whole = /^[[{]/.test(hint) ? [texts.join("\n")] : texts;
    return whole.map((words) => ({ at, code: code.replaceAll('"', ""), hint: words }));
  });
}

const HINTS = [...files("src"), ...files("commands")]
  .filter((file) => !file.startsWith(join("src", "rehearsal")))
  .flatMap(hintsIn);

/** To do the same again, and what is said of that. */
const AGAIN =
  /\b(and |then |or )?(run|do|try) (the same command|it)( again)?\b|: it goes on from (here|there)|: it shows what stands now|\bgo(es)? on( from (here|there))?\b|\bbegin again with\b/gi;

/** True for advice by which nothing will be otherwise: what is left without the repetition are no words. */
const changesNothing = (advice: string) => !/[a-z]{2,}/i.test(advice.replaceAll(AGAIN, ""));

/** Codes of what a person asked for. */
const WISHED = ["cancelled", "interrupted"];

/** Advice that says to do something, and leaves open to what. */
const LEAVES_OPEN = /delete it in AWS|what AWS names above, (then|or)|\bremove what\b/i;

describe("every error's hint", () => {
  it("is found here: there are many, of every code", () => {
    expect(HINTS.length).toBeGreaterThan(90);
    expect(ERROR_CODES.every((code) => exitCodeOf(code) > 0)).toBe(true);
    // Those of refused calls are in a table.
    const kinds = [...readFileSync("src/aws/hints.ts", "utf8").matchAll(/kind: "([a-z-]+)"/g)].map(([, kind]) => kind);
    const made = new Set([...HINTS.map(({ code }) => code), ...kinds, "untrusted"]);
    // What that tells is told by its stacks, each with its own way out.
    expect(ERROR_CODES.filter((code) => !made.has(code))).toEqual(["stacks-failed"]);
  });

  it("changes something: none is the same command alone", () => {
    // What a person wished is no failure; and what is put together of other texts has none of its own.
    const failures = HINTS.filter(({ code, hint }) => !WISHED.includes(code) && /[a-z]{2,}/i.test(hint));
    expect(failures.filter(({ hint }) => changesNothing(hint))).toEqual([]);
  });

  it("says to what, where it says to do something", () => {
    expect(HINTS.filter(({ hint }) => LEAVES_OPEN.test(hint))).toEqual([]);
  });
});

/** A failure of which all is known that a diagnosis can ask for. */
const FACTS: Facts = {
  status: "DELETE_FAILED",
  reason: "it did not work",
  source: "aws",
  resource: "One",
  resourceType: "AWS::S3::Bucket",
  stuck: ["One"],
  call: "s3:PutObject",
  hints: [],
  again: command`astro provision --env dev`,
  site: SITE,
};

describe("the diagnosis of a failed stack", () => {
  const codes = Object.keys(DIAGNOSES) as readonly Extract<FailureCode, keyof typeof DIAGNOSES>[];

  it("is there for every code of an error, of AWS's words, and of a task", () => {
    expect(ERROR_CODES.filter((code) => !Object.hasOwn(DIAGNOSES, code))).toEqual([]);
    expect(REASONS.filter(({ code }) => !Object.hasOwn(DIAGNOSES, code))).toEqual([]);
    const found = { reason: "", architecture: "x86_64", log: [] };
    for (const explain of Object.values(OF_TASKS)) expect(explain(found).hints.length).toBeGreaterThan(0);
  });

  it.each(codes)("%s changes something, or leaves it to what whoever found it says", (code) => {
    const advice = adviceOf(diagnosisOf(code, FACTS));
    if (advice !== "") expect([changesNothing(advice), LEAVES_OPEN.test(advice)]).toEqual([false, false]);
    const own = { text: "look here" };
    if (advice === "" || code === "failed") expect(diagnosisOf(code, { ...FACTS, hints: [own] }).hints).toEqual([own]);
  });
});

/** Failures of calls by the codes that the SDK and Node give them, and what there is to do about each. */
const CALLS: readonly (readonly [code: string, helps: RegExp])[] = [
  ["UNABLE_TO_GET_ISSUER_CERT_LOCALLY", /AWS_CA_BUNDLE=FILE/],
  ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", /AWS_CA_BUNDLE=FILE/],
  ["SELF_SIGNED_CERT_IN_CHAIN", /AWS_CA_BUNDLE=FILE/],
  ["DEPTH_ZERO_SELF_SIGNED_CERT", /AWS_CA_BUNDLE=FILE/],
  ["ERR_TLS_CERT_ALTNAME_INVALID", /AWS_ENDPOINT_URL/],
  ["CERT_HAS_EXPIRED", /clock/],
  ["CERT_NOT_YET_VALID", /clock/],
  ["EPROTO", /proxy/],
  ["TimeoutError", /network/],
  ["RequestTimeout", /network/],
  ["ENOTFOUND", /network/],
  ["ThrottlingException", /wait a minute/],
  ["TooManyRequestsException", /wait a minute/],
  ["SlowDown", /wait a minute/],
  ["InternalFailure", /health\.aws/],
  ["InternalServerException", /health\.aws/],
  ["ServiceUnavailable", /health\.aws/],
  ["OptInRequired", /turn this region or service on/],
  ["LimitExceededException", /quota/],
  ["OperationAborted", /who else works on it/],
  ["ConflictException", /who else works on it/],
  ["AccessDenied", /permission s3:PutObject/],
  ["ExpiredToken", /sign in/],
  ["RequestTimeTooSkewed", /clock/],
  ["CredentialsProviderError", /sign in/],
  ["ValidationError", /astro doctor/],
  ["NobodyKnows", /astro doctor/],
  ["", /astro doctor/],
];

describe("a call that fails", () => {
  it.each(CALLS)("with %s is told what changes something", (code, helps) => {
    const error = astroErrorOf(Object.assign(new Error("some words"), { code, name: "Error" }), "s3:PutObject");
    expect(error.hint).toMatch(helps);
    expect(changesNothing(error.hint)).toBe(false);
  });

  it("of TLS in the middle of a run is told the same, and is not waited for as a network that comes back", () => {
    const thrown = Object.assign(new Error("self-signed certificate in certificate chain"), {
      code: "SELF_SIGNED_CERT_IN_CHAIN",
    });
    const error = astroErrorOf(thrown, "cloudformation:DescribeStacks");
    expect([error.code, error.message]).toEqual([
      "untrusted",
      "the connection to AWS is not trusted: self-signed certificate in certificate chain (SELF_SIGNED_CERT_IN_CHAIN)",
    ]);
    expect(adviceOf(diagnosisOf(error.code, FACTS))).toContain("AWS_CA_BUNDLE=FILE");
  });
});
