import type { Drift } from "../../plan/drift.ts";
import { isObject } from "../../template/json.ts";
import type { Json } from "../../template/types.ts";
import { sideBySide } from "../side-by-side.ts";
import { type LiveView, seen } from "./view.ts";

/**
 * Secrets that were written since a resource read them, of those that the step changes: whatever property changes,
 * CloudFormation then reads the secret anew, and not before (CloudFormation User Guide, "Get a secret or secret value from
 * AWS Secrets Manager").
 */
export async function driftedSecrets(view: LiveView): Promise<readonly Drift[]> {
  const { step, stack, there, deployed } = view;
  const read = there.flatMap(({ logicalId, type, physicalId, at }) => {
    const [before, after] = [deployed.template.Resources[logicalId], stack.template.Resources[logicalId]];
    const change = step.changes.find((one) => one.logicalId === logicalId && one.action === "change");
    if (at === undefined || physicalId === "" || change === undefined || !before || !after) return [];
    const known = secretsIn(before.Properties ?? null, view);
    const ids = secretsIn(after.Properties ?? null, view).filter((id) => known.includes(id));
    return [...new Set(ids)].map((id) => ({ logicalId, type, at, id }));
  });
  const ids = [...new Set(read.map(({ id }) => id))];
  const written = new Map(
    await sideBySide(ids, async (id) => {
      const asked = seen("secretsmanager:ListSecretVersionIds", view.cloud.secretWritten(step.region, id));
      return [id, await asked] as const;
    }),
  );
  return read.flatMap(({ logicalId, type, at, id }) => {
    const then = written.get(id);
    if (then === undefined || then <= at) return [];
    const live = `of ${day(then)}`;
    return [{ logicalId, type, value: `secret ${nameOf(id)}`, live, given: `of ${day(at)} or before`, becomes: live }];
  });
}

/** `2026-03-01 12:00`, by UTC. */
const day = (date: Date): string => date.toISOString().slice(0, 16).replace("T", " ");

/** An ARN's name, without the six characters that AWS adds. */
const nameOf = (id: string): string => (id.startsWith("arn:") ? (id.split(":")[6] ?? id).replace(/-\w{6}$/, "") : id);

/** Names or ARNs of the secrets whose newest values are read in a text somewhere in `json`. */
function secretsIn(json: Json, view: LiveView): readonly string[] {
  const whole = textOf(json, view);
  if (whole === undefined) {
    const inner = Array.isArray(json) ? (json as readonly Json[]) : isObject(json) ? Object.values(json) : [];
    return inner.flatMap((item) => secretsIn(item ?? null, view));
  }
  return [...whole.matchAll(/\{\{resolve:secretsmanager:([^{}]+)\}\}/g)].flatMap(([, body = ""]) => {
    const [id = "", rest = ""] = body.split(/:SecretString:?/);
    const [, stage = "", version = ""] = rest.split(":");
    // One version of it never moves.
    return version === "" && (stage === "" || stage === "AWSCURRENT") ? [id] : [];
  });
}

/** A text, or one joined of texts and references to the stack's own resources; `undefined` for all else. */
function textOf(json: Json, view: LiveView): string | undefined {
  if (typeof json === "string") return json;
  if (!isObject(json)) return undefined;
  if (typeof json.Ref === "string") return view.there.find(({ logicalId }) => logicalId === json.Ref)?.physicalId;
  const [separator, list] = Array.isArray(json["Fn::Join"]) ? (json["Fn::Join"] as readonly Json[]) : [];
  if (typeof separator !== "string" || !Array.isArray(list)) return undefined;
  const parts = (list as readonly Json[]).map((part) => textOf(part, view));
  return parts.every((part) => part !== undefined) ? parts.join(separator) : undefined;
}
