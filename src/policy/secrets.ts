import type { PolicyResource } from "./resources.ts";
import { allow, type Statement } from "./statement.ts";

/** The secret of the environment's own variables, by its name: those that AWS generated nobody is to write. */
const APP_SECRET = /:secretsmanager:.*:secret:[^:]+\/app-\?+$/;

/** Writing the environment's own variables, which are secrets: astro secret set. */
export function secretWriting(resources: readonly PolicyResource[]): readonly Statement[] {
  const arns = resources.flatMap((thing) => thing.arns).filter((arn) => APP_SECRET.test(arn));
  return allow("SetSecrets", ["secretsmanager:PutSecretValue"], arns);
}
