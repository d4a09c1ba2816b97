import { type CommandLine, command } from "../../command-line.ts";
import { insteadOf } from "../../config/machines.ts";
import { leftover } from "../leftover.ts";
import type { Diagnoses, EventCode, Facts } from "./code.ts";
import { withFlags } from "./flagged.ts";

/** Shows one value of the environment's database. */
function databaseValue({ step, site: { project, environment, region } }: Facts, value: string): CommandLine {
  const query = `DBInstances[0].${value}`;
  return command`aws rds describe-db-instances --db-instance-identifier ${project}-${environment} --query ${query} --region ${step?.region ?? region}`;
}

/** Another class or node type than the one that failed. */
function another({ template, resource = "" }: Facts, property: "DBInstanceClass" | "CacheNodeType"): CommandLine {
  const has = String(template?.Resources[resource]?.Properties?.[property] ?? "");
  if (property === "CacheNodeType") return command`astro init --cache-node ${insteadOf(has || "cache")}`;
  return command`astro init --db-class ${insteadOf(has || "db")}`;
}

/** What AWS opens to an account by hand, at no cost. */
const SUPPORT_CASE =
  "open a case under Account and billing, which is free, in the Support Center (https://console.aws.amazon.com/support)";

const DOCTOR = command`astro doctor`;
const DOMAIN = command`astro init --domain DOMAIN`;

/** What failures of resources mean that CloudFormation's events tell of. */
export const OF_EVENTS: Diagnoses<EventCode> = {
  "db-storage-step": (facts) => ({
    cause:
      "RDS accepts only the storage the database has, or at least 10 % more; it may have more than astro.yaml says, because it grows by itself",
    hints: [
      { text: "set database.storage in astro.yaml to what it has, or to at least a tenth more" },
      { text: "to see what it has", command: databaseValue(facts, "AllocatedStorage") },
    ],
  }),
  "db-storage-optimizing": (facts) => ({
    cause: "RDS is still optimizing the storage after its last change, automatic growth included: six hours at least",
    hints: [
      { text: "wait until it is available again, then run the same command" },
      { text: "to see its status", command: databaseValue(facts, "DBInstanceStatus") },
    ],
  }),
  "db-version-path": (facts) => ({
    cause:
      "RDS has no upgrade path from the version that runs to the one in the app: it upgrades by itself, and never goes back",
    hints: [
      { text: "name the version that runs, or the major version alone, in stacks/database.ts" },
      { text: "to see what runs", command: databaseValue(facts, "EngineVersion") },
    ],
  }),
  "free-plan": {
    cause:
      "the account is on AWS's free plan: only the smallest classes, one day of backups and no standby are allowed",
    hints: [
      {
        text: "set class: db.t4g.micro, backupDays: 1 and multiAz: false under database in astro.yaml; or upgrade the plan in Billing and Cost Management",
      },
    ],
  },
  "zone-unsupported": {
    cause: "not every availability zone has every service and size, and one of the network's zones does not have this",
    hints: [
      { text: "choose another size" },
      {
        text: "or remove the environment (zones cannot change once they are deployed) and set network.zones in astro.yaml to zones that have it all; to find them",
        command: DOCTOR,
      },
    ],
  },
  "db-class-unavailable": (facts) => ({
    cause: "this instance class is not offered with this PostgreSQL version in these zones",
    hints: [{ text: "choose another class", command: another(facts, "DBInstanceClass") }],
  }),
  "cache-failover-order": {
    cause: "ElastiCache turns failover on only where a replica runs, and CloudFormation asked for both at once",
    hints: [
      {
        text: "in the app, add the replica with AutomaticFailoverEnabled and MultiAZEnabled false, provision, then turn them on",
      },
    ],
  },
  "cache-node-unavailable": (facts) => ({
    cause: "this node type is not offered in these zones",
    hints: [{ text: "choose another node type", command: another(facts, "CacheNodeType") }],
  }),
  "eip-quota": {
    cause: "the region's quota of Elastic IP addresses (5 in a new account) is used up",
    hints: [
      {
        text: "release an address, choose fewer NAT gateways (--nat one), or raise quota L-0263D0A3 in Service Quotas",
      },
    ],
  },
  "vpc-quota": {
    cause: "the region's quota of VPCs (5 in a new account) is used up",
    hints: [{ text: "delete a VPC nobody needs, or raise quota L-F678F1CE in Service Quotas" }],
  },
  "nat-quota": {
    cause: "the quota of NAT gateways of this zone (5 in a new account) is used up",
    hints: [{ text: "delete one nobody needs, choose fewer (--nat one), or raise quota L-FE5A380F in Service Quotas" }],
  },
  "db-capacity": (facts) => ({
    cause: "AWS has no capacity for this instance class in these zones at the moment",
    hints: [{ text: "wait an hour, or choose another class", command: another(facts, "DBInstanceClass") }],
  }),
  "cache-capacity": (facts) => ({
    cause: "AWS has no capacity for this node type in these zones at the moment",
    hints: [{ text: "wait an hour, or choose another node type", command: another(facts, "CacheNodeType") }],
  }),
  "alias-taken": {
    cause: "another CloudFront distribution, in this or another account, already has this domain name",
    hints: [
      { text: "remove the name from that distribution (it may serve a live site)" },
      { text: "or choose another", command: DOMAIN },
    ],
  },
  "cloudfront-unverified": {
    cause: "AWS lets a new account create CloudFront distributions only once it has verified the account",
    hints: [{ text: `${SUPPORT_CASE}, quoting what AWS says above; it takes a day or so` }],
  },
  "load-balancers-unavailable": {
    cause:
      "AWS does not let this account create load balancers yet, as is common with new accounts; no permission and no quota changes that",
    hints: [{ text: `${SUPPORT_CASE}, quoting what AWS says above; it takes a day or so` }],
  },
  "account-pending": {
    cause: "AWS has not finished activating this account, or this region of it",
    hints: [{ text: `look for an e-mail from AWS that asks for something, wait four hours, then ${SUPPORT_CASE}` }],
  },
  "linked-role-missing": {
    cause: "the account has never used this service, and its service-linked role did not exist",
    hints: [{ text: "wait a minute and run the same command again: AWS has just created the role" }],
  },
  "name-in-recovery": (facts) =>
    leftover(facts) ?? {
      cause: "something of this name was deleted recently and is still in its recovery window",
      hints: [{ text: "see until when the name is taken, and how to delete it for good", command: DOCTOR }],
    },
  "fixed-name": {
    cause:
      "CloudFormation cannot replace a resource with a fixed name: the new one cannot have the name while the old one does",
    hints: [{ text: "undo the change, or give it another name in the app's code" }],
  },
  "record-exists": (facts) =>
    leftover(facts) ?? {
      cause: "the hosted zone already has a record of this name, which may serve a live site",
      hints: [
        { text: "see where it points, and how to delete it if nobody needs it", command: DOCTOR },
        { text: "or choose another name", command: DOMAIN },
      ],
    },
  "bucket-exists": (facts) => ({
    cause: "a bucket of this name already exists; bucket names are shared by all AWS accounts",
    hints: leftover(facts)?.hints ?? [
      { text: "see whose it is", command: DOCTOR },
      { text: "or choose another name for the project or the bucket" },
    ],
  }),
  "name-taken": (facts) =>
    leftover(facts) ?? {
      cause: "something of this name already exists, and may be in use",
      hints: [
        { text: "see what it is, and who uses it", command: DOCTOR },
        { text: "or give the resource another name in the app" },
      ],
    },
  "certificate-unvalidated": {
    cause: "AWS could not validate the domain: its DNS does not answer with the validation record",
    hints: [
      {
        text: "check that the registrar names the hosted zone's name servers",
        command: command`dig NS DOMAIN`,
      },
    ],
  },
  "hosted-zone-missing": {
    cause: "the hosted zone that astro.yaml names is not in this account",
    hints: [{ text: "set domain.zone in astro.yaml to the zone's id, to create or to elsewhere" }],
  },
  "service-unstable": {
    cause: "the service's tasks stop or never become healthy",
    hints: [
      {
        text: "look at the service's events (in the ECS console) and at its log group, and fix the image or its settings",
      },
      { text: "to see the status of the stack", command: command`astro status` },
    ],
  },
  "action-denied": {
    cause: "your credentials do not allow this",
    hints: [
      {
        text: "ask for the permission AWS names above; to print everything this environment needs",
        command: command`astro iam-policy`,
      },
    ],
  },
  "access-denied": {
    cause: "your credentials, or a policy of the resource, do not allow this",
    hints: [{ text: "compare your permissions with what this environment needs", command: command`astro iam-policy` }],
  },
  "credentials-expired": {
    cause: "the credentials expired during the deployment",
    hints: [{ text: "sign in again", command: command`aws sso login` }],
  },
  "internal-failure": {
    cause: "AWS itself has a problem",
    hints: [{ text: "look at https://health.aws.amazon.com, wait some minutes, then run the same command again" }],
  },
  "not-empty": {
    cause: "something was written to it after astro emptied it",
    hints: [{ text: "stop whatever writes to it, then run the same command again" }],
  },
  "changed-by-hand": ({ resource, again }) => ({
    cause: `${resource}, or something it needs, was deleted outside of CloudFormation`,
    hints: [{ text: "restore what was changed or deleted by hand", command: withFlags(again, ["--revert-drift"]) }],
  }),
};
