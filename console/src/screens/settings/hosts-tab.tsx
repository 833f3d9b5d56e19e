'use client';

import type { JoinTokenView } from '@streamswarm/contract/wire/joining';
import { dateTime } from '../../format/time.ts';
import { JOIN_TOKENS, JoinTokenForm } from './join-token-form.tsx';
import type { Column } from './record-table.tsx';
import { Records } from './records.tsx';

const timeOf = (iso: string): string => dateTime(Date.parse(iso));

const COLUMNS: readonly Column<JoinTokenView>[] = [
  { head: 'State', cell: ({ state }) => state },
  { head: 'Agent', cell: ({ name }) => name ?? 'by the host’s name' },
  {
    head: 'Labels',
    look: 'ink2',
    cell: ({ labels }) =>
      Object.entries(labels)
        .map(([key, value]) => `${key}=${value}`)
        .join(', '),
  },
  {
    head: 'Created',
    look: 'ink2',
    cell: ({ createdAt, createdBy }) => `${timeOf(createdAt)} by ${createdBy}`,
  },
  { head: 'Ends', look: 'ink2', cell: ({ usedAt, expiresAt }) => timeOf(usedAt ?? expiresAt) },
];

/** How another host comes to measure here. */
export function HostsTab() {
  return (
    <>
      <Records
        path={JOIN_TOKENS}
        title="Join tokens"
        caption="one host each, for an hour at most"
        of="join tokens"
        none="There is none. Create one and run its command on the host."
        columns={() => COLUMNS}
        removal={{
          word: 'Revoke',
          object: ({ createdAt }: JoinTokenView) => `the token of ${timeOf(createdAt)}`,
          may: ({ state }) => state === 'open',
        }}
      />
      <JoinTokenForm />
    </>
  );
}
