import { Argument, Command } from 'commander';

const SHELLS = ['bash', 'zsh', 'fish'] as const;

const EXAMPLES = `
Examples:
  source <(streamswarm completion bash)
  streamswarm completion zsh > "\${fpath[1]}/_streamswarm"
  streamswarm completion fish > ~/.config/fish/completions/streamswarm.fish`;

/** Words of commands and options, made from the commands themselves. */
export function completionCommand(program: Command, out: (text: string) => void): Command {
  return new Command('completion')
    .description('completion for a shell')
    .addArgument(new Argument('<shell>', 'the shell').choices(SHELLS))
    .addHelpText('after', EXAMPLES)
    .action((shell: (typeof SHELLS)[number]) => out(completionScript(shell, program)));
}

export function completionScript(shell: (typeof SHELLS)[number], program: Command): string {
  const commands = program.commands.map((command) => ({
    name: command.name(),
    words: command.description(),
    options: [
      ...command.options.flatMap(({ long }) => (long === undefined || long === null ? [] : [long])),
      '--help',
    ],
  }));
  if (shell === 'fish') {
    return commands
      .flatMap(({ name, words, options }) => [
        `complete -c streamswarm -n __fish_use_subcommand -a ${name} -d '${words.replaceAll("'", '')}'`,
        ...options.map(
          (option) =>
            `complete -c streamswarm -n '__fish_seen_subcommand_from ${name}' -l ${option.slice(2)}`,
        ),
      ])
      .map((line) => `${line}\n`)
      .join('');
  }
  const cases = commands
    .map(({ name, options }) => `    ${name}) words="${options.join(' ')}" ;;\n`)
    .join('');
  const body = `_streamswarm() {
  local words
  case "\${COMP_WORDS[1]}" in
${cases}    *) words="" ;;
  esac
  if [ "$COMP_CWORD" -eq 1 ]; then words="${commands.map(({ name }) => name).join(' ')} --help --version"; fi
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _streamswarm streamswarm
`;
  return shell === 'bash'
    ? body
    : `#compdef streamswarm\nautoload -U +X bashcompinit && bashcompinit\n${body}`;
}
