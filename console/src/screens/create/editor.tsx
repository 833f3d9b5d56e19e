'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { type TestName, testPath, useAccounting, useKubernetes } from '../../api/queries.ts';
import { type RequestError, send } from '../../api/request.ts';
import { BooksFoot } from '../../components/shell/books-foot.tsx';
import { Choice } from '../../components/shell/choice.tsx';
import { Page } from '../../components/shell/page.tsx';
import { Segments } from '../../components/shell/segments.tsx';
import { rangeLabel } from '../../url/range.ts';
import { useQueryState, useRange } from '../../url/use-query-state.ts';
import css from './create.module.css';
import { dropDraft, keepDraft } from './draft.ts';
import { examplesFor, isExample } from './examples.ts';
import { ManifestForm } from './manifest-form.tsx';
import { PreviewBar } from './preview-bar.tsx';
import { ReviewDialog } from './review-dialog.tsx';
import { usePreview } from './use-preview.ts';
import { YamlPane } from './yaml-pane.tsx';

const MODES = [
  { value: 'both', text: 'Form and YAML' },
  { value: 'form', text: 'Form' },
  { value: 'yaml', text: 'YAML' },
] as const;
type Mode = (typeof MODES)[number]['value'];

interface EditorProps {
  readonly initial: string;
  /** The test that is changed, or null for a new one. */
  readonly edit: TestName | null;
  readonly note: string;
}

/** One text, seen as a form and as YAML; the server says what it would do. */
export function Editor({ initial, edit, note }: EditorProps) {
  const [text, setText] = useState(initial);
  const { query, change } = useQueryState();
  const range = useRange();
  const kubernetes = useKubernetes() ?? false;
  const books = useAccounting(range);
  const { query: preview, settled } = usePreview(text);
  const save = useSave(text, edit);
  const mode: Mode = MODES.find(({ value }) => value === query.get('mode'))?.value ?? 'both';
  // What was refused when it was sent is known better than what was foreseen.
  const problems = save.error?.problem?.problems ?? preview.data?.problems ?? [];
  const [isReviewed, setReviewed] = useState(false);
  const ready = settled && preview.data?.valid === true && (edit === null || text !== initial);
  const submit = (): void => {
    if (!ready || save.isPending) return;
    if (edit === null) save.mutate();
    else setReviewed(true);
  };
  const update = (next: string): void => {
    setText(next);
    if (edit === null) keepDraft(next);
    save.reset();
  };
  const title = edit === null ? 'Create test' : 'Edit test';
  return (
    <Page
      name={title}
      ranged={false}
      title={
        <>
          <Link href="/tests/">Tests</Link> <span className={css['slash']}>/</span> {title}{' '}
          <small className={css['note']}>{note}</small>
        </>
      }
      actions={
        <>
          {edit === null && isExample(text) ? (
            <Examples text={text} kubernetes={kubernetes} onChoose={update} />
          ) : null}
          <Segments
            label="View"
            options={MODES}
            value={mode}
            onChoose={(value) => change({ mode: value === 'both' ? null : value })}
          />
        </>
      }
      foot={<BooksFoot label={`All tests, ${rangeLabel(range)}`} books={books.data} />}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: Ctrl Enter works wherever the focus is in here */}
      <div
        className={css['editor']}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit();
        }}
      >
        <div className={css['panes']} data-mode={mode}>
          {mode === 'yaml' ? null : (
            <ManifestForm
              text={text}
              onChange={update}
              problems={problems}
              pairs={preview.data?.pairs ?? []}
              locked={edit !== null}
              kubernetes={kubernetes}
            />
          )}
          {mode === 'form' ? null : (
            <YamlPane
              text={text}
              onChange={update}
              problems={problems}
              settled={settled}
              alone={mode === 'yaml'}
              kubernetes={kubernetes}
            />
          )}
        </div>
        <PreviewBar
          preview={preview.data}
          ready={ready}
          verb={edit === null ? 'Create test' : 'Save …'}
          saving={save.isPending}
          error={save.error}
          onSave={submit}
        />
        {edit !== null && isReviewed ? (
          <ReviewDialog
            name={edit.name}
            before={initial}
            after={text}
            saving={save.isPending}
            onClose={() => setReviewed(false)}
            onApply={() => save.mutate(undefined, { onError: () => setReviewed(false) })}
          />
        ) : null}
      </div>
    </Page>
  );
}

/** What to begin with; gone once a word is changed, so that nothing typed is lost. */
function Examples({
  text,
  kubernetes,
  onChoose,
}: {
  readonly text: string;
  readonly kubernetes: boolean;
  readonly onChoose: (text: string) => void;
}) {
  const examples = examplesFor(kubernetes);
  const chosen = examples.find(({ yaml }) => yaml === text);
  return (
    <>
      <span className={css['begin']}>begin with</span>
      <Choice
        label="Begin with"
        compact
        options={examples.map(({ title }) => ({ value: title, text: title }))}
        value={chosen?.title ?? 'an example'}
        onChoose={(title) => onChoose(examples.find((each) => each.title === title)?.yaml ?? text)}
      />
    </>
  );
}

function useSave(text: string, edit: TestName | null) {
  const client = useQueryClient();
  const router = useRouter();
  return useMutation<{ manifest: { metadata: { name: string; namespace?: string } } }, RequestError, void>({
    mutationFn: () =>
      send(edit === null ? 'POST' : 'PUT', edit === null ? '/api/v1/tests' : testPath(edit), { yaml: text }),
    onSuccess: async ({ manifest }) => {
      if (edit === null) dropDraft();
      await client.invalidateQueries();
      const { name, namespace = 'default' } = manifest.metadata;
      router.push(`/tests/view/?test=${namespace}/${name}`);
    },
  });
}
