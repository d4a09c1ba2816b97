import { domainOf } from "../../config/domain.ts";
import { hostNames, isWithin, twinOf } from "../../config/host-names.ts";
import type { Environment } from "../../config/schema.ts";
import type { Account } from "../account.ts";
import { mayBePart } from "../dns-steps.ts";
import type { Answer, PathValue, Question } from "../question.ts";

const domainIn = (given: string) => domainOf(given) ?? given;

/** What a person may not know of domains, in steps to take. */
const HELP = {
  name: "A domain that you own, such as example.com; an address such as https://www.example.com/ will do. Its certificates cost nothing, and AWS renews them. Buying a domain is between you and a registrar.",
  zone: "Who answers for the domain in the DNS. An id: a zone of this account; nothing is left to do if the domain leads to it. create: a new zone, which is all of the domain's DNS from then on; enter its four name servers at the registrar, after copying the records there are, those of mail above all (for a name below your domain, such as shop.example.com: as NS records in that domain's DNS). elsewhere: the DNS stays where it is; add the records that astro provision shows, one to prove each name to AWS, and one for where it leads, and leave them there.",
  redirect:
    "People type the domain with www. and without it. The other one of the two then leads to the app at no further cost; without it, it stays whatever it is now.",
  api: "The API is reached below the app's own name, at /api. It has a name of its own besides, for what calls it without a browser: mobile apps, partners, WebSockets.",
  app: "The domain itself is an alias in a hosted zone. At other providers it takes an ALIAS or ANAME record, since no CNAME can be there: choose www. if yours has neither.",
} as const;

/** An answer with `www.` is for two values: the domain, and where its app is. */
function settingsOfDomain(answer: Answer): readonly PathValue[] {
  const host = String(answer);
  const bare = host.startsWith("www.") ? domainOf(host.slice("www.".length)) : undefined;
  return bare === undefined
    ? [{ path: "domain.name", value: answer }]
    : [
        { path: "domain.name", value: bare },
        { path: "domain.names.app", value: host },
      ];
}

function delegationWords(isDelegated: boolean | undefined): string {
  return isDelegated === undefined ? "" : isDelegated ? ", delegated ✔" : ", not delegated ✖";
}

/** The account's domains, those that lead to it first; nothing to choose from where it has none. */
function domainOptions(_: Environment, { hostedZones = [] }: Account) {
  const zones = hostedZones.toSorted(
    (one, other) => Number(other.isDelegated ?? false) - Number(one.isDelegated ?? false),
  );
  const named = zones.map(({ name, isDelegated }) => ({
    value: name,
    words: `your account's zone${delegationWords(isDelegated)}`,
  }));
  return named.length === 0 ? [] : [{ value: "", words: "AWS's own host names" } as const, ...named];
}

/** Zones of the account that may have the domain's names: those that serve it first, the nearest of them above all. */
function zonesOf({ domain }: Environment, { hostedZones = [] }: Account) {
  const rank = ({ isDelegated }: (typeof hostedZones)[number]) => (isDelegated ? 0 : isDelegated === undefined ? 1 : 2);
  return hostedZones
    .filter(({ name }) => domain !== undefined && isWithin(domain.name, name))
    .toSorted((one, other) => rank(one) - rank(other) || other.name.length - one.name.length);
}

/**
 * The nearest zone that serves the domain, or may; else one of the domain's own name, whose name servers are to be entered like
 * those of a second one, which would have none of its records.
 */
function suggestedZone(environment: Environment, account: Account): string | undefined {
  const zones = zonesOf(environment, account);
  return (
    zones.find(({ isDelegated }) => isDelegated !== false) ??
    zones.find(({ name }) => name === environment.domain?.name)
  )?.id;
}

/** The zones there are, and the two ways without one. */
function zoneOptions(environment: Environment, account: Account) {
  return [
    ...zonesOf(environment, account).map(({ id, name, isDelegated }) => {
      return { value: id, words: `${name}${delegationWords(isDelegated)}` };
    }),
    {
      value: "create",
      words: mayBePart(environment.domain?.name ?? "")
        ? "set name servers above it or at registrar"
        : "set its name servers at the registrar",
    },
    { value: "elsewhere", words: "add the records it shows to your DNS" },
  ];
}

/** The names that an app usually has. */
function appNames({ domain }: Environment) {
  const name = domain?.name ?? "";
  const redirect = domain?.redirect !== false;
  return [
    { value: `app.${name}`, words: "below the domain" },
    { value: name, words: redirect ? "the domain itself; www. leads there" : "the domain itself" },
    { value: `www.${name}`, words: redirect ? "the domain itself leads there" : "below the domain" },
  ];
}

const nameQuestions: readonly Question[] = [
  {
    path: "domain.name",
    flag: "domain",
    group: "domain",
    kind: "text",
    message: "Domain, such as example.com",
    hint: () => " (empty: none)",
    help: HELP.name,
    placeholder: "NAME",
    options: domainOptions,
    others: "another domain",
    normalise: domainIn,
    settings: settingsOfDomain,
    empty: "domain",
  },
  {
    path: "domain.zone",
    flag: "zone",
    group: "domain",
    kind: "text",
    message: "Its Route 53 hosted zone",
    help: HELP.zone,
    placeholder: "ID|create|elsewhere",
    options: zoneOptions,
    suggested: suggestedZone,
    others: "the id of another zone",
    when: ({ domain }) => domain !== undefined,
  },
  {
    path: "domain.names.app",
    flag: "app-name",
    group: "domain",
    kind: "text",
    message: "Where the app answers",
    help: HELP.app,
    placeholder: "NAME",
    normalise: domainIn,
    unsaid: ({ domain }) => domain && hostNames(domain).app,
    options: appNames,
    others: "another name below the domain",
    empty: "domain.names.app",
    when: ({ domain }) => domain !== undefined,
  },
  {
    path: "domain.redirect",
    flag: "redirect",
    group: "domain",
    kind: "boolean",
    message: "The other one of NAME and www.NAME leads to the app",
    help: HELP.redirect,
    unsaid: () => true,
    options: [
      { value: true, words: ({ domain }) => `${domain && twinOf(hostNames(domain).app, domain.name)} leads there` },
      { value: false, words: "it stays as it is" },
    ],
    when: ({ domain }) => domain !== undefined && twinOf(hostNames(domain).app, domain.name) !== undefined,
  },
];

const apiName: Question = {
  path: "domain.names.api",
  flag: "api-name",
  group: "domain",
  kind: "text",
  message: "Where the API answers",
  help: HELP.api,
  placeholder: "NAME",
  normalise: domainIn,
  unsaid: ({ domain }) => domain && hostNames(domain).api,
  empty: "domain.names.api",
  when: ({ domain, loadBalancer }) => domain !== undefined && !loadBalancer.private,
};

/** The questions about an environment's domain: those before it is asked whether the API has a name at all, and the one after. */
export const DOMAIN_QUESTIONS = { beforePrivate: nameQuestions, afterPrivate: [apiName] } as const;
