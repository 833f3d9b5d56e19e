'use client';

import { diskQuantity, formatCount, joined, threeDigits } from '@streamswarm/contract/format/numbers';
import type { PlanPreview } from '@streamswarm/contract/wire/views';
import type { RequestError } from '../../api/request.ts';
import { ProblemLines as Obstacles } from '../../components/problems/problem-lines.tsx';
import { Button } from '../../components/shell/button.tsx';
import css from './create.module.css';
import { equationOf } from './equation.ts';

interface PreviewBarProps {
  readonly preview: PlanPreview | undefined;
  /** Whether it can be saved as it stands. */
  readonly ready: boolean;
  readonly verb: string;
  readonly saving: boolean;
  readonly error: RequestError | null;
  readonly onSave: () => void;
}

/** What the test would cost, and the button, with the reason where it cannot be pressed. */
export function PreviewBar({ preview, ready, verb, saving, error, onSave }: PreviewBarProps) {
  const problems = error?.problem?.problems ?? preview?.problems ?? [];
  return (
    <div className={css['bar']}>
      {preview?.valid === true ? (
        <>
          {preview.notices.length === 0 ? null : (
            <div className={css['notices']}>
              <Obstacles problems={preview.notices} stalled={false} />
            </div>
          )}
          <Equation preview={preview} />
          <dl className={css['costs']}>
            <div>
              <dt>Packets sent</dt>
              <dd>{rate(preview.packetsPerSecond)}/s</dd>
            </div>
            <div>
              <dt>Raw samples, one day</dt>
              <dd>{formatCount(preview.samplesPerSecond * 86_400)} rows</dd>
              <dd>{joined(diskQuantity(preview.bytesPerDay))}</dd>
            </div>
            <div>
              <dt>In 7 days</dt>
              <dd>{formatCount(preview.samplesPerSecond * 604_800)} rows</dd>
              <dd>{joined(diskQuantity(preview.bytesPerDay * 7))}</dd>
            </div>
          </dl>
        </>
      ) : (
        <p className={css['unknown']}>
          {preview === undefined
            ? 'What it would do is not known yet.'
            : 'What it would do is known once it is right.'}
        </p>
      )}
      <div className={css['save']}>
        <Button kind="primary" shortcut="Ctrl ↵" disabled={!ready || saving} onClick={onSave}>
          {verb}
        </Button>
        {error === null || problems.length > 0 ? null : (
          <p className={css['problem']} role="alert">
            {error.message}
          </p>
        )}
        {problems.length > 0 ? (
          <p className={css['problem']}>
            Fix {problems.length === 1 ? '1 problem' : `${problems.length} problems`}:{' '}
            {problems[0]?.path.replace(/^spec\./, '') || 'the YAML'}
          </p>
        ) : null}
      </div>
    </div>
  );
}

function Equation({ preview }: { readonly preview: PlanPreview }) {
  return (
    <ul className={css['equation']}>
      {equationOf(preview).map((term) => (
        <li key={term.note} data-sign={term.sign}>
          <b>{term.value}</b>
          <small>{term.note}</small>
        </li>
      ))}
    </ul>
  );
}

function rate(perSecond: number): string {
  return perSecond > 0 && perSecond < 100 ? threeDigits(perSecond) : formatCount(perSecond);
}
