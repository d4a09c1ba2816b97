import { distance } from "fastest-levenshtein";

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
