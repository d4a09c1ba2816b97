import { describe, expect, it } from "vitest";
import type { Plan } from "../../src/plan/plan.ts";
import type { ChangeSetInput, Cloud } from "../../src/provision/cloud.ts";
import { carryOut } from "../../src/provision/run.ts";
import { fakeClock } from "../support/fake-clock.ts";
import { fakeCloud } from "../support/fake-cloud.ts";
import { type HandMadeStep, planned, SITE, stackOf } from "../support/stacks.ts";

const stepOf = (name: string, phase: HandMadeStep["phase"]): HandMadeStep => ({
  stack: name,
  region: SITE.region,
  phase,
  action: "create",
  changes: [],
  resources: 1,
  needs: [],
  source: stackOf(name, phase),
});

/** What each stack's change set was asked for. */
async function modes(express: boolean): Promise<object> {
  const inputs: ChangeSetInput[] = [];
  const real = fakeCloud();
  const createChangeSet: Cloud["createChangeSet"] = (input) => {
    inputs.push(input);
    return real.createChangeSet(input);
  };
  const { steps, stacks } = await planned([stepOf("astro-bootstrap", "bootstrap"), stepOf("network", "vpc")]);
  const plan: Plan = { ...SITE, direction: "provision", steps, monthly: { before: 0, after: 0 } };
  const engine = { cloud: { ...real, createChangeSet }, clock: fakeClock(), emit: () => {}, token: () => "t", express };
  const signal = new AbortController().signal;
  await carryOut(plan, stacks, { ...engine, signal }, { deployed: [], values: new Map() });
  return Object.fromEntries(inputs.map((input) => [input.stack.name, input.express]));
}

describe("express mode", () => {
  it("is asked for of every stack but the bootstrap, which is used right away", async () => {
    expect(await modes(true)).toEqual({ "astro-bootstrap": false, network: true });
  });

  it("is off unless asked for", async () => {
    expect(await modes(false)).toEqual({ "astro-bootstrap": false, network: false });
  });
});
