import type { AgentView } from '@streamswarm/contract/wire/views';
import { CopyButton } from '../../components/command/command-line.tsx';
import { classes } from '../../components/state/class-names.ts';
import { ScrollBox } from '../../components/table/scroll-box.tsx';
import table from '../../components/table/table.module.css';
import css from './agent-detail.module.css';

const MARKS = { works: '✓', limited: '–', unavailable: '×' } as const;

/** What it can measure, why not the rest, and the command that enables it. */
export function Capabilities({ agent }: { readonly agent: AgentView }) {
  const { capabilities } = agent;
  const able = capabilities.filter((capability) => capability.state !== 'unavailable').length;
  return (
    <section className={css['capabilities']} aria-label="What this agent can measure">
      <h2>
        <b>What this agent can measure</b>{' '}
        <span>
          {able} of {capabilities.length} in full or part
        </span>
      </h2>
      <ScrollBox className={css['scroll']} label="Table of capabilities">
        <table className={table['table']}>
          <thead>
            <tr>
              <th scope="col" style={{ paddingLeft: 24 }}>
                Capability
              </th>
              <th scope="col">State or null reason</th>
              <th scope="col">Why</th>
              <th scope="col">To enable</th>
            </tr>
          </thead>
          <tbody>
            {capabilities.map(({ name, state, reason, detail, enable }) => (
              <tr key={name}>
                <td>
                  <span className={css['capability']}>
                    <i className={css[state]} aria-hidden="true">
                      {MARKS[state]}
                    </i>
                    <b>{name}</b>
                  </span>
                </td>
                <td className={table['ink2']}>
                  <span className={classes(reason !== undefined && table['reason'])}>{reason ?? state}</span>
                </td>
                <td className={classes(table['ink2'], css['why'])}>{detail ?? ''}</td>
                <td className={css['why']}>
                  {enable === undefined ? (
                    <span className={table['ink3']}>{state === 'works' ? '' : 'nothing to enable'}</span>
                  ) : (
                    <>
                      <code>{enable}</code> <CopyButton text={enable} />
                    </>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </section>
  );
}
