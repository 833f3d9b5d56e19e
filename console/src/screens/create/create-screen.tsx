'use client';

import { useFleet, useTest } from '../../api/queries.ts';
import { ProblemBlock } from '../../components/panel/panel.tsx';
import { BooksFoot } from '../../components/shell/books-foot.tsx';
import { Page } from '../../components/shell/page.tsx';
import { manifestYaml } from '../../components/yaml/manifest-yaml.ts';
import { splitTestName } from '../../url/query-string.ts';
import { useQueryState, useRange } from '../../url/use-query-state.ts';
import { readDraft } from './draft.ts';
import { Editor } from './editor.tsx';
import { examplesFor } from './examples.ts';

/** What will this do, and is it right? A new test, a copy of one (`from`) or the edit of one (`edit`). */
export function CreateScreen() {
  const { query } = useQueryState();
  const edited = splitTestName(query.get('edit'));
  const copied = splitTestName(query.get('from'));
  const other = edited ?? copied;
  if (other !== null) return <OfTest name={other} edit={edited !== null} />;
  return <NewTest />;
}

/** Begins with what is right here: the nodes of a cluster, or this host. */
function NewTest() {
  const fleet = useFleet(useRange());
  const draft = typeof window === 'undefined' ? '' : readDraft();
  if (draft === null && fleet.data === undefined && fleet.error === null) {
    return (
      <Page name="Create test" ranged={false} foot={<BooksFoot label="All tests" books={undefined} />}>
        {null}
      </Page>
    );
  }
  const [first] = examplesFor(fleet.data?.kubernetes ?? false);
  return <Editor key="new" initial={draft ?? first?.yaml ?? ''} edit={null} note="" />;
}

function OfTest({
  name,
  edit,
}: {
  readonly name: { namespace: string; name: string };
  readonly edit: boolean;
}) {
  const detail = useTest(name, useRange());
  const full = `${name.namespace}/${name.name}`;
  if (detail.data === undefined) {
    return (
      <Page
        name={edit ? 'Edit test' : 'Create test'}
        ranged={false}
        foot={<BooksFoot label={full} books={undefined} />}
      >
        {detail.error === null ? null : <ProblemBlock error={detail.error} />}
      </Page>
    );
  }
  const { manifest } = detail.data;
  const shown = edit
    ? manifest
    : {
        ...manifest,
        metadata: { ...manifest.metadata, name: `${manifest.metadata.name}-copy`.slice(0, 63) },
      };
  return (
    <Editor
      key={full}
      initial={manifestYaml(shown)}
      edit={edit ? name : null}
      note={edit ? full : `from a copy of ${full}`}
    />
  );
}
