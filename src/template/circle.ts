/** One circular dependency, each name depending on the next and the last on the first; empty if there is none. */
export function circleOf(needs: ReadonlyMap<string, Iterable<string>>): readonly string[] {
  const done = new Set<string>();
  for (const start of needs.keys()) {
    if (done.has(start)) continue;
    // The way from the start to where the search is, without a call inside of a call for each step of it.
    const way = [{ name: start, left: [...(needs.get(start) ?? [])] }];
    const on = new Set([start]);
    for (let here = way.at(-1); here !== undefined; here = way.at(-1)) {
      const next = here.left.pop();
      if (next === undefined) {
        way.pop();
        on.delete(here.name);
        done.add(here.name);
      } else if (on.has(next)) {
        const names = way.map(({ name }) => name);
        return names.slice(names.indexOf(next));
      } else if (!done.has(next) && needs.has(next)) {
        way.push({ name: next, left: [...(needs.get(next) ?? [])] });
        on.add(next);
      }
    }
  }
  return [];
}
