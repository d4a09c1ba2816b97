/** Flags of the commands that work on an environment, as oclif hands them over. */
export type OperationFlags = {
  readonly dir?: string | undefined;
  readonly env?: string | undefined;
  readonly json: boolean;
  readonly rehearse: boolean;
  readonly speed: string;
  readonly fault?: readonly string[] | undefined;
};

export type ProvisionFlags = OperationFlags & { readonly yes: boolean; readonly assembly?: string | undefined };
export type DestroyFlags = OperationFlags & {
  readonly yes: boolean;
  readonly bootstrap: boolean;
  readonly confirm?: string | undefined;
};

/** The command that goes on from here: the same one, as a person would type it. */
export function again(command: string, environment: string, flags: OperationFlags): string {
  const words = ["astro", command, "--env", environment];
  if (flags.dir !== undefined) words.push("--dir", flags.dir);
  if (flags.rehearse) words.push("--rehearse");
  if (flags.rehearse && flags.speed !== "60") words.push("--speed", flags.speed);
  return words.join(" ");
}
