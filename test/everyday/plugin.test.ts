import { describe, expect, it } from "vitest";
import { shellLine } from "../../src/command-line.ts";
import { AstroError } from "../../src/errors.ts";
import { checkPlugin, installHints, pluginRun } from "../../src/everyday/plugin.ts";
import { machineOf } from "../../src/system.ts";

const debian = machineOf("linux", "x64", 'NAME="Debian GNU/Linux"\nID=debian\n');

function refusal(stdout: string, exitCode = 0): AstroError | undefined {
  try {
    checkPlugin({ exitCode, stdout }, debian);
    return undefined;
  } catch (error) {
    return error instanceof AstroError ? error : expect.fail(String(error));
  }
}

describe("the Session Manager plugin", () => {
  it.each([
    ["1.2.497.0\n", false],
    ["1.2.398.0", false],
    ["1.1", false],
    ["1.2.536.0\n", true],
    ["1.3", true],
    ["2.0.0.0", true],
    ["1.2.497.1", true],
    ["The Session Manager plugin was installed successfully.", false],
    ["", false],
  ])("of version %j is taken: %s", (version, taken) => {
    expect(refusal(version) === undefined).toBe(taken);
  });

  it("that is not there, or too old, is told with the way to get it here", () => {
    const missing = refusal("", 127);
    expect(missing?.message).toBe("the Session Manager plugin is not installed: AWS's sessions need it");
    expect(missing?.hint).toMatch(/curl .*ubuntu_64bit\/session-manager-plugin\.deb\n.*sudo dpkg -i .*\nthen run/);
    const old = refusal("1.2.398.0");
    expect(old?.message).toMatch(/is 1\.2\.398\.0: a newer one than 1\.2\.497\.0 is needed/);
    expect(old?.hint).toContain("dpkg");
  });

  it.each([
    ["linux", "arm64", "ID=ubuntu", /ubuntu_arm64/],
    ["linux", "x64", 'ID=linuxmint\nID_LIKE="ubuntu debian"', /dpkg -i/],
    ["linux", "x64", 'ID="amzn"\nID_LIKE="fedora"', /yum install -y .*linux_64bit\/session-manager-plugin\.rpm/],
    ["linux", "arm64", 'ID="rhel"', /linux_arm64/],
    ["darwin", "arm64", "", /brew install --cask session-manager-plugin/],
    ["win32", "x64", "", /winget install Amazon\.SessionManagerPlugin/],
    ["linux", "x64", "ID=alpine", /https:\/\/docs\.aws\.amazon\.com/],
  ])("on %s %s (%s) is got so", (platform, architecture, osRelease, way) => {
    const hints = installHints(machineOf(platform, architecture, osRelease));
    expect(hints.map(({ text, command }) => `${text} ${command ? shellLine(command) : ""}`).join("\n")).toMatch(way);
  });

  it("is handed the token in its environment, and in no argument", () => {
    const session = {
      id: "ecs-1",
      token: "s3cr3t",
      url: "wss://x/ecs-1",
      endpoint: "https://ssm.eu-west-1.amazonaws.com",
    };
    const { words, env } = pluginRun(session, "eu-west-1", { Target: "ecs:a_b_c" });
    expect(words).toEqual([
      "session-manager-plugin",
      "AWS_SSM_START_SESSION_RESPONSE",
      "eu-west-1",
      "StartSession",
      "",
      '{"Target":"ecs:a_b_c"}',
      "https://ssm.eu-west-1.amazonaws.com",
    ]);
    expect(JSON.parse(env.AWS_SSM_START_SESSION_RESPONSE ?? "")).toEqual({
      SessionId: "ecs-1",
      TokenValue: "s3cr3t",
      StreamUrl: "wss://x/ecs-1",
    });
  });
});
