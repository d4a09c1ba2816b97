/** A command as its words, none of them quoted. */
export type CommandLine = readonly string[];

/**
 * The words of a command: the template's own text is split at its spaces, a value is (part of) one word whatever is in it,
 * a list is as many words as it has.
 */
export function command(
  texts: TemplateStringsArray,
  ...values: readonly (string | number | CommandLine)[]
): CommandLine {
  const words: string[] = [];
  let word: string | undefined;
  const end = () => {
    if (word !== undefined) words.push(word);
    word = undefined;
  };
  texts.forEach((text, at) => {
    for (const piece of text.split(/(\s+)/)) {
      if (/^\s+$/.test(piece)) end();
      else if (piece !== "") word = (word ?? "") + piece;
    }
    const value = values[at];
    if (typeof value === "string" || typeof value === "number") word = (word ?? "") + value;
    else if (value !== undefined) {
      end();
      words.push(...value);
    }
  });
  end();
  return words;
}

/** A command as a person types it into a shell. */
export function shellLine(words: CommandLine): string {
  return words.map(shellWord).join(" ");
}

/** A word of a command as a shell takes it, whatever is in it. */
function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
