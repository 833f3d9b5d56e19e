'use client';

import { formatCount } from '@streamswarm/contract/format/numbers';
import type { NetworkPath, Paths, TestDetail } from '@streamswarm/contract/wire/views';
import Link from 'next/link';
import { useTestPaths } from '../../../api/path-queries.ts';
import type { TestName } from '../../../api/queries.ts';
import { Empty, Panel } from '../../../components/panel/panel.tsx';
import { Choice } from '../../../components/shell/choice.tsx';
import { useNow } from '../../../components/state/use-now.ts';
import { clockTimeOn } from '../../../format/time.ts';
import { pathHref } from '../../../url/path-href.ts';
import { keyOf } from '../../../url/query-string.ts';
import { useQueryState, useRange } from '../../../url/use-query-state.ts';
import detailCss from '../test-detail.module.css';
import { destinationsOf, traceProbesOf } from '../view-choice.ts';
import { pathBefore, pathNames } from './compare-paths.ts';
import { PathHops } from './path-hops.tsx';
import { PathList } from './path-list.tsx';

const ALL = '';

interface PathsTabProps {
  readonly name: TestName;
  readonly detail: TestDetail;
}

/** On which hop did it change? */
export function PathsTab({ name, detail }: PathsTabProps) {
  const { query, change } = useQueryState();
  const now = useNow();
  const probes = traceProbesOf(detail);
  const probe = probes.find((each) => each === query.get('probe')) ?? probes[0] ?? '';
  const destinations = destinationsOf(detail, probe);
  const destination = destinations.find((each) => each === query.get('dest')) ?? null;
  const agent = query.get('agent');
  const paths = useTestPaths(name, { range: useRange(), probe, agent, destination });
  const chosen = paths.data === undefined ? null : chosenPath(paths.data.paths, query.get('path'));
  const agents = [...new Set([...(agent === null ? [] : [agent]), ...agentsOf(paths.data)])].sort();
  const choices = [
    { label: 'Agent', value: agent, names: agents, all: 'all agents', key: 'agent' },
    { label: 'Destination', value: destination, names: destinations, all: 'all destinations', key: 'dest' },
  ];
  return (
    <>
      <div className={detailCss['upper']}>
        <div className={detailCss['pickers']}>
          {choices.map(({ label, value, names, all, key }) => (
            <Choice
              key={key}
              label={label}
              compact={key === 'agent'}
              value={value ?? ALL}
              options={[{ value: ALL, text: all }, ...names.map((each) => ({ value: each, text: each }))]}
              onChoose={(wanted) => change({ [key]: wanted === ALL ? null : wanted, path: null })}
            />
          ))}
          {probes.length < 2 ? null : (
            <Choice
              label="Probe"
              value={probe}
              options={probes.map((each) => ({ value: each, text: each }))}
              onChoose={(wanted) => change({ probe: wanted, path: null })}
            />
          )}
        </div>
        <Panel
          title={chosen === null ? 'Path' : `${chosen.agent} → ${chosen.destination}`}
          caption={(data) => chosen !== null && hopsCaption(data, chosen)}
          aside={
            chosen === null ? null : (
              <Link className={detailCss['more']} href={pathHref(addressOf(name, probe, chosen), query)}>
                trace by trace
              </Link>
            )
          }
          query={paths}
          reading="the paths"
          minHeight={300}
          empty={(data) => (data.paths.length > 0 ? null : <NoPaths paths={data} />)}
        >
          {(data) =>
            chosen === null ? null : <PathHops path={chosen} before={pathBefore(data.paths, chosen)} />
          }
        </Panel>
      </div>
      <div className={detailCss['block']}>
        <Panel
          title="Over time"
          caption={(data) => listCaption(data, now)}
          query={paths}
          reading="the paths"
          empty={(data) => (data.paths.length > 0 ? null : <NoPaths paths={data} />)}
        >
          {(data) => (
            <PathList
              paths={data.paths}
              chosen={chosen}
              onChoose={(path) => change({ path: pathKey(path) })}
            />
          )}
        </Panel>
      </div>
    </>
  );
}

function NoPaths({ paths }: { readonly paths: Paths }) {
  if (paths.traces > 0) return <Empty title="No router answered in this time, and no destination." />;
  return <Empty title="No trace was taken in this time.">A trace is taken once a minute at most.</Empty>;
}

/** The page of the stream, with the last trace that saw this path. */
function addressOf(name: TestName, probe: string, { agent, destination, lastSeen }: NetworkPath) {
  return { test: keyOf(name), probe, agent, destination, trace: lastSeen };
}

/** What names one path of one stream in the address. */
const pathKey = ({ agent, destination, hash }: NetworkPath): string => `${agent}/${destination}/${hash}`;

function chosenPath(paths: readonly NetworkPath[], key: string | null): NetworkPath | null {
  return paths.find((path) => pathKey(path) === key) ?? paths[0] ?? null;
}

function agentsOf(paths: Paths | undefined): string[] {
  return paths?.paths.map(({ agent }) => agent) ?? [];
}

function hopsCaption({ paths }: Paths, path: NetworkPath): string {
  const before = pathBefore(paths, path);
  const name = `path ${pathNames(paths).get(path)}, ${formatCount(path.traces)} traces`;
  return before === null ? name : `${name} · dotted: path ${pathNames(paths).get(before)}, seen before it`;
}

function listCaption(paths: Paths, now: number): string {
  const words = [`${formatCount(paths.traces)} traces, last seen first`];
  if (paths.unanswered > 0) words.push(`${formatCount(paths.unanswered)} that nothing answered`);
  if (paths.distinct > paths.paths.length)
    words.push(`${paths.paths.length} of ${formatCount(paths.distinct)} paths`);
  if (paths.oldestRead !== null)
    words.push(`none before ${clockTimeOn(Date.parse(paths.oldestRead), now)} are read: there are too many`);
  return words.join(' · ');
}
