'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { usePathChanges } from '../../api/path-queries.ts';
import { useFleet, useTests } from '../../api/queries.ts';
import { useWhoAmI } from '../../screens/settings/use-settings.ts';
import { stateGlyph } from '../../screens/tests/test-state.ts';
import { useRange } from '../../url/use-query-state.ts';
import { classes } from '../state/class-names.ts';
import { clusterName } from './cluster-name.ts';
import { Glyph } from './glyph.tsx';
import { Logo } from './logo.tsx';
import { isAt, PLACES } from './nav.ts';
import css from './rail.module.css';

const SHORTCUTS = 6;

export function Rail() {
  const range = useRange();
  const fleet = useFleet(range).data;
  const tests = useTests(range).data;
  const total = (counts: Readonly<Record<string, number>>): number =>
    Object.values(counts).reduce((sum, count) => sum + count, 0);
  const online = fleet?.agents.filter((agent) => agent.online).length ?? 0;
  const counts: Readonly<Record<string, ReactNode>> =
    fleet === undefined
      ? {}
      : {
          Tests: total(fleet.tests),
          Paths: <ChangedPaths />,
          Agents: <AgentCount online={online} all={fleet.agents.length} />,
        };
  return (
    <nav className={css['rail']} aria-label="Main">
      <Link href="/" className={css['brand']}>
        <Logo />
        <span>StreamSwarm</span>
      </Link>
      <div className={css['cluster']}>
        <span>cluster</span>
        <b title={fleet?.cluster}>{fleet === undefined ? '\u2014' : clusterName(fleet)}</b>
      </div>
      <Places counts={counts} />
      <Shortcuts
        tests={(tests?.items ?? []).filter((test) => test.state === 'Running').slice(0, SHORTCUTS)}
      />
      <p className={css['version']}>
        {fleet === undefined ? '' : `v${fleet.version}`}
        <br />
        {fleet?.loopbackOnly === true ? 'loopback only' : <Account />}
      </p>
    </nav>
  );
}

/** Who looks, where people log in. */
function Account() {
  const who = useWhoAmI().data;
  if (who?.kind !== 'user') return null;
  return (
    <Link href="/settings/?tab=account" title="My account">
      {who.name}
    </Link>
  );
}

function AgentCount({ online, all }: { readonly online: number; readonly all: number }) {
  if (online === all) return all;
  return (
    <>
      <b className={css['bad']}>{online}</b>/{all}
    </>
  );
}

/** A change is news for so long. */
const LAST_HOUR = { kind: 'last', text: '1h', ms: 3_600_000 } as const;

/** How many streams of traces went another way lately; nothing where nothing is traced. */
function ChangedPaths() {
  const changes = usePathChanges({ range: LAST_HOUR }).data;
  if (changes === undefined || changes.streams === 0) return null;
  const count = changes.changed.length;
  return (
    <span title={`${count} of ${changes.streams} paths changed in the last hour`}>
      {count === 0 ? count : <b className={css['bad']}>{count}</b>}
      <span className="visually-hidden"> changed in the last hour</span>
    </span>
  );
}

function Places({ counts }: { readonly counts: Readonly<Record<string, ReactNode>> }) {
  const path = usePathname();
  return (
    <ul className={css['places']}>
      {PLACES.map((place) => {
        const here = isAt(place, path);
        return (
          <li key={place.name}>
            <Link
              href={place.href}
              className={classes(css['place'], here && css['here'])}
              aria-current={here ? 'page' : undefined}
            >
              <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" className={css['icon']}>
                <path d={place.icon} fill="none" stroke="currentColor" strokeWidth="1.4" />
              </svg>
              <span className={css['name']}>{place.name}</span>
              <span className={css['count']}>{counts[place.name]}</span>
              <span className={css['key']} aria-hidden="true">
                G {place.key}
              </span>
            </Link>
          </li>
        );
      })}
    </ul>
  );
}

function Shortcuts({ tests }: { readonly tests: readonly Parameters<typeof stateGlyph>[0][] }) {
  if (tests.length === 0) return null;
  return (
    <section className={css['shortcuts']} aria-label="Running tests">
      <h2>Running</h2>
      <ul>
        {tests.map((test) => (
          <li key={test.uid}>
            <Link href={`/tests/view/?test=${test.namespace}/${test.name}`}>
              <Glyph name={stateGlyph(test)} />
              <span>{test.name}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
