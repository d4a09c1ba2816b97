import { type Compose, type ComposeService, composeServices } from "./compose.ts";
import type { Note, Shown } from "./repository.ts";

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

/** Names alone: a value may be a secret. */
function variableNotes(ours: readonly ComposeService[], own: readonly string[]): readonly Note[] {
  const variables = ours.flatMap((service) => service.variables).filter(({ value }) => !own.includes(value));
  const [first] = variables;
  if (first === undefined) return [];
  const names = [...new Set(variables.map(({ value }) => value))];
  const words = `the app is given ${names.join(", ")}: service.environment of astro.yaml takes their values, service.secrets the names of the secret ones`;
  return [{ file: first.file, line: first.line, words }];
}
