import { probeOnce } from '@streamswarm/agent/probe-once';
import {
  checkStreamTest,
  destinationTarget,
  isProbeName,
  type Metric,
  PROBE_NAMES,
  PROBES,
  type Probe,
  probePairs,
  type TraceHop,
} from '@streamswarm/contract';
import { joined, metricQuantity } from '@streamswarm/contract/format/numbers';
import { parse } from 'yaml';
import { CommandFailed, EXIT } from '../exit-codes.ts';
import { hopLines } from '../output/hop-lines.ts';
import { clean, tableLines } from '../output/table.ts';
import type { ProbeFlags } from './probe.ts';
import type { CommandRoom } from './shared-options.ts';

export interface ProbeWish {
  readonly kind: string;
  readonly target: string | undefined;
  readonly flags: ProbeFlags;
  readonly room: CommandRoom;
}

/** Runs the probe and prints what it found. */
export async function runProbe({ kind, target, flags, room }: ProbeWish): Promise<void> {
  if (!isProbeName(kind)) {
    throw new CommandFailed(
      `There is no probe ${JSON.stringify(kind)}: ${PROBE_NAMES.join(', ')}.`,
      EXIT.usage,
    );
  }
  const definition: Probe = PROBES[kind];
  if ((target === undefined) !== definition.perAgent) {
    const words = definition.perAgent
      ? 'measures this machine and takes no target'
      : 'needs a target: a host name, an address or a URL';
    throw new CommandFailed(`The probe ${kind} ${words}.`, EXIT.usage);
  }
  const options = parseOptions(flags.set ?? []);
  const aim = definition.perAgent ? null : aimAt(kind, target ?? '', options);
  const found = await probeOnce({ kind, options, target: aim });
  if (flags.output === 'json' || flags.output === 'yaml')
    room.out(`${JSON.stringify({ probe: kind, target: target ?? null, ...found }, null, 2)}\n`);
  else {
    const { outcome, reason } = found;
    const source = 'source' in found && found.source !== undefined ? ` by ${found.source}` : '';
    const address = 'address' in found && found.address !== undefined ? `, ${found.address}` : '';
    room.out(
      `${kind} ${target ?? 'of this machine'}${address}: ${outcome}${source}${reason === undefined ? '' : ` (${clean(reason)})`}\n`,
    );
    if ('metrics' in found) {
      const lines = metricLines(
        definition.metrics,
        found.metrics,
        found.nulls ?? {},
        flags.output === 'wide',
      );
      const { path } = found.metrics;
      // The one detail that people ask for by the name of the probe; null where nothing answered.
      if (kind === 'trace' && Array.isArray(path)) lines.push('', ...hopLines(path as TraceHop[]));
      room.out(lines.map((line) => `${line}\n`).join(''));
    }
  }
  if (found.outcome !== 'ok') throw new CommandFailed('', EXIT.failed);
}

function parseOptions(settings: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    settings.map((setting) => {
      const [, name, value] = /^([A-Za-z]+)=(.*)$/s.exec(setting) ?? [];
      if (name === undefined || value === undefined) {
        throw new CommandFailed(`--set is written option=value, not ${JSON.stringify(setting)}.`, EXIT.usage);
      }
      return [name, parse(value) as unknown];
    }),
  );
}

/** The same check and the same target as a test with this one probe would have. */
function aimAt(kind: keyof typeof PROBES, target: string, options: Record<string, unknown>) {
  const isUrl = /^https?:\/\//i.test(target);
  const checked = checkStreamTest({
    apiVersion: 'streamswarm.dev/v1alpha1',
    kind: 'StreamTest',
    metadata: { name: 'once' },
    spec: {
      interval: '1m',
      destinations: [{ name: 'target', ...(isUrl ? { url: target } : { host: target }) }],
      probes: [{ [kind]: options }],
    },
  });
  if (!checked.ok) {
    const words = checked.problems.map(({ path, message }) => {
      const where = path
        .replace(`spec.probes[0].${kind}.`, '--set ')
        .replace(/^spec\.destinations\[0\]\.(host|url)$/, 'target');
      return `${where}: ${message}`;
    });
    throw new CommandFailed(words.join('\n'), EXIT.refused);
  }
  const [pair] = probePairs(checked.test.spec);
  if (pair === undefined || pair.destination === null)
    throw new CommandFailed(`${kind} takes no target.`, EXIT.usage);
  if (!pair.applicability.applies)
    throw new CommandFailed(
      `${kind} does not apply to ${target}: ${pair.applicability.reason}.`,
      EXIT.refused,
    );
  return {
    ...destinationTarget(pair.destination, pair.applicability, options),
    ...(isUrl ? { url: target } : {}),
  };
}

function metricLines(
  metrics: readonly Metric[],
  values: Readonly<Record<string, unknown>>,
  nulls: Readonly<Record<string, string>>,
  wide: boolean,
): string[] {
  const rows = metrics.filter((metric) => metric.kind !== 'samples' && metric.kind !== 'detail');
  return tableLines<Metric>(
    [
      { head: 'METRIC', cell: ({ name }) => name },
      { head: 'VALUE', right: true, cell: ({ name, unit }) => valueWords(values[name], unit) },
      {
        head: 'WHY NOT',
        cell: ({ name }) =>
          values[name] === null || values[name] === undefined ? (nulls[name] ?? 'not measured') : '',
      },
      { head: 'MEANING', wide: true, cell: ({ meaning }) => meaning },
    ],
    rows,
    wide,
  );
}

function valueWords(value: unknown, unit: string): string {
  if (value === null || value === undefined) return '-';
  return typeof value === 'number' ? joined(metricQuantity(value, unit)) : clean(String(value));
}
