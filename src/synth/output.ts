import { ownFolder, type PrivateFolder, type Trusts } from "../folder.ts";

/** The folder of the app's cloud assemblies, one folder for each environment. */
export function assembliesOf(directory: string, trusts: Trusts): PrivateFolder {
  return ownFolder(directory, trusts).folder("assembly");
}

/** Nested assemblies, those of CDK stages ("cloud-assembly-schema", NestedCloudAssembly). */
const NESTED = /^assembly-/;

/**
 * Creates the folder that the CDK writes an assembly to. Throws AstroError("config") for a symlink in it: the CDK writes
 * through links. An asset's folder is copied once, under a new name, and may have links of its own.
 */
export function prepareOutput(output: PrivateFolder): void {
  output.make();
  output.refuseLinks();
  for (const name of output.list()) if (NESTED.test(name)) prepareOutput(output.folder(name));
}
