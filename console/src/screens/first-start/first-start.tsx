'use client';

import type { Fleet, TestSummary } from '@streamswarm/contract/wire/views';
import { useTests } from '../../api/queries.ts';
import { LinkButton } from '../../components/shell/button.tsx';
import { useNow } from '../../components/state/use-now.ts';
import { formatDuration } from '../../format/time.ts';
import { useRange } from '../../url/use-query-state.ts';
import css from './first-start.module.css';
import { Meanwhile } from './meanwhile.tsx';
import { SlotGrid } from './slot-grid.tsx';
import { StartAxis } from './start-axis.tsx';

/** Is it working? Real events only; it turns into the Overview at the first sample. */
export function FirstStart({ fleet }: { readonly fleet: Fleet }) {
  const tests = useTests(useRange()).data?.items;
  const running = tests?.find((test) => test.state === 'Running' || test.state === 'Pending') ?? tests?.[0];
  const now = useNow();
  return (
    <div className={css['first']}>
      <section className={css['hero']}>
        <div>
          <h2>{headline(fleet, tests)}</h2>
          <p>
            {running === undefined ? '' : `${wish(running)} `}
            Nothing on this page is an example: it stays empty until something is measured.
          </p>
        </div>
        {running === undefined ? null : (
          <LinkButton href={`/tests/new/?edit=${running.namespace}/${running.name}`}>
            Edit {running.name}
          </LinkButton>
        )}
        <LinkButton href="/tests/new/" kind="primary" shortcut="N">
          Create test
        </LinkButton>
      </section>
      <StartAxis fleet={fleet} nowMs={now} />
      <div className={css['split']}>
        {running === undefined ? <div className={css['grid']} /> : <SlotGrid test={running} />}
        <Meanwhile kubernetes={fleet.kubernetes} />
      </div>
    </div>
  );
}

function headline(fleet: Fleet, tests: readonly TestSummary[] | undefined): string {
  if (fleet.agents.length === 0) return 'Waiting for the first agent';
  if (!fleet.agents.some((agent) => agent.online)) return 'No agent is heard';
  if (tests !== undefined && tests.length === 0) return 'Ready: create the first test';
  return 'Waiting for the first sample';
}

function wish({ name, destinations, intervalSeconds, durationSeconds }: TestSummary): string {
  const many = `${destinations.length} ${destinations.length === 1 ? 'destination' : 'destinations'}`;
  const until = durationSeconds === null ? 'until you stop it' : `for ${formatDuration(durationSeconds)}`;
  return `${name} measures ${many} every ${formatDuration(intervalSeconds)} ${until}.`;
}
