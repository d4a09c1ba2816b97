import { WentBack } from "./ask.ts";

/** One question: whether it is asked, given what is known so far, and what is known once it is answered. */
export type QuestionStep<S> = {
  readonly asks: (known: S) => boolean;
  /** `keep` says what is known already, should somebody go back from within the step. */
  readonly take: (known: S, keep: (known: S) => void) => Promise<S>;
};

/**
 * Takes the steps one after the other. Whoever goes back is asked the question before again, with what was answered as
 * the suggestion: no answer is lost by it. `isLeft` where somebody goes back from the first one.
 */
export async function oneByOne<S>(
  first: S,
  steps: readonly QuestionStep<S>[],
): Promise<{ readonly known: S; readonly isLeft: boolean }> {
  let known = first;
  let at = 0;
  const keep = (more: S) => {
    known = more;
  };
  for (let step = steps[at]; step !== undefined; step = steps[at]) {
    try {
      known = await step.take(known, keep);
      at += 1;
    } catch (error) {
      if (!(error instanceof WentBack)) throw error;
      const asking = known;
      at = steps.slice(0, at).findLastIndex(({ asks }) => asks(asking));
      if (at < 0) return { known, isLeft: true };
    }
  }
  return { known, isLeft: false };
}
