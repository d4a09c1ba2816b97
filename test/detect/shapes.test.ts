import { describe, expect, it } from "vitest";
import { OWN_VARIABLES, URL_VARIABLES } from "../../src/config/variables.ts";
import { type DetectedApp, detectApp } from "../../src/detect/detect.ts";
import type { Place, Shown } from "../../src/detect/repository.ts";
import { repositoryOf } from "../support/repository.ts";
import { COMPOSE } from "./shapes/compose.ts";
import { CONTAINERS } from "./shapes/containers.ts";
import { FRONTENDS, MONOREPOS } from "./shapes/frontends.ts";
import { PYTHON } from "./shapes/python.ts";

/** All that was found, a line each with its place. */
function told({ image, migrate, worker, frontend, notes }: DetectedApp): readonly string[] {
  const at = ({ file, line }: Place) => ` @${file}:${line}`;
  const one = (what: string, shown: Shown<unknown> | undefined) =>
    shown === undefined ? [] : [`${what} ${[shown.value].flat().join(" ")}${at(shown)}`];
  const folder = (path: string) => path || ".";
  const target = image?.target === undefined ? "" : ` (${image.target})`;
  return [
    ...(image ? [`build ${folder(image.context)} ${image.dockerfile}${target}${at(image)}`] : []),
    ...one("port", image?.port),
    ...one("health", image?.healthPath),
    ...one("architecture", image?.architecture),
    ...one("migrate", migrate),
    ...one("worker", worker),
    ...(frontend
      ? [`frontend ${folder(frontend.directory)} ${frontend.output} by ${frontend.build.join(" ")}${at(frontend)}`]
      : []),
    ...notes.map((note) => `note: ${note.words}${at(note)}`),
  ];
}

describe.each([
  ["its containers", CONTAINERS],
  ["its Python", PYTHON],
  ["its Compose file", COMPOSE],
  ["its frontend", FRONTENDS],
  ["its packages", MONOREPOS],
])("a repository shows by %s", (_, shapes) => {
  it.each(shapes.map((shape) => [shape.what, shape] as const))("%s", (_what, { files, found }) => {
    expect(told(detectApp(repositoryOf(files), [...OWN_VARIABLES, ...URL_VARIABLES]))).toEqual(found);
  });
});
