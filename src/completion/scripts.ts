/** Shells whose completion astro knows. */
export const SHELLS = ["bash", "zsh", "fish"] as const;
export type Shell = (typeof SHELLS)[number];

/**
 * The script that teaches a shell to ask `astro complete` what a word may become (GNU Bash, "Programmable Completion"; zsh,
 * "Completion System"; fish, "Writing your own completions"). It asks the astro that is being typed; what comes behind the first blank of a line says what its word is.
 */
export function completionScript(shell: Shell): string {
  return SCRIPTS[shell];
}

/** Where a shell reads such a script from when it starts, as a line to put there. */
export const SET_UP: { readonly [shell in Shell]: { readonly file: string; readonly line: string } } = {
  bash: { file: "~/.bashrc", line: "source <(astro autocomplete bash)" },
  zsh: { file: "~/.zshrc (below compinit)", line: "source <(astro autocomplete zsh)" },
  fish: { file: "~/.config/fish/config.fish", line: "astro autocomplete fish | source" },
};

const BASH = String.raw`_astro() {
  local cur="$2" IFS=$'\n' answer line
  [[ $cur == = ]] && cur=
  COMPREPLY=()
  answer="$("$1" complete -- "@{COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)" || return 0
  case "$answer" in
    :files) compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -f -- "$cur")) ;;
    :folders) compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -d -- "$cur")) ;;
    *) for line in $answer; do COMPREPLY+=("@{line%% *}"); done ;;
  esac
}
complete -F _astro astro
`;

const ZSH = String.raw`#compdef astro
_astro() {
  local answer line
  local -a candidates
  answer="$("$words[1]" complete -- "@{(@)words[2,CURRENT]}" 2>/dev/null)" || return 1
  [[ $words[CURRENT] == --*=* ]] && compset -P '*='
  case "$answer" in
    :files) _files ;;
    :folders) _files -/ ;;
    *)
      for line in @{(f)answer}; do
        if [[ $line == *' '* ]]; then
          candidates+=("@{@{line%% *}//:/\\:}:@{line#* }")
        else
          candidates+=("@{line//:/\\:}")
        fi
      done
      _describe 'astro' candidates
      ;;
  esac
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then _astro "$@"; else compdef _astro astro; fi
`;

const FISH = `function __astro_complete
    set -l words (commandline -opc)
    set -l cur (commandline -ct)
    set -l flag (string match -r -- '^--[^=]+=' "$cur"; or echo '')
    set -l answer ($words[1] complete -- $words[2..-1] "$cur" 2>/dev/null)
    switch "$answer[1]"
        case ':files'
            for path in (string replace -r -- '^--[^=]+=' '' "$cur")*
                if test -d $path
                    echo $flag$path/
                else
                    echo $flag$path
                end
            end
        case ':folders'
            for path in (string replace -r -- '^--[^=]+=' '' "$cur")*/
                echo $flag$path
            end
        case '*'
            for line in $answer
                echo $flag(string replace -- ' ' \\t $line)
            end
    end
end
complete -c astro -f -a '(__astro_complete)'
`;

/** In the scripts an at sign stands for the dollar before a brace, which would be TypeScript's. */
const SCRIPTS: { readonly [shell in Shell]: string } = {
  bash: BASH.replaceAll("@{", "${"),
  zsh: ZSH.replaceAll("@{", "${"),
  fish: FISH,
};
