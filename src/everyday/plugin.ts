import { type CommandLine, command } from "../command-line.ts";
import { AstroError, type Hint } from "../errors.ts";
import type { OpenSession } from "../release/port-sessions.ts";
import type { Machine } from "../system.ts";

/** The program that takes part in sessions (AWS Systems Manager User Guide, "Install the Session Manager plugin"). */
export const PLUGIN = "session-manager-plugin";

/** The variable in which it is handed what AWS answered, since everybody can see arguments. */
const RESPONSE = "AWS_SSM_START_SESSION_RESPONSE";

/** The last version that does not read it (aws/aws-cli, customizations/sessionmanager.py). */
const LAST_WITHOUT = "1.2.497.0";

/** Throws AstroError if the plugin is not here, or too old to be handed a token that nobody else sees. */
export function checkPlugin(
  { exitCode, stdout }: { readonly exitCode: number; readonly stdout: string },
  machine: Machine,
): void {
  const then = { text: "then run the same command" };
  if (exitCode === 127)
    throw new AstroError("failed", "the Session Manager plugin is not installed: AWS's sessions need it", [
      ...installHints(machine),
      then,
    ]);
  const version = stdout.trim();
  if (isNewer(version)) return;
  const which = /^[\d.]+$/.test(version) ? version : "one that does not say its version";
  throw new AstroError(
    "failed",
    `the Session Manager plugin here is ${which}: a newer one than ${LAST_WITHOUT} is needed, which takes the session's token without showing it to everybody`,
    [...installHints(machine), then],
  );
}

function isNewer(version: string): boolean {
  if (!/^\d+(\.\d+){0,3}$/.test(version)) return false;
  const [own, last] = [version, LAST_WITHOUT].map((one) => one.split(".").map(Number));
  for (let at = 0; at < 4; at++) {
    const difference = (own?.[at] ?? 0) - (last?.[at] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return false;
}

const DOWNLOADS = "https://s3.amazonaws.com/session-manager-downloads/plugin/latest";

/** How to get the plugin on a machine (the same guide, by operating system). */
export function installHints({ system, arm }: Machine): readonly Hint[] {
  switch (system) {
    case "debian": {
      const file = `${PLUGIN}.deb`;
      const url = `${DOWNLOADS}/ubuntu_${arm ? "arm64" : "64bit"}/${file}`;
      return [
        { text: "download it", command: command`curl -fsSLo ${file} ${url}` },
        { text: "install it", command: command`sudo dpkg -i ${file}` },
      ];
    }
    case "redhat": {
      const url = `${DOWNLOADS}/linux_${arm ? "arm64" : "64bit"}/${PLUGIN}.rpm`;
      return [{ text: "install it", command: command`sudo yum install -y ${url}` }];
    }
    case "macos":
      return [{ text: "install it", command: command`brew install --cask ${PLUGIN}` }];
    case "windows":
      return [{ text: "install it", command: command`winget install Amazon.SessionManagerPlugin` }];
    default:
      return [
        {
          text: "see “Install the Session Manager plugin” in the AWS Systems Manager User Guide for this system: https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-working-with-install-plugin.html",
        },
      ];
  }
}

/** How the plugin is run for a session that was begun by `request`, and what it is handed in its environment. */
export function pluginRun(
  { id, token, url, endpoint, profile = "" }: OpenSession,
  region: string,
  request: object,
): { readonly words: CommandLine; readonly env: { readonly [name: string]: string } } {
  const response = JSON.stringify({ SessionId: id, TokenValue: token, StreamUrl: url });
  const words = [PLUGIN, RESPONSE, region, "StartSession", profile, JSON.stringify(request), endpoint];
  return { words, env: { [RESPONSE]: response } };
}
