import { type Fence, isReading } from "./fence.ts";
import type { RetryingClient } from "./retry-truncated.ts";

/** Credentials as the SDK signs with them. */
export type SigningKeys = {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
};

/** What a guarded client asks, and tells. */
type Account = {
  readonly fence: Fence;
  /** The account of these very credentials. */
  readonly whoIs: (signer: SigningKeys) => Promise<string>;
  /** Told with each answer how far AWS's clock is ahead of this machine's, in milliseconds. */
  readonly told: (ahead: number) => void;
};

type Answer = { readonly response: unknown };
type About = { readonly [name: string]: unknown };

/** Wraps what sends a signed request. */
type Middleware = <Call, Told extends Answer>(
  next: (call: Call) => Promise<Told>,
  about: About,
) => (call: Call) => Promise<Told>;

/** As much of an SDK client as it takes to guard it. */
export type Guarded = {
  readonly middlewareStack: {
    add(
      middleware: Middleware,
      place: { readonly step: "deserialize"; readonly priority: "low"; readonly name: string },
    ): void;
    addRelativeTo: RetryingClient["middlewareStack"]["addRelativeTo"];
  };
};

/** The change set that a call of CloudFormation names. */
function changeSetIn(call: unknown): string | undefined {
  const { ChangeSetName } = (call as { readonly input?: { readonly ChangeSetName?: string } }).input ?? {};
  return ChangeSetName;
}

/**
 * The same client, which asks the fence before each try of a call that changes something, last before it is sent: after
 * the wait between two tries, and after signing. Of every call the account must still be the one of the start; with
 * `account` that is all.
 */
export function guardClient<C extends Guarded>(client: C, { fence, whoIs, told }: Account, by: "fence" | "account"): C {
  const middleware: Middleware = (next, about) => {
    const command = String(about.commandName ?? "").replace(/Command$/, "");
    return async (call) => {
      const signer = signerOf(about);
      const asked = () => (signer ? whoIs(signer) : Promise.resolve(""));
      // Another account's answers are as wrong as a write there: what is not there would count as removed.
      if (command !== "GetCallerIdentity") await fence.passAccount(signer, asked);
      if (by === "fence" && !isReading(command)) await fence.pass(command, changeSetIn(call));
      const sent = fence.now().wall;
      const answer = await next(call);
      const date = dateOf(answer.response);
      if (date !== undefined) told(aheadBy(date, sent, fence.now().wall));
      return answer;
    };
  };
  client.middlewareStack.add(middleware, { step: "deserialize", priority: "low", name: "guard" });
  return client;
}

/** Whose signature a call carries; `undefined` for one that is not signed. */
function signerOf(about: About): SigningKeys | undefined {
  const smithy = about.__smithy_context as
    | { readonly selectedHttpAuthScheme?: { readonly identity?: Partial<SigningKeys> } }
    | undefined;
  const identity = smithy?.selectedHttpAuthScheme?.identity;
  return identity?.accessKeyId === undefined ? undefined : (identity as SigningKeys);
}

function dateOf(response: unknown): number | undefined {
  const { headers } = response as { readonly headers?: { readonly [name: string]: string } };
  const date = Date.parse(headers?.date ?? "");
  return Number.isNaN(date) ? undefined : date;
}

/** Milliseconds by which clocks that are kept in step may differ, with the second that the header leaves out. */
const IN_STEP = 3000;

/** The header tells whole seconds of some moment between question and answer. */
function aheadBy(date: number, sent: number, heard: number): number {
  const ahead = date + 500 - (sent + heard) / 2;
  return Math.abs(ahead) < IN_STEP + (heard - sent) / 2 ? 0 : Math.round(ahead);
}
