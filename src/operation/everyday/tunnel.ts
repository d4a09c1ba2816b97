import type { CommandLine } from "../../command-line.ts";
import type { Context } from "../../context.ts";
import { AstroError } from "../../errors.ts";
import { secretOf, storedValueOf } from "../../everyday/names.ts";
import { pluginRun } from "../../everyday/plugin.ts";
import { sessionRefused } from "../../everyday/session-refused.ts";
import {
  clientVariables,
  clientWords,
  passwordVariable,
  READ_ONLY,
  readyLine,
  TUNNELS,
  type TunnelKind,
} from "../../everyday/tunnel-lines.ts";
import { readJson } from "../../reading/json.ts";
import { FORWARDING_DOCUMENT, type Forwarding } from "../../release/port-sessions.ts";
import { jsonText } from "../../terminal.ts";
import { during } from "../../view/spinner.ts";
import { renderTunnel } from "../../view/tunnel.ts";
import { commandWith, type OperationOptions, profileWords } from "../flags.ts";
import { type EnvironmentOperation, inOperation } from "../open.ts";
import { targetOf, wayIn } from "./entrance.ts";
import { type OpenTunnel, openTunnel } from "./open-tunnel.ts";

export type TunnelOptions = OperationOptions & {
  readonly port?: number | undefined;
  readonly showPassword: boolean;
};

/**
 * `astro tunnel`: a port of this machine that leads through a task to the database or the cache, for as long as `client` runs,
 * or until Ctrl-C without one. The client's exit code, else 0. Throws AstroError.
 */
export async function tunnel(
  context: Context,
  kind: TunnelKind,
  client: CommandLine,
  flags: TunnelOptions,
): Promise<number> {
  return inOperation(context, "tunnel", flags, async (operation) => {
    const { site, target } = operation;
    const localPort = flags.port ?? TUNNELS[kind].localPort;
    await checkPort(context, kind, localPort, operation, flags);
    const [way, { host, port }] = await Promise.all([
      wayIn(context, operation, flags, {}),
      placeOf(kind, operation, flags),
    ]);
    const isSecretNeeded = client.length > 0 || flags.showPassword;
    const password = isSecretNeeded ? await passwordOf(kind, operation) : undefined;
    const forwarding = { target: targetOf(way), host, port, localPort };
    const opened = await during(context.stderr, `opening ${localPort} to ${host}`, () =>
      open(context, operation, forwarding),
    );
    try {
      if (client.length > 0 && password !== undefined) {
        if (operation.environment.protect && kind === "database") context.stderr.write(PROTECTED);
        const env = { ...clientVariables(kind, localPort), [passwordVariable(kind)]: password };
        return await context.attend(clientWords(kind, client, localPort), { cwd: context.cwd, env });
      }
      const secret = secretOf(site, TUNNELS[kind].secret);
      const line = { secret, region: site.region, localPort, profile: profileWords(flags) };
      const report = {
        to: kind,
        host,
        port,
        localPort,
        command: readyLine(kind, line),
        ...(kind === "database" && { readOnly: readyLine(kind, line, true) }),
        ...(flags.showPassword && password !== undefined && { password }),
      };
      const isProtected = operation.environment.protect;
      const words = flags.json
        ? `${jsonText(report)}\n`
        : renderTunnel(report, operation.header, context.stdout, isProtected);
      context.stdout.write(words);
      await opened.ended;
      return 0;
    } finally {
      await opened.close();
      await (await target.app()).endSession(site.region, opened.session);
    }
  });
}

const PROTECTED = ` this environment is protected: PGOPTIONS='${READ_ONLY}' before the command lets the client write nothing\n`;

async function checkPort(
  context: Context,
  kind: TunnelKind,
  port: number,
  { site }: EnvironmentOperation,
  flags: OperationOptions,
): Promise<void> {
  if (await context.isPortFree(port)) return;
  const other = [...commandWith("tunnel", site.environment, flags)];
  other.splice(2, 0, kind);
  throw new AstroError("failed", `port ${port} of this machine is taken`, {
    text: "choose another one",
    command: [...other, "--port", String(port + 1)],
  });
}

/** Where the database or the cache is, as its stack has written down. */
async function placeOf(
  kind: TunnelKind,
  { site, target }: EnvironmentOperation,
  flags: OperationOptions,
): Promise<{ readonly host: string; readonly port: number }> {
  const { stack, port } = TUNNELS[kind];
  const [hostName, portName] = [storedValueOf(site, stack, "Host"), storedValueOf(site, stack, "Port")];
  const values = await target.cloud.storedValues(site.region, [hostName, portName]);
  const host = values.get(hostName);
  if (host !== undefined) return { host, port: Number(values.get(portName) ?? port) };
  throw new AstroError("failed", `there is no ${kind}: ${hostName} is not in Parameter Store`, [
    { text: "create what is missing", command: commandWith("provision", site.environment, flags) },
    { text: "or see what is deployed", command: ["astro", "status"] },
  ]);
}

async function passwordOf(kind: TunnelKind, { site, target }: EnvironmentOperation): Promise<string> {
  const name = secretOf(site, TUNNELS[kind].secret);
  const text = await (await target.app()).secretValue(site.region, name);
  const value = text === undefined ? undefined : fieldOf(text, TUNNELS[kind].key);
  if (value !== undefined) return value;
  throw new AstroError("failed", `the secret ${name} has no ${TUNNELS[kind].key}`, {
    text: "see whether it is there",
    command: ["aws", "secretsmanager", "describe-secret", "--secret-id", name, "--region", site.region],
  });
}

/** A text of a secret's JSON; what cannot be read is not shown either. */
function fieldOf(text: string, key: string): string | undefined {
  try {
    const read = readJson(text) as { readonly [name: string]: unknown };
    const value = read[key];
    return typeof value === "string" ? value : undefined;
  } catch {
    return undefined;
  }
}

async function open(
  context: Context,
  { site, target }: EnvironmentOperation,
  forwarding: Forwarding,
): Promise<OpenTunnel> {
  const app = await target.app();
  const session = await app
    .startForwarding(site.region, forwarding)
    .catch((error: unknown) => Promise.reject(sessionRefused(error)));
  const { target: Target, host, port, localPort } = forwarding;
  const Parameters = { host: [host], portNumber: [String(port)], localPortNumber: [String(localPort)] };
  const request = { Target, DocumentName: FORWARDING_DOCUMENT, Parameters };
  try {
    return await openTunnel(context, pluginRun(session, site.region, request), session.id);
  } catch (error) {
    await app.endSession(site.region, session.id);
    throw error;
  }
}
