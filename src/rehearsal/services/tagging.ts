import type { Simulator } from "../state/simulator.ts";
import type { Scope, ServiceResource } from "../state/state.ts";
import { type Call, type Handler, structures, texts } from "../wire/call.ts";
import { jsonProtocol, type Service } from "../wire/protocol.ts";
import { arnOf, tagList } from "./common/resources.ts";

const getResources: Handler = (simulator, { input, scope }) => {
  const filters = structures(input, "TagFilters");
  const types = texts(input, "ResourceTypeFilters");
  const arns = texts(input, "ResourceARNList");
  const resources = resourcesHere(simulator, scope)
    .map((resource) => ({ resource, arn: arnOf(resource) }))
    .filter(({ arn }) => arn.startsWith("arn:"));
  const kept = resources.filter(({ resource: item, arn }) => {
    const tagged = filters.every(({ Key, Values }) => {
      const value = item.tags[String(Key)];
      return (
        value !== undefined && (!Array.isArray(Values) || Values.length === 0 || Values.map(String).includes(value))
      );
    });
    const [, , service = "", , , resource = ""] = arn.split(":");
    const typed =
      types.length === 0 || types.some((type) => type === service || type === `${service}:${resource.split("/")[0]}`);
    return Object.keys(item.tags).length > 0 && tagged && typed && (arns.length === 0 || arns.includes(arn));
  });
  return {
    ResourceTagMappingList: kept.map(({ resource, arn }) => ({ ResourceARN: arn, Tags: tagList(resource) })),
    PaginationToken: "",
  };
};

/** All resources in the caller's scope. */
function resourcesHere(simulator: Simulator, scope: Scope): readonly ServiceResource[] {
  return Object.values(simulator.state.resources)
    .flatMap((store) => Object.values(store))
    .filter(({ account, region }) => account === scope.account && (region === scope.region || region === "global"));
}

const tagsHere = (simulator: Simulator, { scope }: Call) =>
  resourcesHere(simulator, scope).flatMap(({ tags }) => Object.entries(tags));

/** Resource Groups Tagging API, version 2017-01-26. */
export const TAGGING: Service = {
  protocol: jsonProtocol("1.1"),
  operations: {
    GetResources: getResources,
    GetTagKeys: (simulator, call) => ({
      TagKeys: [...new Set(tagsHere(simulator, call).map(([key]) => key))].toSorted(),
      PaginationToken: "",
    }),
    GetTagValues: (simulator, call) => {
      const values = tagsHere(simulator, call).filter(([key]) => key === call.input.Key);
      return { TagValues: [...new Set(values.map(([, value]) => value))].toSorted(), PaginationToken: "" };
    },
  },
};
