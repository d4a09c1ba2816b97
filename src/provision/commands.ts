/** The flags, of those with which a run goes on, that each of these commands takes too. */
const TAKES = {
  doctor: [
    "--env",
    "--region",
    "--project",
    "--assembly",
    "--order",
    "--beside",
    "--adopt-stack",
    "--dir",
    "--rehearse",
    "--speed",
  ],
  "iam-policy": ["--env", "--dir"],
  init: ["--env", "--dir"],
  status: ["--env", "--region", "--project", "--dir", "--rehearse", "--speed"],
} as const;

/** Flags of these that name nothing. */
const SWITCHES: readonly string[] = ["--rehearse"];

/** Another command on the environment, the folder and the AWS that `again` goes on with, a command as a shell takes it. */
export function commandFor(command: keyof typeof TAKES, again: string): string {
  const takes: readonly string[] = TAKES[command];
  const words = again.match(/(?:'[^']*'|\\.|[^\s'\\])+/g) ?? [];
  const kept = words.flatMap((word, at) => {
    if (!takes.includes(word)) return [];
    return SWITCHES.includes(word) ? [word] : [word, words[at + 1] ?? ""];
  });
  return ["astro", command, ...kept].join(" ");
}
