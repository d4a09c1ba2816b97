import { execFileSync, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { type Ended, plainEnvironment } from "./cli.ts";
import { awsTools } from "./python.ts";

/** AWS's own client, as `aws` is it, loaded once: a command a line comes in, what became of it goes out. */
const SERVER = `
import contextlib, io, json, sys
from awscli.clidriver import create_clidriver
answers = sys.stdout
driver = create_clidriver()
for line in sys.stdin:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = driver.main(json.loads(line))
        except SystemExit as left:
            code = left.code
    answers.write(json.dumps({"code": code, "stdout": out.getvalue(), "stderr": err.getvalue()}) + "\\n")
    answers.flush()
`;

export type AwsClient = {
  /** Carries out a command as a screen printed it, taken apart by a shell, before whatever answers at `endpoint`. */
  readonly run: (endpoint: string, command: string) => Promise<Ended>;
  readonly stop: () => void;
};

/** Starts AWS's client; it signs with `keys`. */
export function openAwsClient(keys: { readonly accessKeyId: string; readonly secretAccessKey: string }): AwsClient {
  const child = spawn(join(awsTools(), "python"), ["-c", SERVER], {
    env: plainEnvironment({
      AWS_ACCESS_KEY_ID: keys.accessKeyId,
      AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
      // Another one than any test's: a command that needs a region has to name it.
      AWS_DEFAULT_REGION: "ap-southeast-4",
      AWS_PAGER: "",
    }),
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    run: async (endpoint, command) => {
      const script = `aws() { printf '%s\\0' "$@"; }; ${command}`;
      const words = execFileSync("sh", ["-c", script], { encoding: "utf8" }).split("\0").slice(0, -1);
      child.stdin.write(`${JSON.stringify([...words, "--endpoint-url", endpoint])}\n`);
      const { value } = await lines.next();
      return JSON.parse(String(value)) as Ended;
    },
    stop: () => void child.kill(),
  };
}
