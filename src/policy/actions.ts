import { CALLS } from "./calls.ts";
import { HANDLERS, LOOSE } from "./permissions.ts";

/** Names and numbers of things, and how they stand; S3's lists are what is in a bucket. */
export const LISTING = /^(?!s3:)[\w-]+:(Describe|List)/;

/** The settings of a bucket are two dozen, which all are asked for where one is made. */
export const SETTINGS = /^(s3:(?:Get|Put))(?:(Bucket)\w+|\w+(Configuration))$/;

export function called(on: string, service?: string): readonly string[] {
  return Object.values(CALLS)
    .flatMap((call) => (call.on === on && call.actions !== "" ? call.actions.split(" ") : []))
    .filter((action) => service === undefined || serviceOf(action) === service);
}

export function isAnywhere(action: string): boolean {
  return LOOSE.has(action) || LISTING.test(action);
}

/** What IAM holds to no resource and yet makes or takes away something. */
export function isWriting(action: string): boolean {
  return LOOSE.has(action) && !/:(Describe|Get|List)/.test(action);
}

/** Services that CloudFormation calls otherwise than IAM does. */
const OTHERWISE: { readonly [service: string]: string } = {
  applicationautoscaling: "application-autoscaling",
  certificatemanager: "acm",
  elasticloadbalancingv2: "elasticloadbalancing",
};

export function ownService(type: string): string {
  const service = type.split("::")[1]?.toLowerCase() ?? "";
  return OTHERWISE[service] ?? service;
}

export function settings(_: string, verb: string, bucket: string | undefined): string {
  return bucket === undefined ? `${verb}*Configuration` : `${verb}Bucket*`;
}

export function actionsOf(type: string): readonly string[] {
  return HANDLERS[type]?.split(" ") ?? [];
}

/** `Describe*` and `List*` of a service where it is asked for more than one of them. */
export function byVerb(actions: readonly string[]): readonly string[] {
  const verbs = actions.map((action) => (LISTING.test(action) ? action.replace(/:(Describe|List).*/, ":$1*") : action));
  const short = verbs.map((verb, index) => (verbs.indexOf(verb) === verbs.lastIndexOf(verb) ? actions[index] : verb));
  return short.flatMap((action) => action ?? []);
}

export function serviceOf(action: string): string {
  return action.slice(0, action.indexOf(":"));
}

/** A statement's id takes letters and digits only. */
export function statementId(service: string): string {
  return service.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
}
