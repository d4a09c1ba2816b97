import { BOOTSTRAP_STACK, LOCK_TABLE, stateFolder } from "../plan/bootstrap.ts";
import { allow, type Statement } from "./statement.ts";
import { arnsIn, type PolicyScope } from "./where.ts";

/**
 * What is the environment's of astro's own bucket and table: one folder, and one item (Amazon DynamoDB Developer Guide,
 * "Using IAM policy conditions for fine-grained access control"). The bucket, the table and the stack they are of are
 * looked at, never changed.
 */
export function state(
  { objects, items, looks }: { readonly [kind in "objects" | "items" | "looks"]: readonly string[] },
  regions: readonly string[],
  place: PolicyScope,
): readonly Statement[] {
  const folder = `${stateFolder(place)}*`;
  const bucket = arnsIn(regions, "s3:::BOOTSTRAP", place);
  const ofService = (service: string) => looks.filter((action) => action.startsWith(`${service}:`));
  return [
    ...allow("State", objects, arnsIn(regions, `s3:::BOOTSTRAP/${folder}`, place)),
    ...allow("StateList", ["s3:ListBucket"], bucket, { StringLike: { "s3:prefix": folder } }),
    ...allow("StateBucket", ofService("s3"), bucket),
    ...allow("Lock", items, arnsIn(regions, `dynamodb:HERE:table/${LOCK_TABLE}`, place), {
      "ForAllValues:StringEquals": { "dynamodb:LeadingKeys": `${place.project}/${place.environment}` },
      Null: { "dynamodb:LeadingKeys": "false" },
    }),
    ...allow(
      "Bootstrap",
      ofService("cloudformation"),
      arnsIn(regions, `cloudformation:HERE:stack/${BOOTSTRAP_STACK}/*`, place),
    ),
  ];
}
