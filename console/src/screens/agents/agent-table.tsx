'use client';

import { diskQuantity, formatCount, formatSeconds, joined } from '@streamswarm/contract/format/numbers';
import type { AgentView } from '@streamswarm/contract/wire/views';
import Link from 'next/link';
import { useRef } from 'react';
import { Glyph } from '../../components/shell/glyph.tsx';
import { classes } from '../../components/state/class-names.ts';
import { useNow } from '../../components/state/use-now.ts';
import { Missing } from '../../components/table/missing.tsx';
import { useRowFocus } from '../../components/table/row-focus.ts';
import { SpacerRow } from '../../components/table/spacer-row.tsx';
import table from '../../components/table/table.module.css';
import { useVirtualRows } from '../../components/table/use-virtual-rows.ts';
import { formatAge } from '../../format/time.ts';
import { agentHref } from '../../url/agent-href.ts';
import { agentState } from '../agent-detail/agent-state.ts';
import css from './agents.module.css';
import { labelWords, shortLabels } from './labels.ts';

interface AgentTableProps {
  readonly agents: readonly AgentView[];
}

const COLUMNS = 12;
const ROW_PX = 28;

export function AgentTable({ agents }: AgentTableProps) {
  const now = useNow();
  const box = useRef<HTMLDivElement>(null);
  useRowFocus();
  const { drawn, before, after } = useVirtualRows({
    count: agents.length,
    heightOf: () => ROW_PX,
    scroller: () => box.current,
  });
  return (
    <div className={css['some']} ref={box}>
      <table className={table['table']} aria-rowcount={agents.length + 1}>
        <thead>
          <tr>
            <th scope="col">State</th>
            <th scope="col">Agent</th>
            <th scope="col" className={css['roomy']}>
              Kind
            </th>
            <th scope="col" className={css['wide']}>
              Labels
            </th>
            <th scope="col" className={css['wide']}>
              System
            </th>
            <th scope="col" className={css['roomy']}>
              Version
            </th>
            <th scope="col" className={table['right']}>
              Tests
            </th>
            <th scope="col" className={classes(table['right'], css['roomy'])}>
              Streams
            </th>
            <th scope="col" className={table['right']}>
              Clock
            </th>
            <th scope="col" className={classes(table['right'], css['roomy'])}>
              Spool
            </th>
            <th scope="col" className={classes(table['right'], css['roomy'])}>
              Can measure
            </th>
            <th scope="col" className={table['right']}>
              Last seen
            </th>
          </tr>
        </thead>
        <tbody>
          <SpacerRow height={before} columns={COLUMNS} />
          {drawn
            .flatMap((index) => agents[index] ?? [])
            .map((agent) => (
              <tr key={agent.id} data-row={agent.id}>
                <td>
                  <State agent={agent} />
                </td>
                <td>
                  <Link href={agentHref(agent.name)} className={css['name']}>
                    {agent.name}
                  </Link>
                </td>
                <td className={css['roomy']}>
                  {agent.kind}
                  {agent.node === null || agent.node === agent.name ? null : (
                    <span className={table['ink2']}> {agent.node}</span>
                  )}
                </td>
                <td className={css['wide']}>
                  <Labels labels={agent.labels} />
                </td>
                <td className={classes(table['ink2'], css['wide'])}>
                  {agent.platform.os} {agent.platform.kernel}, {agent.platform.cores} cores
                </td>
                <td className={classes(table['ink2'], css['roomy'])}>{agent.version}</td>
                <td className={table['right']}>{formatCount(agent.tests)}</td>
                <td className={classes(table['right'], css['roomy'])}>{formatCount(agent.streams)}</td>
                <td className={table['right']}>
                  {agent.clockOffsetSeconds === null ? (
                    <Missing why="the agent has not said its time" />
                  ) : (
                    formatSeconds(agent.clockOffsetSeconds)
                  )}
                </td>
                <td className={classes(table['right'], css['roomy'], agent.spool.bad > 0 && table['bad'])}>
                  {agent.spool.batches === 0 ? 'nothing waits' : joined(diskQuantity(agent.spool.bytes))}
                </td>
                <td className={classes(table['right'], css['roomy'])}>
                  {agent.capabilities.filter((c) => c.state !== 'unavailable').length}/
                  {agent.capabilities.length}
                </td>
                <td className={classes(table['right'], !agent.online && !agent.gone && table['bad'])}>
                  {formatAge((now - Date.parse(agent.lastSeen)) / 1_000)}
                </td>
              </tr>
            ))}
          <SpacerRow height={after} columns={COLUMNS} />
        </tbody>
      </table>
    </div>
  );
}

function State({ agent }: { readonly agent: AgentView }) {
  const { word, glyph, wrong } = agentState(agent);
  return (
    <span className={css['state']}>
      <Glyph name={glyph} />
      <span className={classes(wrong && table['bad'], agent.gone && table['ink2'])}>{word}</span>
      {!agent.online && !agent.gone && agent.suspended ? <small>suspended</small> : null}
    </span>
  );
}

/** So many fit beside the rest. */
const FEW = 2;

function Labels({ labels }: { readonly labels: AgentView['labels'] }) {
  const words = shortLabels(labels);
  if (words.length === 0) return null;
  return (
    <span className={css['labels']} title={labelWords(labels).join('\n')}>
      {words.slice(0, FEW).map((word) => (
        <code key={word}>{word}</code>
      ))}
      {words.length > FEW ? <small>+{words.length - FEW}</small> : null}
    </span>
  );
}
