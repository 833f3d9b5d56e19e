'use client';

import type { TestSummary } from '@streamswarm/contract/wire/views';
import { classes } from '../../components/state/class-names.ts';
import { SpacerRow } from '../../components/table/spacer-row.tsx';
import table from '../../components/table/table.module.css';
import { useVirtualRows } from '../../components/table/use-virtual-rows.ts';
import { keyOf } from '../../url/query-string.ts';
import { toggled } from './row-choice.ts';
import { TestRow } from './test-row.tsx';
import css from './tests.module.css';
import { useRowKeys } from './use-row-keys.ts';

interface TestTableProps {
  readonly tests: readonly TestSummary[];
  readonly selected: ReadonlySet<string>;
  readonly onSelect: (selected: ReadonlySet<string>) => void;
  /** The time that loss and p95 are over. */
  readonly label: string;
}

const COLUMNS = 12;
const ROW_PX = 33;
/** The line below a test that says what stands in its way. */
const PROBLEM_PX = 26;

export function TestTable({ tests, selected, onSelect, label }: TestTableProps) {
  const every = tests.every((test) => selected.has(keyOf(test)));
  useRowKeys({ order: tests.map(keyOf), chosen: selected, choose: onSelect });
  const { drawn, before, after } = useVirtualRows({
    count: tests.length,
    heightOf: (index) => ROW_PX + ((tests[index]?.problems.length ?? 0) > 0 ? PROBLEM_PX : 0),
    scroller: () => document.getElementById('page'),
  });
  return (
    <table className={classes(table['table'], css['list'])} aria-rowcount={tests.length + 1}>
      <thead>
        <tr>
          <th scope="col" className={css['pick']}>
            <input
              type="checkbox"
              aria-label="Select all tests shown"
              checked={every}
              onChange={() => onSelect(every ? new Set() : new Set(tests.map(keyOf)))}
            />
          </th>
          <th scope="col">State</th>
          <th scope="col">Test</th>
          <th scope="col" className={css['wide']}>
            Destinations
          </th>
          <th scope="col" className={css['wide']}>
            Probes
          </th>
          <th scope="col" className={table['right']}>
            Every
          </th>
          <th scope="col">Progress</th>
          <th scope="col" className={table['right']}>
            Agents
          </th>
          <th scope="col" className={table['right']}>
            Loss, {label}
          </th>
          <th scope="col" className={table['right']}>
            p95, {label}
          </th>
          <th scope="col" className={css['wide']}>
            <span className="visually-hidden">Course of p95</span>
          </th>
          <th scope="col" className={table['right']}>
            Last result
          </th>
        </tr>
      </thead>
      <tbody>
        <SpacerRow height={before} columns={COLUMNS} />
        {drawn
          .flatMap((index) => tests[index] ?? [])
          .map((test) => (
            <TestRow
              key={test.uid}
              test={test}
              selected={selected.has(keyOf(test))}
              onToggle={() => onSelect(toggled(selected, keyOf(test)))}
            />
          ))}
        <SpacerRow height={after} columns={COLUMNS} />
      </tbody>
    </table>
  );
}
