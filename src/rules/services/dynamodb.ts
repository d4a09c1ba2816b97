import type { Value, Values } from "../../template/evaluate.ts";
import { constraint, firstFault, fits } from "../checks.ts";
import type { Rule, Violation } from "../rule.ts";
import { asList, asObject, asText, isKnown, items, objects, repeated, whole } from "../values.ts";

const TABLE = "AWS::DynamoDB::Table";

const CREATE = "Amazon DynamoDB API Reference, CreateTable";
const INVALID = "One or more parameter values were invalid: ";

/** Tables, their keys and their indexes. */
export const DYNAMODB_RULES: readonly Rule[] = [
  {
    id: "table-name",
    types: [TABLE],
    document: `${CREATE} (TableName)`,
    check: fits("TableName", /^[a-zA-Z0-9_.-]{3,255}$/, (name) =>
      constraint(
        name,
        "tableName",
        name.length < 3
          ? "have length greater than or equal to 3"
          : name.length > 255
            ? "have length less than or equal to 255"
            : "satisfy regular expression pattern: [a-zA-Z0-9_.-]+",
      ),
    ),
  },
  {
    id: "table-attributes",
    types: [TABLE],
    document: `${CREATE} (AttributeDefinitions)`,
    check: ({ properties }) => {
      const { AttributeDefinitions, KeySchema } = properties;
      const defined = objects(AttributeDefinitions).map(({ AttributeName }) => asText(AttributeName));
      const schemas = schemasOf(properties);
      const known = schemas.every(({ schema }) => isKnown(schema)) && isKnown(AttributeDefinitions);
      if (!known || !areIndexesKnown(properties) || AttributeDefinitions === undefined || KeySchema === undefined) {
        return undefined;
      }
      const used = schemas.flatMap(({ schema }) => objects(schema).map(({ AttributeName }) => asText(AttributeName)));
      const wrong = used.find((name) => !defined.includes(name)) ?? defined.find((name) => !used.includes(name));
      const message =
        "Property AttributeDefinitions is inconsistent with the KeySchema of the table and the secondary indexes";
      return wrong === undefined ? undefined : { property: "AttributeDefinitions", value: wrong, message };
    },
  },
  {
    id: "table-key",
    types: [TABLE],
    document: `${CREATE} (KeySchema)`,
    check: ({ properties }) => {
      for (const { path, schema } of schemasOf(properties)) {
        if (!Array.isArray(schema) || !isKnown(schema)) continue;
        const kinds = objects(schema).map(({ KeyType }) => asText(KeyType));
        const wrong = kinds.findIndex((kind, index) => kind !== (index === 0 ? "HASH" : "RANGE"));
        // An index over several attributes may have more of each kind.
        if (wrong < 0 || path.includes("Global")) continue;
        const message =
          wrong === 0
            ? "Invalid KeySchema: The first KeySchemaElement is not a HASH key type"
            : "Invalid KeySchema: The second KeySchemaElement is not a RANGE key type";
        return { property: `${path}/${wrong}/KeyType`, value: kinds[wrong], message };
      }
      return undefined;
    },
  },
  {
    id: "table-provisioned",
    types: [TABLE],
    document: `${CREATE} (ProvisionedThroughput)`,
    check: ({ properties: { BillingMode = "PROVISIONED", ProvisionedThroughput } }) => {
      const message = `${INVALID}ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED`;
      return asText(BillingMode) === "PROVISIONED" && ProvisionedThroughput === undefined
        ? { property: "ProvisionedThroughput", message }
        : undefined;
    },
  },
  {
    id: "table-on-demand",
    types: [TABLE],
    document: `${CREATE} (BillingMode)`,
    check: ({ properties: { BillingMode, ProvisionedThroughput } }) => {
      const message = `${INVALID}Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST`;
      return asText(BillingMode) === "PAY_PER_REQUEST" && ProvisionedThroughput !== undefined
        ? { property: "ProvisionedThroughput", message }
        : undefined;
    },
  },
  {
    id: "table-index-once",
    types: [TABLE],
    document: `${CREATE} (GlobalSecondaryIndexes, LocalSecondaryIndexes)`,
    check: ({ properties: { GlobalSecondaryIndexes, LocalSecondaryIndexes } }) => {
      const names = [...objects(GlobalSecondaryIndexes), ...objects(LocalSecondaryIndexes)].map(({ IndexName }) =>
        asText(IndexName),
      );
      const name = repeated(names);
      const message = `${INVALID}Duplicate index name: ${name}`;
      return name === undefined ? undefined : { property: "GlobalSecondaryIndexes", value: name, message };
    },
  },
  {
    id: "table-local-index",
    types: [TABLE],
    document: `${CREATE} (LocalSecondaryIndexes)`,
    check: ({ properties: { KeySchema, LocalSecondaryIndexes } }) => {
      const local = asList(LocalSecondaryIndexes).length > 0;
      const simple = Array.isArray(KeySchema) && isKnown(KeySchema) && KeySchema.length === 1;
      const message = `${INVALID}Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex`;
      return local && simple ? { property: "LocalSecondaryIndexes", message } : undefined;
    },
  },
  {
    id: "table-local-indexes",
    types: [TABLE],
    document: "Amazon DynamoDB Developer Guide, Quotas in Amazon DynamoDB",
    check: ({ properties: { LocalSecondaryIndexes } }) =>
      asList(LocalSecondaryIndexes).length > 5
        ? {
            property: "LocalSecondaryIndexes",
            message: `${INVALID}Number of LocalSecondaryIndexes exceeds per-table limit of 5`,
          }
        : undefined,
  },
  {
    id: "table-projection",
    types: [TABLE],
    document: "Amazon DynamoDB API Reference, Projection",
    check: ({ properties }) =>
      eachIndex(properties, (index, path) => {
        const { ProjectionType, NonKeyAttributes } = asObject(index.Projection);
        const type = asText(ProjectionType);
        const given = NonKeyAttributes !== undefined;
        if (type === undefined || (type === "INCLUDE") === given) return undefined;
        const message = given
          ? `${INVALID}ProjectionType is ${type}, but NonKeyAttributes is specified`
          : `${INVALID}ProjectionType is INCLUDE, but NonKeyAttributes is not specified`;
        return { property: `${path}/Projection/NonKeyAttributes`, message };
      }),
  },
];

type Schema = { readonly path: string; readonly schema: Value | undefined };

const INDEXES = ["GlobalSecondaryIndexes", "LocalSecondaryIndexes"] as const;

function schemasOf(properties: Values): readonly Schema[] {
  const own = { path: "KeySchema", schema: properties.KeySchema };
  const others = INDEXES.flatMap((name) =>
    items(properties[name]).map(([index, one]) => ({ path: `${name}/${index}/KeySchema`, schema: one.KeySchema })),
  );
  return [own, ...others];
}

function areIndexesKnown(properties: Values): boolean {
  return INDEXES.every((name) => properties[name] === undefined || whole(properties[name]) !== undefined);
}

function eachIndex(
  properties: Values,
  check: (index: Values, path: string) => Violation | undefined,
): Violation | undefined {
  return firstFault(INDEXES, (name) =>
    firstFault(items(properties[name]), ([at, index]) => check(index, `${name}/${at}`)),
  );
}
