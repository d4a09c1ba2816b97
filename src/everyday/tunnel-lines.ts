import type { CommandLine } from "../command-line.ts";
import { shellLine } from "../command-line.ts";

/** What a tunnel leads to. */
export type TunnelKind = "database" | "cache";

/** How each is reached: the stack that says where it is, its secret, the local port, its usual client. */
export const TUNNELS = {
  database: { stack: "database", secret: "database", key: "password", port: 5432, localPort: 15_432 },
  cache: { stack: "cache", secret: "redis", key: "token", port: 6379, localPort: 16_379 },
} as const;

/** The database and its owner, as the app's templates name them. */
const DATABASE = "app";

/** Sessions in which nothing can be written (PostgreSQL, "Client Connection Defaults": default_transaction_read_only). */
export const READ_ONLY = "-c default_transaction_read_only=on";

/**
 * A client's variables but for the password (PostgreSQL, "libpq: Environment Variables"; redis-cli has but the password's).
 * TLS is required; the server's name is not checked, since it is reached by another one here.
 */
export function clientVariables(kind: TunnelKind, localPort: number): { readonly [name: string]: string } {
  if (kind === "cache") return {};
  return {
    PGHOST: "127.0.0.1",
    PGPORT: String(localPort),
    PGUSER: DATABASE,
    PGDATABASE: DATABASE,
    PGSSLMODE: "require",
  };
}

/** The variable in which a client takes the password, so that it is in no argument. */
export function passwordVariable(kind: TunnelKind): "PGPASSWORD" | "REDISCLI_AUTH" {
  return kind === "database" ? "PGPASSWORD" : "REDISCLI_AUTH";
}

/** The words of the usual client through a tunnel. */
function usualClient(kind: TunnelKind, localPort: number): CommandLine {
  if (kind === "cache") return ["redis-cli", "-h", "127.0.0.1", "-p", String(localPort), "--tls"];
  return ["psql", `host=127.0.0.1 port=${localPort} dbname=${DATABASE} user=${DATABASE} sslmode=require`];
}

/** The client's own words; `redis-cli` alone is told where to go, since no variable does. */
export function clientWords(kind: TunnelKind, given: CommandLine, localPort: number): CommandLine {
  const isBare = given.length === 1 && /(^|[\\/])redis-cli(\.exe)?$/.test(given[0] ?? "");
  return kind === "cache" && isBare ? [...given, ...usualClient(kind, localPort).slice(1)] : given;
}

/**
 * A line for a shell that runs the usual client, with the password as Secrets Manager has it at that moment: it is in the
 * client's environment, and on no screen.
 */
export function readyLine(
  kind: TunnelKind,
  {
    secret,
    region,
    localPort,
    profile = [],
  }: {
    readonly secret: string;
    readonly region: string;
    readonly localPort: number;
    /** As whom `aws` reads it, if the variables do not say: its flag. */
    readonly profile?: CommandLine;
  },
  readOnly = false,
): string {
  const read = ["aws", "secretsmanager", "get-secret-value", "--secret-id", secret];
  const how = ["--query", "SecretString", "--output", "text", "--region", region, ...profile];
  // Secrets Manager makes up letters and digits only; nothing but sed is needed to take them out of the JSON.
  const taken = ["sed", "-E", `s/.*"${TUNNELS[kind].key}": *"([^"]*)".*/\\1/`];
  const password = `${passwordVariable(kind)}="$(${shellLine([...read, ...how])} | ${shellLine(taken)})"`;
  const safe = readOnly && kind === "database" ? `PGOPTIONS=${shellLine([READ_ONLY])} ` : "";
  return `${safe}${password} ${shellLine(usualClient(kind, localPort))}`;
}
