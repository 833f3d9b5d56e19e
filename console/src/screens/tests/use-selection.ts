'use client';

import { useEffect, useState } from 'react';
import { useQueryState } from '../../url/use-query-state.ts';

/** An address that changes with every key would be in the way of the keys. */
const ADDRESS_AFTER_MS = 400;

/** The tests that are selected; the address follows. */
export function useSelection(): [ReadonlySet<string>, (selected: ReadonlySet<string>) => void] {
  const { query, change } = useQueryState();
  const inAddress = query.get('sel') ?? '';
  const [selected, setSelected] = useState<ReadonlySet<string>>(
    () => new Set(inAddress.split(',').filter((name) => name !== '')),
  );
  useEffect(() => {
    const text = [...selected].join(',');
    if (text === inAddress) return;
    const timer = setTimeout(() => change({ sel: text }), ADDRESS_AFTER_MS);
    return () => clearTimeout(timer);
  }, [selected, inAddress, change]);
  return [selected, setSelected];
}
