import type { Environment } from "../config/schema.ts";
import type { Context } from "../context.ts";
import { LEAST_ZONES } from "../cost/choices.ts";
import { AstroError } from "../errors.ts";
import { NotChecked } from "../preflight/finding.ts";
import { usableZones } from "../preflight/usable-zones.ts";

/** Milliseconds that `init` waits for the account; without an answer no zones are chosen. */
const PATIENCE = 3000;

/** What the app's tasks call through interface endpoints where there is no NAT gateway. */
export const ENDPOINTS = ["ecr.api", "ecr.dkr", "logs", "secretsmanager", "ssmmessages"];

/** The engine of the app's database: its major version. */
export const ENGINE = { engine: "postgres", version: "16" };

/**
 * Ids of the first zones of the region that have all that the environment wants, by the account that the environment and
 * `~/.aws` name; `undefined` where they name none, where it does not answer in time, or where too few zones have it all.
 */
export async function zonesHere(context: Context, environment: Environment): Promise<readonly string[] | undefined> {
  const { region, network, database, cache } = environment;
  const { surroundings } = await import("../aws/surroundings.ts");
  const over = new AbortController();
  try {
    const around = await surroundings(context.env);
    const { machine, once } = around.signer;
    // A machine's own role is looked for over the network for seconds, and an MFA code is nothing to ask for here.
    if (machine || once) return undefined;
    const { openLookUps } = await import("../aws/look-ups.ts");
    const { endpoint } = around;
    const access = { ...(endpoint !== undefined && { endpoint }), around };
    const look = openLookUps(access, region, { maxAttempts: 1, milliseconds: PATIENCE });
    const found = await Promise.race([
      usableZones(look, {
        region,
        node: cache.node,
        database: { ...ENGINE, instanceClass: database.class },
        endpoints: network.nat === "none" ? ENDPOINTS.map((name) => `com.amazonaws.${region}.${name}`) : [],
      }),
      context.clock.sleep(PATIENCE, over.signal).then(() => []),
    ]);
    const wanted = Math.max(network.azs, LEAST_ZONES);
    return found.length < wanted ? undefined : found.slice(0, wanted).map(({ id }) => id);
  } catch (error) {
    if (error instanceof NotChecked || error instanceof AstroError) return undefined;
    throw error;
  } finally {
    over.abort();
  }
}
