/** The part of an environment's `domain` that its host names follow from. */
export type NamedDomain = {
  readonly name: string;
  readonly names?: { readonly app?: string | undefined; readonly api?: string | undefined } | undefined;
  readonly redirect?: boolean | undefined;
};

/** Where the app and the API answer, and the name that leads on to the app's, if there is one. */
export type HostNames = { readonly app: string; readonly api: string; readonly redirect?: string };

/** The host names of an environment with this domain. */
export function hostNames({ name, names = {}, redirect = true }: NamedDomain): HostNames {
  const { app = `app.${name}`, api = `api.${name}` } = names;
  const twin = twinOf(app, name);
  return { app, api, ...(redirect && twin !== undefined && twin !== api && { redirect: twin }) };
}

/** Of the domain and its `www.` the other one, which people type for it; undefined for any other name. */
export function twinOf(host: string, domain: string): string | undefined {
  if (host === domain) return `www.${domain}`;
  return host === `www.${domain}` ? domain : undefined;
}

/** Whether a host name is the domain itself or below it. */
export function isWithin(host: string, domain: string): boolean {
  return `.${host}`.endsWith(`.${domain}`);
}

/** What is wrong with a value: its path, and why. */
type Wrong = { readonly path: readonly string[]; readonly message: string };

const wrong = (isWrong: boolean, path: Wrong["path"], message: string): readonly Wrong[] =>
  isWrong ? [{ path, message }] : [];

/** What is wrong with the names of a domain, by paths below it: names of other domains, or one for two. */
export function wrongWithNames(domain: NamedDomain): readonly Wrong[] {
  const { name, names = {}, redirect } = domain;
  const { app, api } = hostNames(domain);
  const twin = twinOf(app, name);
  const outside = (key: "app" | "api") => {
    const host = names[key];
    const message = `${host} is not of ${name}: a name is ${name} itself, or one below it such as www.${name}`;
    return wrong(host !== undefined && !isWithin(host, name), ["names", key], message);
  };
  const [second, first] = names.api === undefined ? (["app", "API"] as const) : (["api", "app"] as const);
  return [
    ...outside("app"),
    ...outside("api"),
    ...wrong(app === api, ["names", second], `${app} is the ${first}'s name: each has one of its own`),
    ...wrong(
      redirect === true && (twin === undefined || twin === api),
      ["redirect"],
      twin === undefined
        ? `only ${name} and www.${name} lead to one another, and the app is at ${app}`
        : `${twin} is the API's name, which leads nowhere else`,
    ),
  ];
}

type Holder = {
  readonly domain?: (NamedDomain & { readonly zone: string }) | undefined;
  readonly loadBalancer: { readonly private: boolean };
};

/**
 * What is wrong with the domains of several environments, by paths below them. One distribution has an alternate domain name,
 * in all of AWS (Amazon CloudFront Developer Guide, "Requirements for using alternate domain names"), a name leads to one
 * load balancer, and a domain to the name servers of one zone.
 */
export function wrongBesideOthers(environments: readonly (readonly [key: string, of: Holder])[]): readonly Wrong[] {
  const holders = new Map<string, string>();
  const makers = new Map<string, string>();
  return environments.flatMap(([key, { domain, loadBalancer }]) => {
    if (domain === undefined) return [];
    const { name, names, zone } = domain;
    const { app, api, redirect } = hostNames(domain);
    const hosts = [app, ...(loadBalancer.private ? [] : [api]), ...(redirect === undefined ? [] : [redirect])];
    const taken = hosts.find((host) => holders.has(host)) ?? "";
    const [holder, maker] = [holders.get(taken), makers.get(name)];
    for (const host of hosts) if (!holders.has(host)) holders.set(host, key);
    if (zone === "create" && maker === undefined) makers.set(name, key);
    const message = `environment ${holder} has ${taken}, and no two can`;
    const another = names === undefined ? `: give this one ${key}.${name}, or names of its own` : "";
    return [
      ...wrong(holder !== undefined, [key, "domain", names === undefined ? "name" : "names"], `${message}${another}`),
      ...wrong(
        zone === "create" && holder === undefined && maker !== undefined,
        [key, "domain", "zone"],
        `environment ${maker} makes the zone of ${name}, and the domain leads to one: give this one that zone's id`,
      ),
    ];
  });
}
