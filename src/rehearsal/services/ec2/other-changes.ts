import type { JsonObject } from "../../../template/types.ts";
import { rowsOf, textOf } from "../../resources/properties.ts";
import { hex } from "../../state/hash.ts";
import { resourcesAt } from "../../state/resource-store.ts";
import type { Simulator } from "../../state/simulator.ts";
import type { ServiceResource } from "../../state/state.ts";
import { type Call, type CallResult, type Handler, needed, structures, text } from "../../wire/call.ts";
import { AwsError } from "../../wire/error.ts";
import { checkDeletable, createResource, deleteResource, findResource } from "../common/resources.ts";
import { DHCP, DHCP_ASSOCIATION, SELDOM } from "./other-lookups.ts";
import { type LookUp, tagSet, tagsOf } from "./shared.ts";

const LIST = "AWS::EC2::PrefixList";
const OPTIONS = "AWS::EC2::DHCPOptions";

const shown = (simulator: Simulator, resource: ServiceResource, lookUp: LookUp | undefined): CallResult => ({
  ...lookUp?.view(resource, simulator).shown,
  tagSet: tagSet(resource),
});

function there(simulator: Simulator, call: Call, parameter: string, type: string, code: string): ServiceResource {
  const id = needed(call.input, parameter);
  const found = findResource(simulator, call, type, id);
  if (!found) throw new AwsError(code, `The ID '${id}' does not exist`);
  return found;
}

const theList = (simulator: Simulator, call: Call) =>
  there(simulator, call, "PrefixListId", LIST, "InvalidPrefixListID.NotFound");

const entriesOf = (list: ServiceResource): readonly JsonObject[] => rowsOf(list.properties.Entries);

/** A list's entries, if it has room for them. */
function fitting(entries: readonly JsonObject[], most: number): JsonObject[] {
  if (entries.length <= most) return [...entries];
  throw new AwsError(
    "PrefixListMaxEntriesExceeded",
    `You've reached the maximum number of entries for the prefix list: ${most}`,
  );
}

const createList: Handler = (simulator, call) => {
  const { input } = call;
  const MaxEntries = Number(needed(input, "MaxEntries"));
  const properties = {
    PrefixListName: needed(input, "PrefixListName"),
    AddressFamily: needed(input, "AddressFamily"),
    MaxEntries,
    Entries: fitting(structures(input, "Entry"), MaxEntries),
  };
  const id = `pl-0${hex(16, simulator.state.seed, "list", simulator.state.serial, properties.PrefixListName)}`;
  const list = createResource(simulator, call, { type: LIST, id, properties, tags: tagsOf(call) });
  return { prefixList: shown(simulator, list, SELDOM.DescribeManagedPrefixLists) };
};

const modifyList: Handler = (simulator, call) => {
  const list = theList(simulator, call);
  const { input } = call;
  const [added, removed] = [structures(input, "AddEntry"), structures(input, "RemoveEntry")];
  const version = Number(list.attributes.Version ?? 1);
  const hasOtherEntries = added.length + removed.length > 0;
  if (hasOtherEntries && text(input, "CurrentVersion") !== String(version)) {
    throw new AwsError("PrefixListVersionMismatch", `The prefix list has the version ${version}.`);
  }
  const most = Number(text(input, "MaxEntries") ?? list.properties.MaxEntries);
  const left = entriesOf(list).filter(({ Cidr }) => ![...added, ...removed].some((one) => one.Cidr === Cidr));
  const PrefixListName = text(input, "PrefixListName") ?? textOf(list.properties, "PrefixListName");
  const Entries = fitting([...left, ...added], most);
  list.properties = { ...list.properties, PrefixListName, MaxEntries: most, Entries };
  if (hasOtherEntries) list.attributes = { ...list.attributes, Version: version + 1 };
  return { prefixList: shown(simulator, list, SELDOM.DescribeManagedPrefixLists) };
};

const deleteList: Handler = (simulator, call) => {
  const list = theList(simulator, call);
  const answer = shown(simulator, list, SELDOM.DescribeManagedPrefixLists);
  checkDeletable(simulator, list, "DependencyViolation");
  deleteResource(simulator, list);
  return { prefixList: { ...answer, state: "delete-in-progress" } };
};

const listEntries: Handler = (simulator, call) => ({
  entrySet: entriesOf(theList(simulator, call)).map(({ Cidr, Description }) => ({
    cidr: Cidr,
    description: Description,
  })),
});

const createOptions: Handler = (simulator, call) => {
  const properties = Object.fromEntries(
    structures(call.input, "DhcpConfiguration").map(({ Key, Value }) => {
      const [, property, isList] = DHCP.find(([key]) => key === Key) ?? [];
      if (property === undefined) {
        throw new AwsError("InvalidParameterValue", `Value (${String(Key)}) for parameter name is invalid.`);
      }
      const values = [Value ?? []].flat().map(String);
      return [property, isList ? values : (values[0] ?? "")];
    }),
  );
  const id = `dopt-0${hex(16, simulator.state.seed, "options", simulator.state.serial)}`;
  const options = createResource(simulator, call, { type: OPTIONS, id, properties, tags: tagsOf(call) });
  return { dhcpOptions: shown(simulator, options, SELDOM.DescribeDhcpOptions) };
};

const theOptions = (simulator: Simulator, call: Call) =>
  there(simulator, call, "DhcpOptionsId", OPTIONS, "InvalidDhcpOptionID.NotFound");

const associations = (simulator: Simulator, { scope }: Call) => resourcesAt(simulator.state, DHCP_ASSOCIATION, scope);

/** `default` stands for no options of one's own (EC2 API Reference, AssociateDhcpOptions). */
const associate: Handler = (simulator, call) => {
  const vpc = there(simulator, call, "VpcId", "AWS::EC2::VPC", "InvalidVpcID.NotFound");
  const id = needed(call.input, "DhcpOptionsId");
  if (id !== "default") theOptions(simulator, call);
  for (const one of associations(simulator, call)) if (one.properties.VpcId === vpc.id) deleteResource(simulator, one);
  if (id !== "default") {
    const properties = { VpcId: vpc.id, DhcpOptionsId: id };
    createResource(simulator, call, { type: DHCP_ASSOCIATION, id: `${id}|${vpc.id}`, properties });
  }
  return { return: true };
};

const deleteOptions: Handler = (simulator, call) => {
  const options = theOptions(simulator, call);
  if (associations(simulator, call).some(({ properties }) => properties.DhcpOptionsId === options.id)) {
    throw new AwsError(
      "DependencyViolation",
      `The dhcpOptions '${options.id}' has dependencies and cannot be deleted.`,
    );
  }
  deleteResource(simulator, options);
  return { return: true };
};

/** Calls that change prefix lists and DHCP options (EC2 API Reference, the operation of each name). */
export const OTHER_CHANGES: { readonly [operation: string]: Handler } = {
  AssociateDhcpOptions: associate,
  CreateDhcpOptions: createOptions,
  CreateManagedPrefixList: createList,
  DeleteDhcpOptions: deleteOptions,
  DeleteManagedPrefixList: deleteList,
  GetManagedPrefixListEntries: listEntries,
  ModifyManagedPrefixList: modifyList,
};
