import type { TracePoint } from '@streamswarm/contract/wire/traces';
import { classes } from '../../components/state/class-names.ts';
import css from './paths.module.css';
import type { Column, MarkRun } from './strip-cells.ts';
import { MARKS, rowTop, type StripFrame } from './strip-frame.ts';
import type { PathName } from './trace-names.ts';

interface StripMarksProps {
  readonly traces: readonly TracePoint[];
  readonly columns: readonly Column[];
  readonly runs: readonly MarkRun[];
  readonly names: ReadonlyMap<string, PathName>;
  readonly frame: StripFrame;
}

const LETTER = 6.5;
/** Narrower marks are not told apart by lines. */
const LEAST_CUT = 5;

/** The path of each trace by colour and name, what did not answer by form, and where another router answered. */
export function StripMarks({ traces, columns, runs, names, frame }: StripMarksProps) {
  const bottom = rowTop(frame, frame.rows);
  const edge = (place: number): number | null => {
    const column = columns[place];
    return column === undefined ? null : frame.box(column).x;
  };
  return (
    <>
      <text className={css['tick']} x={frame.left - 7} y={MARKS - 5} textAnchor="end">
        path
      </text>
      {runs.map((run) => (
        <Run key={run.first} run={run} columns={columns} names={names} frame={frame} />
      ))}
      {columns.map((column) => {
        const { x, width } = frame.box(column);
        return width < LEAST_CUT ? null : (
          <path key={column.fromMs} className={css['cut']} d={`M${x - 0.5} 0v${MARKS}`} />
        );
      })}
      {runs.map((run) => (
        <RunName key={run.first} run={run} columns={columns} names={names} frame={frame} />
      ))}
      {traces.map(({ at, changedFrom }, i) =>
        changedFrom === null ? null : (
          <path key={at} className={css['change']} d={`M${edge(i)} 0V${bottom}`} />
        ),
      )}
    </>
  );
}

interface RunProps extends Pick<StripMarksProps, 'columns' | 'names' | 'frame'> {
  readonly run: MarkRun;
}

function Run({ run: { first, end, mark, hash }, columns, names, frame }: RunProps) {
  const { x, width } = boxOf(first, end, { columns, frame });
  const tone = names.get(hash ?? '')?.tone;
  return (
    <>
      <rect
        x={x}
        width={width}
        y={0}
        height={MARKS}
        className={css[tone === undefined ? `mark-${mark}` : `r${tone}`]}
      />
      {mark === 'unreached' ? (
        <rect className={css['unreached']} x={x} width={width} y={MARKS - 5} height={5} />
      ) : null}
    </>
  );
}

function RunName({ run: { first, end, mark, hash }, columns, names, frame }: RunProps) {
  const { x, width } = boxOf(first, end, { columns, frame });
  const path = names.get(hash ?? '');
  return (
    <text className={classes(css['name'], css[`on-${path?.tone ?? mark}`])} x={x + 6} y={12.5}>
      {fitting(path, { mark, width })}
    </text>
  );
}

function boxOf(first: number, end: number, { columns, frame }: Pick<RunProps, 'columns' | 'frame'>) {
  const [from, to] = [columns[first], columns[end - 1]];
  return frame.box({ fromMs: from?.fromMs ?? 0, toMs: to?.toMs ?? 0 });
}

/** The longest of the names that fit. */
function fitting(
  path: PathName | undefined,
  { mark, width }: { readonly mark: MarkRun['mark']; readonly width: number },
): string {
  const words: Readonly<Record<MarkRun['mark'], string[]>> = {
    path: [`path ${path?.name}`, path?.name ?? ''],
    unreached: [`path ${path?.name}, not reached`, `${path?.name}, not reached`, path?.name ?? ''],
    silent: ['silent'],
    error: ['error'],
  };
  return words[mark].find((text) => text.length * LETTER + 8 < width) ?? '';
}
