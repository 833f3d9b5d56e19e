'use client';

import { useQueryClient } from '@tanstack/react-query';
import { report, useConnection } from '../../api/connection.ts';
import { heldAt } from '../../api/connection-state.ts';
import css from './control.module.css';
import { Glyph } from './glyph.tsx';

/** Live, or held: by a person, or because the operator does not answer. */
export function LiveButton() {
  const connection = useConnection();
  const client = useQueryClient();
  const broken = heldAt(connection) !== null;
  const toggle = () => {
    report({ type: 'paused', paused: !connection.paused });
    if (connection.paused) void client.invalidateQueries();
  };
  return (
    <button
      type="button"
      className={css['button']}
      id="live"
      onClick={toggle}
      aria-pressed={!connection.paused && !broken}
      title={connection.paused ? 'Held by you: go on with .' : 'Hold what is shown with .'}
    >
      {broken || connection.paused ? <Glyph name="suspended" /> : <span className={css['dot']} />}
      {broken || connection.paused ? 'Held' : 'Live'}
    </button>
  );
}
