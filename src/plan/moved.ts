/** The state of one deployed stack when a plan was made. */
export type Seen = {
  readonly stack: string;
  readonly region: string;
  /** The stack's ARN. */
  readonly id: string;
  readonly status: string;
  /** When it was last created or updated, ISO 8601. */
  readonly changed: string;
  /** A digest of its template and tags. */
  readonly content: string;
};

/** What has changed since a plan was made, one sentence a stack; empty if the plan is not stale. */
export function whatMoved(before: readonly Seen[], now: readonly Seen[]): readonly string[] {
  const key = ({ region, stack }: Seen) => `${region}/${stack}`;
  const present = new Map(now.map((seen) => [key(seen), seen]));
  const known = new Set(before.map(key));
  return [
    ...before.flatMap((seen) => change(seen, present.get(key(seen))) ?? []),
    ...now.filter((seen) => !known.has(key(seen))).map(({ stack, region }) => `${stack} in ${region} is new`),
  ];
}

function change(before: Seen, now: Seen | undefined): string | undefined {
  const name = `${before.stack} in ${before.region}`;
  if (now === undefined) return `${name} is gone`;
  if (now.id !== before.id) return `${name} was deleted and recreated`;
  if (now.changed !== before.changed) return `${name} was updated at ${now.changed}`;
  if (now.status !== before.status) return `${name} is in ${now.status}, not ${before.status}`;
  return now.content === before.content ? undefined : `${name} has a different template or tags`;
}
