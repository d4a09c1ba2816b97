/** The candidate a person most likely meant by `word`; undefined if none is close. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const reach = Math.max(1, Math.floor(word.length / 3));
  const ranked = candidates
    .map((candidate) => ({ candidate, far: distance(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ candidate, far }) => far <= reach || (far === 2 && letters(word) === letters(candidate)))
    .sort((left, right) => left.far - right.far);
  return ranked[0]?.candidate;
}

/** The same for two words in which neighbours are swapped. */
function letters(word: string): string {
  return [...word.toLowerCase()].sort().join("");
}

/** Insertions, removals and replacements of one character from one word to the other (Levenshtein). */
export function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let index = 0; index < from.length; index += 1) {
    const next = [index + 1];
    for (let column = 0; column < to.length; column += 1) {
      const replaced = (row[column] ?? 0) + (from[index] === to[column] ? 0 : 1);
      next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
