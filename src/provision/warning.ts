/** What is looked at before anything is made; the word is shown, and stays. */
export type CheckCode =
  | "credentials"
  | "account"
  | "plan"
  | "clock"
  | "elastic-ips"
  | "vpcs"
  | "nat-gateways"
  | "zones"
  | "order"
  | "fargate"
  | "fargate-spot"
  | "linked-roles"
  | "database"
  | "cache"
  | "delegation"
  | "names"
  | "records"
  | "zone"
  | "parameters"
  | "assets"
  | "image"
  | "secrets"
  | "moved";

/** What a check found that does not stop a provisioning, by its type. */
export type PreflightWarning =
  /** astro.yaml, or the app where there is none, says nothing of which account it is. */
  | { readonly type: "account-not-pinned"; readonly missingIn: "app" | "astro.yaml" }
  /** The machine's clock, compared with AWS's. */
  | { readonly type: "clock-off"; readonly seconds: number; readonly clock: "ahead" | "behind" }
  /** Zones that have as many NAT gateways as the quota allows. */
  | {
      readonly type: "nat-quota";
      readonly region: string;
      readonly zones: readonly string[];
      readonly wanted: number;
      readonly limit: number;
    }
  /** vCPUs that services want with as many tasks as they may run. */
  | {
      readonly type: "vcpu-quota";
      readonly region: string;
      readonly quota: string;
      readonly provider: "FARGATE" | "FARGATE_SPOT";
      readonly wanted: number;
      readonly limit: number;
    }
  /** Availability Zones in which EC2 does not offer the machines of a cache's node type. */
  | {
      readonly type: "node-type-unlikely";
      readonly nodeType: string;
      readonly zones: readonly { readonly name: string; readonly id: string }[];
    }
  /** Resources that need another one of their stack and have no DependsOn on it; `bucket` is its name if it is one. */
  | {
      readonly type: "dependency-missing";
      readonly stack: string;
      readonly resources: readonly string[];
      readonly on: string;
      readonly bucket?: string;
    }
  | { readonly type: "linked-roles-missing"; readonly services: readonly string[] }
  /** The domain has name servers that are not of its hosted zone too. */
  | {
      readonly type: "foreign-name-servers";
      readonly domain: string;
      readonly zone: string;
      readonly nameServers: readonly string[];
    }
  /** The run creates the hosted zone that certificates are validated in. */
  | { readonly type: "zone-not-delegated-yet"; readonly domain?: string }
  /** Domains of certificates that have no hosted zone to be validated in. */
  | { readonly type: "no-zone"; readonly domains: readonly string[] }
  /** The domain has a hosted zone already; `delegated` if its name servers are the domain's. */
  | {
      readonly type: "zone-exists";
      readonly domain: string;
      readonly zone: string;
      readonly records: number;
      readonly delegated: boolean;
      readonly owner?: {
        readonly stack: string;
        readonly tags: { readonly [key: string]: string };
        readonly createdAt: string;
      };
    }
  /** An image of the app's own assets, in a rehearsal. */
  | { readonly type: "image-not-pushed"; readonly repository: string; readonly tag: string }
  /** A value is no longer what its stack gave it: as in `drift.found`. */
  | {
      readonly type: "drift";
      readonly stack: string;
      readonly resource: string;
      readonly resourceType: string;
      readonly value: string;
      readonly live: string;
      readonly deployed?: string;
      readonly becomes?: string;
      readonly may?: true;
    };
