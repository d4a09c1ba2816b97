import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";

/** Where the tests' Python tools live between runs; beside what npm caches, so that no checkout is littered. */
const CACHE = join("node_modules", ".cache", "astro-python");

/** AWS's own client: apart from the rest, because they cannot agree on a version of PyYAML. */
export function awsTools(): string {
  return pythonTools("client", ["awscli==1.45.11"]);
}

/** The emulators of AWS and the linter of templates; one environment, because moto brings the linter anyway. */
export function emulatorTools(): string {
  return pythonTools("emulators", ["ministack==1.5.33", "moto[server]==5.2.1", "cfn-lint==1.51.0"]);
}

/** A proxy that breaks calls on their way to an emulator. */
export function faultTools(): string {
  return pythonTools("faults", ["microburst==0.10.0"]);
}

/**
 * A virtual environment holding exactly `requirements` (`name==version` each); made once, then reused.
 * Returns the folder of its programs.
 */
function pythonTools(name: string, requirements: readonly string[]): string {
  const versions = requirements.map((requirement) => requirement.replace(/^.*==/, "")).join("-");
  const home = join(process.cwd(), CACHE, `${name}-${versions}`);
  const programs = join(home, "bin");
  if (existsSync(join(home, "complete"))) return programs;
  rmSync(home, { recursive: true, force: true });
  mkdirSync(join(process.cwd(), CACHE), { recursive: true });
  execFileSync("python3", ["-m", "venv", home], { stdio: "inherit" });
  const install = ["-m", "pip", "install", "-qq", "--no-compile", "--disable-pip-version-check", ...requirements];
  execFileSync(join(programs, "python"), install, { stdio: ["ignore", "inherit", "inherit"] });
  // Only a finished one may be found by the next run.
  mkdirSync(join(home, "half"));
  renameSync(join(home, "half"), join(home, "complete"));
  return programs;
}
