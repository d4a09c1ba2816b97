import { ownFolder, type PrivateFolder, type Trusts } from "../folder.ts";

/** Where the cloud assemblies of the app in `directory` are kept, each in a folder of its environment's name. */
export function assembliesOf(directory: string, trusts: Trusts): PrivateFolder {
  return ownFolder(directory, trusts).folder("assembly");
}

/** An assembly's parts that are assemblies themselves, a CDK stage's ("cloud-assembly-schema", NestedCloudAssembly). */
const NESTED = /^assembly-/;

/**
 * Makes the folder that the CDK is to write an assembly to. Throws AstroError("config") for a link in it: the CDK writes
 * through links. What is in an asset's folder is copied once, under a new name, and may have links of its own.
 */
export function clearWay(output: PrivateFolder): void {
  output.make();
  output.refuseLinks();
  for (const name of output.list()) if (NESTED.test(name)) clearWay(output.folder(name));
}
