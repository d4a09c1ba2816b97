import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";

/** What can go wrong with it, once. */
type DockerFault = "build-fails" | "push-breaks" | "token-expires" | "other-machine";

/** A docker on the PATH that is none, and what it keeps (see `docker.mjs`). */
export type FakeDocker = {
  readonly env: { readonly PATH: string; readonly FAKE_DOCKER: string };
  /** Has something go wrong the next time; nothing without one. */
  readonly next: (fault?: DockerFault) => void;
};

/** Puts one into `folder`: no other builder is found beside it. */
export function fakeDocker(folder: string): FakeDocker {
  const bin = join(folder, "bin");
  mkdirSync(bin, { recursive: true });
  const program = join(import.meta.dirname, "docker.mjs");
  chmodSync(program, 0o755);
  symlinkSync(program, join(bin, "docker"));
  const fault = join(folder, "fault");
  return {
    env: { PATH: `${bin}${delimiter}${process.env.PATH ?? ""}`, FAKE_DOCKER: folder },
    next: (name) => (name === undefined ? rmSync(fault, { force: true }) : writeFileSync(fault, name)),
  };
}
