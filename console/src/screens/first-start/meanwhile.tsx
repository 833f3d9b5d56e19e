'use client';

import { CommandLine } from '../../components/command/command-line.tsx';
import { applyCommand } from '../tests/apply-command.ts';
import css from './first-start.module.css';

/** What can be done from a shell while nothing is measured yet; each of these works as it stands. */
export function Meanwhile({ kubernetes }: { readonly kubernetes: boolean }) {
  const origin = typeof location === 'undefined' ? 'http://localhost:5000' : location.origin;
  return (
    <section className={css['meanwhile']} aria-label="Meanwhile">
      <h2>
        <b>Meanwhile</b>
      </h2>
      <Way
        title="Create a test as a file"
        note={
          kubernetes
            ? 'Create test shows a manifest that is right here'
            : 'the same manifest that a cluster takes, as YAML or JSON'
        }
        command={applyCommand(kubernetes)}
      />
      {kubernetes ? (
        <>
          <Way
            title="Watch the tests"
            note="progress, loss and p95 as here"
            command="kubectl get streamtests --all-namespaces --watch"
          />
          <Way title="See who measures" note="an agent for every node" command="kubectl get streamagents" />
        </>
      ) : null}
      <Way
        title="Read the books"
        note="every slot that was due, and what became of it"
        command={`curl ${origin}/api/v1/accounting`}
      />
      <Way
        title="Watch it from Prometheus"
        note="the same figures as metrics"
        command={`curl ${origin}/metrics`}
      />
    </section>
  );
}

function Way({ title, note, command }: { title: string; note: string; command: string }) {
  return (
    <div className={css['way']}>
      <b>{title}</b>
      <small>{note}</small>
      <CommandLine command={command} />
    </div>
  );
}
