'use client';

import { formatCount } from '@streamswarm/contract/format/numbers';
import type { NetworkPath } from '@streamswarm/contract/wire/views';
import { classes } from '../../../components/state/class-names.ts';
import { useNow } from '../../../components/state/use-now.ts';
import { Missing } from '../../../components/table/missing.tsx';
import table from '../../../components/table/table.module.css';
import { clockTimeOn } from '../../../format/time.ts';
import { isLatest, pathNames } from './compare-paths.ts';
import css from './paths.module.css';

interface PathListProps {
  readonly paths: readonly NetworkPath[];
  readonly chosen: NetworkPath | null;
  readonly onChoose: (path: NetworkPath) => void;
}

export function PathList({ paths, chosen, onChoose }: PathListProps) {
  const now = useNow();
  const names = pathNames(paths);
  return (
    <div className={css['scroll']}>
      <table className={classes(table['table'], css['list'])}>
        <thead>
          <tr>
            <th scope="col">Path</th>
            <th scope="col">Agent</th>
            <th scope="col">Destination</th>
            <th scope="col" className={table['right']}>
              Hops
            </th>
            <th scope="col">First seen</th>
            <th scope="col">Last seen</th>
            <th scope="col" className={table['right']}>
              Traces
            </th>
            <th scope="col" className={table['right']}>
              Reached
            </th>
          </tr>
        </thead>
        <tbody>
          {paths.map((path) => (
            <tr
              key={`${path.agent}/${path.destination}/${path.hash}`}
              className={classes(path === chosen && css['chosen'])}
            >
              <td>
                <button
                  type="button"
                  className={css['name']}
                  aria-pressed={path === chosen}
                  title={path.hash}
                  onClick={() => onChoose(path)}
                >
                  path {names.get(path)}
                </button>
                {isLatest(paths, path) ? <span className={table['ink2']}> now</span> : null}
              </td>
              <td>{path.agent}</td>
              <td>{path.destination}</td>
              <td className={table['right']}>
                {path.reached === 0 ? (
                  <Missing why="The destination did not answer." />
                ) : (
                  path.hops.at(-1)?.ttl
                )}
              </td>
              <td>{clockTimeOn(Date.parse(path.firstSeen), now)}</td>
              <td>{clockTimeOn(Date.parse(path.lastSeen), now)}</td>
              <td className={table['right']}>{formatCount(path.traces)}</td>
              <td className={classes(table['right'], path.reached < path.traces && table['bad'])}>
                {formatCount(path.reached)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
