import { parseAnswers } from "../config/answers.ts";
import type { Context } from "../context.ts";
import { AstroError } from "../errors.ts";
import { beginOwnFolder, ownFolder } from "../folder.ts";
import { readJson } from "../reading/json.ts";
import { anything, mapSchema, numberSchema, objectSchema, shaped, textSchema } from "../reading/shape.ts";
import { dropEmpty, missingFolders } from "../scaffold/write.ts";
import { ago } from "../view/app-status.ts";
import { ANSWER_KINDS } from "../wizard/answers.ts";
import { type Ask, WentBack } from "../wizard/ask.ts";
import type { ChoiceOptions } from "../wizard/request.ts";

/** The file of the answers of a run that was left, in astro's own folder; it holds no secret, since none is asked for. */
const FILE = "init.json";

/** What it holds: when it was left (ISO 8601), the answers by flag, and how many folders were made for it, none if left out. */
type Left = {
  readonly at: string;
  readonly answers: { readonly [flag: string]: unknown };
  readonly made?: number;
};
const LEFT = objectSchema({ at: textSchema, answers: mapSchema(anything), made: numberSchema.optional() });

type Here = Pick<Context, "trusts" | "clock" | "cwd">;

/**
 * The answers of the run of `astro init` that was left here, if somebody goes on with them; what is not wanted any more is
 * taken away, and what cannot be read counts as nothing. Rejects with AstroError("interrupted") on Ctrl-C.
 */
export async function answersLeft(here: Here, directory: string, ask: Ask): Promise<ChoiceOptions | undefined> {
  const left = leftIn(ownFolder(directory, here.trusts).read(FILE));
  if (left === undefined) return undefined;
  const when = ago(left.at, here.clock.now().toISOString());
  const isWanted = await insist(() =>
    ask.choose({
      message: `Go on with the answers of ${when}?`,
      choices: [
        { value: true, name: `go on: ${words(left.answers)}`, short: "go on" },
        { value: false, name: "start over", short: "start over" },
      ],
    }),
  );
  if (isWanted) return left.answers;
  forgetAnswers(here, directory);
  return undefined;
}

/** Keeps answers for the next run; true if there are any, and they could be kept. */
export function keepAnswers(here: Here, directory: string, answers: ChoiceOptions): boolean {
  const given = Object.entries(answers).filter(
    ([flag, value]) => Object.hasOwn(ANSWER_KINDS, flag) && value !== undefined,
  );
  if (given.length === 0) return false;
  try {
    const made = missingFolders(directory) || (leftIn(ownFolder(directory, here.trusts).read(FILE))?.made ?? 0);
    const left: Left = { at: here.clock.now().toISOString(), answers: Object.fromEntries(given), made };
    beginOwnFolder(directory, here.trusts).write(FILE, `${JSON.stringify(left)}\n`);
    return true;
  } catch (error) {
    // Whoever leaves is not held up by a full disk, or by a folder that is somebody else's.
    if (error instanceof AstroError) return false;
    throw error;
  }
}

/** Takes the kept answers away, and the folders that were made for them where nothing else is in these. */
export function forgetAnswers({ trusts, cwd }: Here, directory: string): void {
  const own = ownFolder(directory, trusts);
  if (!own.has(FILE)) return;
  const made = leftIn(own.read(FILE))?.made ?? 0;
  own.remove(FILE);
  if (own.list().length > 0) return;
  own.drop();
  dropEmpty(directory, made, cwd);
}

function leftIn(
  content: Buffer | undefined,
): (Omit<Left, "answers"> & { readonly answers: ChoiceOptions }) | undefined {
  if (content === undefined) return undefined;
  try {
    const { at, answers, made = 0 } = shaped<Left>(LEFT, readJson(content.toString("utf8")));
    const read = parseAnswers(JSON.stringify(answers), FILE, ANSWER_KINDS);
    if (Number.isNaN(Date.parse(at))) return undefined;
    return { at, made, answers: Object.fromEntries(Object.entries(read).map(([flag, { value }]) => [flag, value])) };
  } catch {
    // Half written, or by another version.
    return undefined;
  }
}

/** Asks until there is an answer: there is no question before. */
async function insist<T>(question: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await question();
    } catch (error) {
      if (!(error instanceof WentBack)) throw error;
    }
  }
}

/** The answers in one line. */
function words(answers: ChoiceOptions): string {
  return Object.entries(answers)
    .map(([flag, value]) => `${flag} ${Array.isArray(value) ? value.join(" ") : value}`)
    .join(", ");
}
