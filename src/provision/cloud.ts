import type { DeployedStack } from "../plan/deployed.ts";

/** A stack's address: its name or ARN, and its region. */
export type StackRef = { readonly name: string; readonly region: string };

/** One line of a stack's history (DescribeStackEvents). */
export type StackEvent = {
  readonly id: string;
  readonly at: Date;
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly token?: string;
};

/** One resource a deployed stack holds (ListStackResources). */
export type StackResource = {
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
  readonly status: string;
};

export type ChangeSetInput = {
  readonly stack: StackRef;
  readonly changeSet: string;
  readonly kind: "CREATE" | "UPDATE";
  /** The template itself, or the S3 address of one over 51,200 bytes. */
  readonly template: { readonly body: string } | { readonly url: string };
  readonly tags: { readonly [key: string]: string };
  readonly token: string;
};

/** A change set as DescribeChangeSet tells of it, all pages read. */
export type ChangeSet = {
  readonly status: string;
  readonly reason?: string;
  readonly changes: readonly {
    readonly logicalId: string;
    readonly type: string;
    readonly action: "Add" | "Modify" | "Remove" | "Import" | "Dynamic";
    readonly replacement?: "True" | "False" | "Conditional";
    /** Names of the properties behind the change. */
    readonly causes: readonly string[];
  }[];
};

/**
 * What the engine asks of AWS. Every call may be repeated safely; every failure is an `AstroError`.
 * A stack, bucket or repository that is not there is `undefined`, an empty list or 0, never an error.
 */
export type Cloud = {
  readonly identity: () => Promise<{ readonly account: string; readonly arn: string }>;
  /** Every stack of the region that is not deleted, in as few calls as AWS allows. */
  readonly stacks: (region: string) => Promise<readonly DeployedStack[]>;
  readonly stack: (ref: StackRef) => Promise<DeployedStack | undefined>;
  /** The template a stack was last deployed from, as text. */
  readonly template: (ref: StackRef) => Promise<string>;
  readonly resources: (ref: StackRef) => Promise<readonly StackResource[]>;
  /** Events newer than the one with id `after` (all of them without it), oldest first. */
  readonly events: (ref: StackRef, after?: string) => Promise<readonly StackEvent[]>;
  /** The newest page of events (up to 100), oldest first, in one call. */
  readonly recentEvents: (ref: StackRef) => Promise<readonly StackEvent[]>;
  readonly createChangeSet: (input: ChangeSetInput) => Promise<void>;
  readonly changeSet: (stack: StackRef, changeSet: string) => Promise<ChangeSet>;
  readonly executeChangeSet: (stack: StackRef, changeSet: string, token: string) => Promise<void>;
  readonly deleteChangeSet: (stack: StackRef, changeSet: string) => Promise<void>;
  readonly deleteStack: (stack: StackRef, token: string) => Promise<void>;
  readonly setTerminationProtection: (stack: StackRef, on: boolean) => Promise<void>;
  /** Stores `body` unless the key is there already; returns the object's path-style URL. */
  readonly upload: (region: string, bucket: string, key: string, body: string) => Promise<string>;
  /** Publishes the files an asset manifest names, each unless it is there already. */
  readonly publishAssets: (region: string, manifest: string) => Promise<void>;
  /** Deletes every object, version and delete marker; returns how many. */
  readonly emptyBucket: (region: string, bucket: string) => Promise<number>;
  /** Deletes every image; returns how many. */
  readonly emptyRepository: (region: string, repository: string) => Promise<number>;
  /** An object's text, or `undefined` if the bucket or the key is not there. */
  readonly readObject: (region: string, bucket: string, key: string) => Promise<string | undefined>;
  readonly writeObject: (region: string, bucket: string, key: string, body: string) => Promise<void>;
};
