import type { Construct } from "constructs";
import { AlarmsStack } from "../stacks/alarms";
import { BudgetStack } from "../stacks/budget";
import { CacheStack } from "../stacks/cache";
import { CdnStack, type OwnName } from "../stacks/cdn";
import { CDN_REGION, CertificateStack } from "../stacks/certificate";
import { DatabaseStack } from "../stacks/database";
import { DnsStack } from "../stacks/dns";
import { LoadBalancerStack } from "../stacks/load-balancer";
import { NetworkStack } from "../stacks/network";
import { RegistryStack } from "../stacks/registry";
import { SecretsStack } from "../stacks/secrets";
import { ServiceStack } from "../stacks/service";
import { StorageStack } from "../stacks/storage";
import { WafStack } from "../stacks/waf";
import { ZoneStack } from "../stacks/zone";
import type { Place } from "./astro-stack";
import type { Environment } from "./config";
import { hostNames } from "./names";

/** Builds every stack of one environment, in the order of the phases. Add your own here. */
export function buildEnvironment(scope: Construct, project: string, environment: string, config: Environment): void {
  const place: Place = { project, environment, prefix: `${project}-${environment}`, config };

  // vpc
  const network = new NetworkStack(scope, place);
  if (config.budget !== undefined) new BudgetStack(scope, place, config.budget);

  // data
  const secrets = new SecretsStack(scope, place);
  const registry = new RegistryStack(scope, place);
  const storage = new StorageStack(scope, place, { secrets });
  const database = new DatabaseStack(scope, place, { network, secrets });
  const cache = new CacheStack(scope, place, { network, secrets });

  // ecs
  const loadBalancer = new LoadBalancerStack(scope, place, { network });
  const needs = { network, secrets, registry, storage, database, cache, loadBalancer };
  const service = new ServiceStack(scope, place, needs);
  if (config.alarms !== undefined) new AlarmsStack(scope, place, { ...config.alarms, secrets, loadBalancer, service });

  // dns
  const named = config.domain === undefined ? undefined : buildDomain(scope, place, config.domain, loadBalancer);
  const webAcl = config.cdn.waf ? new WafStack(scope, place) : undefined;
  const edge = { storage, loadBalancer, ownName: named?.ownName, webAclArn: webAcl?.webAclArn };
  const cdn = new CdnStack(scope, place, edge);
  if (named !== undefined) cdn.addStackDependency(named.dns);
}

type Domain = NonNullable<Environment["domain"]>;

function buildDomain(scope: Construct, place: Place, { name, zone }: Domain, loadBalancer: LoadBalancerStack) {
  const hosts = hostNames(name);
  const zoneId = zone === "create" ? new ZoneStack(scope, place, name).zoneId : zone === "elsewhere" ? undefined : zone;

  // One certificate serves both where the environment lives in the CDN's region.
  const shared = place.config.region === CDN_REGION;
  // A zone made here has an id that no certificate in another region may read, since another id is another certificate.
  // It need not: the record that proves a name in one region does so in all (AWS Certificate Manager User Guide, "DNS
  // validation"), so the first certificate is for both names, and makes the records of both.
  const forBoth = shared || zone === "create";
  const certificate = new CertificateStack(scope, place, {
    about: { name: "certificate" },
    hostNames: forBoth ? [hosts.app, hosts.api] : [hosts.api],
    zoneId,
  });
  const ofCdn = shared
    ? certificate
    : new CertificateStack(scope, place, {
        about: { name: "certificate-cdn", region: CDN_REGION },
        hostNames: [hosts.app],
        zoneId: forBoth ? undefined : zoneId,
        provenBy: forBoth ? certificate : undefined,
      });
  const ownName: OwnName = { domain: name, certificateArn: ofCdn.certificateArn, zoneId };
  return { dns: new DnsStack(scope, place, { certificate, loadBalancer, domain: name, zoneId }), ownName };
}
