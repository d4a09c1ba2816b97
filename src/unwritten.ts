import { exitCodeOf } from "./errors.ts";

/** What a write fails with once nobody reads or looks any more: whoever has had enough is told nothing. */
const LEFT = ["EPIPE", "EIO"];

type Output = { on: (event: "error", listener: (error: NodeJS.ErrnoException) => void) => unknown };

/** What has to be known of a process to tell of its results that are lost. */
type Printing = {
  readonly stdout: Output;
  readonly stderr: Output & { write: (text: string) => unknown };
  exitCode?: number | string | null | undefined;
  once: (event: "exit", listener: () => void) => unknown;
};

/**
 * From here on a result that could not be printed, on a full disk for one, is said once and in a line, and the process
 * ends as failed whatever else it does. A failed write to stderr has nowhere to be told.
 */
export function tellUnwritten(program: Printing): void {
  let told = false;
  program.stderr.on("error", () => undefined);
  program.stdout.on("error", ({ code = "", message }) => {
    if (told || LEFT.includes(code)) return;
    told = true;
    program.once("exit", () => {
      program.exitCode = exitCodeOf("failed");
    });
    program.stderr.write(
      ` failed: stdout cannot be written: ${message}; see that its disk has room, and run it again\n`,
    );
  });
}
