import type { CommandLine } from "../command-line.ts";

/** Until when the caller's credentials are good. */
type Lasting = {
  /** Absent for keys that do not expire, and where the expiry is unknown. */
  readonly expires?: Date;
  readonly temporary: boolean;
  /** True if the SDK fetches new ones by itself before these end. */
  readonly renewed: boolean;
};

/** A name that something has already; a secret that waits out its recovery window says until when. */
export type TakenName = {
  readonly until?: Date;
  /** CloudFormation's physical id of it, where that is not its name. */
  readonly id?: string;
  /** Its tags; absent where they cannot be read. */
  readonly tags?: { readonly [key: string]: string };
  /** What it is and whom it serves, as far as its service tells. */
  readonly says?: string;
  /** The region in which it lies, where that is another than the one in which it is asked for. */
  readonly elsewhere?: string;
  /** Commands of the `aws` client without which it cannot be deleted, in their order. */
  readonly before?: readonly CommandLine[];
};

/** A record of a hosted zone: what it leads to, and the command that deletes it. */
export type ZoneRecord = {
  readonly name: string;
  readonly type: string;
  readonly says: string;
  readonly removal: CommandLine;
  /** Which of several of its name and type it is. */
  readonly set?: string;
};

/** A public hosted zone of the account. */
export type ZoneFound = { readonly id: string; readonly records: number };

/** One way in which RDS offers a class (OrderableDBInstanceOption); storage in GiB, where RDS bounds it. */
export type DatabaseOffer = {
  readonly zones: readonly string[];
  readonly multiAz: boolean;
  readonly storageType?: string;
  readonly leastStorage?: number;
  readonly mostStorage?: number;
};

/** The stack that has something, with its tags. */
export type OwningStack = {
  readonly stack: string;
  /** Its region, where that is another than the one that was asked. */
  readonly region?: string;
  readonly tags: { readonly [key: string]: string };
  readonly createdAt: Date;
};

/** The plan of an account: of its kind, `FREE` or `PAID`, and how it stands, `ACTIVE` or `EXPIRED` for one. */
export type AccountPlan = {
  readonly type: string;
  readonly status: string;
  /** What is left of a free plan, `$87.10` for one, and when it ends. */
  readonly credits?: string;
  readonly ends?: Date;
};

/** An image of Amazon ECR. */
export type ImageRef = {
  readonly registry: string;
  readonly region: string;
  readonly repository: string;
  /** A tag, or a digest (`sha256:…`). */
  readonly version: string;
};

/**
 * What preflight asks of an account. Every look-up throws `NotChecked` where it is denied or cannot be
 * answered; what is not there is `undefined` or an empty list.
 */
export type LookUps = {
  readonly credentials: () => Promise<Lasting>;
  /** The time by AWS's own clock, to the second. */
  readonly time: (region: string) => Promise<Date>;
  /** The account's plan; `undefined` for accounts from before there were plans. */
  readonly accountPlan: () => Promise<AccountPlan | undefined>;
  /** The applied value of a quota, or AWS's default. */
  readonly quota: (region: string, service: string, code: string) => Promise<number>;
  /** Elastic IP addresses, by allocation id. */
  readonly addresses: (region: string) => Promise<readonly { readonly id: string; readonly used: boolean }[]>;
  readonly vpcs: (region: string) => Promise<number>;
  /** The zone of each NAT gateway that exists. */
  readonly natGateways: (region: string) => Promise<readonly string[]>;
  /** Availability Zones, in order. */
  readonly zones: (region: string) => Promise<readonly string[]>;
  /** The same with their ids, which mean the same place in every account. */
  readonly zoneIds: (region: string) => Promise<readonly { readonly name: string; readonly id: string }[]>;
  /** Names of the zones that each of these interface endpoints' services is in. */
  readonly endpointZones: (
    region: string,
    services: readonly string[],
  ) => Promise<readonly { readonly service: string; readonly zones: readonly string[] }[]>;
  /** Ids of the zones in which EC2 offers an instance type; empty for a type that it does not know. */
  readonly instanceZones: (region: string, type: string) => Promise<readonly string[]>;
  /** Services that have their linked role, `ecs.amazonaws.com` for one. */
  readonly linkedRoles: () => Promise<readonly string[]>;
  /** The version that an engine of this version, or of this major version, starts with. */
  readonly databaseVersion: (region: string, engine: string, version: string) => Promise<string | undefined>;
  readonly databaseOffers: (
    region: string,
    wanted: { readonly engine: string; readonly version: string; readonly instanceClass: string },
  ) => Promise<readonly DatabaseOffer[]>;
  readonly cacheVersions: (region: string, engine: string) => Promise<readonly string[]>;
  readonly hostedZone: (
    id: string,
  ) => Promise<{ readonly name: string; readonly isPrivate: boolean; readonly servers: readonly string[] } | undefined>;
  /** Public hosted zones of exactly this name. */
  readonly zonesNamed: (name: string) => Promise<readonly ZoneFound[]>;
  /** The records that a zone has under exactly this name; none where there is no such zone. */
  readonly recordsNamed: (zone: string, name: string) => Promise<readonly ZoneRecord[]>;
  /** Whether something of this CloudFormation type has the name already. */
  readonly taken: (region: string, type: string, name: string) => Promise<TakenName | undefined>;
  /** The stack of the region that has what is of this type and bears this physical id; `undefined` if none has. */
  readonly holder: (region: string, type: string, id: string) => Promise<OwningStack | undefined>;
  /** Platforms the image is built for, `linux/arm64` for one; empty if it does not tell. */
  readonly image: (ref: ImageRef) => Promise<readonly string[] | undefined>;
  /** The keys that a secret's JSON has, none if it has none; `undefined` if there is no such secret. */
  readonly secretKeys: (region: string, secret: string) => Promise<readonly string[] | undefined>;
};

/** What the fixes do in an account. Every call throws AstroError where it is refused. */
export type Fixes = {
  readonly createLinkedRole: (service: string) => Promise<void>;
  /** Asks AWS for more; it answers later. */
  readonly raiseQuota: (region: string, service: string, code: string, to: number) => Promise<void>;
};
