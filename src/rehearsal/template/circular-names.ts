/** Names in circular dependencies, and those that depend on one; empty if there is none. */
export function circularNames(needs: ReadonlyMap<string, Iterable<string>>): readonly string[] {
  const left = new Map([...needs].map(([name, names]) => [name, new Set(names)]));
  let before = -1;
  while (left.size !== before) {
    before = left.size;
    for (const [name, names] of left) {
      for (const other of names) if (!left.has(other)) names.delete(other);
      if (names.size === 0) left.delete(name);
    }
  }
  return [...left.keys()];
}
