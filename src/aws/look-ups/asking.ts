import { reasonOf } from "../../errors.ts";
import { NotChecked } from "../../preflight/finding.ts";
import { codeOf, isDenied } from "../errors.ts";
import type { Guarded } from "../guard.ts";
import type { AwsSession, Settings as Common } from "../session.ts";

/** How often a look-up is tried, and how long each try may take. */
export type RetryLimits = { readonly maxAttempts: number; readonly milliseconds: number };

/** Whoever waits wants to begin. */
const LIMITS: RetryLimits = { maxAttempts: 3, milliseconds: 6000 };

/** What the SDK calls the refusal of a HEAD request, whose answer has no words. */
const NAMELESS: ReadonlySet<string> = new Set(["", "403", "Forbidden", "Unknown", "UnknownError"]);

/** A client that ends what it has under way. */
type Closable = Guarded & { readonly destroy: () => void };

/** How look-ups reach AWS: one client a service and region, all with the same credentials. */
export type Asking = {
  /** The client that `make` makes of settings, made once a region. */
  readonly at: <Client extends Closable>(
    region: string,
    service: string,
    make: (settings: Settings) => Client,
  ) => Client;
  /** Calls AWS; what is denied or does not answer is `NotChecked`, unless `missing` recognises what is not there. */
  readonly ask: {
    <T>(call: string, send: () => Promise<T>): Promise<T>;
    <T>(call: string, send: () => Promise<T>, missing: (error: unknown) => boolean): Promise<T | undefined>;
  };
  /** Ends what is under way: it counts as not answered. */
  readonly end: () => void;
};

type Settings = Omit<Common, "requestHandler"> & {
  readonly requestHandler: {
    readonly connectionTimeout: number;
    readonly requestTimeout: number;
    readonly throwOnRequestTimeout: true;
  } & NonNullable<Partial<Common["requestHandler"]>>;
};

/** Look-ups on a session's credentials, which are found once for all of them. */
export function asking(session: AwsSession, limits = LIMITS): Asking {
  const made = new Map<string, Closable>();
  return {
    at: <Client extends Closable>(region: string, service: string, make: (settings: Settings) => Client) => {
      const key = `${service} ${region}`;
      const client =
        (made.get(key) as Client | undefined) ?? session.guarded(make(settingsOf(session, region, limits)));
      made.set(key, client);
      return client;
    },
    ask: async <T>(call: string, send: () => Promise<T>, missing?: (error: unknown) => boolean) => {
      try {
        return await send();
      } catch (error) {
        if (missing?.(error)) return undefined as T;
        const code = codeOf(error);
        if (isDenied(error) || (statusOf(error) === 403 && NAMELESS.has(code)))
          throw new NotChecked(`these credentials do not allow ${call}`);
        // Cloud Control passes on what a type's own service says, under a code of its own.
        const refused = /not authorized to perform:? ([\w-]+:\w+)/.exec(reasonOf(error))?.[1];
        if (refused !== undefined) throw new NotChecked(`these credentials do not allow ${refused}`);
        throw new NotChecked(`${call} does not answer${code === "" ? "" : ` (${code})`}`);
      }
    },
    end: () => {
      for (const client of made.values()) client.destroy();
    },
  };
}

function settingsOf(
  { settings, sts }: AwsSession,
  region: string,
  { maxAttempts, milliseconds }: RetryLimits,
): Settings {
  const common = settings(region);
  return {
    ...common,
    maxAttempts,
    credentials: sts(region).config.credentials,
    requestHandler: {
      ...common.requestHandler,
      connectionTimeout: milliseconds / 2,
      requestTimeout: milliseconds,
      throwOnRequestTimeout: true,
    },
  };
}

/** True for an error with one of these codes; some services say `Exception` or `Fault` after them, some do not. */
export function isOneOf(...codes: readonly string[]): (error: unknown) => boolean {
  return (error) => codes.includes(codeOf(error).replace(/(Exception|Fault)$/, ""));
}

/** The HTTP status of an answer that the SDK threw. */
export function statusOf(error: unknown): number | undefined {
  const { $metadata } = error as { readonly $metadata?: { readonly httpStatusCode?: number } };
  return $metadata?.httpStatusCode;
}
