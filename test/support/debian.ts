import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";

/** What builds and carries images, as Debian packages it, with a shell that needs no library. */
const PACKAGES: { readonly [program: string]: string } = {
  "/usr/bin/buildah": "buildah",
  "/usr/bin/podman": "podman",
  "/usr/bin/skopeo": "skopeo",
  "/bin/busybox": "busybox-static",
};

/** Installs what of them is missing. */
export function containerTools(): void {
  const missing = Object.entries(PACKAGES).flatMap(([program, name]) => (existsSync(program) ? [] : [name]));
  if (missing.length === 0) return;
  const apt = (...words: readonly string[]) => {
    const [program = "", ...args] = [...(process.getuid?.() === 0 ? [] : ["sudo", "-n"]), "apt-get", "-qq", ...words];
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    execFileSync(program, args, { env, stdio: ["ignore", "ignore", "inherit"] });
  };
  apt("update");
  apt("install", "--yes", "--no-install-recommends", ...missing);
}
