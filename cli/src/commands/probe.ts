import { Command } from 'commander';
import { type CommandRoom, type OutputFlags, withOutput } from './shared-options.ts';

export interface ProbeFlags extends OutputFlags {
  readonly set?: string[];
}

const EXAMPLES = `
Examples:
  streamswarm probe icmp edge.example.net
  streamswarm probe http https://shop.example.net/health
  streamswarm probe tcp edge.example.net --set port=8443 --set timeout=500ms
  streamswarm probe dns shop.example.net --set resolver=198.18.0.53 -o json
  streamswarm probe host

Needs no operator. Options of a probe are those of a StreamTest (docs/reference/stream-test.md).
Exit code 1: the probe ended with lost, error or denied.`;

export function probeCommand(room: CommandRoom): Command {
  return withOutput(new Command('probe'))
    .description('one probe once, from this machine')
    .argument('<probe>', 'name of a probe, such as icmp, dns, tcp, tls, http, trace or host')
    .argument('[target]', 'host name, address or URL; none for host')
    .option('--set <option=value...>', 'options of the probe')
    .addHelpText('after', EXAMPLES)
    .action(async (kind: string, target: string | undefined, flags: ProbeFlags) => {
      const { runProbe } = await import('./run-probe.ts');
      await runProbe({ kind, target, flags, room });
    });
}
