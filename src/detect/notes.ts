import { type Compose, type ComposeService, composeServices } from "./compose.ts";
import type { Chosen } from "./dockerfiles.ts";
import { packageOf } from "./programs.ts";
import type { Note, Place, Shown } from "./repository.ts";

/** What astro makes, and what of a version decides whether an app notices another. */
const POSTGRES = 16;
const REDIS = [7, 1] as const;

/** Images of PostgreSQL, also with extensions, and of Redis. */
const POSTGRES_IMAGE = /^(?:[\w.-]+\/)*(?:postgres|postgresql|postgis|pgvector|timescaledb)$/;
const REDIS_IMAGE = /^(?:[\w.-]+\/)*redis$/;

/** What an app may run on beside, and nothing here makes. */
const OTHERS: readonly (readonly [RegExp, string])[] = [
  [/(?:^|\/)mysql$/, "MySQL"],
  [/(?:^|\/)mariadb$/, "MariaDB"],
  [/(?:^|\/)mongo(?:db)?$/, "MongoDB"],
  [/(?:^|\/)rabbitmq$/, "RabbitMQ"],
  [/(?:^|\/)memcached$/, "Memcached"],
  [/(?:^|\/)(?:elasticsearch|opensearch)$/, "Elasticsearch or OpenSearch"],
  [/(?:^|\/)(?:kafka|redpanda)$/, "Kafka"],
];

/** What of the Compose files will be different on AWS. `ours` are the services that run the image, `own` the variables astro sets. */
export function composeNotes(
  compose: readonly Compose[],
  ours: readonly ComposeService[],
  own: readonly string[],
): readonly Note[] {
  const images = composeServices(compose).flatMap(({ image }) => image ?? []);
  const notes = [...images.flatMap(versionNote), ...variableNotes(ours, own)];
  return notes.filter(({ words }, at) => notes.findIndex((note) => note.words === words) === at);
}

function versionNote({ value, file, line }: Shown<string>): readonly Note[] {
  const [, name = "", tag = ""] = /^([^@]*?)(?::([^:@/]*))?(?:@.*)?$/.exec(value) ?? [];
  const note = (words: string) => [{ file, line, words }];
  if (POSTGRES_IMAGE.test(name)) {
    const version = /(?:^|-?pg)(\d+)/.exec(tag)?.[1];
    const isOther = version !== undefined && Number(version) !== POSTGRES;
    return isOther ? note(`PostgreSQL ${version} here, PostgreSQL ${POSTGRES} on AWS`) : [];
  }
  if (REDIS_IMAGE.test(name)) {
    const [, major, minor] = /^(\d+)(?:\.(\d+))?/.exec(tag) ?? [];
    if (major === undefined) return [];
    // A later minor version has commands that this one lacks.
    const isOther = Number(major) !== REDIS[0] || Number(minor ?? 0) > REDIS[1];
    const version = minor === undefined ? major : `${major}.${minor}`;
    return isOther ? note(`Redis ${version} here, Redis ${REDIS.join(".")} on AWS`) : [];
  }
  const [, other] = OTHERS.find(([image]) => image.test(name)) ?? [];
  return other === undefined ? [] : note(`${other} runs here: astro makes PostgreSQL and Redis, and nothing of it`);
}

/** Addresses in one variable, by other names than the tasks have them by. */
const ADDRESSES: readonly (readonly [RegExp, string])[] = [
  [/^(?:\w+_)?(?:DATABASE|DB|POSTGRES|POSTGRESQL|PG|SQLALCHEMY\w*)_(?:URL|URI|DSN)$/, "DATABASE_URL"],
  [/^(?:\w+_)?(?:REDIS|BROKER|CACHE)_(?:URL|URI)$|^CELERY_RESULT_BACKEND$/, "REDIS_URL"],
];

/** Names alone: a value may be a secret. */
function variableNotes(ours: readonly ComposeService[], own: readonly string[]): readonly Note[] {
  const variables = ours.flatMap((service) => service.variables).filter(({ value }) => !own.includes(value));
  const namesOf = (some: typeof variables) => [...new Set(some.map(({ value }) => value))].join(", ");
  const addresses = ADDRESSES.map(([name, given]) => ({
    some: variables.filter(({ value }) => name.test(value)),
    words: `has no value on AWS: the tasks have that address in ${given}`,
  }));
  const others = variables.filter((one) => !addresses.some(({ some }) => some.includes(one)));
  const words =
    "service.environment of astro.yaml takes their values, service.secrets the names of those that are secret";
  return [
    ...addresses.flatMap(({ some, words }) => noteAt(some[0], `${namesOf(some)} ${words}`)),
    ...noteAt(others[0], `the app is given ${namesOf(others)}: ${words}`),
  ];
}

function noteAt(place: Place | undefined, words: string): readonly Note[] {
  return place === undefined ? [] : [{ file: place.file, line: place.line, words }];
}

/**
 * That SQLAlchemy finds the driver that the image has by another scheme than DATABASE_URL has: it takes `postgresql://` for psycopg2,
 * from 2.1 on for psycopg (SQLAlchemy, "What's New in SQLAlchemy 2.1?").
 */
export function driverNotes(chosen: Chosen): readonly Note[] {
  const has = (name: string) => packageOf(chosen, name);
  if (!["sqlalchemy", "sqlmodel", "flask-sqlalchemy"].some(has)) return [];
  const note = (driver: string, versions = "") =>
    noteAt(
      has(driver),
      `DATABASE_URL begins with postgresql://: SQLAlchemy${versions} wants postgresql+${driver}:// for ${driver}, so the app replaces it`,
    );
  const isOlder = ["psycopg2", "psycopg2-binary"].some(has);
  return has("asyncpg") || isOlder ? note("asyncpg") : note("psycopg", " before 2.1");
}
