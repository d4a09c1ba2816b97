import type { Json, JsonObject } from "../../../template/types.ts";
import { partOf } from "../../resources/properties.ts";
import type { ResultValue } from "../../wire/call.ts";
import { flat, named } from "../../wire/xml.ts";
import { ownerOf, type S3Handler, theBucket, xml } from "./s3-call.ts";

const rows = (value: Json | undefined): readonly JsonObject[] =>
  Array.isArray(value)
    ? (value as readonly JsonObject[])
    : value === undefined || value === null
      ? []
      : [value as JsonObject];

/** Kinds of notifications: the property, its member with the destination, and the names of the API. */
const NOTIFICATIONS = [
  ["QueueConfigurations", "Queue", "QueueConfiguration", "Queue"],
  ["TopicConfigurations", "Topic", "TopicConfiguration", "Topic"],
  ["LambdaConfigurations", "Function", "CloudFunctionConfiguration", "CloudFunction"],
] as const;

/** Less common settings, by the query parameter of their API. */
export const MORE_SETTINGS: { readonly [word: string]: Setting } = {
  website: {
    property: "WebsiteConfiguration",
    root: "WebsiteConfiguration",
    none: ["NoSuchWebsiteConfiguration", "The specified bucket does not have a website configuration"],
    write: ({ IndexDocument, ErrorDocument, RedirectAllRequestsTo, RoutingRules }) => ({
      RedirectAllRequestsTo: RedirectAllRequestsTo as ResultValue,
      IndexDocument: IndexDocument === undefined ? undefined : { Suffix: IndexDocument },
      ErrorDocument: ErrorDocument === undefined ? undefined : { Key: ErrorDocument },
      RoutingRules:
        RoutingRules === undefined
          ? undefined
          : named(
              "RoutingRule",
              rows(RoutingRules).map(({ RoutingRuleCondition, RedirectRule }) => ({
                Condition: RoutingRuleCondition as ResultValue,
                Redirect: RedirectRule as ResultValue,
              })),
            ),
    }),
    read: ({ IndexDocument, ErrorDocument, RedirectAllRequestsTo, RoutingRules }) => ({
      ...(RoutingRules !== undefined && {
        RoutingRules: rows(partOf(RoutingRules).RoutingRule).map(({ Condition, Redirect }) => ({
          ...(Condition !== undefined && { RoutingRuleCondition: Condition }),
          RedirectRule: Redirect ?? {},
        })),
      }),
      ...(RedirectAllRequestsTo !== undefined && { RedirectAllRequestsTo }),
      ...(IndexDocument !== undefined && { IndexDocument: partOf(IndexDocument).Suffix ?? "" }),
      ...(ErrorDocument !== undefined && { ErrorDocument: partOf(ErrorDocument).Key ?? "" }),
    }),
  },
  logging: {
    property: "LoggingConfiguration",
    root: "BucketLoggingStatus",
    write: ({ DestinationBucketName, LogFilePrefix }) => ({
      LoggingEnabled: { TargetBucket: DestinationBucketName, TargetPrefix: LogFilePrefix ?? "" },
    }),
    read: ({ LoggingEnabled }) => ({
      DestinationBucketName: partOf(LoggingEnabled).TargetBucket ?? "",
      LogFilePrefix: partOf(LoggingEnabled).TargetPrefix ?? "",
    }),
  },
  notification: {
    property: "NotificationConfiguration",
    root: "NotificationConfiguration",
    write: (value) =>
      Object.fromEntries(
        NOTIFICATIONS.map(([property, member, element, word]) => [
          element,
          flat(
            rows(value[property]).map((one, i) => ({ Id: `${element}-${i}`, [word]: one[member], Event: one.Event })),
          ),
        ]),
      ),
    read: (value) =>
      Object.fromEntries(
        NOTIFICATIONS.map(([property, member, element, word]) => [
          property,
          rows(value[element]).map((one) => ({ [member]: one[word] ?? "", Event: one.Event ?? "" })),
        ]),
      ),
  },
  replication: {
    property: "ReplicationConfiguration",
    root: "ReplicationConfiguration",
    none: ["ReplicationConfigurationNotFoundError", "The replication configuration was not found"],
    write: ({ Role, Rules }) => ({ Role, Rule: flat(rows(Rules) as readonly ResultValue[]) }),
    read: ({ Role, Rule }) => ({ Role: Role ?? "", Rules: rows(Rule) }),
  },
  "object-lock": {
    property: "ObjectLockConfiguration",
    root: "ObjectLockConfiguration",
    none: ["ObjectLockConfigurationNotFoundError", "Object Lock configuration does not exist for this bucket"],
    write: (value) => value as ResultValue,
    read: (value) => value,
  },
  requestPayment: {
    property: "RequestPaymentConfiguration",
    root: "RequestPaymentConfiguration",
    write: ({ Payer }) => ({ Payer }),
    read: (value) => value,
  },
};

/** The owner has full control: ACLs are disabled on new buckets. */
export const getAcl: S3Handler = (simulator, call) => {
  const { account } = theBucket(simulator, call);
  const owner = ownerOf(account);
  const grantee = `<Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="CanonicalUser"><ID>${owner.ID}</ID></Grantee>`;
  const answer = xml("AccessControlPolicy", {
    Owner: owner,
    AccessControlList: named("Grant", [{ Grantee: "", Permission: "FULL_CONTROL" }]),
  });
  return { ...answer, body: String(answer.body).replace("<Grantee></Grantee>", grantee) };
};

/** A setting of a bucket: a CloudFormation property on one side, XML on the other. */
export type Setting = {
  readonly property: string;
  readonly root: string;
  /** The error for a bucket without it; absent: an empty document is the answer. */
  readonly none?: readonly [code: string, message: string];
  readonly write: (value: JsonObject) => ResultValue;
  readonly read: (xml: JsonObject) => Json;
};
