'use client';

import { CommandLine } from '../../components/command/command-line.tsx';
import css from './first-start.module.css';

/** What can be done from a shell while nothing is measured yet; each of these works as it stands. */
export function Meanwhile() {
  const origin = typeof location === 'undefined' ? 'http://localhost:5000' : location.origin;
  return (
    <section className={css['meanwhile']} aria-label="Meanwhile">
      <h2>
        <b>Meanwhile</b>
      </h2>
      <Way
        title="Create a test as a file"
        note="the same manifest that a cluster takes, as YAML or JSON"
        command={`curl -H 'content-type: application/yaml' --data-binary @test.yaml ${origin}/api/v1/tests`}
      />
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
