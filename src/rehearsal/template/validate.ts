import { tooMany } from "../../rules/stack-limits.ts";
import { isObject } from "../../template/json.ts";
import { dependenciesOf } from "../../template/references.ts";
import type { Json, JsonObject, Resource, Template } from "../../template/types.ts";
import { isCustomResource, type Model } from "../model/model.ts";
import { invalid } from "../wire/error.ts";
import { checkConditions } from "./check-conditions.ts";
import { checkFunctions } from "./check-functions.ts";
import { checkReferences } from "./check-references.ts";
import { checkSections } from "./check-sections.ts";
import { circularNames } from "./circular-names.ts";
import { checkFunctionPlaces, noTransform } from "./function-places.ts";

const SECTIONS = new Set([
  "AWSTemplateFormatVersion",
  "Conditions",
  "Description",
  "Hooks",
  "Mappings",
  "Metadata",
  "Outputs",
  "Parameters",
  "Resources",
  "Rules",
  "Transform",
]);

const RESOURCE_KEYS = new Set([
  "Condition",
  "CreationPolicy",
  "DeletionPolicy",
  "DependsOn",
  "Metadata",
  "Properties",
  "Type",
  "UpdatePolicy",
  "UpdateReplacePolicy",
]);

const POLICIES = new Set(["Delete", "Retain", "RetainExceptOnCreate", "Snapshot"]);

/** Types that can leave a snapshot (Template Reference, "DeletionPolicy attribute"). */
const SNAPSHOT_TYPES = new Set([
  "AWS::DocDB::DBCluster",
  "AWS::EC2::Volume",
  "AWS::ElastiCache::CacheCluster",
  "AWS::ElastiCache::ReplicationGroup",
  "AWS::Neptune::DBCluster",
  "AWS::RDS::DBCluster",
  "AWS::RDS::DBInstance",
  "AWS::Redshift::Cluster",
]);

/**
 * Throws a ValidationError, with AWS's message, for the first error of a template; `extended` is one with language
 * extensions applied.
 */
export function validateTemplate(template: Template, model: Model, extended = false): void {
  checkTransform(template.Transform);
  const unknown = Object.keys(template).filter((key) => !SECTIONS.has(key));
  if (unknown.length > 0) throw invalid(`Invalid template property or properties [${unknown.join(", ")}]`);
  checkSections(template);
  // localstack's test_linting_error_during_creation, recorded 2022-09-16.
  if (template.Resources !== undefined && !isObject(template.Resources))
    throw invalid("Template format error: Any Resources member must be an object.");
  if (!isObject(template.Resources) || Object.keys(template.Resources).length === 0) {
    throw invalid("Template format error: At least one Resources member must be defined.");
  }
  checkFunctionPlaces(template, extended);
  const many = tooMany(template);
  if (many) throw invalid(many.message);
  for (const [id, resource] of Object.entries(template.Resources)) checkResource(id, resource);
  const common = Object.keys(template.Parameters ?? {}).filter((name) => Object.hasOwn(template.Resources, name));
  if (common.length > 0)
    throw invalid(
      `Template error: all resources and parameters must have unique names. Common name(s):[${common.join(", ")}]`,
    );
  const types = [...new Set(Object.values(template.Resources).map(({ Type }) => Type))];
  // The specification has types that exist only for transforms, which CloudFormation itself does not know.
  const isKnown = (type: string) => isCustom(type) || (model.type(type) && !type.startsWith("AWS::Serverless::"));
  const missing = types.filter((type) => !isKnown(type));
  if (missing.length > 0) throw invalid(`Template format error: Unrecognized resource types: [${missing.join(", ")}]`);
  checkOutputs(template);
  checkFunctions(template);
  checkReferences(template);
  checkConditions(template);
  const needs = Object.entries(template.Resources).map(([id, one]) => [id, dependenciesOf(template, one)] as const);
  const circle = circularNames(new Map(needs));
  if (circle.length > 0) throw invalid(`Circular dependency between resources: [${circle.join(", ")}]`);
}

/** Types that are not in the specification: custom resources, and the CDK's metadata. */
export function isCustom(type: string): boolean {
  return isCustomResource(type) || type === "AWS::CDK::Metadata";
}

function checkResource(id: string, resource: Resource): void {
  if (!/^[A-Za-z0-9]+$/.test(id)) throw invalid(`Template format error: Resource name ${id} is non alphanumeric.`);
  if (!isObject(resource)) throw invalid("Template format error: Any Resources member must be an object.");
  if (typeof resource.Type !== "string") {
    throw invalid(`Template format error: [/Resources/${id}] Every Resources object must contain a Type member.`);
  }
  // Custom resources may have a version (Lambda Developer Guide, the example of "Using Lambda with CloudFormation").
  const isKnown = (key: string) => RESOURCE_KEYS.has(key) || (key === "Version" && isCustom(resource.Type));
  const unknown = Object.keys(resource).find((key) => !isKnown(key));
  if (unknown) throw invalid(`Invalid template resource property '${unknown}'`);
  const { Condition, DependsOn } = resource as { readonly [key: string]: Json | undefined };
  if (Condition !== undefined && typeof Condition !== "string")
    throw invalid("Template format error: Every Condition member must be a string.");
  if (DependsOn !== undefined && ![DependsOn].flat().every((one) => typeof one === "string"))
    throw invalid("Template format error: DependsOn must be a string or list of strings.");
  for (const key of ["DeletionPolicy", "UpdateReplacePolicy"] as const) {
    const policy = resource[key];
    if (policy === undefined || typeof policy !== "string") continue;
    if (!POLICIES.has(policy) || (policy === "RetainExceptOnCreate" && key === "UpdateReplacePolicy")) {
      throw invalid(`Template format error: Unrecognized ${key} ${policy} for resource ${id}`);
    }
    if (policy === "Snapshot" && !SNAPSHOT_TYPES.has(resource.Type)) {
      throw invalid(`Template error: resource type ${resource.Type} does not support deletion policy Snapshot`);
    }
  }
}

const OUTPUT_KEYS = new Set(["Condition", "Description", "Export", "Value"]);

function checkOutputs(template: Template): void {
  for (const [id, output] of Object.entries(template.Outputs ?? {})) {
    if (!/^[A-Za-z0-9]+$/.test(id)) throw invalid(`Template format error: Output name ${id} is non alphanumeric.`);
    if (!isObject(output) || output.Value === undefined)
      throw invalid("Template format error: Every Outputs member must contain a Value object");
    const unknown = Object.keys(output).find((key) => !OUTPUT_KEYS.has(key));
    if (unknown) throw invalid(`Invalid template output property '${unknown}'`);
  }
}

function checkTransform(transform: Json | undefined): void {
  const names = Array.isArray(transform) ? (transform as readonly Json[]) : transform === undefined ? [] : [transform];
  // localstack's test_error_pass_macro_as_reference, recorded 2023-01-30.
  if (names.some((name) => isObject(name ?? null) && typeof (name as JsonObject).Name === "object"))
    throw invalid("Key Name of transform definition must be a string.");
  const other = names.find((name) => name !== "AWS::LanguageExtensions");
  if (other !== undefined) throw noTransform(other);
}
