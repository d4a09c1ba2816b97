import { containerTools } from "../support/debian.ts";
import { awsTools, emulatorTools, faultTools } from "../support/python.ts";

/** Makes the Python tools and installs Debian's once, before files that run side by side would each find them missing. */
export function setup(): void {
  awsTools();
  emulatorTools();
  faultTools();
  containerTools();
}
