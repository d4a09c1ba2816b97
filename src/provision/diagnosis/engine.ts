import type { CommandLine } from "../../command-line.ts";
import type { Diagnoses, Diagnosis, EngineCode, Facts } from "./code.ts";
import { withFlags } from "./flagged.ts";

/** The command that goes on from here, with a flag for each resource that is stuck. */
function flagged({ again, stuck }: Facts, flag: string): CommandLine {
  return withFlags(again, ...stuck.map((id) => [flag, id]));
}

/** What is known already, and how to leave the resources behind where that is possible. */
function orRetain(facts: Facts, cause: string): Diagnosis {
  const { status, stuck, hints } = facts;
  const retains = stuck.length > 0 && status === "DELETE_FAILED";
  return {
    cause,
    hints: retains
      ? [...hints, { text: "or leave it in the account, outside of the stack", command: flagged(facts, "--retain") }]
      : hints,
  };
}

const names = ({ stuck }: Facts) => stuck.join(", ");

/** What the engine found out about a stack by itself. */
export const OF_ENGINE: Diagnoses<EngineCode> = {
  "rollback-stuck": (facts) => ({
    cause: `${names(facts)} cannot be rolled back, so CloudFormation accepts no update`,
    hints: [
      { text: "fix what AWS says above, if it names anything" },
      { text: "or let CloudFormation take it as it is", command: flagged(facts, "--skip-resource") },
    ],
  }),
  "rollback-resource-gone": (facts) => ({
    cause: `${names(facts)} was deleted outside of CloudFormation, so it cannot be rolled back`,
    hints: [
      {
        text: "take it as it is, then create it again",
        command: withFlags(flagged(facts, "--skip-resource"), ["--revert-drift"]),
      },
    ],
  }),
  "deletion-stuck": (facts) => ({
    cause: `${names(facts)} cannot be deleted, so the stack cannot be deleted either`,
    hints: [
      { text: "fix what AWS says above, if it names anything" },
      { text: "or leave it in the account, outside of the stack", command: flagged(facts, "--retain") },
    ],
  }),
  "deletion-blocked": (facts) =>
    orRetain(
      facts,
      `${names(facts)} cannot be deleted: something that is in none of this environment's stacks uses it`,
    ),
  "cannot-be-emptied": (facts) => orRetain(facts, `${names(facts)} cannot be emptied, so the stack cannot be deleted`),
  "filled-again": (facts) =>
    orRetain(facts, `something goes on writing to ${names(facts)}: it was emptied twice and was not empty either time`),
  "node-type-refused": ({ hints }) => ({
    cause: "the node type has too little memory for the data in the cache, or AWS has no capacity for it",
    hints,
  }),
  "deleted-meanwhile": ({ again }) => ({
    cause: "somebody deleted the stack during the deployment",
    hints: [{ text: "find out who, then create it again with", command: again }],
  }),
  "not-stable": {
    cause: "somebody else changes the stack again and again",
    hints: [{ text: "find out who, and run the same command again when they are done" }],
  },
};
