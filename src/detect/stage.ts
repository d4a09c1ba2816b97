import { lastOf, type Stage } from "./dockerfile.ts";
import { onlyOf } from "./repository.ts";

/** Names of what is for people at work, or for a part of the build. */
const NOT_DEPLOYED =
  /(?:^|[._-])(?:dev|develop|development|local|tests?|testing|ci|debug|lint|base|deps|dependencies|build|builder)(?:[._-]|$)/i;
const PRODUCTION = /(?:^|[._-])(?:prod|production|release|runtime|runner|final|deploy)(?:[._-]|$)/i;
const SERVES = /^(?:api|app|web|server|backend)$/i;

/** Whether a name says that what is called so is not what is deployed. */
export function isForWork(name: string): boolean {
  return NOT_DEPLOYED.test(name);
}

/**
 * The stage of a Dockerfile that is deployed: the last, as a build has it where nobody names one, unless that is called by a name
 * for people at work, or another stage is as good. Undefined where nobody can tell.
 */
export function deployedStage(stages: readonly Stage[]): Stage | undefined {
  const last = stages.at(-1);
  if (last === undefined || (last.name === "" && stages.length > 0)) return last;
  const meant = stages.filter((stage) => stage === last || starts(stage)).filter(({ name }) => !isForWork(name));
  // What others are built from is a step on the way to them, unless those are for people at work.
  const used = new Set(meant.flatMap(({ uses }) => uses));
  const ends = meant.filter(({ name }) => name !== "" && !used.has(name));
  return (
    onlyOf(ends) ??
    onlyOf(ends.filter(({ name }) => PRODUCTION.test(name))) ??
    onlyOf(ends.filter(({ name }) => SERVES.test(name)))
  );
}

function starts(stage: Stage): boolean {
  return lastOf(stage, "CMD") !== undefined || lastOf(stage, "ENTRYPOINT") !== undefined;
}
