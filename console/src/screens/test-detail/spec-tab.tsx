'use client';

import type { PairView, TestDetail } from '@streamswarm/contract/wire/views';
import { CopyButton } from '../../components/command/command-line.tsx';
import { classes } from '../../components/state/class-names.ts';
import table from '../../components/table/table.module.css';
import { manifestYaml } from '../../components/yaml/manifest-yaml.ts';
import { YamlText } from '../../components/yaml/yaml-text.tsx';
import { formatDuration } from '../../format/time.ts';
import css from './test-detail.module.css';

/** The manifest, and what each of its probes measures on each destination. */
export function SpecTab({ detail }: { readonly detail: TestDetail }) {
  const yaml = manifestYaml(detail.manifest);
  return (
    <div className={css['lower']}>
      <section aria-label="Manifest">
        <h2 className={css['heading']}>
          <b>Manifest</b> <CopyButton text={yaml} />
        </h2>
        <YamlText text={yaml} />
      </section>
      <section className={css['side']} aria-label="Streams">
        <h2>
          <b>What is measured</b>
        </h2>
        <table className={table['table']}>
          <thead>
            <tr>
              <th scope="col">Probe</th>
              <th scope="col">Destination</th>
              <th scope="col">Target</th>
              <th scope="col" className={table['right']}>
                Every
              </th>
            </tr>
          </thead>
          <tbody>
            {detail.pairs.map((pair) => (
              <tr key={`${pair.probe} ${pair.destination}`}>
                <td>
                  <code>{pair.probe}</code>
                </td>
                <td>{pair.destination ?? 'the agent'}</td>
                <td className={classes(table['ink2'], css['target'])}>
                  {pair.applies ? targetWords(pair) : `not measured: ${pair.reason}`}
                </td>
                <td className={table['right']}>{formatDuration(pair.periodSeconds)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  );
}

function targetWords({ destinationKind, target }: PairView): string {
  if (target === null) return '';
  if (destinationKind === 'service') return `Service ${target}`;
  return destinationKind === 'agents'
    ? `mesh: ${target === 'every agent' ? target : `agents with ${target}`}`
    : target;
}
