import { hostNames, type NamedDomain } from "../config/host-names.ts";
import type { Environment } from "../config/schema.ts";
import type { Hint } from "../errors.ts";

type Chosen = {
  readonly env: string;
  readonly environment: Pick<Environment, "domain" | "loadBalancer">;
};

/**
 * What a person has to do at the registrar, or wherever the domain's DNS is, as `astro provision` shows the values: nothing for a
 * zone that is there. AWS waits three days for it (AWS Certificate Manager User Guide, "Troubleshoot DNS validation"). `place` are
 * the words by which astro finds the project.
 */
export function dnsSteps({ env, environment }: Chosen, place: readonly string[] = []): readonly Hint[] {
  const { domain, loadBalancer } = environment;
  if (domain === undefined) return [];
  const { name, zone } = domain;
  if (zone === "create") {
    return [
      { text: `astro provision makes a hosted zone for ${name}, shows its four name servers, and waits` },
      { text: `copy the records that ${name} has today into that zone, those of its mail above all` },
      { text: `${delegationStep(name)}, within three days` },
    ];
  }
  if (zone !== "elsewhere") return [];
  const hosts = hostsOf(domain, loadBalancer.private);
  return [
    {
      text: `astro provision shows a CNAME record for each name and waits: add it to the DNS of ${name} within three days, and leave it there, since renewals need it`,
    },
    { text: `in the end it shows where ${listed(hosts)} must lead: add these records too` },
    ...(hosts.includes(name)
      ? [
          {
            text: `${name} itself takes an ALIAS or ANAME record; if your DNS has neither`,
            command: ["astro", "init", ...place, "--env", env, ...awayFrom(domain)],
          },
        ]
      : []),
  ];
}

/**
 * Where a zone's name servers are entered. A name below a registered domain gets NS records in that one's DNS (Amazon Route 53
 * Developer Guide, "Routing traffic for subdomains"); entered at the registrar they would take the whole domain along.
 */
function delegationStep(name: string): string {
  return mayBePart(name)
    ? `enter the four as NS records of ${name} in the DNS of the domain that it is part of; at the registrar, in place of those there, only if ${name} itself was bought`
    : `enter the four at the registrar of ${name}, in place of those there`;
}

/** Flags by which nothing is at the domain itself. */
function awayFrom(domain: NamedDomain): readonly string[] {
  const { name } = domain;
  const { app, api } = hostNames(domain);
  if (api === name) return ["--api-name", `api.${name}`];
  return app === name ? ["--app-name", `www.${name}`, "--no-redirect"] : ["--no-redirect"];
}

function hostsOf(domain: NamedDomain, isPrivate: boolean): readonly string[] {
  const { app, api, redirect } = hostNames(domain);
  return [app, ...(redirect === undefined ? [] : [redirect]), ...(isPrivate ? [] : [api])];
}

function listed(names: readonly string[]): string {
  return names.length === 1 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

/** Whether a domain may be a part of another one: of three labels only the registries' lists tell, as example.co.uk is registered. */
export function mayBePart(domain: string): boolean {
  return domain.split(".").length > 2;
}
