import { isObject } from "../../../template/json.ts";
import { hex } from "../../state/hash.ts";
import type { Simulator } from "../../state/simulator.ts";
import type { Scope } from "../../state/state.ts";

/** Seconds a token is good for: 12 hours (Amazon ECR User Guide, "Using an authorization token"). */
export const TOKEN_SECONDS = 43_200;

type Claims = Scope & { readonly expiration: number };

/** A password for `docker login`, of one registry: an account's in a region. */
export function registryToken({ state }: Simulator, { account, region }: Scope): string {
  const claims: Claims = { account, region, expiration: Math.floor(state.now / 1000) + TOKEN_SECONDS };
  const payload = JSON.stringify(claims);
  return Buffer.from(JSON.stringify({ payload, seal: sealOf(state.seed, payload) })).toString("base64");
}

/** Whose registry a password opens, or why it opens none. */
export function tokenScope({ state }: Simulator, token: string): Scope | "invalid" | "expired" {
  const given = parsed(Buffer.from(token, "base64").toString());
  const payload = typeof given.payload === "string" ? given.payload : "";
  const { account, region, expiration } = parsed(payload);
  if (given.seal !== sealOf(state.seed, payload) || typeof account !== "string" || typeof region !== "string")
    return "invalid";
  return Number(expiration) * 1000 > state.now ? { account, region } : "expired";
}

function sealOf(seed: number, payload: string): string {
  return hex(64, "registry", seed, payload);
}

function parsed(text: string): { readonly [name: string]: unknown } {
  try {
    const found: unknown = JSON.parse(text);
    return isObject(found) ? found : {};
  } catch {
    return {};
  }
}
