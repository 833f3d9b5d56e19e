'use client';

import type { TestSummary } from '@streamswarm/contract/wire/views';
import type { TestName } from '../../api/queries.ts';
import { Choice } from '../../components/shell/choice.tsx';
import { useQueryState } from '../../url/use-query-state.ts';
import type { Stream } from './choose-stream.ts';
import css from './paths.module.css';

interface PathPickersProps {
  readonly name: TestName;
  readonly tests: readonly TestSummary[];
  readonly choice: { readonly stream: Stream | null; readonly probe: string | null };
  readonly offered: {
    readonly agents: readonly string[];
    readonly destinations: readonly string[];
    readonly probes: readonly string[];
  };
}

/** Whose path it is, all of it in the address. */
export function PathPickers({ name, tests, choice: { stream, probe }, offered }: PathPickersProps) {
  const { change } = useQueryState();
  const own = `${name.namespace}/${name.name}`;
  return (
    <>
      <Choice
        label="Test"
        compact
        value={own}
        options={withOwn(
          tests.map((test) => `${test.namespace}/${test.name}`),
          own,
        )}
        onChoose={(test) => change({ test, agent: null, dest: null, probe: null, trace: null })}
      />
      {stream === null ? null : (
        <>
          <Choice
            label="Agent"
            compact
            value={stream.agent}
            options={withOwn(offered.agents, stream.agent)}
            onChoose={(agent) => change({ agent, dest: farOf(stream.destination, agent), trace: null })}
          />
          <span className={css['to']}>to</span>
          <Choice
            label="Destination"
            compact
            value={stream.destination}
            options={withOwn(offered.destinations, stream.destination)}
            onChoose={(dest) => change({ dest, trace: null })}
          />
        </>
      )}
      {probe === null || offered.probes.length < 2 ? null : (
        <Choice
          label="Probe"
          value={probe}
          options={withOwn(offered.probes, probe)}
          onChoose={(wanted) => change({ probe: wanted, trace: null })}
        />
      )}
    </>
  );
}

function withOwn(names: readonly string[], own: string): { value: string; text: string }[] {
  return (names.includes(own) ? names : [own, ...names]).map((each) => ({ value: each, text: each }));
}

/** In a mesh no agent traces to itself: then the destination is left open. */
function farOf(destination: string, agent: string): string | null {
  return destination.endsWith(`/${agent}`) ? null : destination;
}
