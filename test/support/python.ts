import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";

/** Where the tests' Python tools live between runs; beside what npm caches, so that no checkout is littered. */
const CACHE = join("node_modules", ".cache", "astro-python");

/**
 * A virtual environment holding exactly `requirements` (`name==version` each); made once, then reused.
 * Returns the folder of its programs.
 */
export function pythonTools(requirements: readonly string[]): string {
  const home = join(process.cwd(), CACHE, requirements.join("+").replaceAll("==", "-"));
  const programs = join(home, "bin");
  if (existsSync(join(home, "complete"))) return programs;
  rmSync(home, { recursive: true, force: true });
  mkdirSync(join(process.cwd(), CACHE), { recursive: true });
  execFileSync("python3", ["-m", "venv", home], { stdio: "inherit" });
  execFileSync(
    join(programs, "python"),
    ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", ...requirements],
    {
      stdio: ["ignore", "inherit", "inherit"],
    },
  );
  // Only a finished one may be found by the next run.
  mkdirSync(join(home, "half"));
  renameSync(join(home, "half"), join(home, "complete"));
  return programs;
}
