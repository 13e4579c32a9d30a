/**
 * What a shell is told once. Each script hands over the words before the cursor and the beginning of the word that is being
 * written, and gets lines of a candidate, a tab and what it is; a folder ends with a slash.
 */
export const scripts = {
  bash: `# Completion of dml for bash.
_dml() {
  local value _
  COMPREPLY=()
  while IFS=$'\\t' read -r value _; do
    printf -v value '%q' "$value"
    COMPREPLY+=("$value")
  done < <(command dml completion "--complete=\${COMP_WORDS[COMP_CWORD]#=}" -- "\${COMP_WORDS[@]:1:COMP_CWORD-1}" 2>/dev/null)
  if [[ \${#COMPREPLY[@]} == 1 && \${COMPREPLY[0]} == */ ]]; then compopt -o nospace; fi
}
complete -F _dml dml
`,
  zsh: `#compdef dml
# Completion of dml for zsh.
_dml() {
  local line value
  local -a folders described
  for line in "\${(@f)$(command dml completion "--complete=\${words[CURRENT]}" -- "\${(@)words[2,CURRENT-1]}" 2>/dev/null)}"; do
    value=\${line%%$'\\t'*}
    if [[ -z $value ]]; then continue; fi
    if [[ $value == */ ]]; then folders+=("$value"); continue; fi
    described+=("\${value//:/\\\\:}:\${line#*$'\\t'}")
  done
  (( $#folders )) && compadd -S '' -- $folders
  (( $#described )) && _describe 'dml' described
}
compdef _dml dml
`,
  fish: `# Completion of dml for fish.
function __dml_candidates
    set -l words (commandline -opc)
    set -e words[1]
    set -l current (commandline -ct)
    command dml completion "--complete=$current" -- $words 2>/dev/null
end
complete -c dml -f -a '(__dml_candidates)'
`,
  powershell: `# Completion of dml for PowerShell.
Register-ArgumentCompleter -Native -CommandName dml -ScriptBlock {
  param($word, $ast, $position)
  $before = @($ast.CommandElements | Select-Object -Skip 1 |
    Where-Object { $_.Extent.EndOffset -lt $position } | ForEach-Object { $_.ToString() })
  dml completion "--complete=$word" -- @before 2>$null | ForEach-Object {
    $value, $doc = $_ -split "\`t", 2
    $shown = if ($doc) { $doc } else { $value }
    [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $shown)
  }
}
`,
} as const satisfies Readonly<Record<string, string>>;
