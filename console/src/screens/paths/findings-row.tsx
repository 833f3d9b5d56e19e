import type { TracePoint } from '@streamswarm/contract/wire/traces';
import type { NetworkPath } from '@streamswarm/contract/wire/views';
import { Glyph } from '../../components/shell/glyph.tsx';
import { changeFinding, lossFinding, reachFinding, silenceFinding } from './findings.ts';
import css from './paths.module.css';
import type { PathName } from './trace-names.ts';

interface FindingsRowProps {
  readonly traces: readonly TracePoint[];
  readonly names: ReadonlyMap<string, PathName>;
  /** The path of the trace that is shown, over the whole time; null where it has none. */
  readonly path: NetworkPath | null;
  readonly clock: (ms: number) => string;
  /** How many agents saw what changed at a moment; null where that is not known. */
  readonly seenBy: (atMs: number) => string | null;
}

/** What a trace by one flow can say, in a line each. */
export function FindingsRow({ traces, names, path, clock, seenBy }: FindingsRowProps) {
  const found = [
    changeFinding(traces, names, { clock, seenBy }),
    reachFinding(traces, clock),
    ...(path === null ? [] : [lossFinding(path), silenceFinding(path)]),
  ];
  return (
    <ul className={css['findings']} aria-label="Findings">
      {found.map(({ glyph, title, text }) => (
        <li key={title}>
          <Glyph name={glyph} />
          <p>
            <b>{title}</b>
            <small>{text}</small>
          </p>
        </li>
      ))}
    </ul>
  );
}
