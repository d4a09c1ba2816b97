import type { CommandLine } from "../command-line.ts";
import type { DeployedStack } from "../plan/deployed.ts";
import type { Site } from "../plan/provision-plan.ts";
import type { Lives } from "./live/port.ts";
import type { Workloads } from "./workload/port.ts";

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
  /** AWS's words for the status, where it gives any. */
  readonly reason?: string;
  /** When its stack last made or changed it, where AWS says. */
  readonly at?: Date;
};

export type ChangeSetInput = {
  readonly stack: StackRef;
  readonly changeSet: string;
  readonly kind: "CREATE" | "UPDATE";
  /** The template itself, the S3 address of one over 51,200 bytes, or `previous`: the one that the stack has. */
  readonly template: { readonly body: string } | { readonly url: string } | "previous";
  readonly tags: { readonly [key: string]: string };
  /** Values of the template's parameters; `undefined` for one that keeps the value its stack was deployed with. */
  readonly parameters?: { readonly [name: string]: string | undefined };
  readonly token: string;
  /** Compare with what is really there, and bring back what was changed or deleted by hand. */
  readonly revertDrift?: boolean;
  /** Take over what is there already under the names of resources to be made. */
  readonly adopt?: boolean;
  /** Looks into the stacks nested in it too (User Guide, "Change sets for nested stacks"). */
  readonly nested?: boolean;
  /** ARN of the role by which CloudFormation works; without one as the caller, or by the stack's role so far. */
  readonly role?: string;
  /** Does not wait until what is made works (CloudFormation User Guide, "express mode"); what fails is rolled back. */
  readonly express?: boolean;
};

/** A change set as DescribeChangeSet tells of it, all pages read. */
export type ChangeSet = {
  /** ARN of the stack it is for. */
  readonly stack: string;
  readonly status: string;
  readonly reason?: string;
  /** What the stack is tagged with once it is executed. */
  readonly tags?: { readonly [key: string]: string };
  readonly changes: readonly {
    readonly logicalId: string;
    readonly physicalId?: string;
    readonly type: string;
    readonly action: "Add" | "Modify" | "Remove" | "Import" | "Dynamic";
    readonly replacement?: "True" | "False" | "Conditional";
    /** Of a drift-aware change set: the resource is as the stack made it (ResourceDriftStatus IN_SYNC). */
    readonly inSync?: true;
    /** Names of the properties behind the change, and of the attributes (Tags, Metadata) beside them. */
    readonly causes: readonly string[];
    /** Those of `causes` that recreate the resource, or may. */
    readonly recreates: readonly string[];
    /** What becomes of what is removed or replaced, where AWS says. */
    readonly policy?: "Delete" | "Retain" | "Snapshot" | "ReplaceAndDelete" | "ReplaceAndRetain" | "ReplaceAndSnapshot";
    /** ARN of the nested stack's own change set, if one was made. */
    readonly changeSet?: string;
  }[];
};

/** What CloudFormation's checks before a deployment found against one resource (DescribeEvents). */
type Refusal = { readonly logicalId: string; readonly type: string; readonly reason: string };

/** Who works on an environment: its item in the lock table. Times are ISO 8601, by AWS's clock. */
export type Lock = {
  /** `PROJECT/ENVIRONMENT`. */
  readonly id: string;
  /** A word of this one run, unique in the account. */
  readonly run: string;
  /** The holder's ARN, and the name of the machine. */
  readonly who: string;
  readonly host: string;
  /** The holding process, in words that mean something on its own machine only. */
  readonly process: string;
  /** The command that holds it, `provision` for example. */
  readonly operation: string;
  readonly since: string;
  /** The holder's last heartbeat. */
  readonly heartbeat: string;
};

/** Who has an environment's lock. */
export type LockHolder = Pick<Lock, "who" | "host" | "operation" | "since" | "heartbeat">;

/** A DNS record that somebody has to add. */
export type DnsRecord = { readonly name: string; readonly type: string; readonly value: string };

/** Types of which something that outlived its stack can be deleted. */
export type Clearable = "AWS::Logs::LogGroup" | "AWS::S3::Bucket" | "AWS::SecretsManager::Secret";

/** Something that keeps a resource from being deleted, by CloudFormation's type for it. */
export type Blocker =
  | {
      readonly resourceType:
        | "AWS::EC2::Instance"
        | "AWS::EC2::NetworkAcl"
        | "AWS::EC2::NetworkInterface"
        | "AWS::EC2::RouteTable"
        | "AWS::EC2::SecurityGroup"
        | "AWS::EC2::Subnet"
        | "AWS::EC2::VPCEndpoint";
      readonly physicalId: string;
      /** What it is known by beside its id: a name, a description, a CIDR block, an endpoint's service. */
      readonly known?: string;
      /** The stack that has it. */
      readonly stack?: string;
    }
  | {
      readonly resourceType: "AWS::Route53::RecordSet";
      readonly name: string;
      readonly recordType: string;
      readonly zone: string;
    };

/** The same with the command that deletes it, where there is one. */
export type InTheWay = { readonly by: Blocker; readonly removal?: CommandLine };

/** What is looked up of things that stacks have made. */
type Looks = Workloads & Lives;

/**
 * What the engine asks of AWS. Every call may be repeated safely; every failure is an `AstroError`.
 * A stack, bucket or repository that is not there is `undefined`, an empty list or 0, never an error.
 */
export type Cloud = Looks & {
  readonly identity: () => Promise<{ readonly account: string; readonly arn: string }>;
  /** How many calls AWS has throttled so far; the calls themselves were repeated. */
  readonly throttled?: () => number;
  /** Milliseconds that AWS's clock is ahead of this machine's, as its last answer tells. */
  readonly ahead?: () => number;
  /** Every stack of the region that is not deleted nor nested in another, in as few calls as AWS allows. */
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
  /** Why a change set that failed was refused, resource by resource; empty if AWS does not say. */
  readonly refusals: (stack: StackRef, changeSet: string) => Promise<readonly Refusal[]>;
  readonly executeChangeSet: (stack: StackRef, changeSet: string, token: string) => Promise<void>;
  readonly deleteChangeSet: (stack: StackRef, changeSet: string) => Promise<void>;
  /** Names of the change sets a stack has that nobody has executed. */
  readonly changeSets: (stack: StackRef) => Promise<readonly string[]>;
  /** `retain` leaves those resources in the account; AWS takes it only for a stack in DELETE_FAILED. */
  readonly deleteStack: (stack: StackRef, token: string, retain?: readonly string[]) => Promise<void>;
  readonly cancelUpdate: (stack: StackRef, token: string) => Promise<void>;
  /** Goes on with a failed rollback; the resources of `skip` are taken for rolled back as they are. */
  readonly continueRollback: (stack: StackRef, token: string, skip: readonly string[]) => Promise<void>;
  /** Rolls a stack whose update failed (UPDATE_FAILED) back to its last stable state (RollbackStack). */
  readonly rollBack: (stack: StackRef, token: string) => Promise<void>;
  readonly setTerminationProtection: (stack: StackRef, on: boolean) => Promise<void>;
  /** Stores `body`; returns the object's path-style URL. */
  readonly upload: (region: string, bucket: string, key: string, body: string) => Promise<string>;
  /** Publishes the files an asset manifest names, each unless it is there already. */
  readonly publishAssets: (region: string, manifest: string) => Promise<void>;
  /**
   * Deletes every version, delete marker and unfinished upload; returns how many. Throws AstroError("failed") that names
   * what cannot be deleted, why and until when.
   */
  readonly emptyBucket: (region: string, bucket: string) => Promise<number>;
  /** Deletes every image; returns how many. Throws AstroError("failed") that names those that cannot be deleted. */
  readonly emptyRepository: (region: string, repository: string) => Promise<number>;
  /**
   * Deletes the records of a zone that validated certificates, which CloudFormation writes and leaves; returns how many.
   * Deletes nothing, and throws AstroError("failed") that names them, if the zone holds records of others.
   */
  readonly dropValidations: (zone: string) => Promise<number>;
  /**
   * What keeps a resource of this type from being deleted and has none of the physical ids `own`: things that others
   * created in a network, records that others added to a zone. Empty for all other types.
   */
  readonly inTheWay: (region: string, type: string, id: string, own: readonly string[]) => Promise<readonly InTheWay[]>;
  /**
   * Deletes for good, with all that is in it, what has `name`; false if nothing has it. Throws AstroError("not-ours") for
   * what a stack has, or what tags say is of another environment than `owned`.
   */
  readonly clearLeftover: (
    owned: Pick<Site, "project" | "environment">,
    region: string,
    type: Clearable,
    name: string,
  ) => Promise<boolean>;
  /** Values of the parameters `names` in Parameter Store, ten names a call; without those that do not exist. */
  readonly storedValues: (region: string, names: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  /** An object's text, or `undefined` if the bucket or the key is not there. */
  readonly readObject: (region: string, bucket: string, key: string) => Promise<string | undefined>;
  /** Keys of the objects under a prefix; none if the bucket is not there. */
  readonly listObjects: (region: string, bucket: string, prefix: string) => Promise<readonly string[]>;
  readonly writeObject: (region: string, bucket: string, key: string, body: string) => Promise<void>;
  /** The holder of the lock of this id; `undefined` if there is none, or no lock table (yet). */
  readonly lock: (region: string, id: string) => Promise<Lock | undefined>;
  /**
   * Acquires a lock that is free, or that `over` holds without a heartbeat since. Answers who has it now:
   * `lock` itself if it was taken, `undefined` if there is no lock table (yet). From then on every call that changes
   * something makes sure, before it is sent, that the lock still is this run's; it throws AstroError("locked") otherwise.
   */
  readonly takeLock: (region: string, lock: Lock, over?: Lock) => Promise<Lock | undefined>;
  /** Stores the holder's new heartbeat; false if another run holds the lock meanwhile. */
  readonly keepLock: (region: string, lock: Lock) => Promise<boolean>;
  /** Releases a lock; false if the run it names does not hold it. After it nothing can be changed any more. */
  readonly dropLock: (region: string, lock: Pick<Lock, "id" | "run">) => Promise<boolean>;
};
