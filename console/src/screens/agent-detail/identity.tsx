import {
  diskQuantity,
  formatCount,
  formatSeconds,
  joined,
  memoryQuantity,
} from '@streamswarm/contract/format/numbers';
import type { AgentView } from '@streamswarm/contract/wire/views';
import type { ReactNode } from 'react';
import { CopyButton } from '../../components/command/command-line.tsx';
import { clockTime, dateTime } from '../../format/time.ts';
import css from './agents.module.css';
import { labelWords } from './labels.ts';

/** Who it is, how far its word reaches, and what waits in its spool. */
export function Identity({ agent }: { readonly agent: AgentView }) {
  const { platform, spool } = agent;
  return (
    <div className={css['identity']}>
      <Facts
        title={agent.name}
        facts={[
          ['Kind', agent.node === null ? 'Host, outside the cluster' : `Node ${agent.node}`],
          ...(agent.gone
            ? [['State', 'gone: its node or host was taken away'] as const]
            : agent.suspended
              ? [['State', suspendedWords(agent)] as const]
              : []),
          ['System', `${platform.os} ${platform.kernel}, ${platform.arch}`],
          ['Machine', `${platform.cores} cores, ${joined(memoryQuantity(platform.memoryBytes))}`],
          ['Addresses', agent.addresses.length === 0 ? '—' : agent.addresses.join(' · ')],
          ['Agent', agent.version],
          ['First seen', dateTime(Date.parse(agent.firstSeen))],
        ]}
      />
      <Labels labels={agent.labels} />
      <Facts
        title="Its word"
        caption="every slot before this moment is answered or lies in its spool"
        facts={[
          ['Through', agent.through === null ? 'nothing said yet' : clockTime(Date.parse(agent.through))],
          [
            'Clock',
            agent.clockOffsetSeconds === null
              ? 'not known'
              : `${formatSeconds(agent.clockOffsetSeconds)} off the operator`,
          ],
        ]}
      />
      <Facts
        title="Spool"
        caption="what waits for the operator"
        facts={[
          ['Batches', `${formatCount(spool.batches)} waiting`],
          ['Bytes', joined(diskQuantity(spool.bytes))],
          [
            'Unreadable',
            spool.bad === 0 ? (
              'none'
            ) : (
              <b key="bad" className={css['bad']}>
                {formatCount(spool.bad)}
              </b>
            ),
          ],
        ]}
      />
    </div>
  );
}

function suspendedWords({ name }: AgentView): ReactNode {
  const command = `kubectl patch streamagent ${name} --type merge --patch '{"spec":{"suspend":false}}'`;
  return (
    <span key="suspended">
      suspended: it gets no work, and nobody measures to it <CopyButton text={command} label="copy resume" />
    </span>
  );
}

function Labels({ labels }: { readonly labels: AgentView['labels'] }) {
  const words = labelWords(labels);
  return (
    <section className={css['facts']} aria-label="Labels">
      <h2>
        <b>Labels</b> <span>by which tests aim at it</span>
      </h2>
      {words.length === 0 ? (
        <p className={css['none']}>none</p>
      ) : (
        <ul className={css['chips']}>
          {words.map((word) => (
            <li key={word}>
              <code>{word}</code>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Facts({
  title,
  caption,
  facts,
}: {
  readonly title: string;
  readonly caption?: string;
  readonly facts: readonly (readonly [string, ReactNode])[];
}) {
  return (
    <section className={css['facts']} aria-label={title}>
      <h2>
        <b>{title}</b> <span>{caption}</span>
      </h2>
      <dl>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
