import type { Construct } from "constructs";
import { AlarmsStack } from "../stacks/alarms";
import { BudgetStack } from "../stacks/budget";
import { CacheStack } from "../stacks/cache";
import { CdnStack, type OwnName } from "../stacks/cdn";
import { CDN_REGION, CertificateStack } from "../stacks/certificate";
import { CiStack } from "../stacks/ci";
import { DatabaseStack } from "../stacks/database";
import { DnsStack } from "../stacks/dns";
import { LoadBalancerStack } from "../stacks/load-balancer";
import { NetworkStack } from "../stacks/network";
import { RegistryStack } from "../stacks/registry";
import { ScheduleStack } from "../stacks/schedule";
import { SecretsStack } from "../stacks/secrets";
import { ServiceStack } from "../stacks/service";
import { StorageStack } from "../stacks/storage";
import { WafStack } from "../stacks/waf";
import { WorkerStack } from "../stacks/worker";
import { ZoneStack } from "../stacks/zone";
import type { Settings } from "./astro-stack";
import { hostNames } from "./astro-yaml/host-names";
import type { Environment } from "./config";
import { apiName } from "./names";

/** Creates every stack of one environment, in the order of the phases. Add your own here. */
export function buildEnvironment(scope: Construct, project: string, environment: string, config: Environment): void {
  const settings: Settings = { project, environment, prefix: `${project}-${environment}`, config };

  // vpc
  const network = new NetworkStack(scope, settings);
  if (config.budget !== undefined) new BudgetStack(scope, settings, config.budget);

  // data
  const secrets = new SecretsStack(scope, settings);
  const registry = new RegistryStack(scope, settings);
  const storage = new StorageStack(scope, settings, { secrets });
  const database = new DatabaseStack(scope, settings, { network, secrets });
  const cache = new CacheStack(scope, settings, { network, secrets });

  // ecs
  const loadBalancer = new LoadBalancerStack(scope, settings, { network, secrets });
  const needs = { network, secrets, registry, storage, database, cache };
  const service = new ServiceStack(scope, settings, { ...needs, loadBalancer });
  const { worker, schedule = [] } = config;
  if (worker !== undefined) new WorkerStack(scope, settings, { ...needs, service, worker });
  if (schedule.length > 0) new ScheduleStack(scope, settings, { ...needs, service, schedule });
  if (config.alarms !== undefined)
    new AlarmsStack(scope, settings, { ...config.alarms, secrets, loadBalancer, service });

  // dns
  const named = config.domain === undefined ? undefined : buildDomain(scope, settings, config.domain, loadBalancer);
  const webAcl = config.cdn.waf ? new WafStack(scope, settings) : undefined;
  const edge = { secrets, storage, loadBalancer, ownName: named?.ownName, webAclArn: webAcl?.webAclArn };
  const cdn = new CdnStack(scope, settings, edge);
  if (named?.dns !== undefined) cdn.addStackDependency(named.dns);
  if (config.ci !== undefined) new CiStack(scope, settings, config.ci.github);
}

type Domain = NonNullable<Environment["domain"]>;

function buildDomain(scope: Construct, settings: Settings, domain: Domain, loadBalancer: LoadBalancerStack) {
  const { name, zone } = domain;
  const { app, redirect } = hostNames(domain);
  const ofApp: [string, ...string[]] = redirect === undefined ? [app] : [app, redirect];
  const api = apiName(settings.config);
  const zoneId =
    zone === "create" ? new ZoneStack(scope, settings, name).zoneId : zone === "elsewhere" ? undefined : zone;

  // One certificate serves both where the environment lives in the CDN's region.
  const shared = settings.config.region === CDN_REGION;
  // A zone made here has an id that no certificate in another region may read, since another id is another certificate.
  // It need not: the record that proves a name in one region does so in all (AWS Certificate Manager User Guide, "DNS
  // validation"), so the first certificate is for all names, and makes the records of all.
  const forBoth = shared || zone === "create";
  const ofRegion = [...(forBoth ? ofApp : []), ...(api === undefined ? [] : [api])];
  const [first, ...more] = ofRegion;
  const certificate =
    first === undefined
      ? undefined
      : new CertificateStack(scope, settings, {
          options: { name: "certificate" },
          hostNames: [first, ...more],
          zoneId,
        });
  const ofCdn =
    shared && certificate !== undefined
      ? certificate
      : new CertificateStack(scope, settings, {
          options: { name: "certificate-cdn", region: CDN_REGION },
          hostNames: ofApp,
          zoneId: forBoth ? undefined : zoneId,
          provenBy: forBoth ? certificate : undefined,
        });
  const ownName: OwnName = { domain, certificateArn: ofCdn.certificateArn, zoneId };
  const dns =
    api === undefined || certificate === undefined
      ? undefined
      : new DnsStack(scope, settings, { certificate, loadBalancer, domain: name, name: api, zoneId });
  return { dns, ownName };
}
