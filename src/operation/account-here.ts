import { cacheNodes, databaseClasses } from "../config/machines.ts";
import type { Environment } from "../config/schema.ts";
import type { Context } from "../context.ts";
import { LEAST_ZONES } from "../cost/choices.ts";
import { usableZones } from "../preflight/usable-zones.ts";
import { limitsOn } from "../preflight/wanted.ts";
import { warningWords } from "../view/warning-words.ts";
import type { Account, AccountPlace, HostedZone } from "../wizard/account.ts";
import { type AccountLook, inTime, type Reached, reachAccount } from "./reach-account.ts";

/** Zones whose delegation is looked up, those with the shortest names: Route 53 takes five calls a second (Developer Guide, "Quotas"). */
const MOST_ZONES = 8;

/** What the app's tasks call through interface endpoints where there is no NAT gateway. */
export const ENDPOINTS = ["ecr.api", "ecr.dkr", "logs", "secretsmanager", "ssmmessages"];

/** The engine of the app's database: its major version. */
export const ENGINE = { engine: "postgres", version: "16" };

/**
 * The account that the environment and `~/.aws` name, asked while a person answers questions. None of it throws: what is denied or
 * does not answer in three seconds is not known.
 */
export type AccountHere = {
  /** Begins to ask, of places that were named before too: until then nothing is loaded for it. */
  readonly begin: () => void;
  /** What is known by now; asks of a place that was not asked of yet, once it has begun. */
  readonly of: (place: AccountPlace) => Account;
  /** The account's id, once it has answered or has had its time. */
  readonly id: () => Promise<string | undefined>;
  /** What has become known since the last time, a line each. */
  readonly news: () => readonly string[];
  /** Ids of the first zones that have all that the environment wants; `undefined` where too few have, or nobody tells. */
  readonly zones: (environment: Environment) => Promise<readonly string[] | undefined>;
  /** What of the account would keep the environment from being made, in words. */
  readonly limits: (place: Required<AccountPlace>, environment: Environment) => Promise<readonly string[]>;
  /** Asks no more, and ends what is under way: nobody waits for it. */
  readonly end: () => Promise<void>;
};

/** Facts that come in one by one, and when the last of them has. */
type Asked = { facts: Account; readonly done: Promise<unknown> };

export function accountHere(context: Context): AccountHere {
  const news: string[] = [];
  const asked = new Map<string, Asked>();
  const named: AccountPlace[] = [];
  let isBegun = false;
  let reaching: Promise<Reached> | undefined;
  const reach = () => {
    reaching ??= reachAccount(context);
    return reaching;
  };
  const answer = async <T>(ask: (look: AccountLook) => Promise<T>): Promise<T | undefined> => {
    const reached = await reach();
    if ("why" in reached) return undefined;
    const answered = await inTime(context, () => ask(reached.look));
    return "value" in answered ? answered.value : undefined;
  };
  /** Asks once for a key; each part is added to the facts as soon as it is known. */
  const once = (key: string, parts: () => readonly Promise<Account>[]): Asked => {
    const before = asked.get(key);
    if (before) return before;
    const one: { facts: Account; done: Promise<unknown> } = { facts: {}, done: Promise.resolve() };
    asked.set(key, one);
    one.done = Promise.all(
      parts().map(async (part) => {
        const known = await part;
        one.facts = { ...one.facts, ...known };
      }),
    );
    return one;
  };
  const owner = () => once("owner", () => [whoIs(context, reach, (line) => news.push(line))]);
  const id = async () => {
    await owner().done;
    return owner().facts.id;
  };
  /** Who does not say who it is would be waited for in vain: that takes no permission (AWS STS API Reference, GetCallerIdentity). */
  const answerOfOne: typeof answer = async (ask) => ((await id()) === undefined ? undefined : answer(ask));
  const whole = () =>
    once("whole", () => [
      known("regions", () => answer((look) => look.enabledRegions())),
      known("hostedZones", () => zonesOf(context, reach, answer)),
    ]);
  const inRegion = (region: string) =>
    once(region, () => [
      known("withoutDatabaseClasses", () =>
        missing(namesOf(databaseClasses(region)), async (instanceClass) =>
          answer(async (look) => (await look.databaseOffers(region, { ...ENGINE, instanceClass })).length > 0),
        ),
      ),
      known("withoutCacheNodes", () =>
        missing(namesOf(cacheNodes(region)), async (node) =>
          answer(async (look) => (await look.instanceZones(region, node.replace(/^cache\./, ""))).length > 0),
        ),
      ),
    ]);
  const inProject = (region: string, project: string) =>
    once(`${region} ${project}`, () => [
      known("standing", async () => {
        const standing = await answer((look) => look.standing(region, project));
        if (standing?.length) news.push(`${project} has in ${region} already: ${standing.join(", ")}`);
        return standing;
      }),
    ]);
  const inRepository = (region: string, repository: string) =>
    once(`${region} ${repository} images`, () => [
      known("images", () => answer((look) => look.imageTags(region, repository))),
    ]);
  const all = ({ region, project, environment }: AccountPlace): readonly Asked[] => [
    owner(),
    whole(),
    inRegion(region),
    ...(project === undefined ? [] : [inProject(region, project)]),
    ...(project === undefined || environment === undefined ? [] : [inRepository(region, `${project}-${environment}`)]),
  ];
  return {
    begin: () => {
      isBegun = true;
      owner();
      whole();
      named.splice(0).forEach(all);
    },
    of: (place) => {
      if (isBegun) return Object.assign({}, ...all(place).map(({ facts }) => facts));
      named.push(place);
      return {};
    },
    id,
    news: () => news.splice(0),
    zones: async (environment) => {
      const { region, network, database, cache } = environment;
      const found = await answerOfOne((look) =>
        usableZones(look, {
          region,
          node: cache.node,
          database: { ...ENGINE, instanceClass: database.class },
          endpoints: network.nat === "none" ? ENDPOINTS.map((name) => `com.amazonaws.${region}.${name}`) : [],
        }),
      );
      const wanted = Math.max(network.azs, LEAST_ZONES);
      return found === undefined || found.length < wanted ? undefined : found.slice(0, wanted).map(({ id }) => id);
    },
    limits: async (place, environment) => {
      const found = await answerOfOne((look) => limitsOn(look, place, environment, context.clock.now));
      return (found ?? []).map((one) => (one.outcome === "warning" ? warningWords(one.warning) : one.words));
    },
    end: async () => {
      const reached = await reaching;
      if (reached && "look" in reached) reached.look.end();
    },
  };
}

const namesOf = (machines: readonly { readonly name: string }[]) => machines.map(({ name }) => name);

/** A fact by its name, if there is an answer. */
async function known<K extends keyof Account>(name: K, ask: () => Promise<Account[K]>): Promise<Account> {
  const value = await ask();
  return value === undefined ? {} : { [name]: value };
}

/** Which of the names are not offered; `undefined` where that cannot be told of any. */
async function missing(
  names: readonly string[],
  isOffered: (name: string) => Promise<boolean | undefined>,
): Promise<readonly string[] | undefined> {
  const offered = await Promise.all(names.map(isOffered));
  return offered.every((one) => one === undefined) ? undefined : names.filter((_, at) => offered[at] === false);
}

/** Whose credentials these are, told in a line; or why that is not known. */
async function whoIs(context: Context, reach: () => Promise<Reached>, say: (line: string) => void): Promise<Account> {
  const reached = await reach();
  const unknown = (why: string): Account => {
    say(`${why}: the lists are built in, and no account is pinned`);
    return {};
  };
  if ("why" in reached) return unknown(reached.why);
  const { look, profile } = reached;
  const [id, called] = await Promise.all([
    inTime(context, () => look.accountId()),
    inTime(context, () => look.accountAlias()),
  ]);
  if ("why" in id) return unknown(id.why);
  const alias = "value" in called ? called.value : undefined;
  const name = alias === undefined ? "" : ` (${alias})`;
  say(`account ${id.value}${name}${profile === undefined ? "" : `, profile ${profile}`}`);
  return { id: id.value, ...(alias !== undefined && { alias }) };
}

/** The account's public zones, and of the first few whether the domain leads to them, as the DNS that everybody sees says. */
async function zonesOf(
  { nameServers }: Pick<Context, "nameServers">,
  reach: () => Promise<Reached>,
  answer: <T>(ask: (look: AccountLook) => Promise<T>) => Promise<T | undefined>,
): Promise<readonly HostedZone[] | undefined> {
  const reached = await reach();
  const found = await answer((look) => look.publicZones());
  // Nobody's DNS leads to an emulator or a rehearsal.
  if (found === undefined || "why" in reached || !reached.isReal) return found;
  const near = found.toSorted((one, other) => one.name.length - other.name.length).slice(0, MOST_ZONES);
  const checked = await Promise.all(
    near.map(async (zone) => {
      const isDelegated = await answer(async (look) => {
        const [own, led] = await Promise.all([look.hostedZone(zone.id), nameServers(zone.name).catch(() => undefined)]);
        return own && led?.some((server) => own.servers.includes(server));
      });
      return { ...zone, ...(isDelegated !== undefined && { isDelegated }) };
    }),
  );
  return [...checked, ...found.filter((zone) => !near.includes(zone))];
}
