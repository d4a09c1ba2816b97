import type { Stage } from "../stage.ts";
import { type Call, type Handler, structures, texts } from "../wire/call.ts";
import { jsonProtocol, type Service } from "../wire/protocol.ts";
import type { Place, Thing } from "../world.ts";
import { arnOf, tagList } from "./shelf.ts";

const getResources: Handler = (stage, { input, place }) => {
  const filters = structures(input, "TagFilters");
  const types = texts(input, "ResourceTypeFilters");
  const arns = texts(input, "ResourceARNList");
  const things = thingsHere(stage, place)
    .map((thing) => ({ thing, arn: arnOf(thing) }))
    .filter(({ arn }) => arn.startsWith("arn:"));
  const kept = things.filter(({ thing, arn }) => {
    const tagged = filters.every(({ Key, Values }) => {
      const value = thing.tags[String(Key)];
      return (
        value !== undefined && (!Array.isArray(Values) || Values.length === 0 || Values.map(String).includes(value))
      );
    });
    const [, , service = "", , , resource = ""] = arn.split(":");
    const typed =
      types.length === 0 || types.some((type) => type === service || type === `${service}:${resource.split("/")[0]}`);
    return Object.keys(thing.tags).length > 0 && tagged && typed && (arns.length === 0 || arns.includes(arn));
  });
  return {
    ResourceTagMappingList: kept.map(({ thing, arn }) => ({ ResourceARN: arn, Tags: tagList(thing) })),
    PaginationToken: "",
  };
};

/** Everything that a caller in this place sees. */
function thingsHere(stage: Stage, place: Place): readonly Thing[] {
  return Object.values(stage.world.things)
    .flatMap((shelf) => Object.values(shelf))
    .filter(({ account, region }) => account === place.account && (region === place.region || region === "global"));
}

const tagsHere = (stage: Stage, { place }: Call) =>
  thingsHere(stage, place).flatMap(({ tags }) => Object.entries(tags));

/** Resource Groups Tagging API, version 2017-01-26. */
export const TAGGING: Service = {
  protocol: jsonProtocol("1.1"),
  operations: {
    GetResources: getResources,
    GetTagKeys: (stage, call) => ({
      TagKeys: [...new Set(tagsHere(stage, call).map(([key]) => key))].toSorted(),
      PaginationToken: "",
    }),
    GetTagValues: (stage, call) => {
      const values = tagsHere(stage, call).filter(([key]) => key === call.input.Key);
      return { TagValues: [...new Set(values.map(([, value]) => value))].toSorted(), PaginationToken: "" };
    },
  },
};
