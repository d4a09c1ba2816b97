import { textOf } from "../../resources/properties.ts";
import type { ServiceResource } from "../../state/state.ts";
import type { LookUp } from "./shared.ts";

/** Members of a set of DHCP options, as EC2 calls the properties ("DHCP option sets in Amazon VPC"). */
export const DHCP: readonly (readonly [key: string, property: string, isList: boolean])[] = [
  ["domain-name", "DomainName", false],
  ["domain-name-servers", "DomainNameServers", true],
  ["netbios-name-servers", "NetbiosNameServers", true],
  ["netbios-node-type", "NetbiosNodeType", false],
  ["ntp-servers", "NtpServers", true],
];

/** What gives a VPC its options. */
export const DHCP_ASSOCIATION = "AWS::EC2::VPCDHCPOptionsAssociation";

const valuesOf = ({ properties }: ServiceResource, property: string) =>
  [properties[property] ?? []].flat().map((value) => ({ value: String(value) }));

/**
 * Describe calls for less common resources, by operation; facts as localstack's test_ec2 records them (2023-10-19 to
 * 2024-04-30).
 */
export const SELDOM: { readonly [operation: string]: LookUp } = {
  DescribeDhcpOptions: {
    type: "AWS::EC2::DHCPOptions",
    ids: "DhcpOptionsId",
    missing: "InvalidDhcpOptionID.NotFound",
    list: "dhcpOptionsSet",
    view: (options) => ({
      shown: {
        dhcpOptionsId: options.id,
        ownerId: options.account,
        dhcpConfigurationSet: DHCP.filter(([, property]) => options.properties[property] !== undefined).map(
          ([key, property]) => ({ key, valueSet: valuesOf(options, property) }),
        ),
      },
      filters: { "dhcp-options-id": options.id, "owner-id": options.account },
    }),
  },
  DescribeKeyPairs: {
    type: "AWS::EC2::KeyPair",
    ids: "KeyName",
    missing: "InvalidKeyPair.NotFound",
    list: "keySet",
    view: (pair) => ({
      shown: {
        keyPairId: textOf(pair.attributes, "KeyPairId"),
        keyName: pair.id,
        keyType: textOf(pair.properties, "KeyType") || "rsa",
        keyFingerprint: textOf(pair.attributes, "KeyFingerprint"),
        createTime: new Date(pair.created).toISOString(),
      },
      filters: { "key-name": pair.id, "key-pair-id": textOf(pair.attributes, "KeyPairId") },
    }),
  },
  DescribeManagedPrefixLists: {
    type: "AWS::EC2::PrefixList",
    ids: "PrefixListId",
    missing: "InvalidPrefixListID.NotFound",
    list: "prefixListSet",
    view: (list) => ({
      shown: {
        prefixListId: list.id,
        prefixListArn: `arn:aws:ec2:${list.region}:${list.account}:prefix-list/${list.id}`,
        prefixListName: textOf(list.properties, "PrefixListName"),
        addressFamily: textOf(list.properties, "AddressFamily"),
        maxEntries: Number(list.properties.MaxEntries ?? 0),
        state: "create-complete",
        version: Number(list.attributes.Version ?? 1),
        ownerId: list.account,
      },
      filters: {
        "prefix-list-id": list.id,
        "prefix-list-name": textOf(list.properties, "PrefixListName"),
        "owner-id": list.account,
      },
    }),
  },
};
