/** Where a middleware sees each try of a call by itself: behind the one that tries again. */
export const EACH_TRY = (name: string) => ({ name, relation: "after", toMiddleware: "retryMiddleware" }) as const;

/**
 * A middleware that lets the SDK try again where AWS said yes and its words came only in part: to the SDK such an
 * answer is a fault of the program. Every call of ours may be repeated safely.
 */
const readAgain =
  <Call, Answer>(next: (call: Call) => Promise<Answer>) =>
  async (call: Call): Promise<Answer> => {
    try {
      return await next(call);
    } catch (error) {
      if (error instanceof Error && isUnreadable(error)) Object.assign(error, { $retryable: { throttling: false } });
      throw error;
    }
  };

/** An error without a code of AWS's that nevertheless has an answer, and a good one. */
function isUnreadable(error: Error & { readonly $response?: { readonly statusCode?: number } }): boolean {
  return error.$response?.statusCode === 200 && !("$fault" in error);
}

/** As much of an SDK client as reading again takes. */
export type RetryingClient = {
  readonly middlewareStack: {
    addRelativeTo(middleware: typeof readAgain, place: ReturnType<typeof EACH_TRY>): void;
  };
};

/** The same client, which reads again what came only in part. */
export function retryTruncated<T extends RetryingClient>(client: T): T {
  client.middlewareStack.addRelativeTo(readAgain, EACH_TRY("readAgain"));
  return client;
}
