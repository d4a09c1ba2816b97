import type { Context } from "../context.ts";
import type { Terminal } from "../terminal.ts";
import { renderNote } from "../view/note.ts";
import type { Ask } from "../wizard/ask.ts";
import type { AccountHere } from "./account-here.ts";

/** Milliseconds after which a question is on the screen. */
const SHOWN = 50;

/** What has become known of the account since the last time, a note each. */
export function tellNews(account: AccountHere, terminal: Terminal): void {
  for (const line of account.news()) terminal.write(renderNote(line, terminal));
}

/** Questions before each of which is told what has become known of the account; it is begun with once the first one is shown. */
export function announced(ask: Ask | undefined, account: AccountHere, { stderr, clock }: Context): Ask | undefined {
  if (!ask) return undefined;
  const told = <Q, A>(question: (q: Q) => Promise<A>) => {
    return (q: Q): Promise<A> => {
      tellNews(account, stderr);
      const answer = question(q);
      void clock.sleep(SHOWN).then(account.begin);
      return answer;
    };
  };
  return {
    text: told(ask.text),
    choose: told(ask.choose) as Ask["choose"],
    secret: told(ask.secret),
    confirm: ask.confirm,
  };
}
