import { isCallFailure } from "../../errors.ts";
import type { DeployedTemplate } from "../../plan/deployed.ts";
import type { Drift } from "../../plan/drift.ts";
import { type Plan, type Step, stackFor } from "../../plan/plan.ts";
import { isDead } from "../../plan/status.ts";
import type { Stack } from "../../synth/assembly.ts";
import type { Cloud } from "../cloud.ts";
import { sideBySide } from "../side-by-side.ts";
import { driftedSecrets } from "./secrets.ts";
import { driftedServices } from "./services.ts";
import { driftedStores, STORE_TYPES } from "./stores.ts";
import { Denied, type LiveView, scopesOf } from "./view.ts";

const SERVICE = "AWS::ECS::Service";

/**
 * The plan with what has moved since its stacks were deployed, of what is known to move, and what it makes of that. A
 * stack with ECS services costs two calls, changed or not; any other that the plan leaves alone costs none. Where nobody
 * may look, the step says so. `reverts`: what was changed by hand is brought back, in every stack.
 */
export async function withDrift(
  cloud: Cloud,
  plan: Plan,
  stacks: readonly Stack[],
  deployed: readonly DeployedTemplate[],
  { reverts = false }: { readonly reverts?: boolean | undefined } = {},
): Promise<Plan> {
  const steps = await sideBySide(plan.steps, async (step) => {
    const { drift: _, unseen: _unseen, ...rest } = step;
    const found = await driftOf(cloud, plan.account, rest, stackFor(stacks, step), deployed, reverts);
    const { drift, since, ...unseen } = found;
    const image = rest.image?.runs !== undefined && since !== undefined ? { image: { ...rest.image, since } } : {};
    return { ...rest, ...unseen, ...image, ...(drift && { drift: reverts ? drift.map(reverted) : drift }) };
  });
  return { ...plan, steps };
}

/** CloudFormation brings back what it finds to differ, and AWS does not give back everything (storage, versions). */
function reverted(drift: Drift): Drift {
  if (drift.becomes !== undefined || drift.given === undefined) return drift;
  return { ...drift, becomes: drift.given, may: true };
}

/**
 * The same of one step that deploys `stack`, as it is at this moment; and since when (ISO 8601) its task definition is as it
 * is, which every image has one of its own of.
 */
export async function driftOf(
  cloud: Cloud,
  account: string,
  step: Step,
  stack: Stack | undefined,
  deployed: readonly DeployedTemplate[],
  reverts = false,
): Promise<{ readonly drift?: readonly Drift[]; readonly unseen?: string; readonly since?: string }> {
  const current = stackFor(deployed, step);
  if (!current || isDead(current.status) || !stack || !isCompared(step, current, reverts)) return {};
  try {
    const there = await cloud.resources({ name: current.id, region: current.region });
    const scopes = scopesOf(account, stack, current, deployed);
    const view: LiveView = { cloud, step, stack, deployed: current, there, scopes, reverts };
    const found = await Promise.all([driftedServices(view), driftedStores(view), driftedSecrets(view)]);
    const drift = found.flat();
    const made = there.find(({ type }) => type === "AWS::ECS::TaskDefinition")?.at;
    return { ...(drift.length > 0 && { drift }), ...(made && { since: made.toISOString() }) };
  } catch (error) {
    if (error instanceof Denied) return { unseen: error.message };
    // A plan can be made without it, and whoever has no credentials has heard so before.
    if (isCallFailure(error)) return { unseen: error.message };
    throw error;
  }
}

function isCompared({ action, changes }: Step, { template }: DeployedTemplate, reverts: boolean): boolean {
  if (action !== "update" && action !== "unchanged") return false;
  const types = Object.values(template.Resources).map(({ Type }) => Type);
  if (types.some((type) => type === SERVICE || (reverts && STORE_TYPES.includes(type)))) return true;
  return changes.some(({ logicalId, type, action }) => {
    const reads = () => JSON.stringify(template.Resources[logicalId]?.Properties ?? null).includes("secretsmanager:");
    return action === "change" && (STORE_TYPES.includes(type) || reads());
  });
}
