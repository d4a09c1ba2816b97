import { SecretValue } from "aws-cdk-lib";
import * as secretsmanager from "aws-cdk-lib/aws-secretsmanager";
import type { CacheStack } from "../stacks/cache";
import type { DatabaseStack } from "../stacks/database";
import type { SecretsStack } from "../stacks/secrets";
import { type AstroStack, keep, type Settings } from "./astro-stack";
import { DATABASE_NAME, DATABASE_USER, secretNames } from "./names";

type Needs = { secrets: SecretsStack; database: DatabaseStack; cache: CacheStack };

/**
 * The connection URLs of database and cache, a key each of one more secret: ECS cannot compose a variable of several. The
 * template holds references; CloudFormation puts the passwords in as it writes the secret, and neither keeps nor shows them
 * (CloudFormation User Guide, "Get a secret or secret value from Secrets Manager"). Its ARN.
 */
export function urlsSecret(scope: AstroStack, settings: Settings, { secrets, database, cache }: Needs): string {
  const names = secretNames(settings);
  const read = (name: string, jsonField: string) => SecretValue.secretsManager(name, { jsonField }).unsafeUnwrap();
  // Letters and digits, both of them: nothing to escape, neither in a URL nor in JSON.
  const [password, token] = [read(names.database, "password"), read(names.redis, "token")];
  const secret = new secretsmanager.CfnSecret(scope, "UrlsSecret", {
    name: names.urls,
    description: "DATABASE_URL and REDIS_URL, composed of the parts",
    kmsKeyId: secrets.keyArn,
    secretString: JSON.stringify({
      // No sslmode: the server takes no connection without TLS, clients prefer it, and SQLAlchemy hands asyncpg, once the
      // scheme names it, a parameter that asyncpg.connect does not have (sqlalchemy/sqlalchemy#6275).
      DATABASE_URL: `postgresql://${DATABASE_USER}:${password}@${database.host}:${database.port}/${DATABASE_NAME}`,
      // Celery takes no rediss:// without it, redis-py and others take it as well; `CERT_REQUIRED` is Celery's alone.
      REDIS_URL: `rediss://:${token}@${cache.host}:${cache.port}/0?ssl_cert_reqs=required`,
    }),
  });
  // It can be made again of what the others hold, so it goes with its stack.
  keep(secret, false);
  return secret.ref;
}
